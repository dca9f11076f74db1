"""Putting a backup in the place of the data while the window stays: the office goes and comes."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deputydesk.exchange import accounts_kept, backup
from deputydesk.exchange.accounts_kept import AccountsKept
from deputydesk.office import Office, Right, refuse_without
from deputydesk.progress import Progress
from deputydesk.ui.desk import Desk
from deputydesk.ui.reopening import Reopening


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
        self._desk = desk
        self._reopening = Reopening(parent, desk)
        self._reopening.done.connect(self._say_restored)

    def start(self, source: Path) -> None:
        """Let go of the office, put the backup in its place, and open it.

        Raises:
            NotAllowed: where one signs in, it is for a head.
        """
        office = self._desk.office
        refuse_without(Right.MANAGE, "恢复备份", office.user)
        work = partial(_put_back, office, source, accounts_kept.of(office))
        self._reopening.run("正在恢复备份", work)

    def _say_restored(self) -> None:
        self.restored.emit()


def _put_back(
    office: Office, source: Path, signing: AccountsKept | None, data: Path, progress: Progress
) -> str:
    progress.step(0, 0, "正在检查备份")
    backup.restore(data, source, clock=office.clock, user=office.user, signing=signing)
    return ""
