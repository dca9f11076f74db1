"""Locking the screen: by a key, and when nobody has touched the PC for some minutes."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from deputydesk.operations import accounts
from deputydesk.ui import sign_in, style
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
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.lock)
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
        """Cover all windows until somebody signs in; who gives up closes the program."""
        office = self._desk.office
        if self.is_locked or not office.ask(accounts.is_on):
            return
        self.is_locked = True
        curtains = [Curtain(window) for window in _windows()]
        was = office.user.name
        accounts.lock(office)
        self._desk.preferences.operator = was
        is_in = sign_in.ask(self._window, self._desk, office)
        while not is_in and not self._window.close():  # a task is at work: it stays locked
            is_in = sign_in.ask(self._window, self._desk, office)
        self.is_locked = False
        for curtain in curtains:
            curtain.hide()
            curtain.deleteLater()
        self.timer.start()


def watch(window: QWidget, desk: Desk) -> ScreenLock:
    """Lock the screen from now on; once for a window."""
    known = window.findChildren(ScreenLock)
    return known[0] if known else ScreenLock(window, desk)


def _windows() -> Iterator[QWidget]:
    return (w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow())


def _is_key(event: QEvent) -> bool:
    is_key = isinstance(event, QKeyEvent)
    return is_key and event.key() == Qt.Key.Key_L and event.modifiers() == _MODIFIERS
