"""No words of a button, chip, caption or heading are cut, and nothing lies on something else."""

import itertools

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QWidget,
)

from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.table import RowsTable
from tests import make
from tests.ui.everywhere import scrolled, views

SPARE = 1
"""Pixels lost to rounding when a size grows with the text."""


@pytest.fixture(
    params=[
        (1366, 768, 1.0),
        (1366, 768, 1.25),
        (1366, 768, 1.5),
        (1920, 1080, 1.5),
        (780, 368, 0.822),  # what Windows leaves of 1366x768 at 175 %, and the text as it fits
    ],
    ids=lambda param: f"{param[0]}x{param[1]} {param[2]:.0%}",
)
def size(request, qapp):
    """The window's size with a text size, and the standard one again afterwards."""
    style.apply(qapp, style.LIGHT, request.param[2])
    yield request.param[:2]
    style.apply(qapp, style.LIGHT, 1.0)


@pytest.fixture
def window(size, demo_office, tmp_path, qtbot):
    """The window on the demo office, as large as the screen."""
    desk = Desk(tmp_path / "data", make.at(), Preferences(operator="张丽"))
    desk.attach(demo_office)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    return made


def cut(widget):
    """Whether the widget's words do not fit into it."""
    if isinstance(widget, QLabel):
        gives_way = widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
        may_be_cut = widget.minimumWidth() == 1 or gives_way  # the tooltip says it all
        if widget.wordWrap():
            return widget.height() < widget.heightForWidth(widget.width()) - SPARE
        needed = 0 if may_be_cut or not widget.text() else widget.sizeHint().width()
    elif isinstance(widget, QComboBox):
        elides = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        needed = 0 if widget.sizeAdjustPolicy() == elides else widget.sizeHint().width()
    elif isinstance(widget, QAbstractButton) and not isinstance(widget, QToolButton):
        needed = widget.minimumSizeHint().width() if widget.text() else 0
    else:
        needed = 0
    return widget.width() < needed - SPARE


def words(widget):
    """What a widget says."""
    return widget.currentText() if isinstance(widget, QComboBox) else widget.text()


def overlaps(inside):
    """Pairs of widgets side by side in one layout of which one lies on the other."""
    for parent in (inside, *inside.findChildren(QWidget)):
        layout = parent.layout()
        if layout is None or not parent.isVisible() or isinstance(layout, QStackedLayout):
            continue
        placed = [widget for widget in laid_out(layout) if widget.isVisible()]
        for one, other in itertools.combinations(placed, 2):
            if one.geometry().intersects(other.geometry()):
                yield one, other


def laid_out(layout):
    """The widgets that a layout, and those in it, place."""
    for item in (layout.itemAt(n) for n in range(layout.count())):
        if item.widget() is not None:
            yield item.widget()
        elif item.layout() is not None:
            yield from laid_out(item.layout())


def sticks_out(widget, page):
    """Whether a widget reaches over the right edge of what holds it."""
    at = QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
    return at.right() > page.width() + SPARE


def is_too_low(table):
    """Whether a list shows less than two of its lines."""
    rows = min(2, table.rows.rowCount())
    needed = rows * table.rowHeight(0) if rows else 0
    return table.viewport().height() < needed - SPARE


def tabs(window):
    """The parts of a deputy's file."""
    page = window.go("deputies")
    page.table.selectRow(0)
    for number in range(page.file.tabs.count()):
        page.file.tabs.setCurrentIndex(number)
        QApplication.processEvents()
        yield f"代表，{page.file.tabs.tabText(number)}", page


def test_no_words_are_cut_and_nothing_overlaps(window, size):
    found = []
    for name, page in itertools.chain(views(window), tabs(window)):
        found += [
            f"{name}：“{words(widget)}” {widget.width()} < {widget.sizeHint().width()}"
            for widget in page.findChildren(QWidget)
            if widget.isVisible() and cut(widget)
        ]
        found += [
            f"{name}：{type(one).__name__} {one.geometry()} / {type(other).__name__} "
            f"{other.geometry()}"
            for one, other in overlaps(page)
        ]
        found += [
            f"{name}：“{table.accessibleName()}” {table.viewport().height()} px"
            for table in page.findChildren(RowsTable)
            if table.isVisible() and is_too_low(table)
        ]
        found += [f"{name}：{area.accessibleName()} is scrolled" for area in scrolled(page)]
        if window.size().toTuple() != size:
            found.append(f"{name}：{window.size()}")
        found += [
            f"{name}：“{words(widget)}” sticks out"
            for widget in page.findChildren(QAbstractButton)
            if widget.isVisible() and sticks_out(widget, page)
        ]

    assert found == []
