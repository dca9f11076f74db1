"""Accounts: who signs in here, and what each role may do. An office without any needs none."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, NotAllowed, UserError
from deputydesk.journal.tables import SyncKey
from deputydesk.late import dataclass
from deputydesk.models.account import Account, AccountEvent, AccountVault
from deputydesk.office import SECRET, Office, Right, Tx, User, operation, refuse_changed
from deputydesk.operations.inner import inner
from deputydesk.rules.choices import Choice
from deputydesk.rules.names import clean_name
from deputydesk.rules.sign_in import wait_after


class Role(Choice):
    """What a person is in the office."""

    CLERK = "clerk", "经办人"
    HEAD = "head", "负责人"
    VIEWER = "viewer", "查看"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.CLERK: frozenset(Right) - {Right.MANAGE},
    Role.HEAD: frozenset(Right),
    Role.VIEWER: frozenset({Right.ENTER}),
}
NOBODY = frozenset({Right.ENTER})
"""What may be done before anybody has signed in."""


@dataclass(frozen=True)
class AccountRow:
    """An account as lists show it."""

    id: int
    name: str
    role: Role
    is_active: bool
    failures: int
    has_password: bool


@dataclass(frozen=True)
class Lock:
    """What proves a person's password, and since when they must wait.

    Args:
        account: whose.
        verifier: proves the password.
        sealed: the office's secret, which the password opens.
        failed_at: when the last wrong password was given; empty if it was right.
    """

    account: AccountRow
    verifier: str
    sealed: str
    failed_at: str

    def seconds_left(self, now: datetime) -> int:
        """Seconds until the next try, never more than the wait, wherever the clock was set."""
        wait = wait_after(self.account.failures)
        if not wait or not self.failed_at:
            return 0
        passed = now - datetime.fromisoformat(self.failed_at)
        return max(0, wait - max(0, int(passed.total_seconds())))

    def is_ahead(self, now: datetime) -> bool:
        """Whether the wait began later than now: the clock was set back since."""
        return bool(self.failed_at) and now < datetime.fromisoformat(self.failed_at)


@dataclass(frozen=True)
class EventRow:
    """Something that was done to accounts."""

    at: str
    user: str
    what: str
    about: str


def is_on(session: Session) -> bool:
    """Whether one signs in here."""
    return bool(session.scalar(select(exists(select(Account.id)))))


def lock(office: Office) -> None:
    """Let nobody work until somebody signs in."""
    office.user, office.secret = User("", NOBODY), b""


def lock_if_on(office: Office) -> None:
    """Let nobody work yet, where one signs in."""
    if office.ask(is_on):
        lock(office)


def rows(session: Session) -> list[AccountRow]:
    """All accounts, heads first."""
    found = [_row(account) for account in session.scalars(select(Account))]
    return sorted(found, key=lambda r: (not r.is_active, r.role is not Role.HEAD, r.id))


@inner
def lock_of(session: Session, name: str) -> Lock | None:
    """What proves the password of a person who may sign in; None if there is no such person."""
    found = session.scalars(
        select(Account).where(Account.name == clean_name(name), Account.is_active)
    ).first()
    if found is None:
        return None
    return Lock(_row(found), found.verifier, found.sealed, found.failed_at)


@inner
def rescue(session: Session) -> str:
    """The office's secret as it was sealed for the paper key; empty if there is no paper."""
    return session.scalar(select(AccountVault.rescue)) or ""


@inner
def recovery(session: Session) -> str:
    """The public key of the paper in the safe; empty if there is none."""
    return session.scalar(select(AccountVault.recovery)) or ""


def events(session: Session, *, limit: int = 100) -> list[EventRow]:
    """What was done to accounts, newest first."""
    found = session.scalars(select(AccountEvent).order_by(AccountEvent.id.desc()).limit(limit))
    return [EventRow(e.ts, e.usr, e.what, e.about) for e in found]


@inner
@operation(Right.MANAGE, "启用登录", can_undo=False)
def turn_on(tx: Tx, *, name: str, verifier: str, sealed: str) -> int:
    """Have everybody sign in from now on; the first account is a head's. Returns its id."""
    from deputydesk.operations import sealed_keys  # its cryptography costs time, at every start

    if is_on(tx.session):
        raise UserError("已经启用了登录。")
    if not tx.session.info[SECRET]:
        raise UserError("还没有密码。", hint="请在“设置”中启用登录。")
    sealed_keys.seal_all(tx.session)
    return add(tx, name=name, role=Role.HEAD, verifier=verifier, sealed=sealed)


@inner
@operation(Right.MANAGE, "增加账号", can_undo=False)
def add(tx: Tx, *, name: str, role: Role, verifier: str, sealed: str) -> int:
    """Let one more person sign in; returns the account's id."""
    name = clean_name(name)
    if not name:
        raise FieldError("name", "请填写姓名。")
    if tx.session.scalars(select(Account.id).where(Account.name == name)).first() is not None:
        raise FieldError("name", f"已经有“{name}”的账号。", hint="同名的人请在姓名后加注。")
    made = Account(
        name=name,
        role=role.value,
        verifier=verifier,
        sealed=sealed,
        is_active=True,
        failures=0,
        failed_at="",
    )
    tx.session.add(made)
    tx.session.flush()
    note_event(tx, "增加账号", f"{name}（{role.label}）")
    return made.id


@operation(Right.MANAGE, "修改账号角色", can_undo=False)
def set_role(tx: Tx, *, account_id: int, role: Role) -> None:
    """Let a person do more or less; a head remains."""
    account = _get(tx, account_id)
    account.role = role.value
    _refuse_without_head(tx)
    note_event(tx, "修改角色", f"{account.name}（{role.label}）")


@operation(Right.MANAGE, "停用或恢复账号", can_undo=False)
def set_active(tx: Tx, *, account_id: int, is_active: bool) -> None:
    """Let a person sign in no more, or again; their name stays on what they wrote.

    The password of who is stopped opens nothing in this file any more: who comes again needs a
    new one.
    """
    account = _get(tx, account_id)
    account.is_active = is_active
    if not is_active:
        account.sealed = ""
    account.failures, account.failed_at = 0, ""
    _refuse_without_head(tx)
    note_event(tx, "恢复账号" if is_active else "停用账号", account.name)


@inner
@operation(Right.ENTER, "设置密码", can_undo=False)
def set_password(tx: Tx, *, account_id: int, verifier: str, sealed: str) -> None:
    """Give a new password: one's own, or as a head that of another.

    Raises:
        NotAllowed: it is another's.
    """
    refuse_changed(tx.session, tx.user)
    account = _get(tx, account_id)
    is_own = account.name == tx.user.name
    if not is_own and Right.MANAGE not in tx.user.rights:
        raise NotAllowed("只能修改自己的密码。", hint="忘记密码的，请负责人重设。")
    account.verifier, account.sealed = verifier, sealed
    account.failures, account.failed_at = 0, ""
    note_event(tx, "修改密码" if is_own else "重设密码", account.name)


@inner
@operation(Right.ENTER, "记下登录", can_undo=False)
def note_try(tx: Tx, *, account_id: int, is_right: bool) -> None:
    """Count wrong passwords in a row; a right one begins anew."""
    account = _get(tx, account_id)
    account.failures = 0 if is_right else account.failures + 1
    account.failed_at = "" if is_right else _stamp(tx)


@inner
@operation(Right.ENTER, "重新计时", can_undo=False)
def wait_anew(tx: Tx, *, account_id: int) -> None:
    """Begin a wait at the present time, since it began at one that has not come yet."""
    _get(tx, account_id).failed_at = _stamp(tx)


@inner
@operation(Right.MANAGE, "更换纸质恢复密钥", can_undo=False)
def set_rescue(tx: Tx, *, recovery: str, rescue: str) -> None:
    """Let a new paper open the office's secret; older papers do not open it any more."""
    tx.session.execute(delete(AccountVault))
    tx.session.add(AccountVault(id=1, recovery=recovery, rescue=rescue))
    newest = tx.session.scalars(select(SyncKey).order_by(SyncKey.id.desc())).first()
    if newest is not None:  # what is sealed for the office, the paper opens as well
        newest.recovery = recovery
    note_event(tx, "更换纸质恢复密钥", "")


@inner
@operation(Right.MANAGE, "停用登录", can_undo=False)
def turn_off(tx: Tx) -> None:
    """Have nobody sign in any more: as it was before."""
    from deputydesk.operations import sealed_keys  # as above

    sealed_keys.open_all(tx.session)
    note_event(tx, "停用登录", "")
    tx.session.execute(delete(Account))
    tx.session.execute(delete(AccountVault))


def _row(account: Account) -> AccountRow:
    role = Role.stored(account.role)
    return AccountRow(
        account.id,
        account.name,
        role,
        account.is_active,
        account.failures,
        has_password=bool(account.sealed),
    )


def _get(tx: Tx, account_id: int) -> Account:
    found = tx.session.get(Account, account_id)
    if found is None:
        raise UserError("没有这个账号。", hint="请刷新后再试。")
    return found


def _refuse_without_head(tx: Tx) -> None:
    tx.session.flush()
    is_head = (Account.role == Role.HEAD.value, Account.is_active, Account.sealed != "")
    heads = select(Account.id).where(*is_head)
    if tx.session.scalars(heads).first() is None:
        raise UserError("至少要有一位负责人。", hint="请先让另一位担任负责人。")


def _stamp(tx: Tx) -> str:
    return tx.now.isoformat(timespec="seconds")


def note_event(tx: Tx, what: str, about: str) -> None:
    """Keep in mind what was done that heads want to know of; it says nobody's own data."""
    tx.session.add(AccountEvent(ts=_stamp(tx), usr=tx.user.name, what=what, about=about))
    tx.about = about
