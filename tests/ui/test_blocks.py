"""Many rows at once: a block of Excel pasted, marked rows changed together, filled down."""

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from deputydesk.models.choices import Channel, VisitKind
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import receptions, visits
from deputydesk.ui import tasks
from deputydesk.ui.dialogs.bulk_edit import BulkEditDialog
from deputydesk.ui.dialogs.paste_block import PasteDialog
from deputydesk.ui.garbage import Collector
from deputydesk.ui.pages.deputies import DeputiesPage
from deputydesk.ui.pages.visits import VisitsPage
from deputydesk.ui.registers_page import RegistersPage
from tests import make
from tests.ui import sample_register
from tests.ui.hands import press, press_ctrl, show_page, write
from tests.ui.sample_register import EXPENSES

D = TypeVar("D", bound=QDialog)
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
BLOCK = "日期\t金额（元）\t事由\t备注\r\n3.5\t1,200\t购买桌椅\tx\r\n昨天\t３０\t茶水\t\r\n"


@pytest.fixture(autouse=True)
def collector(qapp):
    """As in the program: no worker collects what the window left behind."""
    made = Collector(qapp)
    yield
    made.stop()


class SamplePage(RegistersPage):
    title = "经费"
    registers = (EXPENSES,)


@pytest.fixture
def page(desk, qtbot):
    made = SamplePage(desk)
    show_page(made, desk, qtbot)
    return made


def spend(desk, content, spent_on=date(2026, 3, 5), kind=ExpenseKind.HOME):
    return desk.do(sample_register.save, content=content, amount=100, spent_on=spent_on, kind=kind)


def rows_of(page):
    return {row.content: row for row in page.view.table.rows.rows()}


def copied(text):
    data = QMimeData()
    data.setText(text)
    data.setHtml("<table><tr><td>别的</td></tr></table>")  # Excel gives it as well
    QApplication.clipboard().setMimeData(data)


def pasted(page, text):
    """Paste a block on the list; the window that opens."""
    copied(text)
    table = page.view.table if isinstance(page, RegistersPage) else page.table
    table.setFocus()
    press_ctrl(table, Qt.Key.Key_V)
    return opened(page, PasteDialog)


def opened(page: QWidget, kind: type[D]) -> D:
    found = [w for w in page.window().findChildren(kind) if w.isVisible()]
    assert len(found) == 1
    found[0].activateWindow()
    return found[0]


def test_a_block_with_headings_is_registered_as_one_step(page, desk, qtbot):
    dialog = pasted(page, BLOCK)
    heads = [dialog.grid.horizontalHeaderItem(n).text() for n in range(4)]

    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.grid.setFocus()
    press_ctrl(dialog.grid, Qt.Key.Key_Return)

    assert heads == ["日期", "金额（元）", "事由", "（不用）"]
    assert not dialog.isVisible()
    found = rows_of(page)
    assert found["购买桌椅"].amount == 120_000
    assert (found["茶水"].amount, found["茶水"].spent_on) == (3_000, date(2026, 11, 22))
    desk.undo()
    assert rows_of(page) == {}


def test_a_block_without_headings_goes_by_the_order_of_the_form(page):
    dialog = pasted(page, "3.5\t其他\t茶水\t30\n")

    assert not dialog.headed.isChecked()
    dialog.take.click()

    assert rows_of(page)["茶水"].spent_on == date(2026, 3, 5)


def test_a_wrong_cell_is_marked_with_a_sentence_and_put_right_there(page):
    dialog = pasted(page, "日期\t事由\t类别\n2.30\t桌椅\t外星\n3.5\t茶水\t\n")
    assert dialog.grid.item(0, 0).toolTip() == "2月没有30日，请检查日期。"
    assert "类别不能是“外星”，可以填：" in dialog.grid.item(0, 2).toolTip()
    assert dialog.grid.verticalHeaderItem(0).text() == "1 ×"
    assert dialog._said.text() == "第1行：2月没有30日，请检查日期。"
    assert not dialog.take.isEnabled()
    assert dialog._state.text() == "共 2 行，1 行有问题"

    dialog.grid.item(0, 0).setText("2.28")
    dialog.grid.item(0, 2).setText("")
    assert dialog.grid.item(0, 0).toolTip() == ""
    dialog.take.click()

    assert set(rows_of(page)) == {"桌椅", "茶水"}


def test_the_keyboard_begins_at_the_first_wrong_cell(page, qtbot):
    dialog = pasted(page, "日期\t事由\t类别\n3.4\t横幅\t\n3.5\t桌椅\t外星\n")
    qtbot.waitUntil(dialog.isActiveWindow)

    at = dialog.grid.currentRow(), dialog.grid.currentColumn()
    press(dialog.focusWidget(), Qt.Key.Key_Delete)

    assert at == (1, 2)
    assert dialog.take.isEnabled()
    dialog.reject()


def test_only_the_good_rows_can_be_taken_and_the_others_stay(page):
    dialog = pasted(page, "日期\t事由\n2.30\t桌椅\n3.5\t茶水\n")

    assert dialog.good.text() == "只登记没有问题的 1 行"
    dialog.good.click()

    assert set(rows_of(page)) == {"茶水"}
    assert dialog.isVisible()
    assert dialog.grid.rowCount() == 1
    assert dialog.grid.item(0, 1).text() == "桌椅"
    dialog.reject()


def test_what_the_operation_refuses_is_marked_and_nothing_is_kept(page):
    dialog = pasted(page, "日期\t事由\n3.5\t\n3.6\t茶水\n")
    assert dialog.take.isEnabled()

    dialog.take.click()

    assert rows_of(page) == {}
    assert dialog.grid.item(0, 1).toolTip() == "请填写事由。"
    assert dialog._said.text() == "第1行：请填写事由。"
    assert not dialog.take.isEnabled()
    dialog.reject()


def test_a_column_can_mean_another_field(page):
    dialog = pasted(page, "3.5\t茶水\t30\n")
    dialog.grid.setCurrentCell(0, 1)
    choose(dialog, "事由")
    dialog.grid.setCurrentCell(0, 2)
    choose(dialog, "金额（元）")

    dialog.take.click()

    assert rows_of(page)["茶水"].amount == 3_000


def choose(dialog, text):
    dialog.column.setCurrentIndex(dialog.column.findText(text))
    dialog.column.activated.emit(dialog.column.currentIndex())


def test_a_column_not_used_leaves_the_field_as_it_begins(page):
    dialog = pasted(page, "日期\t事由\n3.5\t茶水\n")
    dialog.grid.setCurrentCell(0, 0)
    choose(dialog, "（不用）")

    dialog.take.click()

    assert rows_of(page)["茶水"].spent_on == make.TODAY


def test_the_first_row_can_be_taken_for_a_row_after_all(page):
    dialog = pasted(page, "日期\t事由\n3.5\t茶水\n")
    dialog.headed.click()

    assert dialog.grid.rowCount() == 2
    assert not dialog.take.isEnabled()
    dialog.reject()


def test_marked_cells_are_filled_with_the_first_and_emptied(page, qtbot):
    dialog = pasted(page, "日期\t事由\n3.5\t茶水\n\t桌椅\n\t灯\n")
    for row in range(3):
        dialog.grid.item(row, 0).setSelected(True)

    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.grid.setFocus()
    press_ctrl(dialog.grid, Qt.Key.Key_D)
    assert [dialog.grid.item(row, 0).text() for row in range(3)] == ["3.5"] * 3
    press(dialog.grid, Qt.Key.Key_Delete)
    assert [dialog.grid.item(row, 0).text() for row in range(3)] == [""] * 3
    dialog.reject()


def test_many_rows_are_registered_by_a_task(page, qtbot):
    text = "日期\t事由\n" + "".join(f"3.5\t第{n}次\n" for n in range(40))
    dialog = pasted(page, text)

    dialog.take.click()
    qtbot.waitUntil(lambda: not tasks.is_running())

    assert len(rows_of(page)) == 40


def test_nothing_on_the_clipboard_is_said(page, shown_errors):
    QApplication.clipboard().clear()
    page.view.table.setFocus()
    press_ctrl(page.view.table, Qt.Key.Key_V)

    assert shown_errors == ["剪贴板里没有表格。请先在 Excel 或 WPS 里选中几行，按 Ctrl+C 复制。"]


def test_too_many_rows_are_said(page, shown_errors):
    copied("3.5\t茶水\n" * 1001)
    page.view.table.setFocus()
    press_ctrl(page.view.table, Qt.Key.Key_V)

    assert "一次最多粘贴 1000 行" in shown_errors[0]


def test_a_picture_pasted_on_the_list_belongs_to_the_current_record(page, desk):
    page.view.table.select(spend(desk, "茶水"))
    picture = QImage(20, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(picture)
    page.view.table.setFocus()

    press_ctrl(page.view.table, Qt.Key.Key_V)

    assert len(page.view.attachments.rows()) == 1


def test_marked_records_get_a_value_in_one_step(page, desk):
    for content in ("甲", "乙", "丙"):
        spend(desk, content)
    table = page.view.table
    table.setFocus()
    table.selectAll()

    press(table, Qt.Key.Key_E, CTRL_SHIFT)
    dialog = opened(page, BulkEditDialog)
    assert dialog.windowTitle() == "批量修改 3 条支出"
    dialog.which.setCurrentIndex(dialog.which.findText("金额（元）"))
    dialog.which.activated.emit(dialog.which.currentIndex())
    write(dialog.form.field("amount").control, "８８")
    dialog.take.click()

    assert {row.amount for row in rows_of(page).values()} == {8_800}
    assert set(rows_of(page)) == {"甲", "乙", "丙"}
    assert desk.undoable() == "批量修改（支出的“金额（元）” 3条）"
    desk.undo()
    assert {row.amount for row in rows_of(page).values()} == {100}


def test_a_value_that_is_none_stays_in_the_window(page, desk):
    spend(desk, "甲")
    page.view.table.selectAll()
    page.view.blocks.edit()
    dialog = opened(page, BulkEditDialog)
    write(dialog.form.field("spent_on").control, "哪天")

    dialog.take.click()

    assert dialog.isVisible()
    assert "看不懂日期" in dialog.form.field("spent_on").error()
    dialog.reject()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("类别\n建\n", "类别不能是“建”，可以填："),
        ("类别\n外星\n", "类别不能是“外星”，可以填："),
    ],
)
def test_a_choice_is_named_by_its_words_or_by_what_only_one_has(page, text, sentence):
    dialog = pasted(page, text)

    assert sentence in dialog.grid.item(0, 0).toolTip()
    dialog.grid.item(0, 0).setText(ExpenseKind.HOME.label[:-1])
    assert dialog.grid.item(0, 0).toolTip() == ""
    dialog.reject()


def test_nothing_marked_is_said(page, shown_errors):
    page.view.table.setFocus()
    press(page.view.table, Qt.Key.Key_E, CTRL_SHIFT)

    assert shown_errors[0].startswith("请先选中 1 到 500 行。")


def test_the_first_marked_row_fills_the_others_down_in_the_current_column(page, desk):
    spend(desk, "甲", date(2026, 3, 7))
    spend(desk, "乙", date(2026, 3, 6))
    spend(desk, "丙", date(2026, 3, 5))
    table = page.view.table
    table.setFocus()
    table.selectAll()
    table.selectionModel().setCurrentIndex(
        table.rows.index(0, 0), table.selectionModel().SelectionFlag.NoUpdate
    )

    press_ctrl(table, Qt.Key.Key_D)

    assert {row.spent_on for row in rows_of(page).values()} == {date(2026, 3, 7)}
    assert set(rows_of(page)) == {"甲", "乙", "丙"}
    desk.undo()
    assert len({row.spent_on for row in rows_of(page).values()}) == 3


def test_many_marked_records_are_changed_by_a_task(page, desk, qtbot):
    for n in range(31):
        spend(desk, f"第{n}次")
    page.view.table.selectAll()
    page.view.blocks.edit()
    dialog = opened(page, BulkEditDialog)
    write(dialog.form.field("spent_on").control, "3.9")

    dialog.take.click()
    qtbot.waitUntil(lambda: not tasks.is_running())

    assert {row.spent_on for row in rows_of(page).values()} == {date(2026, 3, 9)}


def test_deputies_get_their_home_together_and_lose_it_again(desk, qtbot):
    make.home(desk.office, name="五当召镇代表之家")
    for name in ("王伟", "李娜", "张强"):
        make.deputy(desk.office, name=name)
    page = DeputiesPage(desk)
    show_page(page, desk, qtbot)
    page.table.setFocus()
    page.table.selectAll()

    press(page.table, Qt.Key.Key_E, CTRL_SHIFT)
    dialog = opened(page, BulkEditDialog)
    dialog.which.setCurrentIndex(dialog.which.findText("所在代表之家"))
    dialog.which.activated.emit(dialog.which.currentIndex())
    write(dialog.form.field("home_id").control, "wdz")
    press(dialog.form.field("home_id").control, Qt.Key.Key_Return)
    dialog.take.click()

    assert {row.home for row in page.table.rows.rows()} == {"五当召镇代表之家"}
    desk.undo()
    assert {row.home for row in page.table.rows.rows()} == {""}


@pytest.fixture
def register_of_visits(desk, qtbot):
    home = make.home(desk.office, name="五当召镇代表之家")
    for name in ("王伟", "李娜"):
        make.deputy(desk.office, name=name, home_id=home)
    made = VisitsPage(desk)
    show_page(made, desk, qtbot)
    return made


def test_visits_are_pasted_with_deputies_by_name_and_what_was_heard(register_of_visits, desk):
    dialog = pasted(
        register_of_visits,
        "日期\t参加代表\t接待人次\t选民姓名\t反映事项\t情况记录\n"
        '3.5\t王伟、李娜\t2\t郝平\t路灯不亮\t"东头\n三盏"\n'
        "2026年3月6日\tln\t1\t\t\t\n",
    )

    dialog.take.click()

    rows = {row.held_on: row for row in desk.ask(visits.rows)}
    first = rows[date(2026, 3, 5)]
    assert (first.deputies, first.received, first.kind) == (
        ("王伟", "李娜"),
        2,
        VisitKind.RECEPTION,
    )
    [said] = desk.ask(receptions.heard, first.id)
    assert (said.voter_name, said.matter, said.detail) == ("郝平", "路灯不亮", "东头\n三盏")
    assert said.channel == Channel.HOME
    assert rows[date(2026, 3, 6)].deputies == ("李娜",)
    assert rows[date(2026, 3, 6)].opinions == 0
    desk.undo()
    assert desk.ask(visits.rows) == []


def test_somebody_who_is_not_on_the_list_is_said_at_the_cell(register_of_visits):
    dialog = pasted(register_of_visits, "日期\t参加代表\n3.5\t王伟、诸葛亮\n")

    assert dialog.grid.item(0, 1).toolTip() == "没有找到“诸葛亮”。"
    dialog.reject()


def test_visits_are_changed_together_and_keep_what_was_heard(register_of_visits, desk):
    dialog = pasted(
        register_of_visits, "日期\t参加代表\t反映事项\n3.5\t王伟\t路灯\n3.6\t李娜\t供水\n"
    )
    dialog.take.click()
    register_of_visits.table.selectAll()
    register_of_visits.blocks.edit()
    bulk = opened(register_of_visits, BulkEditDialog)
    bulk.which.setCurrentIndex(bulk.which.findText("主题"))
    bulk.which.activated.emit(bulk.which.currentIndex())
    write(bulk.form.field("topic").control, "代表接待日")

    bulk.take.click()

    rows = desk.ask(visits.rows)
    assert {row.topic for row in rows} == {"代表接待日"}
    assert {row.matters for row in rows} == {("路灯",), ("供水",)}


def entries(page):
    """The entries of the button 更多, opened as by a click."""
    page.more.choices.aboutToShow.emit()
    return {action.text(): action for action in page.more.choices.actions()}


def test_what_is_done_with_many_rows_is_offered_by_a_button_in_sight(page, qtbot):
    spend_on_tea = "日期\t金额（元）\t事由\n3.5\t90\t茶水\n"
    copied(spend_on_tea)
    assert page.more.isVisible()

    found = entries(page)
    assert {"粘贴…", "批量修改…", "向下填充", "保存为视图…", "列…"} <= found.keys()
    assert found["粘贴…"].shortcut().toString() == "Ctrl+V"
    found["粘贴…"].trigger()

    dialog = opened(page, PasteDialog)
    assert dialog.grid.texts(0)[2] == "茶水"
    dialog.close()


def test_columns_are_chosen_there_and_the_list_opened_last_is_meant(page, register_of_visits):
    for shown in (page, register_of_visits):
        table = shown.view.table if shown is page else shown.table
        title = table.rows.columns[1].title
        first = entries(shown)
        again = entries(shown)  # opened again: made anew
        assert list(again) == list(first)
        assert "复制" in [action.text() for action in table.actions()]
        columns = again["列…"].menu()
        action = next(a for a in columns.actions() if a.text() == title)
        action.setChecked(False)
        columns.triggered.emit(action)
        assert table.isColumnHidden(1)
