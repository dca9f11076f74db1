"""Backups of the data file: made and proved, kept by day, week and month, listed."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from deputydesk.database import Why, disk_faults, keep_copy
from deputydesk.errors import UserError
from deputydesk.exchange import attachments
from deputydesk.late import dataclass
from deputydesk.office import Office
from deputydesk.progress import SILENT, Progress

DAYS, WEEKS, MONTHS = 7, 8, 12
"""How many days, weeks and months back the backups made at closing are kept, one of each."""

_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}-\d{6})-(?P<why>[a-z]+)(-(?P<number>\d+))?\.db")


@dataclass(frozen=True)
class BackupRow:
    """A backup as lists show it; `restore` takes its path."""

    path: Path
    at: datetime
    why: Why
    number: int
    size: int


def rows(office: Office, folder: Path | None = None) -> list[BackupRow]:
    """The office's backups beside its file (or in another folder), newest first."""
    data = office.data.path
    if data is None:
        return []
    found = (_row(path, data.stem) for path in (folder or data.parent / "backups").glob("*.db"))
    return sorted(filter(None, found), key=lambda row: (row.at, row.number), reverse=True)


def back_up(
    office: Office,
    *,
    why: Why = Why.HAND,
    also: Path | None = None,
    progress: Progress = SILENT,
) -> Path:
    """Copy the office's data, and once more into the folder `also`; returns the first copy.

    Attachments lie beside the copies in `attachments/`; only what is new is taken along.

    Raises:
        UserError: it cannot be copied (then nothing of the copy is left), or not into `also`.
    """
    data = office.data.path
    if data is None:
        raise UserError("数据在数据库服务器上，不能在这里备份。", hint="请在服务器上备份。")
    now = office.clock()
    made = keep_copy(office.data.engine, data, now=now, why=why, folder=None)
    _take_along(office, made.parent, progress)
    if also is None:
        return made
    try:
        if not also.is_dir():
            raise UserError(f"找不到文件夹“{also}”。", hint="请插好移动硬盘，或另选文件夹。")
        keep_copy(office.data.engine, data, now=now, why=why, folder=also)
        _take_along(office, also, progress)
    except UserError as error:
        raise UserError(
            f"本机备份已完成，第二份没有做成：{error.message}", hint=error.hint
        ) from error
    return made


def _take_along(office: Office, folder: Path, progress: Progress) -> None:
    try:
        attachments.back_up(attachments.store_of(office), folder, progress)
    except UserError as error:
        raise UserError(f"数据已备份，附件没有备份完：{error.message}", hint=error.hint) from error


def at_close(office: Office, *, also: Path | None = None) -> Path | None:
    """Back up before the program ends and remove what is older than is kept; None for a server.

    Raises:
        UserError: as `back_up`.
    """
    if office.data.path is None:
        return None
    try:
        made = back_up(office, why=Why.CLOSE, also=also)
    finally:
        for folder in (None, also) if also else (None,):
            _remove_old(rows(office, folder))
    return made


def kept(times: Iterable[datetime]) -> set[datetime]:
    """Which backups stay: the newest of each of the last days, weeks and months that have one."""
    newest_first = sorted(times, reverse=True)
    stays: set[datetime] = set()
    spans: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAYS, datetime.date),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    for count, span in spans:
        newest: dict[object, datetime] = {}
        for at in newest_first:
            newest.setdefault(span(at), at)
        stays |= set(list(newest.values())[:count])
    return stays


def _row(path: Path, stem: str) -> BackupRow | None:
    named = _NAME.fullmatch(path.name)
    if not named or named["stem"] != stem or named["why"] not in list(Why):
        return None
    try:
        at = datetime.strptime(named["at"], "%Y%m%d-%H%M%S")
        size = path.stat().st_size
    except (ValueError, OSError):  # no time, or gone meanwhile
        return None
    return BackupRow(path, at, Why(named["why"]), int(named["number"] or 1), size)


def _remove_old(found: list[BackupRow]) -> None:
    """Remove backups made at closing; those made for a reason stay until a person removes them."""
    closing = [row for row in found if row.why == Why.CLOSE]
    stays = kept(row.at for row in closing)
    for row in closing:
        if row.at not in stays:
            with disk_faults(row.path):
                row.path.unlink(missing_ok=True)
