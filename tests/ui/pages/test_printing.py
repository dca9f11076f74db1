"""The page of printed forms: chosen, previewed, printed, saved."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from deputydesk.operations import evaluations
from deputydesk.reports import FORMS
from deputydesk.ui import pdf_panel, tasks
from deputydesk.ui.pages import printing
from deputydesk.ui.pages.printing import PrintingPage
from deputydesk.ui.pdf_pages import PdfPages
from tests import make
from tests.operations.case import Case

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk, qtbot):
    made = PrintingPage(desk)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.refresh()
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


def test_new_records_can_be_chosen_at_once(page, office, desk):
    desk.changed.connect(page.refresh)
    page.choose("ballot")
    deputy = make.deputy(office)

    office.do(evaluations.prepare, name="述职测评", held_on=make.TODAY, deputy_ids=(deputy,))

    offered = page._forms["ballot"].field("record_id").control.candidates()
    assert [candidate.name for candidate in offered] == ["2026-11-23 述职测评"]


def test_pages_are_printed_at_their_true_size_and_only_those_wanted(
    page, office, preview, tmp_path, qtbot
):
    for number in range(4):
        make.deputy(office, name=f"代表{'甲乙丙丁'[number]}")
    pages = preview("duty_report")
    printer = _to_file(tmp_path / "out.pdf")
    printer.setFromTo(2, 3)

    page.panel.send_to(printer)
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=30_000)

    out = PdfPages.read(tmp_path / "out.pdf")
    assert len(out) == 2
    assert out.size(0).toSize() == pages.size(1).toSize()
    assert _ink(out.image(0, 30)) == pytest.approx(_ink(pages.image(1, 30)), abs=3)


def test_a_wide_sheet_is_printed_lying(page, office, preview, tmp_path, qtbot):
    Case.answered(office)
    pages = preview("suggestion_ledger", paper="A3")
    printer = _to_file(tmp_path / "out.pdf")

    page.panel.send_to(printer)
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=30_000)

    out = PdfPages.read(tmp_path / "out.pdf")
    assert out.size(0).width() > out.size(0).height()
    assert out.size(0).width() == pytest.approx(pages.size(0).width(), abs=1)


def test_pages_that_are_not_there_are_refused(page, preview, tmp_path, qtbot, shown_errors):
    preview("reception_form")
    printer = _to_file(tmp_path / "out.pdf")
    printer.setFromTo(7, 9)

    page.panel.send_to(printer)
    qtbot.waitUntil(lambda: bool(shown_errors), timeout=20_000)

    assert shown_errors == ["没有第7页。这份文件共1页。"]


def test_ctrl_p_asks_for_the_printer(page, preview, monkeypatch):
    asked = []
    monkeypatch.setattr(
        QPrintDialog, "exec", lambda d: asked.append(d.maxPage()) or QDialog.DialogCode.Rejected
    )
    preview("reception_form")

    assert page.print_page()

    assert asked == [1]


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


def test_zoom_and_paging_by_keyboard(page, office, preview):
    for number in range(3):
        make.deputy(office, name=f"代表{'甲乙丙'[number]}")
    pages = preview("duty_report")
    view = page.panel.view
    fitted = view.zoom()

    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page() == len(pages)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom() > fitted
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom() < fitted
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom() == fitted
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.page() == 1
    page.panel._forward.click()
    assert view.page() == 2
    assert not view.grab().isNull()


def _to_file(path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    return printer


def _ink(image) -> tuple[int, ...]:
    """Where the ink begins and ends: left, top, right, bottom, in dots."""
    dark = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y).lightness() < 128
    ]
    across, down = [x for x, _ in dark], [y for _, y in dark]
    return min(across), min(down), max(across), max(down)
