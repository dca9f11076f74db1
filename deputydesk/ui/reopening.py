"""The office goes for a while and comes again: something is done to its file meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deputydesk.errors import Cancelled, UserError
from deputydesk.journal.values import models
from deputydesk.office import Office
from deputydesk.operations import accounts
from deputydesk.progress import Progress
from deputydesk.security import veil
from deputydesk.ui import arranging, messages, screen_lock, sign_in, unlock
from deputydesk.ui.desk import Desk
from deputydesk.ui.tasks import run_task


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Args:
        office: the office, open again, whether or not it was done.
        said: to be told; None: it was not done.
        error: why it was not done; None: it was, or the user stopped it before it began.
    """

    office: Office | None
    said: str | None = None
    error: UserError | None = None


class Reopening(QObject):
    """Lets go of the office, has something done to its file in a task, and opens it again.

    Args:
        parent: the page that wants it.
        desk: the desk; it has no office meanwhile.
    """

    done = Signal(str)
    """It was done and the desk has the office again; what is to be told."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._parent, self._desk = parent, desk

    def run(self, title: str, work: Callable[[Path, Progress], str]) -> None:
        """Do it.

        Args:
            title: of the task.
            work: what is done to the file that nobody has open; returns what is to be told.
        """
        data = self._desk.office.data.path
        assert data, "caller checks that the data is a file"
        arranging.end_all()
        office = self._desk.detach()
        office.close()

        def away(progress: Progress) -> Outcome:
            said, error = None, None
            try:
                said = work(data, progress)
            except UserError as refused:
                error = refused
            except Cancelled:
                pass  # the office comes back as it was
            try:
                opened = Office.open(data, clock=office.clock, user=office.user)
            except UserError as gone:
                return Outcome(None, said, error or gone)
            return Outcome(opened, said, error)

        run_task(self._parent, title, away, self._arrive)

    def _arrive(self, outcome: Outcome) -> None:
        if outcome.error:
            messages.show_error(outcome.error)
        if outcome.office is None or not self._is_let_in(outcome.office):
            self._parent.window().close()
            return
        self._hang_veil(outcome.office)
        self._desk.attach(outcome.office)
        self._desk.changed.emit(frozenset(models().values()))
        if outcome.said is not None:
            self.done.emit(outcome.said)

    def _hang_veil(self, office: Office) -> None:
        """The file may be encrypted now, or no more, or with another key."""
        assert office.data.path, "it was a file before"
        unlock.hang_veil(office.data.path, self._desk.folder)
        if veil.is_hung():
            veil.sweep(self._desk.folder)

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
