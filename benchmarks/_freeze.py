"""How long a window at most did not answer in the seconds after it was painted."""

import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks._here import say

SECONDS = 3.0
BEAT_MS = 5


class Freeze(QObject):
    """Beats in the window's event loop, tells the longest pause as `freeze`, and ends the app."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._began = self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last - BEAT_MS / 1000)
        self._last = now
        if now - self._began > SECONDS:
            self._timer.stop()
            say("freeze", self._longest, 0)
            QApplication.quit()
