"""Whose data a file is: another office's backup must not take the place of ours."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from deputydesk.database.driver import driver_of, errors
from deputydesk.errors import UserError
from deputydesk.late import dataclass

_CODE = "select office from sync_self"
_NAME = "select name from office_profile where id like ? || '-%'"
_FILLED = (
    "select exists(select 1 from sync_change where tab <> 'office_profile')"
    " or exists(select 1 from sync_key) or exists(select 1 from sync_office)"
)
"""More than what the questions of a first run write: they give an office a code by chance."""


@dataclass(frozen=True)
class Owner:
    """The office whose data a file is.

    Args:
        code: of the office.
        name: what it calls itself; its code if it does not say.
        is_empty: whether nothing was ever written there.
    """

    code: str
    name: str
    is_empty: bool


def owner(path: Path) -> Owner | None:
    """The office whose data a file is, if it can be read; nothing is proved of the file."""
    try:
        with closing(driver_of(path).connect(path, "ro")) as there:
            (code,) = there.execute(_CODE).fetchone()
            (is_filled,) = there.execute(_FILLED).fetchone()
            named = there.execute(_NAME, (code,)).fetchone()
    except (UserError, *errors(), TypeError, UnicodeDecodeError):  # damaged, gone, locked, not ours
        return None
    return Owner(str(code), str(named[0]) if named and named[0] else str(code), not is_filled)


def here(data: Path, backups: Iterable[Path]) -> Owner | None:
    """The office that works with a data file; of a damaged or lost one, its backups say it.

    Args:
        data: the file, which need not be there.
        backups: of it, newest first.
    """
    return next(filter(None, map(owner, (data, *backups))), None)


def stranger(ours: Owner | None, source: Path) -> Owner | None:
    """The other office whose backup it is; None if it may take the place of the data here."""
    theirs = owner(source)
    if ours is None or theirs is None or ours.is_empty or ours.code == theirs.code:
        return None
    return theirs


def refuse_foreign(ours: Owner | None, source: Path) -> None:
    """Refuse another office's backup, unless nothing was written here yet.

    Raises:
        UserError: it is another office's.
    """
    if ours and (theirs := stranger(ours, source)):
        raise UserError(
            f"备份“{source.name}”是另一个单位“{theirs.name}”（{theirs.code}）的，"
            f"不是本单位“{ours.name}”（{ours.code}）的，没有恢复。",
            hint="请选择本单位的备份；要用那个单位的数据，请恢复到一个空的文件夹。",
        )
