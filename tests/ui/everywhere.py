"""Every place of the window, for tests of what holds everywhere."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QSlider,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.page import Page
from deputydesk.ui.pages import PAGES
from deputydesk.ui.parts import Button, Chips
from deputydesk.ui.table import RowsTable
from deputydesk.ui.tasks import TaskDialog, board, is_running

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QSlider,
    QTabBar,
    QTextEdit,
)


def views(window: MainWindow) -> Iterator[tuple[str, Page]]:
    """Every page with each of its registers or parts, the first record chosen."""
    for spec in PAGES:
        page = window.go(spec.name)
        assert page, "the office has arrived"
        registers = [register.title for register in getattr(page, "registers", ())]
        chips = registers or getattr(page, "parts", ())
        for number in range(len(chips) or 1):
            if chips:
                page.findChildren(Chips)[0].group.button(number).setChecked(True)
            settle()  # a part may look for what it shows in a thread
            window.activateWindow()  # as a window manager does when that dialog has gone
            table = getattr(getattr(page, "view", None), "table", None)
            if table is not None and table.rows.rowCount():
                table.selectRow(0)
            QApplication.processEvents()
            yield spec.title + (f"，{chips[number]}" if chips else ""), page


def controls(inside: QWidget) -> list[QWidget]:
    """What a person can press, fill in or read a value of, in sight."""
    return [
        widget
        for widget in (inside, *inside.findChildren(QWidget))
        if widget.isVisible()
        and (isinstance(widget, CONTROLS) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus)
    ]


def spoken(widget: QWidget, of: QAccessible.Text = QAccessible.Text.Name) -> str:
    """What a screen reader says of a widget."""
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(of) if face else ""


def tabbed(key: Qt.Key = Qt.Key.Key_Tab, limit: int = 400) -> list[QWidget]:
    """Every control that gets the focus while somebody presses Tab, until the circle closes."""
    found: list[QWidget] = []
    at = QApplication.focusWidget()
    for _ in range(limit):
        if at is None or (at in found and at is not found[-1]):  # one may stay for its links
            break
        if at not in found:
            found.append(at)
        QTest.keyClick(at, key)
        at = QApplication.focusWidget()
    return found


def focusable(inside: QWidget) -> list[QWidget]:
    """What keys must reach: what Tab may go to, or one of its row of which one is pressed."""
    return [
        widget
        for widget in inside.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def scrolled(inside: QWidget) -> list[QWidget]:
    """What does not show its top."""
    areas = inside.findChildren(QScrollArea)
    return [a for a in areas if a.isVisible() and a.verticalScrollBar().value()]


def described(widget: QWidget) -> str:
    """A widget in a failed test's words."""
    up, line = widget, list[str]()
    while up is not None and len(line) < 4:
        line.append(f"{type(up).__name__}#{up.objectName()}[{up.accessibleName()}]")
        up = up.parentWidget()
    said = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"“{said}” " + " < ".join(line)


def dialogs(window: MainWindow) -> Iterator[tuple[str, QDialog]]:
    """Every dialog that a button of a page opens, a row on Enter, and those that these open.

    The same kind of dialog comes once for each page. Boxes and dialogs of files must be stubbed.
    """
    for name, page in views(window):
        known: set[tuple[type, str]] = set()
        table = getattr(getattr(page, "view", page), "table", None)
        if isinstance(table, RowsTable) and table.isVisible() and table.rows.rowCount():
            table.selectRow(0)
            QTest.keyClick(table, Qt.Key.Key_Return)
            yield from _opened(f"{name}，Enter", known, 2)
        for button in _buttons(page):
            button.click()
            yield from _opened(f"{name}，{button.text()}", known, 2)
            if not isValid(page) or not page.isVisible():
                window.go(next(spec.name for spec in PAGES if spec.title == page.title))


def _opened(
    how: str, known: set[tuple[type, str]], depth: int, of: tuple[QDialog, ...] = ()
) -> Iterator[tuple[str, QDialog]]:
    """The dialogs now open that were not seen yet, each closed afterwards."""
    settle()
    for dialog in [found for found in _open_ones() if found not in of]:
        kind = type(dialog), dialog.windowTitle().partition("：")[0]
        where = f"{how}：{dialog.windowTitle()}"
        if kind not in known:
            known.add(kind)
            yield where, dialog
            for button in _buttons(dialog) if depth > 1 and isValid(dialog) else ():
                said = button.text()
                button.click()
                yield from _opened(f"{where}，{said}", known, depth - 1, (*of, dialog))
                if not isValid(dialog) or not dialog.isVisible():
                    break
        if isValid(dialog):
            dialog.reject()
    settle()


def _open_ones() -> list[QDialog]:
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return [dialog for dialog in shown if not isinstance(dialog, TaskDialog)]


def _buttons(inside: QWidget) -> Iterator[Button]:
    """The buttons with words that can be pressed now; asked again before each."""
    for button in inside.findChildren(Button):
        if isValid(button) and button.isVisible() and button.isEnabled():
            yield button


def settle() -> None:
    """Let what was begun come to its end."""
    QApplication.processEvents()
    while is_running():
        waiting = QEventLoop()
        board().ended.connect(waiting.quit)
        waiting.exec()
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
