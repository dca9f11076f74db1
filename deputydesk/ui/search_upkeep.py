"""The index of the search is made anew when it is not of this program's form, or not whole."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from deputydesk.ui import tasks
from deputydesk.ui.desk import Desk

AFTER_MS = 3000
"""The first page is shown and can be worked on before anybody looks."""


def look_later(window: QWidget, desk: Desk) -> None:
    """Look after the index when the window has come to rest."""
    upkeep = _Upkeep(window, desk)
    upkeep.timer.start(AFTER_MS)


class _Upkeep(QObject):
    """Waits for its moment."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.look)

    def look(self) -> None:
        """Make the index anew if it is behind; while other work is done, look again later."""
        from deputydesk.search import index

        if tasks.is_running():
            self.timer.start(AFTER_MS)
        elif self._desk.ask(index.is_behind):
            work = self._desk.office.renew_search
            tasks.run_task(self._window, "正在整理搜索索引", work, self._say)

    def _say(self, documents: int) -> None:
        self._desk.say(f"搜索索引已整理，共{documents}条")
