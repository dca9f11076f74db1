"""What a clerk's hands do: write Chinese through an input method, press keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deputydesk.ui.desk import Desk
from deputydesk.ui.page import Page


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


def show_page(page: Page, desk: Desk, qtbot: QtBot) -> None:
    """Show a page alone, as large as in the window at 1366×768, active and told of changes."""
    qtbot.addWidget(page)
    desk.changed.connect(page.refresh)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.read_again()
