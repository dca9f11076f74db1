"""Columns of a list: chosen, moved, widened, and as they were left at the next start."""

import json
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from deputydesk.ui import list_memory
from deputydesk.ui.headings import LEFT, RIGHT, USUAL
from deputydesk.ui.list_memory import FILE, Layout
from deputydesk.ui.table import Column, RowsTable
from tests.ui.hands import press

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True)
class Row:
    id: str
    number: int
    topic: str


ROWS = [Row("a", 2, "路灯损坏"), Row("b", 9, "水压不足"), Row("c", 1, "暖气不热")]


class OnPage(QWidget):
    def __init__(self, desk):
        super().__init__()
        self.desk = desk


@pytest.fixture
def open_list(desk, qtbot):
    """Opens the list on a page, as at a start of the program."""
    held = []

    def made(width=600):
        list_memory.memory.cache_clear()
        page = OnPage(desk)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        table = RowsTable(
            (
                Column[Row]("编号", lambda r: f"{r.number}", 60, sort=lambda r: r.number),
                Column("事\n项", lambda r: r.topic, 0),
                Column("状态", lambda r: "办理中", 90, drop=1),
            ),
            name="登记列表",
        )
        inside.addWidget(table)
        holder = QWidget()
        QVBoxLayout(holder).addWidget(page)
        qtbot.addWidget(holder)
        held.append(holder)
        holder.resize(width, 300)
        holder.show()
        table.set_rows(ROWS)
        return table

    return made


def titles(table):
    return [column.title for column in table.shown_columns()]


def entries(menu):
    return {a.text(): a for a in menu.actions() if a.text()}


def columns_menu(table):
    menu = QMenu(table)
    table.headings.add_to(menu, table.currentIndex().column())
    return entries(menu)


def kept(desk):
    return json.loads((desk.folder / FILE).read_text(encoding="utf-8"))["登记列表"]["layout"]


def test_a_column_that_is_not_chosen_is_out_of_sight_and_not_copied(open_list, desk):
    table = open_list()

    columns_menu(table)["状态"].trigger()

    assert titles(table) == ["编号", "事\n项"]
    assert titles(open_list()) == ["编号", "事\n项"]
    columns_menu(table)["状态"].trigger()
    assert titles(table) == ["编号", "事\n项", "状态"]


def test_one_column_always_stays(open_list):
    table = open_list()

    columns_menu(table)["状态"].trigger()
    columns_menu(table)["编号"].trigger()

    assert not columns_menu(table)["事项"].isEnabled()
    assert titles(table) == ["事\n项"]


def test_a_column_is_moved_by_keys_and_stays_there(open_list, desk, qtbot):
    table = open_list()
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))

    press(table, Qt.Key.Key_Right, BOTH)
    press(table, Qt.Key.Key_Right, BOTH)
    assert titles(table) == ["事\n项", "状态", "编号"]
    press(table, Qt.Key.Key_Left, BOTH)
    assert titles(table) == ["事\n项", "编号", "状态"]

    qtbot.waitUntil((desk.folder / FILE).exists)
    assert titles(open_list()) == ["事\n项", "编号", "状态"]


def test_a_column_is_moved_by_the_menu(open_list):
    table = open_list()
    table.setCurrentIndex(table.model().index(0, 1))

    columns_menu(table)[LEFT].trigger()
    assert titles(table) == ["事\n项", "编号", "状态"]
    columns_menu(table)[LEFT].trigger()
    assert titles(table) == ["事\n项", "编号", "状态"]
    columns_menu(table)[RIGHT].trigger()
    assert titles(table) == ["编号", "事\n项", "状态"]


def test_a_width_given_by_hand_stays_and_the_others_share_the_rest(open_list, desk, qtbot):
    table = open_list()

    table.horizontalHeader().resizeSection(0, 210)
    qtbot.waitUntil((desk.folder / FILE).exists)

    assert table.columnWidth(0) == 210
    assert sum(table.columnWidth(n) for n in range(3)) <= table.viewport().width()
    assert kept(desk)["widths"] == {"编号": 210}
    assert open_list(900).columnWidth(0) == 210


def test_the_order_of_the_rows_is_as_it_was_left(open_list, desk, qtbot):
    table = open_list()

    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil((desk.folder / FILE).exists)
    again = open_list()

    assert [row.id for row in again.rows.rows()] == ["b", "a", "c"]
    assert again.horizontalHeader().sortIndicatorSection() == 0


def test_all_is_as_usual_again(open_list, desk, qtbot):
    table = open_list()
    columns_menu(table)["状态"].trigger()
    table.horizontalHeader().moveSection(0, 1)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: kept(desk)["column"] == "编号")

    columns_menu(table)[USUAL].trigger()

    assert titles(table) == ["编号", "事\n项", "状态"]
    assert [row.id for row in table.rows.rows()] == ["a", "b", "c"]
    assert kept(desk) is None
    assert titles(open_list()) == ["编号", "事\n项", "状态"]


def test_a_narrow_window_still_lets_columns_go(open_list):
    assert titles(open_list(200)) == ["编号", "事\n项"]


@pytest.mark.parametrize(
    "told",
    [
        "",
        "[]",
        '{"登记列表": 7}',
        '{"登记列表": {"layout": {"order": 3, "hidden": {"a": 1}, "widths": [1], "column": 4}}}',
        '{"登记列表": {"layout": {"order": ["没有"], "column": "没有"}, "views": [2]}}',
    ],
)
def test_a_broken_file_means_the_usual(open_list, desk, told):
    desk.folder.mkdir(parents=True, exist_ok=True)
    (desk.folder / FILE).write_text(told, encoding="utf-8")

    table = open_list()

    assert titles(table) == ["编号", "事\n项", "状态"]
    assert [row.id for row in table.rows.rows()] == ["a", "b", "c"]
    assert list_memory.memory(desk.folder).views("登记列表") == []


def test_a_disk_that_refuses_costs_only_the_choice(open_list, desk):
    table = open_list()
    desk.folder.mkdir(parents=True, exist_ok=True)
    (desk.folder / (FILE + ".part")).mkdir()

    columns_menu(table)["状态"].trigger()

    assert titles(table) == ["编号", "事\n项"]


def test_a_right_click_on_a_heading_offers_the_columns(open_list, qtbot):
    table = open_list()
    bar = table.horizontalHeader()

    bar.customContextMenuRequested.emit(QPoint(5, 5))
    [menu] = [m for m in table.findChildren(QMenu) if m.isVisible()]

    assert list(entries(menu)) == [LEFT, RIGHT, "编号", "事项", "状态", USUAL]
    entries(menu)[RIGHT].trigger()
    menu.close()
    assert titles(table) == ["事\n项", "编号", "状态"]


def test_a_list_in_a_dialog_is_always_the_same(qtbot):
    table = RowsTable((Column[Row]("编号", lambda r: f"{r.number}", 60),), name="登记列表")
    qtbot.addWidget(table)
    table.show()

    table.headings.show_layout(Layout(order=["编号"]))
    table.horizontalHeader().resizeSection(0, 99)
    qtbot.waitUntil(lambda: not table.headings._timer.isActive())

    assert table.columnWidth(0) == 99
