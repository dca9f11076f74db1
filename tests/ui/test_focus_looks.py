"""Where the keys are is seen at every kind of control, in every choice of colours."""

from dataclasses import dataclass
from functools import cache

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from deputydesk.rules.calendar import Calendar
from deputydesk.ui import style
from deputydesk.ui.board import Card, CardList
from deputydesk.ui.charts import Bars
from deputydesk.ui.contrast import contrast, contrasting, own_palette
from deputydesk.ui.controls import Combo, LineEdit, LongEdit
from deputydesk.ui.kpi import Kpi, KpiNumbers
from deputydesk.ui.month_grid import MonthGrid
from deputydesk.ui.navigation import NavBar, SearchBox
from deputydesk.ui.pages import PAGES
from deputydesk.ui.parts import Chips, IconButton, button
from deputydesk.ui.pdf_view import PdfView
from deputydesk.ui.pickers import Tokens
from deputydesk.ui.side_list import SideList
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from tests import make

VISIBLE = 3.0
"""How far a pixel's colours with and without the focus are apart at least; WCAG 1.4.11."""
ENOUGH = 60
"""So many such pixels: the frame of a small button has some two hundred."""


@dataclass(frozen=True)
class Row:
    """A row of a list."""

    id: str
    name: str


def _table(rows):
    made = RowsTable((Column[Row]("姓名", _name, 100),), name="名单", empty="还没有人。")
    made.set_rows(rows)
    return made


def _name(row: Row) -> str:
    return row.name


def _cards(cards):
    made = CardList("待办")
    made.show_cards(cards, "没有")
    return made


def _checked(made):
    made.setChecked(True)
    return made


def _combo():
    made = Combo()
    made.addItems(["甲", "乙"])
    return made


def _tabs():
    made = QTabWidget()
    for name in ("基本情况", "履职"):
        made.addTab(QLabel(name), name)
    return made, made.tabBar()


def _chip(number):
    made = Chips(("全部", "本月"))
    return made, made.group.button(number)


def _list():
    made = SideList("各部分")
    for name in ("开头", "结尾"):
        made.add(name)
    made.setCurrentRow(0)
    return made


def _bars():
    made = Bars("各月")
    made.set_series(["1月", "2月"], ("次数", (4, 5)))
    return made


def _nav(number):
    made = NavBar(PAGES)
    made.show_page(PAGES[0].name)
    return made, made._group.button(number)


def _tokens():
    made = Tokens(list, "代表", "")
    return made, made.line


def _link():
    made = button("查看")
    made.setObjectName("link")
    return made


def _reading():
    made = QScrollArea()
    made.setObjectName("reading")
    return made


KINDS = {
    "line": LineEdit,
    "search": SearchBox,
    "several lines": lambda: LongEdit(3),
    "combo": _combo,
    "spin box": QSpinBox,
    "people as chips": _tokens,
    "check box": lambda: QCheckBox("公开"),
    "ticked check box": lambda: _checked(QCheckBox("公开")),
    "radio button": lambda: QRadioButton("公开"),
    "button": lambda: button("导出", "download"),
    "main button": lambda: button("保存", primary=True),
    "sign": lambda: IconButton("撤销", "undo-2"),
    "link": _link,
    "chip": lambda: _chip(1),
    "pressed chip": lambda: _chip(0),
    "tabs": _tabs,
    "page": lambda: _nav(1),
    "page in sight": lambda: _nav(0),
    "list": _list,
    "table": lambda: _table([Row("1", "王伟"), Row("2", "李娜")]),
    "empty table": lambda: _table([]),
    "cards": lambda: _cards([Card("x", "1", "1号", "修路", "交通局", Tone.RED, ())]),
    "no cards": lambda: _cards([]),
    "month": lambda: MonthGrid("月历", Calendar.load(), make.NOW.date()),
    "bars": _bars,
    "figure": lambda: Kpi(KpiNumbers("走访", "3", "次")),
    "preview": PdfView,
    "text to read": QTextBrowser,
    "parts to read": _reading,
}


@pytest.fixture(
    scope="module",
    params=[style.LIGHT, style.DARK, contrasting(own_palette())],
    ids=["light", "dark", "contrast"],
)
def theme(request, qapp):
    """The colours in use, and the usual ones again afterwards."""
    style.apply(qapp, request.param, 1.0)
    yield request.param
    style.apply(qapp, style.LIGHT, 1.0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_control_with_the_focus_looks_different(theme, kind, qtbot):
    window, other = QWidget(), LineEdit()
    window.setObjectName("page")
    qtbot.addWidget(window)
    made = KINDS[kind]()
    whole, control = made if isinstance(made, tuple) else (made, made)
    column = QVBoxLayout(window)
    column.addWidget(other)
    column.addWidget(whole)
    window.resize(400, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()

    before = _seen(control, window)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is control
    after = _seen(control, window)

    assert before.size() == after.size()
    assert _far_apart(before, after) >= ENOUGH


def _seen(control, window) -> QImage:
    """The control with a little of what is round it."""
    QApplication.processEvents()
    at = QRect(control.mapTo(window, QPoint(0, 0)), control.size()).adjusted(-4, -4, 4, 4)
    return window.grab(at).toImage().convertToFormat(QImage.Format.Format_RGB32)


def _far_apart(one: QImage, other: QImage) -> int:
    """Pixels that differ so much that everybody sees it."""
    places = ((x, y) for y in range(one.height()) for x in range(one.width()))
    pairs = ((one.pixel(x, y), other.pixel(x, y)) for x, y in places)
    return sum(a != b and _contrast(a, b) >= VISIBLE for a, b in pairs)


@cache
def _contrast(one: int, other: int) -> float:
    return contrast(f"#{one & 0xFFFFFF:06x}", f"#{other & 0xFFFFFF:06x}")
