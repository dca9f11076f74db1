"""Offices that data is exchanged with, enrolled by a person who compared the card's numbers."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.journal import identity
from deputydesk.journal.log import SYNC_SELF
from deputydesk.journal.tables import SyncFormerKey, SyncJournal, SyncKey, SyncOffice, SyncPeer
from deputydesk.journal.values import table_of
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import accounts
from deputydesk.operations.checks import filled
from deputydesk.operations.inner import inner
from deputydesk.operations.sealed_keys import SealedElsewhere, closed, opened
from deputydesk.rules.choices import Choice
from deputydesk.rules.office_codes import is_code
from deputydesk.security.suite import SUITE, SUITES, PublicKeys, SecretKeys

RENEWED = "renewed"
"""In the list of what came and went: this copy of the data took a new name."""


SHARED = "shared"
"""Noted with it: another PC goes on under the old one."""


class Role(Choice):
    """How another office stands to this one."""

    PARENT = "parent", "上级"
    CHILD = "child", "下级"


@dataclass(frozen=True)
class Keys:
    """Keys of an office; `recovery` is the public key of its paper key, empty without one."""

    suite: str
    secret: SecretKeys
    recovery: str

    @property
    def public(self) -> PublicKeys:
        """What others know it by."""
        return SUITES[self.suite].public(self.secret)


@dataclass(frozen=True)
class PartnerRow:
    """An enrolled office, with what is known of its PCs.

    Args:
        code: of the office.
        name: what it is called.
        role: above or below.
        suite: of its keys.
        sign: public key of its signature.
        seal: public key to seal for it.
        recovery: public key of its paper key.
        old: keys it signed with before; they prove what it wrote then.
        seen: when its newest bundle was taken in here.
        at: when it was made, by its PC.
        listed: whether it works without the program, and gets a list that everybody can read.
    """

    code: str
    name: str
    role: Role
    suite: str
    sign: str
    seal: str
    recovery: str
    old: tuple[str, ...]
    seen: str = ""
    at: str = ""
    listed: bool = False


def myself(session: Session) -> tuple[str, str]:
    """Code of this office, and name of this PC in the log."""
    row = session.execute(select(SYNC_SELF.c.office, SYNC_SELF.c.device)).one()
    return row.office, row.device


@inner
def keys(session: Session) -> list[Keys]:
    """The office's own keys that can be opened here, the present ones first."""
    found: list[Keys] = []
    for k in session.scalars(select(SyncKey).order_by(SyncKey.id.desc())):
        with suppress(SealedElsewhere):
            secret = SecretKeys(opened(session, k.sign), opened(session, k.seal))
            found.append(Keys(k.suite, secret, k.recovery))
    return found


def keys_elsewhere(session: Session) -> bool:
    """Whether the office has keys, but none that this PC can open."""
    return session.scalars(select(SyncKey.id)).first() is not None and not keys(session)


def former_keys(session: Session) -> list[tuple[str, str]]:
    """Suite and public key of signatures that the office above knows us by from before."""
    return [(key.suite, key.sign) for key in session.scalars(select(SyncFormerKey))]


def learn_former_keys(tx: Tx, suite: str, told: list[str]) -> None:
    """Keep in mind what we signed with before: on a new PC nothing else says so."""
    known = set(tx.session.scalars(select(SyncFormerKey.sign)))
    for sign in sorted(set(told) - known):
        tx.session.add(SyncFormerKey(sign=sign, suite=suite))
    tx.session.flush()


def retired(session: Session) -> list[str]:
    """Names that this copy of the data had before; nobody waits for them any more."""
    alone = (SyncJournal.way == RENEWED, SyncJournal.note != SHARED)
    return sorted(set(session.scalars(select(SyncJournal.device).where(*alone))))


def former_names(session: Session) -> set[str]:
    """Every name that this copy of the data had before, even if another PC has it still."""
    found = session.scalars(select(SyncJournal.device).where(SyncJournal.way == RENEWED))
    return set(found)


def pcs(session: Session) -> set[str]:
    """Names of this office's PCs in the log: this one, its former names, those heard of."""
    office, device = myself(session)
    others = session.scalars(select(SyncPeer.device).where(SyncPeer.office == office))
    return {device, *former_names(session), *others}


def rows(session: Session) -> list[PartnerRow]:
    """Every enrolled office, the one above first."""
    last = select(SyncPeer.office, func.max(SyncPeer.seen).label("seen")).group_by(SyncPeer.office)
    seen = {row.office: row.seen for row in session.execute(last)}
    at = {(p.office, p.seen): p.at for p in session.scalars(select(SyncPeer))}
    found = [
        PartnerRow(
            o.code,
            o.name,
            Role.stored(o.role),
            o.suite,
            o.sign,
            o.seal,
            o.recovery,
            tuple(o.old),
            seen.get(o.code, ""),
            at.get((o.code, seen.get(o.code, "")), ""),
            o.listed,
        )
        for o in session.scalars(select(SyncOffice))
    ]
    return sorted(found, key=lambda row: (row.role != Role.PARENT, row.code))


def partner(session: Session, code: str) -> PartnerRow | None:
    """An enrolled office; None if there is none of this code."""
    return next((row for row in rows(session) if row.code == code), None)


@operation(Right.SETUP, "生成本单位密钥", can_undo=False)
def make_keys(tx: Tx, *, recovery: str = "") -> None:
    """Make the office's keys; made again, others must enrol the new card."""
    made = SUITE.new_keys()
    tx.session.add(
        SyncKey(
            suite=SUITE.name,
            sign=closed(tx.session, made.sign),
            seal=closed(tx.session, made.seal),
            recovery=recovery or accounts.recovery(tx.session),
            ts=tx.now.isoformat(timespec="seconds"),
        )
    )


@operation(Right.SETUP, "登记交换单位", can_undo=False)
def enrol(
    tx: Tx,
    *,
    code: str,
    name: str,
    role: Role,
    suite: str,
    sign: str,
    seal: str,
    recovery: str = "",
) -> None:
    """Trust an office from now on; a person has compared the numbers of its card.

    Enrolled again, the key it had proves what it wrote until now, and nothing new.
    """
    _enrol(tx, code=code, name=name, role=role, suite=suite, keys=(sign, seal, recovery))


@operation(Right.SETUP, "登记没有本软件的单位", can_undo=False)
def enrol_without(tx: Tx, *, code: str, name: str, role: Role) -> None:
    """Enrol an office that has no card, since it works without the program.

    It gets a list that everybody can read; nothing can come from it before it sends its card.
    """
    name = filled("name", name, "名称")
    code = code.strip()
    if not is_code(code):
        raise FieldError("code", "代码由1到12个字母、数字组成。", hint="可以用拼音首字母，如 SGQ。")
    if tx.session.get(SyncOffice, code) is not None:
        raise FieldError("code", f"代码“{code}”已经登记过。", hint="请换一个代码。")
    _enrol(tx, code=code, name=name, role=role, suite=SUITE.name, keys=("", "", ""))
    tx.session.get_one(SyncOffice, code).listed = True


@operation(Right.SETUP, "改变附不附明细表", can_undo=False)
def set_listed(tx: Tx, *, code: str, listed: bool) -> None:
    """Say whether an office gets a list that everybody can read beside what is sealed for it."""
    known = tx.session.get(SyncOffice, code)
    if known is None:
        raise UserError("没有登记这个单位。")
    known.listed = listed
    tx.about = known.name


def _enrol(
    tx: Tx, *, code: str, name: str, role: Role, suite: str, keys: tuple[str, str, str]
) -> None:
    sign, seal, recovery = keys
    ours, _ = myself(tx.session)
    if code == ours:
        raise UserError("这是本单位自己的名片。", hint="请选择对方给的名片。")
    above = select(SyncOffice.code).where(SyncOffice.role == Role.PARENT, SyncOffice.code != code)
    if role is Role.PARENT and tx.session.scalars(above).first():
        raise UserError("已经登记了上级单位。", hint="请先停用原来的上级单位。")
    known = tx.session.get(SyncOffice, code)
    old = _keys_before(tx.session, known, sign) if known else []
    listed = known is not None and known.listed and bool(known.sign)
    if known:
        tx.session.delete(known)
        tx.session.flush()
    tx.session.add(
        SyncOffice(
            code=code,
            name=name,
            role=role.value,
            suite=suite,
            sign=sign,
            seal=seal,
            recovery=recovery,
            old=old,
            ts=tx.now.isoformat(timespec="seconds"),
            usr=tx.user.name,
            listed=listed,
        )
    )
    tx.session.flush()
    tx.about = name


def _keys_before(session: Session, known: SyncOffice, sign: str) -> list[str]:
    """The keys that prove what an office wrote until now.

    A new one may mean a new PC that has nothing: it is sent all again.
    """
    if known.sign != sign:
        for peer in session.scalars(select(SyncPeer).where(SyncPeer.office == known.code)):
            peer.have = {}
    return [key for key in dict.fromkeys([*known.old, known.sign]) if key not in ("", sign)]


@operation(Right.SETUP, "停用交换单位", can_undo=False)
def remove(tx: Tx, *, code: str) -> None:
    """Trust an office no longer; what it wrote stays."""
    known = tx.session.get(SyncOffice, code)
    if known is None:
        raise UserError("没有登记这个单位。")
    tx.about = known.name
    tx.session.delete(known)
    tx.session.execute(delete(table_of(SyncPeer)).where(SyncPeer.office == code))


def renew(tx: Tx, *, shared: bool = False) -> None:
    """Write under a new name from now on.

    Args:
        tx: the transaction.
        shared: another PC goes on under the old one; else it is told to others as retired.
    """
    _, old = myself(tx.session)
    identity.renew(tx.session)
    words = SHARED if shared else ""
    note(tx, way=RENEWED, office="", device=old, file="", bundle="", counts={}, words=words)


@operation(Right.REGISTER, "记录交换", can_undo=False)
def note(
    tx: Tx,
    *,
    way: str,
    office: str,
    device: str,
    file: str,
    bundle: str,
    counts: dict[str, Any],
    words: str = "",
) -> None:
    """Keep in mind what went out or came in."""
    tx.session.execute(
        insert(SyncJournal).values(
            ts=tx.now.isoformat(timespec="seconds"),
            usr=tx.user.name,
            way=way,
            office=office,
            device=device,
            file=file,
            bundle=bundle,
            counts=counts,
            note=words,
        )
    )
