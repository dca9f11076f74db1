"""Putting a backup in the place of the data while the window stays: the office goes and comes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deputydesk.errors import UserError
from deputydesk.exchange import accounts_kept, backup
from deputydesk.exchange.accounts_kept import AccountsKept
from deputydesk.journal.values import models
from deputydesk.office import Office, Right, User, refuse_without
from deputydesk.operations import accounts
from deputydesk.progress import Progress
from deputydesk.ui import arranging, messages, screen_lock, sign_in
from deputydesk.ui.desk import Desk
from deputydesk.ui.tasks import run_task


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Args:
        office: the office, open again: with the backup's data, or with what was there.
        kept: where the data that was there is kept.
        error: why the backup was not put back.
    """

    office: Office | None
    kept: Path | None = None
    error: UserError | None = None


class Restoring(QObject):
    """Puts a backup back, in a task; the desk has no office meanwhile.

    Args:
        parent: the page that wants it.
        desk: the desk.
    """

    restored = Signal()
    """The desk has the backup's data."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._parent, self._desk = parent, desk

    def start(self, source: Path) -> None:
        """Let go of the office, put the backup in its place, and open it.

        Raises:
            NotAllowed: where one signs in, it is for a head.
        """
        refuse_without(Right.MANAGE, "恢复备份", self._desk.office.user)
        signing = accounts_kept.of(self._desk.office)
        data = self._desk.office.data.path
        assert data, "caller checks that the data is a file"
        arranging.end_all()
        office = self._desk.detach()
        office.close()
        work = partial(_restored, data, source, signing, office.clock, office.user)
        run_task(self._parent, "正在恢复备份", work, self._arrive)

    def _arrive(self, outcome: Outcome) -> None:
        if outcome.error:
            messages.show_error(outcome.error)
        if outcome.office is None or not self._is_let_in(outcome.office):
            self._parent.window().close()
            return
        self._desk.attach(outcome.office)
        self._desk.changed.emit(frozenset(models().values()))
        if not outcome.error:
            self.restored.emit()

    def _is_let_in(self, office: Office) -> bool:
        """Have somebody sign in where one signs in, as before or as the backup has it."""
        if not office.ask(accounts.is_on):
            return True
        accounts.lock(office)
        if sign_in.ask(self._parent.window(), self._desk, office):
            screen_lock.watch(self._parent.window(), self._desk)
            return True
        office.close()
        return False


def _restored(
    data: Path,
    source: Path,
    signing: AccountsKept | None,
    clock: Callable[[], datetime],
    user: User,
    progress: Progress,
) -> Outcome:
    progress.step(0, 0, "正在检查备份")
    error: UserError | None = None
    kept: Path | None = None
    try:
        kept = backup.restore(data, source, clock=clock, user=user, signing=signing)
    except UserError as refused:
        error = refused
    try:
        return Outcome(Office.open(data, clock=clock, user=user), kept, error)
    except UserError as gone:
        return Outcome(None, kept, error or gone)
