"""What a clerk's hands do: write Chinese through an input method, press keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def write(widget: QWidget, text: str) -> None:
    """Type a text as an input method commits it; QTest.keyClicks dies of Chinese."""
    widget.setFocus()
    spelling = QInputMethodEvent("pin", [])
    QApplication.sendEvent(widget, spelling)
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(widget, commit)


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key."""
    QTest.keyClick(widget, key, modifier)


def shortcut(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key of the whole window, wherever the focus is."""
    QTest.keyClick(widget.window().windowHandle(), key, modifier)


def press_ctrl(widget: QWidget, key: Qt.Key) -> None:
    """Press a key with Ctrl."""
    press(widget, key, Qt.KeyboardModifier.ControlModifier)
