"""A register on the screen: list, form, steps, years, export; entered, corrected and removed."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deputydesk.models import Expense, Regulation
from deputydesk.models.expense import ExpenseKind
from deputydesk.ui import messages, tasks
from deputydesk.ui.form import FormDialog
from deputydesk.ui.register import Register
from deputydesk.ui.registers_page import RegistersPage
from deputydesk.ui.table import Column
from tests.ui import sample_register
from tests.ui.hands import press, press_ctrl, write
from tests.ui.sample_register import EXPENSES

READ_ONLY = Register(
    model=Regulation,
    title="制度",
    rows=lambda _desk, _year: [],
    columns=(Column("名称", lambda r: r.id, 0),),
    years=False,
    empty="还没有制度。",
)


class SamplePage(RegistersPage):
    title = "经费"
    registers = (EXPENSES, READ_ONLY)


@pytest.fixture
def page(desk, qtbot):
    made = SamplePage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    qtbot.waitExposed(made)
    made.read_again()
    return made


def spend(desk, content="购买桌椅", amount=120_050, spent_on=date(2026, 3, 5)):
    return desk.do(
        sample_register.save,
        content=content,
        amount=amount,
        spent_on=spent_on,
        kind=ExpenseKind.HOME,
    )


def contents(page):
    return [row.content for row in page.view.table.rows.rows()]


def shown_moves(page):
    bar = page.view.moves
    return [m.text for m, made in bar.move_buttons if not made.isHidden()]


def dialog() -> FormDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next(w for w in found if w.isVisible())


def test_a_batch_is_typed_in_and_what_stays_the_same_stays(page, desk):
    page.start_new()
    form = page.view.form
    write(form.field("content").control, "印资料")
    write(form.field("amount").control, "1,200.5")
    press_ctrl(form.field("amount").control, Qt.Key.Key_Return)

    assert [(r.content, r.amount) for r in page.view.table.rows.rows()] == [("印资料", 120_050)]
    assert form.field("content").value() == ""
    assert form.field("spent_on").value() == date(2026, 11, 23)
    assert page._subtitle.text() == "共 1,200.50 元"


def test_a_record_is_corrected_in_the_form(page, desk):
    spend(desk)
    page.view.table.selectRow(0)

    field = page.view.form.field("content")
    field.set_value("购买桌子")
    page.view.form.save_next.emit()

    assert contents(page) == ["购买桌子"]
    assert page.view._heading.text() == "修改：支出"
    assert page.view.table.hasFocus()


def test_what_is_wrong_is_said_at_its_field(page, desk):
    page.start_new()
    write(page.view.form.field("amount").control, "很多")
    page.view.form.save_next.emit()
    assert page.view.form.field("amount").error() == "金额（元）应当是数字，如 1200 或 1200.50。"

    page.view.form.field("amount").set_raw("1.005")
    page.view.form.save_next.emit()
    assert page.view.form.field("amount").error() == "金额（元）最多精确到分。"

    page.view.form.field("amount").set_raw("")
    page.view.form.save_next.emit()
    assert page.view.form.field("content").error() == "请填写事由。"
    assert contents(page) == []


def test_records_are_removed_and_come_back(page, desk):
    spend(desk)
    spend(desk, "订报纸")
    page.view.table.setFocus()
    page.view.table.selectAll()

    press(page.view.table, Qt.Key.Key_Delete)
    assert contents(page) == []
    assert desk.undoable() == "删除经费支出（2条）"

    desk.undo()
    assert len(contents(page)) == 2


def test_typed_text_stays_when_the_list_reads_itself_again(page, desk):
    spend(desk)
    page.view.table.selectRow(0)
    write(page.view.form.field("content").control, "一批")

    spend(desk, "订报纸")

    assert "一批" in page.view.form.field("content").value()


def test_steps_that_can_be_taken_are_offered_and_taken(page, desk):
    spend(desk)
    assert shown_moves(page) == []
    page.view.table.selectRow(0)
    assert shown_moves(page) == ["审批"]

    page.view.moves.move_buttons[0][1].click()
    assert dialog().form.field("approved_by").value() == "张丽"
    dialog().form.save_next.emit()
    assert shown_moves(page) == ["退回"]

    page.view.moves.move_buttons[1][1].click()
    assert shown_moves(page) == ["审批"]


def test_an_action_gets_the_row(page, desk):
    spend(desk)
    page.view.table.selectRow(0)

    page.view.moves.action_buttons[0][1].click()

    assert sample_register.printed[-1] == "购买桌椅"


def test_a_part_of_the_list_is_seen_alone(page, desk):
    spend(desk)
    done = spend(desk, "订报纸")
    desk.do(sample_register.approve, expense_id=done, approved_by="李主席")
    assert page.view.chips.group.button(1).text() == "待审批 1"

    page.view.chips.group.button(1).setChecked(True)

    assert contents(page) == ["购买桌椅"]


def test_words_are_looked_for_in_what_the_list_shows(page, desk):
    spend(desk)
    spend(desk, "订报纸", 36_000)

    page.find("报纸 360")
    assert contents(page) == ["订报纸"]
    page.find("不存在")
    assert page.view.table._empty == "没有符合条件的记录。"


def test_years_are_offered_and_a_record_of_another_year_is_found(page, desk):
    old = spend(desk, "旧账", spent_on=date(2024, 5, 6))
    spend(desk)
    assert contents(page) == ["购买桌椅"]

    page.open_record(Expense, old)

    assert page.view.table.current().content == "旧账"
    assert page.year.currentText() == "全部年份"
    page.year.setCurrentIndex(page.year.findData(2024))
    page.year.activated.emit(0)
    assert contents(page) == ["旧账"]


def test_an_office_with_old_records_only_shows_their_year(desk, qtbot):
    spend(desk, "旧账", spent_on=date(2024, 5, 6))
    made = SamplePage(desk)
    qtbot.addWidget(made)
    made.read_again()

    assert contents(made) == ["旧账"]


def test_the_list_is_written_as_it_stands(page, desk, tmp_path, monkeypatch, qtbot):
    spend(desk)
    to = tmp_path / "支出.xlsx"
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_: to)

    page._export.click()
    qtbot.waitUntil(lambda: not tasks.is_running() and to.exists())

    sheet = openpyxl.load_workbook(to).active
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[-1] == ["2026-03-05", "购买桌椅", "1,200.50"]


def test_nothing_is_written_when_no_file_is_named(page, monkeypatch):
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_: None)

    page._export.click()

    assert not tasks.is_running()


def test_a_register_without_a_form_is_only_a_list(page, desk):
    page.chips.group.button(1).setChecked(True)

    assert page.view.form is None
    assert page._new.isHidden()
    assert page.year.isHidden()
    page.start_new()
    page.view._delete()
    assert page.view.table._empty == "还没有制度。"


def test_leaving_the_list_begins_a_new_record(page, desk):
    spend(desk)
    page.view.table.selectRow(0)

    page.start_new()

    assert page.view._heading.text() == "新登记：支出"
    assert shown_moves(page) == []


def test_enter_in_the_list_goes_to_the_form(page, desk):
    spend(desk)
    page.view.table.setFocus()
    page.view.table.selectRow(0)

    press(page.view.table, Qt.Key.Key_Return)

    assert page.view.form.isAncestorOf(QApplication.focusWidget())


def test_files_can_be_laid_to_a_record_that_is_there(page, desk):
    assert page.view.attachments.isHidden()
    spend(desk)

    page.view.table.selectRow(0)

    assert not page.view.attachments.isHidden()
