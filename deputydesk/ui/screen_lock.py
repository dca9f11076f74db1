"""Locking the screen: by a key, and when nobody has touched the PC for some minutes."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from deputydesk.operations import accounts
from deputydesk.ui import sign_in, style, tasks
from deputydesk.ui.desk import Desk

KEY = "Ctrl+Shift+L"
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.ShortcutOverride,
    }
)
MINUTE_MS = 60_000
SAID = "已锁定，登录后接着做"


class Curtain(QWidget):
    """Covers a window while it is locked: nothing on it can be read."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName(SAID)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.raise_()
        self.show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.theme().bg))
        painter.setPen(QColor(style.theme().faint))
        place = self.rect().adjusted(0, style.px(24), 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, SAID)
        painter.end()


class ScreenLock(QObject):
    """Watches for the key and for idle minutes while one signs in.

    Args:
        window: the program's window; its other windows are covered as well.
        desk: the desk.
    """

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self.is_locked = False
        self._is_due = False
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.lock)
        tasks.board().ended.connect(self._look_again)
        desk.arrived.connect(self._look_again)
        desk.operator_changed.connect(self._uncover)
        app = QApplication.instance()
        assert app, "a window has a program"
        app.installEventFilter(self)
        self.set_minutes()

    def set_minutes(self) -> None:
        """Take the idle minutes from the preferences."""
        self.timer.setInterval(self._desk.preferences.lock_minutes * MINUTE_MS)
        self.timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and not self.is_locked:
            self.timer.start()
            if event.type() == QEvent.Type.KeyPress and _is_key(event):
                QTimer.singleShot(0, self.lock)  # a dialog of its own cannot begin within a key
                return True
        return False

    def lock(self) -> None:
        """Cover all windows until somebody signs in; who gives up closes the program.

        What is being worked on ends first, covered, with the rights it began with.
        """
        desk = self._desk
        if self.is_locked or (desk.is_ready and not desk.ask(accounts.is_on)):
            self._uncover()
            return
        self._cover()
        self._is_due = tasks.is_running() or not desk.is_ready
        if self._is_due:
            return
        self.is_locked = True
        office = desk.office
        desk.preferences.operator = office.user.name
        accounts.lock(office)
        is_in = sign_in.ask(self._window, desk, office)
        while not is_in and not self._window.close():  # a task is at work: it stays locked
            is_in = sign_in.ask(self._window, desk, office)
        if is_in and desk.is_ready:  # it may have come anew meanwhile
            desk.office.user, desk.office.secret = office.user, office.secret
        self.is_locked = False
        self._uncover()

    def _look_again(self) -> None:
        """Lock now what was to be locked while a task was at work."""
        if self._is_due:
            QTimer.singleShot(0, self, self._lock_if_due)  # what the task brought comes first

    def _lock_if_due(self) -> None:
        if self._is_due:
            self.lock()

    def _cover(self) -> None:
        covered = {curtain.window() for curtain in _curtains()}
        for window in list(_windows()):
            if window not in covered:
                Curtain(window)

    def _uncover(self) -> None:
        """Somebody has just signed in, or nobody does any more."""
        if self.is_locked:
            return
        self._is_due = False
        for curtain in _curtains():
            curtain.hide()
            curtain.deleteLater()
        self.timer.start()


def watch(window: QWidget, desk: Desk) -> ScreenLock:
    """Lock the screen from now on; once for a window."""
    known = window.findChildren(ScreenLock)
    return known[0] if known else ScreenLock(window, desk)


def _windows() -> Iterator[QWidget]:
    """Windows to be covered: not those that say how far a task is, or who may come in."""
    found = (w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow())
    return (w for w in found if not isinstance(w, sign_in.SignIn | tasks.TaskDialog))


def _curtains() -> list[Curtain]:
    found = (c for w in QApplication.topLevelWidgets() for c in w.findChildren(Curtain))
    return [curtain for curtain in found if not curtain.isHidden()]


def _is_key(event: QEvent) -> bool:
    is_key = isinstance(event, QKeyEvent)
    return is_key and event.key() == Qt.Key.Key_L and event.modifiers() == _MODIFIERS
