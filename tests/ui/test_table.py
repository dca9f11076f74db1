"""Lists of rows."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from tests.ui import hands


@dataclass(frozen=True)
class Row:
    id: str
    number: int
    topic: str
    state: str = "办理中"


ROWS = [
    Row("a", 10, "路灯损坏"),
    Row("b", 9, "水压\t不足\n很久"),
    Row("c", 100, "暖气不热", "逾期"),
]


@pytest.fixture
def table(qtbot):
    made = RowsTable(
        (
            Column[Row]("编号", lambda r: f"{r.number}", 60, sort=lambda r: r.number, drop=1),
            Column("事项", lambda r: r.topic, 0),
            Column("状态", lambda r: r.state, 90, tone=lambda r: Tone.BLUE),
            Column("时限", lambda r: "11-01", 70, alert=lambda r: r.state == "逾期", right=True),
        ),
        name="登记列表",
        empty="还没有登记。",
    )
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.set_rows(ROWS)
    return made


def ids(table):
    return [row.id for row in table.rows.rows()]


def test_a_heading_sorts_by_value_then_back_then_not(table):
    orders = []
    for indicator in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        table.sortByColumn(0, indicator)
        orders.append(ids(table))
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)

    assert orders == [["b", "a", "c"], ["c", "a", "b"]]
    assert ids(table) == ["a", "b", "c"]


def test_new_rows_stay_sorted_as_the_user_wished(table):
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)

    table.set_rows([*ROWS, Row("d", 1, "医保报销")])

    assert ids(table) == ["d", "b", "a", "c"]


def test_the_user_stays_at_the_record_when_rows_change(table):
    table.select("b")
    picked = []
    table.picked.connect(picked.append)

    table.set_rows([Row("x", 1, "新的"), *ROWS])

    assert table.current().id == "b"
    assert [row.id for row in table.selected()] == ["b"]
    assert picked == []


def test_changed_values_of_the_record_are_told(table):
    table.select("b")
    picked = []
    table.picked.connect(picked.append)

    changed = replace(ROWS[1], topic="水压不足")
    table.set_rows([ROWS[0], changed, ROWS[2]])

    assert picked == [changed]


def test_a_record_that_is_gone_is_told_as_none(table):
    table.select("b")
    picked = []
    table.picked.connect(picked.append)

    table.set_rows([])

    assert picked == [None]
    assert table.current() is None


def test_marked_rows_are_copied_as_excel_takes_them(table):
    table.selectAll()
    hands.press_ctrl(table, Qt.Key.Key_C)

    assert QApplication.clipboard().text() == (
        "编号\t事项\t状态\t时限\n"
        "10\t路灯损坏\t办理中\t11-01\n"
        "9\t水压 不足 很久\t办理中\t11-01\n"
        "100\t暖气不热\t逾期\t11-01"
    )


def test_enter_opens_the_row(table, qtbot):
    table.select("c")

    with qtbot.waitSignal(table.opened) as opened:
        hands.press(table, Qt.Key.Key_Return)

    assert opened.args == [ROWS[2]]


def test_a_record_that_is_not_listed_is_not_selected(table):
    assert table.select("nobody") is False


def test_columns_give_way_when_it_is_narrow_and_come_back(table, qtbot):
    table.resize(260, 300)
    hidden = table.isColumnHidden(0)
    table.resize(700, 300)

    assert hidden
    assert not table.isColumnHidden(0)
    assert sum(table.columnWidth(n) for n in range(4)) <= table.viewport().width()


def test_a_text_that_is_cut_gets_room_that_another_column_does_not_need(table):
    before = table.columnWidth(2)

    table.set_rows([replace(ROWS[0], state="等待有关单位重新办理")])

    assert table.columnWidth(2) > before
    assert table.columnWidth(1) >= 80


def test_columns_stay_as_wide_when_fewer_rows_are_found(table):
    table.set_rows([replace(ROWS[0], state="等待有关单位重新办理")])
    wide = table.columnWidth(2)

    table.set_rows(ROWS)

    assert table.columnWidth(2) == wide


def test_what_has_no_room_at_all_can_be_scrolled_to(table):
    table.resize(150, 300)
    narrow = table.horizontalScrollBarPolicy()
    table.resize(700, 300)

    assert narrow == Qt.ScrollBarPolicy.ScrollBarAsNeeded
    assert table.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_it_is_painted_with_rows_and_without(table):
    full = table.grab().toImage()
    table.set_rows([])
    empty = table.grab().toImage()

    assert full != empty


def test_a_screen_reader_hears_names_and_cells(table):
    assert table.accessibleName() == "登记列表"
    assert table.model().headerData(1, Qt.Orientation.Horizontal) == "事项"
    assert table.model().index(0, 1).data() == "路灯损坏"
