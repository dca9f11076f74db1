"""Before a backup is put back: what would be lost, and which backup is the newest good one."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.database import copy_as_it_is, disk_faults, faults
from deputydesk.database.driver import driver_of
from deputydesk.errors import UserError
from deputydesk.exchange import backup, whose
from deputydesk.exchange.backup import BackupRow
from deputydesk.journal import segments
from deputydesk.journal.log import SYNC_CHANGE
from deputydesk.journal.tables import SyncPeer
from deputydesk.office import Office, User
from deputydesk.paths import REHEARSAL
from deputydesk.progress import SILENT, Progress


@dataclass(frozen=True)
class Lost:
    """What was written since a backup.

    Args:
        changes: in all.
        elsewhere: those that another PC or office says it has: they come back with its stick.
        first: when the first was written that only lies here, as the log says.
    """

    changes: int
    elsewhere: int
    first: str

    @property
    def only_here(self) -> int:
        """Changes that nobody else has: gone when the backup is put back."""
        return self.changes - self.elsewhere


def lost(office: Office, row: BackupRow) -> Lost:
    """What would be lost if a backup were put back now.

    Raises:
        UserError: the backup cannot be read, or is another office's.
    """
    if office.data.path:
        whose.refuse_foreign(whose.owner(office.data.path), row.path)
    return office.ask(_lost, _reached(row.path))


def newest_good(
    data: Path, *, clock: Callable[[], datetime], user: User, progress: Progress = SILENT
) -> BackupRow | None:
    """The newest backup of a data file that opens and is as its log says; None if none is."""
    found = backup.beside(data)
    ours = backup.owner(data)
    for done, row in enumerate(found):
        progress.step(done, len(found), f"{row.at:%Y-%m-%d %H:%M} 的备份")
        if not whose.stranger(ours, row.path) and _is_good(row, clock, user):
            return row
    return None


def _is_good(row: BackupRow, clock: Callable[[], datetime], user: User) -> bool:
    with disk_faults(row.path):
        folder = TemporaryDirectory(prefix=REHEARSAL, dir=row.path.parent)
    with folder as inside:
        copy = Path(inside) / "rehearsal.db"
        try:
            with disk_faults(copy):
                copy_as_it_is(row.path, copy)
            tried = Office.open(copy, clock=clock, user=user)
        except UserError:
            return False
        try:
            return not tried.check()
        finally:
            tried.close()


def _reached(path: Path) -> dict[str, int]:
    """How far each feed was when a backup was made."""
    with faults(path), closing(driver_of(path).connect(path, "ro")) as there:
        return dict(there.execute("select feed, seq from sync_feed"))


def _lost(session: Session, then: dict[str, int]) -> Lost:
    now = segments.have(session)
    others: dict[str, int] = {}
    for peer in session.scalars(select(SyncPeer)):
        for feed, number in peer.have.items():
            others[feed] = max(int(number), others.get(feed, 0))
    changes = elsewhere = 0
    first: list[str] = []
    for feed, number in now.items():
        before = min(then.get(feed, 0), number)
        safe = min(max(others.get(feed, 0), before), number)
        changes += number - before
        elsewhere += safe - before
        c = SYNC_CHANGE.c
        alone = select(func.min(c.ts)).where(c.feed == feed, c.seq > safe)
        if at := session.scalar(alone):
            first.append(at)
    return Lost(changes, elsewhere, min(first, default=""))
