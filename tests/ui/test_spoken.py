"""Screen readers are told what painted widgets are, what is in them and where the keys are."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from deputydesk.rules.calendar import Calendar
from deputydesk.ui.board import Board, Card
from deputydesk.ui.charts import Bars
from deputydesk.ui.desk import Desk
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.month_grid import MonthGrid
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips
from deputydesk.ui.pdf_view import PdfView
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.spoken import speak
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from tests import make
from tests.ui.everywhere import described, spoken, views

ROLE = QAccessible.Role
VALUE = QAccessible.Text.Value


@pytest.fixture(scope="module", autouse=True)
def reader(qapp):
    """A screen reader listens."""
    speak()


@dataclass(frozen=True)
class Row:
    """A row of a list."""

    id: str
    name: str


def _name(row: Row) -> str:
    return row.name


@pytest.fixture
def shown(qtbot):
    """Show a widget with the keys in it."""

    def show(widget):
        qtbot.addWidget(widget)
        widget.resize(600, 400)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        widget.setFocus()
        return widget

    return show


def face(widget):
    """The widget as a screen reader sees it."""
    return QAccessible.queryAccessibleInterface(widget)


def test_a_chart_has_a_name_its_numbers_and_the_one_at_which_the_keys_are(shown):
    bars = shown(Bars("进家活动走势"))
    bars.set_series(["1月", "2月"], ("次数", (4, 5)))

    QTest.keyClick(bars, Qt.Key.Key_Right)

    assert face(bars).role() == ROLE.Chart
    assert spoken(bars) == "进家活动走势"
    assert spoken(bars, QAccessible.Text.Description) == "1月 次数4；2月 次数5"
    assert "2月" in spoken(bars, VALUE)
    assert "5" in spoken(bars, VALUE)


def test_a_chart_without_numbers_says_none(shown):
    assert spoken(shown(Bars("走势")), VALUE) == ""


def test_a_month_says_its_day(shown):
    month = shown(MonthGrid("进家安排月历", Calendar.load(), make.NOW.date()))

    QTest.keyClick(month, Qt.Key.Key_Right)

    assert face(month).role() == ROLE.Chart
    assert spoken(month, VALUE).startswith(f"{month.day.year}年{month.day.month}月")
    assert spoken(month, VALUE).endswith("没有安排")


def test_a_board_is_lists_whose_cards_are_read_whole(shown):
    board = shown(Board(("待交办", "办理中")))
    cards = [Card("x", str(n), f"{n}号", "修路", "交通局", Tone.RED, ()) for n in range(3)]
    board.show_column(0, cards, "", 3)
    column = face(board.lists[0])

    assert column.role() == ROLE.List
    assert column.text(QAccessible.Text.Name) == "待交办"
    assert column.childCount() == 3
    assert column.child(1).role() == ROLE.ListItem
    assert column.child(1).text(QAccessible.Text.Name) == "修路，1号，交通局"


def test_a_list_is_a_table_with_its_rows(shown):
    table = RowsTable((Column[Row]("姓名", _name, 100),), name="名单", empty="")
    table.set_rows([Row("1", "王伟"), Row("2", "李娜")])
    told = face(shown(table))
    cells = [told.child(n) for n in range(told.childCount())]

    assert told.role() == ROLE.Table
    assert [c.text(QAccessible.Text.Name) for c in cells if c.role() == ROLE.Cell] == [
        "姓名：王伟",
        "姓名：李娜",
    ]


def test_chips_are_a_named_group(shown):
    chips = shown(Chips(("全部", "本月"), "筛选"))

    assert face(chips).role() == ROLE.Grouping
    assert face(chips).childCount() == 2
    assert [face(chips).child(n).state().checked for n in (0, 1)] == [1, 0]


def test_a_preview_says_what_to_do_to_see_a_page(shown):
    view = shown(PdfView())
    view.show_nothing("选好表以后按 Ctrl+Enter")

    assert face(view).role() == ROLE.Document
    assert spoken(view, VALUE) == "选好表以后按 Ctrl+Enter"


def test_what_was_spoken_of_may_go(qtbot):
    for _ in range(50):
        bars = Bars("走势")
        assert face(bars).role() == ROLE.Chart

        delete(bars)


def test_no_widget_with_a_name_is_a_mere_pane(demo_office, tmp_path, qtbot):
    desk = Desk(tmp_path / "data", make.at(), Preferences(operator="张丽"))
    desk.attach(demo_office)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()

    panes = {
        f"{name}: {described(widget)}"
        for name, page in views(window)
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and type(widget).__module__.startswith("deputydesk.")
        and widget.accessibleName()
        and not isinstance(widget, Page)
        and face(widget).role() in (ROLE.Client, ROLE.NoRole, ROLE.Border)
    }

    assert sorted(panes) == []
