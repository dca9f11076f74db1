"""The page of printed forms: chosen, previewed, printed, saved."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deputydesk.errors import UserError
from deputydesk.models import Printout
from deputydesk.operations import evaluations
from deputydesk.operations.attachments import Content
from deputydesk.operations.printouts import Printed, note
from deputydesk.reports import FORMS
from deputydesk.ui import pdf_panel, tasks
from deputydesk.ui.dialogs.pack import PackDialog
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.pages import printing
from deputydesk.ui.pages.printing import PrintingPage
from deputydesk.ui.pdf_pages import PdfPages
from tests import make
from tests.operations.case import Case
from tests.ui.fake_printers import fake_printers, setups

__all__ = ["fake_printers"]

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk, qtbot):
    made = PrintingPage(desk)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.read_again()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def preview(page, qtbot):
    """Makes a form and waits for it."""

    def made(form_id, **values):
        page.choose(form_id).set_values(values)
        page.preview()
        qtbot.waitUntil(lambda: page.panel.view.page() == 1, timeout=20_000)
        return page.panel._pages

    return made


def test_every_form_is_listed_below_its_group_and_says_what_it_is_for(page):
    listed = [page.list.item(n).text() for n in range(page.list.count())]

    assert {text.strip() for text in listed if text.startswith(" ")} == {
        form.title for form in FORMS.values()
    }
    for form in FORMS.values():
        page.choose(form.id)
        assert page._note.text() == form.note != ""


def test_a_form_is_previewed_by_keyboard(page, office, qtbot):
    Case.answered(office)
    page.list.setFocus()

    for _ in range(list(FORMS).index("suggestion_ledger")):
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.panel.view.page() == 1, timeout=20_000)

    assert page.list.currentItem().text().strip() == "建议办理台账"
    assert "关于打通断头路的建议" in page.panel._pages.text(0)
    assert page.panel._place.text() == "第 1 页，共 1 页"


def test_ctrl_enter_in_the_list_makes_the_form_as_it_is(page, qtbot):
    page.list.setFocus()

    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return, CTRL)

    qtbot.waitUntil(lambda: page.panel.view.page() == 1, timeout=20_000)


def test_the_reports_of_one_deputy_or_of_all_are_made(office, preview):
    make.deputy(office, name="王伟")
    second = make.deputy(office, name="巴特尔")

    one = preview("duty_report", deputy_ids=(second,))
    assert "巴特尔" in one.text(0)
    everybody = preview("duty_report", deputy_ids=())
    assert len(everybody) == 2 * len(one)


def test_ballots_are_made_in_the_number_asked_for(office, preview):
    deputy = make.deputy(office)
    office.do(evaluations.prepare, name="述职测评", held_on=make.TODAY, deputy_ids=(deputy,))

    assert len(preview("ballot", copies=3)) == 3


def test_a_blank_form_is_made_when_no_reception_is_chosen(preview):
    assert "接待选民登记表" in preview("reception_form").text(0)


def test_a_form_without_records_says_what_to_do_first(page, shown_errors, qtbot):
    page.choose("ballot_result")

    page._make.click()
    qtbot.waitUntil(lambda: bool(shown_errors), timeout=20_000)

    assert shown_errors == ["还没有述职测评。请先在“述职测评”里准备一次测评。"]
    assert not tasks.is_running()


def test_a_period_that_ends_before_it_begins_is_said_at_its_field(page, office, qtbot):
    make.deputy(office)
    form = page.choose("duty_report")
    form.set_values({"first": date(2026, 5, 1), "last": date(2026, 3, 1)})

    page.preview()

    qtbot.waitUntil(lambda: form.field("last")._error.text() != "", timeout=20_000)
    assert form.field("last")._error.text() == "结束日期不能早于开始日期（2026年5月1日）。"
    assert page.panel._pages is None


def test_new_records_can_be_chosen_at_once(page, office, desk):
    desk.changed.connect(page.refresh)
    page.choose("ballot")
    deputy = make.deputy(office)

    office.do(evaluations.prepare, name="述职测评", held_on=make.TODAY, deputy_ids=(deputy,))

    offered = page._forms["ballot"].field("record_id").control.candidates()
    assert [candidate.name for candidate in offered] == ["2026-11-23 述职测评"]


def test_ctrl_p_asks_how_to_print(page, preview, fake_printers):
    preview("reception_form")

    assert page.print_page()

    [setup] = setups(page.panel)
    assert setup.windowTitle() == "打印：人大代表接待选民登记表"


def test_without_a_preview_there_is_nothing_to_print(page, shown_errors, qtbot):
    page.panel.print.setEnabled(True)
    page.panel.print.click()

    assert shown_errors == ["还没有可以打印的内容。请先生成预览。"]


def test_the_preview_is_saved_where_the_user_wants(page, preview, tmp_path, monkeypatch):
    preview("reception_form")
    monkeypatch.setattr(pdf_panel, "ask_file_to_save", lambda *_: tmp_path / "登记表")

    page.panel.save.click()

    assert len(PdfPages.read(tmp_path / "登记表.pdf")) == 1
    assert list(tmp_path.glob("*.part")) == []
    assert not page.panel._folder.isHidden()


def test_a_place_that_cannot_be_written_to_is_named(
    page, preview, tmp_path, monkeypatch, shown_errors
):
    preview("reception_form")
    monkeypatch.setattr(pdf_panel, "ask_file_to_save", lambda *_: tmp_path / "没有" / "表.pdf")

    page.panel.save.click()

    assert "表.pdf" in shown_errors[0]


def test_the_ledger_is_saved_as_a_spreadsheet(page, office, tmp_path, monkeypatch, qtbot):
    Case.answered(office)
    page.choose("suggestion_ledger")
    monkeypatch.setattr(printing, "ask_file_to_save", lambda *_: tmp_path / "台账.xlsx")

    page._excel.click()
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=20_000)

    sheet = openpyxl.load_workbook(tmp_path / "台账.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]][:4] == ["序号", "编号", "标题", "领衔"]
    assert sheet["C2"].value == "关于打通断头路的建议"
    assert sheet["I2"].value.date() == date(2026, 3, 5)


def test_forms_are_found_by_name_and_by_what_they_are_for(page):
    page.find("套打")
    assert [form for form in page.catalogue.ids if form] == ["test_page"]
    assert page._at == "test_page"

    page.find("没有这种")
    assert page.list.item(0).text() == "没有这样的表格"
    assert page._at == ""
    with pytest.raises(UserError, match="还没有选表格"):
        page.preview()

    page.find("")
    assert len([form for form in page.catalogue.ids if form]) == len(FORMS)


def test_a_form_that_the_search_hides_is_chosen_all_the_same(page):
    page.find("套打")

    page.choose("ballot")

    assert page._at == "ballot"
    assert page.catalogue.edit.text() == ""


def test_the_line_of_the_search_leads_into_the_list_and_is_cleared(page, qtbot):
    edit = page.catalogue.edit
    edit.setFocus()
    edit.setText("ce")

    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == ""
    QTest.keyClick(edit, Qt.Key.Key_A)
    assert edit.text() == "a"
    edit.clear()
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert page.list.hasFocus()


def test_what_was_used_last_stands_on_top_and_the_preview_stays(page, office, desk, preview):
    pages = preview("reception_form")
    office.do(
        note,
        printed=Printed("登记表", form="reception_form"),
        file=Content("a.pdf", "1" * 64, 9, ""),
        pages=1,
    )

    page.read_again()

    assert page.list.item(0).text() == "最近用过"
    assert page.catalogue.ids[1] == "reception_form" == page._at
    assert page.panel._pages is pages


def test_the_register_of_what_was_printed_is_one_button_away(page, desk, qtbot):
    with qtbot.waitSignal(desk.open_requested) as asked:
        page._records.click()

    assert asked.args == [Printout, ""]


def test_a_whole_period_is_printed_from_here(page):
    page._pack.click()

    [dialog] = page.findChildren(PackDialog)
    assert dialog.isVisible()
    dialog.close()


def test_the_test_page_can_be_seen_from_here(page, qtbot):
    page.panel.test_wanted.emit()

    qtbot.waitUntil(lambda: bool(page.findChildren(PreviewDialog)), timeout=20_000)
    [dialog] = page.findChildren(PreviewDialog)
    assert "打印测试页" in dialog.windowTitle()
    dialog.close()
