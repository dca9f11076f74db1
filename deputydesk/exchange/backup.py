"""Backups of the data file: made and proved, kept by day, week and month, listed."""

import re
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.database import (
    FileLock,
    Why,
    copy_as_it_is,
    data_keys,
    discard,
    disk_faults,
    encrypting,
    journal_of,
    keep_bytes,
    keep_copy,
    key_files,
    remove_copy,
    sync_folder,
)
from deputydesk.database.driver import driver_of, errors
from deputydesk.errors import UserError
from deputydesk.exchange import accounts_kept, attachments, device, whose
from deputydesk.exchange.accounts_kept import AccountsKept
from deputydesk.journal.check import Fault
from deputydesk.journal.values import models, table_of
from deputydesk.late import dataclass
from deputydesk.office import Office, Right, Tx, User, operation
from deputydesk.operations import voter_sharing
from deputydesk.paths import REHEARSAL, key_file
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
    return beside(data, folder) if data else []


def beside(data: Path, folder: Path | None = None) -> list[BackupRow]:
    """The backups of a data file, newest first, whether or not it can be opened."""
    found = (_row(path, data.stem) for path in (folder or data.parent / "backups").glob("*.db"))
    return sorted(filter(None, found), key=lambda row: (row.at, row.number), reverse=True)


def owner(data: Path) -> whose.Owner | None:
    """The office that works with a data file, whether or not it can be opened."""
    return whose.here(data, (row.path for row in beside(data)))


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
    for most, span in spans:
        newest: dict[object, datetime] = {}
        for at in newest_first:
            newest.setdefault(span(at), at)
        stays |= set(list(newest.values())[:most])
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
    """Remove old backups that were made by themselves; others stay until a person removes them."""
    for why in (Why.CLOSE, Why.RECEIVE):
        these = [row for row in found if row.why == why]
        stays = kept(row.at for row in these)
        for row in these:
            if row.at not in stays:
                with disk_faults(row.path):
                    remove_copy(row.path)


@dataclass(frozen=True)
class Rehearsed:
    """What a backup would give back.

    Args:
        path: of the backup.
        at: when it was made.
        records: living records in it.
        now: living records in the data now.
        faults: what is wrong with the backup; empty when all is well.
    """

    path: Path
    at: datetime
    records: int
    now: int
    faults: tuple[Fault, ...]


def rehearse(office: Office, row: BackupRow) -> Rehearsed:
    """Open a copy of a backup as a restore would, and hold it against its log.

    Raises:
        UserError: it cannot be opened; the data and the backup are as they were.
    """
    beside = row.path.parent
    with disk_faults(beside):
        folder = tempfile.TemporaryDirectory(prefix=REHEARSAL, dir=beside)
    with folder as inside:
        copy = Path(inside) / "rehearsal.db"
        with disk_faults(copy):
            copy_as_it_is(row.path, copy)
        tried = Office.open(copy, clock=office.clock, user=office.user)
        try:
            faults = tuple(tried.check())
            records = tried.ask(_living)
        finally:
            tried.close()
    return Rehearsed(row.path, row.at, records, office.ask(_living), faults)


@operation(Right.ENTER, "恢复后选民资料先留在本单位", can_undo=False)
def _keep_voters_home(tx: Tx) -> None:
    """A backup may be of a time when they went up, and nobody would notice that they do again."""
    voter_sharing.turn_off(tx)


def restore(
    data: Path,
    source: Path,
    *,
    clock: Callable[[], datetime],
    user: User,
    signing: AccountsKept | None = None,
) -> Path | None:
    """Put a backup in the place of the data, under a new name in the log.

    Nobody has the data open. What was there is kept among the backups, even if it is damaged;
    voters' own data stays home until the head decides again that it goes up. What
    was written since the backup comes back from an office that had got it, once that office was
    given a stick by the restored data, which says how far it is, and gave one back.

    Args:
        data: the data file.
        source: the backup.
        clock: the present time.
        user: who does it.
        signing: who signs in at the data as it is; they go on doing so.

    Returns:
        where the data that was there is kept; None if there was none.

    Raises:
        UserError: the backup is damaged, another office's, or of a newer program, or the disk
            refused; the data is as it was.
    """
    fresh, keys = data.with_name(data.name + ".restore"), key_files.read(key_file(data))
    lock = FileLock(data)
    lock.take(clock())
    try:
        whose.refuse_foreign(owner(data), source)
        _copy_in(source, fresh, data)
        restored = Office.open(fresh, clock=clock, user=user)
        try:
            name = _writing_on(restored, source.name, signing)
        finally:
            restored.close()
        with disk_faults(data):
            kept = _put_in_place(fresh, data, clock())
        data_keys.settle(data)
        device.expect(data, name)
    except BaseException:
        discard(fresh)
        data_keys.settle(data, keys)
        fresh.with_name(fresh.name + ".lock").unlink(missing_ok=True)
        raise
    finally:
        lock.release()
    fresh.with_name(fresh.name + ".lock").unlink(missing_ok=True)
    return kept


def _writing_on(restored: Office, backup: str, signing: AccountsKept | None) -> str:
    """Prove a backup by its log and let it write on here, under a new name, which is returned."""
    if restored.check():
        raise UserError(f"备份“{backup}”与它的日志不一致，没有恢复。", hint="请换一个备份。")
    if signing:
        accounts_kept.carry_over(signing, restored, backup)
    restored.do(device.renew)
    restored.do(_keep_voters_home)
    return device.name(restored)


def _copy_in(source: Path, fresh: Path, data: Path) -> None:
    """Copy a backup beside the data; where one of them is encrypted, what is restored is so too."""
    with disk_faults(data):
        discard(fresh)
        copy_as_it_is(source, fresh)
    encrypting.match(fresh, data)
    data_keys.admit(data, source)


def _put_in_place(fresh: Path, data: Path, now: datetime) -> Path | None:
    """Keep the data among the backups as it is, and give its name to what was restored.

    What SQLite would roll back goes first: it would put that, the pages of another file, into
    whatever bears the data's name.
    """
    kept = keep_bytes(data, now=now, why=Why.RESTORE) if data.exists() else None
    key = data_keys.key_of(fresh)
    journal, aside = journal_of(data), journal_of(data.with_name(data.name + ".aside"))
    try:
        if kept:
            _roll_back(data)
        if journal.exists():
            journal.replace(aside)
        fresh.replace(data)
        data_keys.follow(data, key or b"")
    except BaseException:
        if aside.exists():
            aside.replace(journal)
        if kept:
            remove_copy(kept)
        raise
    aside.unlink(missing_ok=True)
    data_keys.follow(fresh, b"")
    sync_folder(data.parent)
    return kept


def _roll_back(data: Path) -> None:
    """Have SQLite roll back itself what it can: then nothing is lost if the power goes now."""
    with suppress(UserError, *errors()), closing(driver_of(data).connect(data, "rw")) as opened:
        opened.execute("select count(*) from sqlite_master").fetchone()


def _living(session: Session) -> int:
    """How many records there are."""
    counted = (select(func.count()).select_from(table_of(model)) for model in models().values())
    return sum(session.scalar(one) or 0 for one in counted)
