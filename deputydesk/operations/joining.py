"""What the second PC of an office must have before it can read the first one's sticks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal.tables import SyncKey, SyncOffice
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import accounts, partners
from deputydesk.operations.inner import inner
from deputydesk.operations.partners import Role
from deputydesk.operations.sealed_keys import closed


@dataclass(frozen=True)
class Pair:
    """Keys of the office, open, as the join file carries them sealed."""

    suite: str
    sign: str
    seal: str
    recovery: str


@dataclass(frozen=True)
class Enrolled:
    """An office that was enrolled, with the keys it had before."""

    code: str
    name: str
    role: str
    suite: str
    sign: str
    seal: str
    recovery: str
    old: tuple[str, ...]
    listed: bool = False


@inner
def pairs(session: Session) -> list[Pair]:
    """The office's keys, the oldest first."""
    return [
        Pair(key.suite, key.secret.sign, key.secret.seal, key.recovery)
        for key in reversed(partners.keys(session))
    ]


def enrolled(session: Session) -> list[Enrolled]:
    """The enrolled offices."""
    return [
        Enrolled(r.code, r.name, r.role.value, r.suite, r.sign, r.seal, r.recovery, r.old, r.listed)
        for r in partners.rows(session)
    ]


@inner
@operation(Right.MANAGE, "写出加入文件", can_undo=False)
def note_given(tx: Tx, *, file: str) -> None:
    """Keep in mind that the keys were given to another PC of the office."""
    accounts.note_event(tx, "写出加入文件", file)


@inner
@operation(Right.MANAGE, "加入本单位", can_undo=False)
def take_over(tx: Tx, *, keys: Sequence[Pair], offices: Sequence[Enrolled]) -> None:
    """Take the office's keys and the offices it was enrolled with; this PC had none.

    Raises:
        UserError: it has keys already.
    """
    if tx.session.scalars(select(SyncKey.id)).first() is not None:
        raise UserError("这台电脑上已经有本单位的密钥。", hint="不用再加入，直接收入U盘即可。")
    stamp = tx.now.isoformat(timespec="seconds")
    for key in keys:
        tx.session.add(
            SyncKey(
                suite=key.suite,
                sign=closed(tx.session, key.sign),
                seal=closed(tx.session, key.seal),
                recovery=key.recovery,
                ts=stamp,
            )
        )
        tx.session.flush()  # the newest is the last
    for other in offices:
        tx.session.add(
            SyncOffice(
                code=other.code,
                name=other.name,
                role=Role(other.role).value,
                suite=other.suite,
                sign=other.sign,
                seal=other.seal,
                recovery=other.recovery,
                old=list(other.old),
                ts=stamp,
                usr=tx.user.name,
                listed=other.listed,
            )
        )
