"""The office's private keys, sealed on this PC with the secret that a password opens."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal.tables import SyncKey
from deputydesk.office import SECRET
from deputydesk.security import passwords
from deputydesk.security.suite import SealError


def opened(session: Session, text: str) -> str:
    """A key as it is stored, opened with the secret of who has signed in.

    Raises:
        UserError: nobody has, or it was sealed with another secret.
    """
    if not text.startswith(passwords.SEALED):
        return text
    try:
        return passwords.unseal(session.info.get(SECRET) or bytes(passwords.SECRET), text).decode()
    except SealError as error:
        raise UserError("本单位的密钥打不开。", hint="请先登录，再做交换。") from error


def closed(session: Session, text: str) -> str:
    """A key as it is to be stored: sealed where one signs in."""
    secret = session.info.get(SECRET)
    return passwords.seal(secret, text.encode()) if secret else text


def seal_all(session: Session) -> None:
    """Seal the keys that lie open."""
    for key in session.scalars(select(SyncKey)):
        if not key.sign.startswith(passwords.SEALED):
            key.sign, key.seal = closed(session, key.sign), closed(session, key.seal)


def open_all(session: Session) -> None:
    """Let the keys lie open again."""
    for key in session.scalars(select(SyncKey)):
        key.sign, key.seal = opened(session, key.sign), opened(session, key.seal)
