"""The office's private keys: sealed with what a password opens, else with this PC's own secret.

So neither a bundle nor a backup has them in the clear. On a server they are sealed once somebody
signs in; until then they lie open, for no secret is known to all the PCs that share the data.
"""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal.tables import SyncKey
from deputydesk.office import SECRET
from deputydesk.operations import pc_secret
from deputydesk.operations.inner import inner
from deputydesk.paths import data_folder, memory_of, shared_folder
from deputydesk.security import passwords
from deputydesk.security.suite import SealError

HERE = "here-"
"""What is sealed with this PC's secret begins so."""


class SealedElsewhere(UserError):  # noqa: N818 - what the sentence says
    """The keys were sealed on another PC."""

    def __init__(self) -> None:
        super().__init__(
            "本单位的密钥是在另一台电脑上封存的，这台电脑打不开。",
            hint="请在这里重新生成密钥，把新名片交给对方重新登记。",
        )


@inner
def opened(session: Session, text: str) -> str:
    """A key as it is stored, opened with the secret of who has signed in, or of this PC.

    Raises:
        SealedElsewhere: another PC sealed it.
        UserError: nobody has signed in, or it was sealed with another secret.
    """
    if text.startswith(HERE):
        return _opened_here(text.removeprefix(HERE))
    if not text.startswith(passwords.SEALED):
        return text
    try:
        return passwords.unseal(session.info.get(SECRET) or bytes(passwords.SECRET), text).decode()
    except SealError as error:
        raise UserError("本单位的密钥打不开。", hint="请先登录，再做交换。") from error


@inner
def closed(session: Session, text: str) -> str:
    """A key as it is to be stored: sealed with the secret of who has signed in, or of this PC."""
    secret = session.info.get(SECRET)
    return passwords.seal(secret, text.encode()) if secret else _closed_here(session, text)


@inner
def seal_all(session: Session) -> None:
    """Seal the keys for those who sign in from now on; another PC's stay as that PC sealed them."""
    for key in session.scalars(select(SyncKey)):
        if not key.sign.startswith(passwords.SEALED):
            with suppress(SealedElsewhere):
                sign, seal = opened(session, key.sign), opened(session, key.seal)
                key.sign, key.seal = closed(session, sign), closed(session, seal)


@inner
def open_all(session: Session) -> None:
    """Let this PC open the keys again, whoever works at it; not those that another PC sealed."""
    for key in session.scalars(select(SyncKey)):
        with suppress(SealedElsewhere):
            sign, seal = opened(session, key.sign), opened(session, key.seal)
            key.sign, key.seal = _closed_here(session, sign), _closed_here(session, seal)


def _opened_here(text: str) -> str:
    for folder in filter(None, (data_folder(), shared_folder())):
        with suppress(SealError, ValueError):
            return passwords.unseal(pc_secret.known(folder) or b"", text).decode()
    raise SealedElsewhere


def _closed_here(session: Session, text: str) -> str:
    if session.get_bind().dialect.name != "sqlite":
        return text
    _, _, path = session.connection().exec_driver_sql("PRAGMA database_list").first() or ("",) * 3
    folder = memory_of(Path(path))
    known = pc_secret.secret(folder, is_shared=folder != data_folder())
    return HERE + passwords.seal(known, text.encode())
