"""Work that begins once the window is painted, in a thread that touches no Qt object."""

import gc
from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from deputydesk.late import override

T = TypeVar("T")
POLL_MS = 10


class AfterPaint(QObject):
    """Calls something once the window has been painted for the first time."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._call)
        return False

    def _call(self) -> None:
        self._then()


class Opening(QObject, Generic[T]):
    """Opens the office in a thread that touches no Qt object, and hands it over in the window's."""

    def __init__(
        self,
        work: Callable[[], T],
        arrive: Callable[[T], None],
    ) -> None:
        super().__init__()
        self._work = work
        self._arrive = arrive
        self._found: list[T] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, name="opening", daemon=True)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._thread.start()
        self._timer.start()

    def _run(self) -> None:
        try:
            self._found.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised again in the window's thread
            self._error = error
        finally:
            gc.freeze()  # all that was made now stays: to look for garbage in it only takes time

    def _poll(self) -> None:
        if self._thread.is_alive():
            return
        self._timer.stop()
        if self._error:
            raise self._error
        self._arrive(self._found[0])
