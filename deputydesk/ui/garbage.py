"""Collecting garbage in the window's thread only.

Python collects in whatever thread happens to fill the count. A worker that so destroyed a
widget caught in a cycle would crash Qt; here the collector runs in the thread that owns them.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 2_000
"""How often the window looks whether there is enough to collect."""


class Collector(QObject):
    """Takes over from Python's automatic collector; the automatic one is off while it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Collect from now on: what is loaded while the office is opened is no garbage."""
        self._timer.start()

    def collect(self) -> None:
        """Collect the generations whose count has passed its threshold, as Python would."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Give collecting back to Python."""
        self._timer.stop()
        gc.enable()


@contextmanager
def kept() -> Generator[None]:
    """Collect nothing meanwhile: Qt crashes if a widget goes while it goes through all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
