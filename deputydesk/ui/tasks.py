"""Long work, one way: a thread that touches no Qt object, and a dialog that watches it."""

import time
from collections.abc import Callable
from functools import cache
from threading import Event, Thread
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from deputydesk.errors import Cancelled, UserError
from deputydesk.late import dataclass, field, override
from deputydesk.progress import Progress
from deputydesk.rules.time_left import TimeLeft
from deputydesk.ui import style
from deputydesk.ui.parts import button, label

R = TypeVar("R")
POLL_MS = 50
clock = time.monotonic
"""Gives seconds that go on evenly; fixed in tests."""


class Board(QObject):
    """Says when a task has ended, however it ended."""

    ended = Signal()
    went_on = Signal(str)
    """What is being done, how far it is and how long it still takes, for the status bar."""
    running: "TaskDialog | None" = None


@cache
def board() -> Board:
    """The one board of the program."""
    return Board()


def is_running() -> bool:
    """Whether a task is being worked on, so that the window must stay."""
    return board().running is not None


def run_task(
    parent: QWidget, title: str, work: Callable[[Progress], R], on_done: Callable[[R], None]
) -> None:
    """Do long work in a thread while a dialog shows how far it is and lets the user stop it.

    Args:
        parent: the page or dialog that wants it.
        title: what is being done: 正在打印代表卡片.
        work: the work; it calls `progress.step` often and touches no Qt object.
        on_done: a method that gets the result; not called if cancelled or failed.

    Raises:
        UserError: another task is being worked on.
    """
    if is_running():
        raise UserError("另一项工作正在进行。", hint="请等它完成，或先取消它。")
    dialog = TaskDialog(parent, title, _Work(work), on_done)
    board().running = dialog
    dialog.start()


@dataclass
class _Work(Generic[R]):
    """The plain object between the two threads: the worker writes it, the dialog reads it."""

    run: Callable[[Progress], R]
    done: int = 0
    total: int = 0
    what: str = ""
    cancelled: bool = False
    results: list[R] = field(default_factory=list[R])
    error: BaseException | None = None
    ended: Event = field(default_factory=Event)

    def step(self, done: int, total: int, what: str = "") -> None:
        """Note how far the work is; this is the worker's `Progress`."""
        self.done, self.total, self.what = done, total, what
        if self.cancelled:
            raise Cancelled

    def __call__(self) -> None:
        """Work; whatever goes wrong is kept for the window's thread."""
        try:
            self.results.append(self.run(self))
        except BaseException as error:  # noqa: BLE001 - raised again in the window's thread
            self.error = error
        self.ended.set()


class TaskDialog(QDialog):
    """Shows a task; made by `run_task`."""

    def __init__(
        self, parent: QWidget, title: str, work: _Work[R], on_done: Callable[[R], None]
    ) -> None:
        super().__init__(parent.window())
        self._work = work
        self._on_done = on_done
        self._thread = Thread(target=work, name=title, daemon=True)
        self._time = TimeLeft()
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._what = label(title, "h2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName("进度")
        self._left = label("", "faint")
        self.cancel = button("取消")
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    def start(self) -> None:
        """Begin to work and to watch."""
        self._thread.start()
        self._timer.start()
        self.open()

    @override
    def reject(self) -> None:
        """Ask the work to stop; the dialog goes when it has."""
        self._work.cancelled = True
        self.cancel.setEnabled(False)
        self._left.setText("正在取消…")

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def _lay_out(self) -> None:
        self.setMinimumWidth(style.px(420))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(20), style.px(18), style.px(20), style.px(14))
        outer.setSpacing(style.px(12))
        outer.addWidget(self._what)
        outer.addWidget(self._bar)
        row = QHBoxLayout()
        row.addWidget(self._left)
        row.addStretch(1)
        row.addWidget(self.cancel)
        outer.addLayout(row)

    def _poll(self) -> None:
        if not self._work.ended.is_set():
            self._show_progress()
            return
        self._timer.stop()
        self._thread.join()
        self.hide()
        self.deleteLater()
        board().running = None
        board().ended.emit()
        self._deliver()

    def _deliver(self) -> None:
        if isinstance(self._work.error, Cancelled):
            return
        if self._work.error is not None:
            raise self._work.error
        self._on_done(self._work.results[0])

    def _show_progress(self) -> None:
        work = self._work
        self._bar.setRange(0, work.total)
        self._bar.setValue(work.done)
        if work.what:
            self._what.setText(work.what)
        if not work.cancelled:
            self._time.note(clock(), work.done)
            counted = f"{work.done} / {work.total}" if work.total else ""
            said = "，".join(part for part in (counted, self._time.words(work.total)) if part)
            self._left.setText(said)
            board().went_on.emit("：".join(part for part in (self.windowTitle(), said) if part))
