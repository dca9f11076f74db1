"""Lists of rows."""

import math
from dataclasses import dataclass, replace
from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from deputydesk.ui.cells import Cell, most_of, width_of
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


def test_a_record_that_was_saved_by_ctrl_enter_is_marked_alone(table, qtbot):
    saves = QShortcut(QKeySequence("Ctrl+Return"), table)
    saves.activated.connect(partial(table.select, "c"))
    table.select("a")
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)

    hands.shortcut(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert table.current().id == "c"
    assert table.selected_ids() == ("c",)


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


def test_word_and_wps_take_a_table(table):
    table.select("b")
    table.copy()

    html = QApplication.clipboard().mimeData().html()
    assert "<th>事项</th>" in html
    assert "<td>水压 不足 很久</td>" in html
    assert '<td align="right">11-01</td>' in html


def test_marked_rows_are_counted_and_their_numbers_added(qtbot):
    table = RowsTable(
        (
            Column[Row]("编号", lambda r: f"{r.number}", sort=lambda r: r.number, right=True),
            Column[Row]("金额（元）", lambda r: f"{r.number * 1000.5:,.2f}", sort=id, right=True),
            Column[Row]("人次", lambda r: "—", sort=id, right=True),
            Column[Row]("办结", lambda r: "5/7", sort=id, right=True),
        ),
        name="支出列表",
    )
    qtbot.addWidget(table)
    table.show()
    table.set_rows(ROWS)
    said = []
    table._summing.said.connect(said.append)

    table.selectAll()
    qtbot.waitUntil(lambda: bool(said))
    table.select("a")
    qtbot.waitUntil(lambda: said[-1] == "")

    assert said == ["已选 3 条，金额合计 119,059.50", ""]


def test_many_marked_rows_are_added_up_by_a_thread(qtbot):
    column = Column[Row]("人次", lambda r: f"{r.number}", sort=id, right=True)
    table = RowsTable((column,), name="登记列表")
    qtbot.addWidget(table)
    table.show()
    table.set_rows([Row(f"r{n}", 2, "") for n in range(1200)])
    said = []
    table._summing.said.connect(said.append)

    table.selectAll()
    qtbot.waitUntil(lambda: len(said) == 2)

    assert said == ["已选 1200 条", "已选 1200 条，人次合计 2,400"]


@pytest.fixture
def filtered(table, qtbot):
    bar = table.add_filters()
    qtbot.addWidget(bar)
    return table


def choose(table, place, column, words):
    index = table.model().index(place, column)
    entry = next(a for a in table.menu(index).actions() if words in a.text())
    entry.trigger()


def test_only_rows_whose_cell_says_the_same_are_shown(filtered):
    choose(filtered, 0, 2, "只看“办理中”")

    assert ids(filtered) == ["a", "b"]
    assert filtered.filters.texts() == ["状态：办理中  ×"]
    assert not filtered.filters.isHidden()


def test_rows_are_left_out_one_text_after_the_other(filtered):
    choose(filtered, 0, 1, "排除“路灯损坏”")
    choose(filtered, 0, 1, "排除“水压 不足 很久”")
    assert ids(filtered) == ["c"]

    hands.press(filtered, Qt.Key.Key_Escape)
    assert ids(filtered) == ["b", "c"]
    hands.press(filtered, Qt.Key.Key_Escape)
    assert ids(filtered) == ["a", "b", "c"]
    assert filtered.filters.isHidden()
    hands.press(filtered, Qt.Key.Key_Escape)


def test_a_chip_takes_its_filter_away(filtered):
    choose(filtered, 0, 2, "只看“办理中”")
    choose(filtered, 0, 1, "排除“路灯损坏”")

    filtered.filters._chips[0].click()
    assert ids(filtered) == ["b", "c"]
    choose(filtered, 0, 2, "只看“办理中”")
    filtered.filters._chips[-1].click()

    assert ids(filtered) == ["a", "b", "c"]


def test_words_are_a_chip_too(filtered, qtbot):
    filtered.filters.set_words("路灯")
    assert filtered.filters.texts() == ["含：路灯  ×"]

    with qtbot.waitSignal(filtered.filters.unfound):
        hands.press(filtered, Qt.Key.Key_Escape)
    choose(filtered, 0, 2, "只看“办理中”")
    with qtbot.waitSignal(filtered.filters.unfound):
        filtered.filters._chips[-1].click()


def test_a_long_cell_is_named_by_its_beginning_and_an_empty_one_as_blank(filtered):
    long = "村里的路灯不亮老人晚上出行不方便希望尽快维修好"
    filtered.set_rows([Row("a", 1, long), Row("b", 2, "")])

    choose(filtered, 1, 1, "排除空白")
    choose(filtered, 0, 1, "只看“村里的路灯不亮老人晚上出行…”")

    assert filtered.filters.texts() == ["事项：村里的路灯不亮老人晚上出行不方便希望尽快…  ×"]


def test_the_menu_key_opens_the_menu_of_the_cell(filtered):
    filtered.setFocus()
    filtered.select("b")
    hands.press(filtered, Qt.Key.Key_Right)
    at = filtered.visualRect(filtered.currentIndex()).center()
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        QApplication.sendEvent(
            filtered.viewport(),
            QContextMenuEvent(reason, at, filtered.viewport().mapToGlobal(at)),
        )
        menu = QApplication.activePopupWidget()
        texts = [action.text() for action in menu.actions() if action.text()]
        menu.close()

        assert texts == ["只看“水压 不足 很久”", "排除“水压 不足 很久”", "复制", "列…"]


def test_where_nothing_is_filtered_the_menu_has_the_actions_only(table):
    texts = [action.text() for action in table.menu(QModelIndex()).actions() if action.text()]

    assert texts == ["复制", "列…"]


def test_the_cell_where_the_keyboard_is_has_a_ring(table):
    table.setFocus()
    table.select("b")
    before = table.grab().toImage()

    hands.press(table, Qt.Key.Key_Right)

    assert table.grab().toImage() != before


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


def test_beside_and_below_the_rows_is_the_ground_of_the_list(table, qtbot):
    table.resize(600, 400)
    table.show()
    qtbot.waitExposed(table)
    ground, sheet = table.palette().base().color(), table.viewport()
    table.setColumnWidth(1, 40)  # the rest of the row is free
    seen = [sheet.grab().toImage()]
    table.set_rows([])
    table.set_empty("")
    table.clearFocus()
    seen.append(sheet.grab().toImage())

    wide, high = sheet.width(), sheet.height()
    for image in seen:
        corners = [image.pixelColor(wide - 1, 0), image.pixelColor(0, high - 1)]
        assert corners == [ground, ground]


def test_what_is_not_measured_surely_has_room():
    signs = [chr(n) for n in range(0x20, 0x7F)]
    signs += "、。〈〉《》「」【】！（），：；？～－鑫龘一永口"
    cells = [Cell(f"水{sign}水", None, is_alert=False, is_right=False) for sign in signs]

    assert [cell.text for cell in cells if width_of(cell) > most_of(cell)] == []
    assert {most_of(cell) for cell in cells} == {most_of(cells[0])}


@pytest.mark.parametrize("text", ["水\ufdfd", "水\u2e3b", "水\u180b", "水🏛"])
def test_what_may_be_wider_than_chinese_is_measured(text):
    cell = Cell(text, None, is_alert=False, is_right=False)

    assert most_of(cell) == math.inf


def test_a_screen_reader_hears_names_and_cells(table):
    assert table.accessibleName() == "登记列表"
    assert table.model().headerData(1, Qt.Orientation.Horizontal) == "事项"
    assert table.model().index(0, 1).data() == "路灯损坏"
    spoken = [table.model().index(2, n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(4)]
    assert spoken == ["编号：100", "事项：暖气不热", "状态：逾期", "时限：11-01，逾期"]
    table.set_rows([Row("d", 1, "")])
    assert table.model().index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "事项：空"
