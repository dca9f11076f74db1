"""Signing in: who knows the password works, with the rights of their role."""

from deputydesk.errors import FieldError, NotAllowed, UserError
from deputydesk.office import Office, User
from deputydesk.operations import accounts
from deputydesk.operations.accounts import NOBODY, RIGHTS, AccountRow, Lock, Role
from deputydesk.rules import paper_keys
from deputydesk.rules.sign_in import weakness
from deputydesk.security import paper_key, passwords
from deputydesk.security.suite import SealError


def sign_in(office: Office, name: str, password: str) -> User:
    """Let a person work who knows the password; returns who.

    Raises:
        FieldError: no such person, a wrong password, or too soon after wrong ones.
    """
    known = office.ask(accounts.lock_of, name)
    if known is None:
        raise FieldError("name", f"没有“{name}”的账号。", hint="请检查姓名。")
    secret = _proved(office, known, password)
    return _enter(office, known.account, secret)


def turn_on(office: Office, name: str, password: str) -> None:
    """Have everybody sign in from now on; who turns it on is the head, and is signed in."""
    _refuse_weak(password, name)
    secret = passwords.new_secret()
    made = passwords.lock(password, secret)
    office.secret = secret
    try:
        office.do(accounts.turn_on, name=name, verifier=made.verifier, sealed=made.sealed)
    except UserError:
        office.secret = b""
        raise
    first = office.ask(accounts.rows)[0]
    _enter(office, first, secret)


def turn_off(office: Office, password: str) -> None:
    """Have nobody sign in any more; the head who does it gives the password once more."""
    _prove_own(office, password)
    office.do(accounts.turn_off)
    office.secret = b""
    office.user = User(office.user.name)


def add(office: Office, *, name: str, role: Role, password: str) -> int:
    """Let one more person sign in; returns the account's id."""
    _refuse_weak(password, name)
    made = passwords.lock(password, _secret(office))
    return office.do(accounts.add, name=name, role=role, verifier=made.verifier, sealed=made.sealed)


def reset(office: Office, account: AccountRow, password: str) -> None:
    """Give a person a new password who has forgotten theirs."""
    _refuse_weak(password, account.name)
    made = passwords.lock(password, _secret(office))
    office.do(
        accounts.set_password,
        account_id=account.id,
        verifier=made.verifier,
        sealed=made.sealed,
    )


def change_own(office: Office, old: str, new: str) -> None:
    """Change the password of who is signed in."""
    known = _prove_own(office, old, field="old")
    reset(office, known.account, new)


def new_paper(office: Office, digits: str) -> None:
    """Let the paper with these digits open the office's secret; older papers do no more."""
    public = paper_key.recipient(digits)
    rescue = paper_key.seal(public, _secret(office))
    office.do(accounts.set_rescue, recovery=public, rescue=rescue)


def recover(office: Office, typed: str, name: str, password: str) -> User:
    """Give a head a new password with the paper from the safe; the head is signed in.

    Raises:
        FieldError: the paper was not typed as it stands there, is an old one, or no head is meant.
    """
    groups = paper_keys.split(typed)
    if wrong := paper_keys.wrong(groups):
        places = "、".join(str(place + 1) for place in wrong)
        raise FieldError("paper", f"第{places}组数字与恢复密钥不符。", hint="请对照纸上重新输入。")
    known = office.ask(accounts.lock_of, name)
    if known is None or known.account.role is not Role.HEAD:
        raise FieldError("name", f"“{name}”不是负责人。", hint="其他人的密码由负责人重设。")
    _refuse_weak(password, name)
    try:
        secret = paper_key.unseal(paper_keys.digits_of(groups), office.ask(accounts.rescue) or "00")
    except SealError as error:
        raise FieldError(
            "paper", "这张纸上的恢复密钥打不开本单位的数据。", hint="请找最近打印的那一张。"
        ) from error
    user = _enter(office, known.account, secret)
    reset(office, known.account, password)
    return user


def _proved(office: Office, known: Lock, password: str, field: str = "password") -> bytes:
    """The office's secret, which the password opens."""
    if left := known.seconds_left(office.clock()):
        if known.is_ahead(office.clock()):
            office.do(accounts.wait_anew, account_id=known.account.id)
        raise FieldError(field, f"密码连续错了{known.account.failures}次，请等{left}秒再试。")
    if not known.sealed:
        raise FieldError(field, "停用时密码已经作废。", hint="请负责人重设密码。")
    secret = passwords.unlock(password, _of(known))
    is_right = secret is not None
    if not is_right or known.account.failures:
        office.do(accounts.note_try, account_id=known.account.id, is_right=is_right)
    if secret is None:
        raise FieldError(field, "密码不对。", hint="请检查大小写和输入法。忘记密码的请找负责人。")
    return secret


def _prove_own(office: Office, password: str, *, field: str = "password") -> Lock:
    known = office.ask(accounts.lock_of, office.user.name)
    if known is None:
        raise NotAllowed("账号已停用，没有保存。", hint="请锁定后重新登录。")
    _proved(office, known, password, field)
    return known


def _of(known: Lock) -> passwords.Locked:
    return passwords.Locked(known.verifier, known.sealed)


def _enter(office: Office, account: AccountRow, secret: bytes) -> User:
    rights = RIGHTS.get(account.role, NOBODY)
    office.user, office.secret = User(account.name, rights, account.role.value), secret
    return office.user


def _secret(office: Office) -> bytes:
    if not office.secret:
        raise UserError("请先登录。")
    return office.secret


def _refuse_weak(password: str, name: str) -> None:
    if sentence := weakness(password, name):
        raise FieldError("new", sentence, hint="建议用几个词连起来，好记又难猜。")
