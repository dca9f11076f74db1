"""Every place of the window, for tests of what holds everywhere."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QSlider,
    QTabBar,
    QTextEdit,
    QWidget,
)

from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.page import Page
from deputydesk.ui.pages import PAGES
from deputydesk.ui.parts import Chips

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
    """Every page with each of its registers, the first record chosen."""
    for spec in PAGES:
        page = window.go(spec.name)
        assert page, "the office has arrived"
        chips = getattr(page, "registers", None)
        for number in range(len(chips) if chips else 1):
            if chips:
                page.findChildren(Chips)[0].group.button(number).setChecked(True)
            QApplication.processEvents()
            table = getattr(getattr(page, "view", None), "table", None)
            if table is not None and table.rows.rowCount():
                table.selectRow(0)
            QApplication.processEvents()
            yield spec.title + (f"，{chips[number].title}" if chips else ""), page


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


def described(widget: QWidget) -> str:
    """A widget in a failed test's words."""
    up, line = widget, list[str]()
    while up is not None and len(line) < 4:
        line.append(f"{type(up).__name__}#{up.objectName()}[{up.accessibleName()}]")
        up = up.parentWidget()
    said = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"“{said}” " + " < ".join(line)
