"""The page of the yearly report: written, read as it will be, made final, printed."""

from datetime import date
from typing import TypeVar

import docx
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QWidget

from deputydesk.models import AnnualReport
from deputydesk.models.annual_report import ReportState
from deputydesk.operations import annual_reports, local_rules
from deputydesk.rules.slots import SlotFormat
from deputydesk.ui import messages, tasks
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.figure_rows import FigureRows
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.annual_reports import EMPTY, AnnualReportsPage, figure_candidates
from deputydesk.ui.report_preview import FIRST
from tests import make
from tests.ui.hands import write

OPENING, FIRST_PART = 0, 1
W = TypeVar("W", bound=QWidget)


def made_page(desk, qtbot):
    made = AnnualReportsPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    made.read_again()
    return made


@pytest.fixture
def report(office):
    return office.do(annual_reports.start, year=2025)


@pytest.fixture
def page(desk, report, qtbot):
    return made_page(desk, qtbot)


@pytest.fixture
def empty_page(desk, qtbot):
    return made_page(desk, qtbot)


def saved(desk, report):
    return desk.ask(annual_reports.one, report)


def read(page):
    return page.preview.page.toPlainText()


def type_part(page, text, at=FIRST_PART):
    page.editor.list.setCurrentRow(at)
    page.editor.text.setPlainText(text)
    page._settle()


def shown(kind: type[W]) -> W:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind)]
    return next(w for w in found if w.isVisible())


def wait(qtbot):
    qtbot.waitUntil(lambda: not tasks.is_running())


def test_without_a_report_the_page_says_how_to_begin_one(empty_page):
    page = empty_page
    assert page._subtitle.text() == EMPTY
    assert not page.print.isEnabled()
    assert page.print_page() is False
    assert page.content() is None
    page._save()
    page._tell("homes.total")
    page._show_rows("homes.total")
    page.show_preview()

    page.new.click()
    shown(FormDialog).form.set_values({"year": 2025})
    shown(FormDialog).form.save_next.emit()

    assert page.choose.currentText() == "五当召镇人大主席团2025年代表工作报告（编写中）"
    assert "一、站位有高度" in read(page)
    assert page._subtitle.text() == ""


def test_the_preview_follows_the_typing_with_live_figures(page, desk, qtbot):
    make.visit(
        desk.office, make.home(desk.office), make.deputy(desk.office), held_on=date(2025, 3, 1)
    )

    page.editor.list.setCurrentRow(FIRST_PART)
    page.editor.text.clear()
    write(page.editor.text, "进家{home_activities.total}。")

    qtbot.waitUntil(lambda: "进家1次。" in read(page))


def test_a_part_is_renamed_added_and_dropped(page, desk, report):
    page.editor.list.setCurrentRow(FIRST_PART)
    page.editor.heading.setText("政治有高度")
    page.editor.heading.textEdited.emit("政治有高度")
    assert page.editor.list.item(FIRST_PART).text() == "政治有高度"

    page.editor.add.click()
    page.editor.heading.setText("六")
    page.editor.heading.textEdited.emit("六")
    page.editor.text.setPlainText("第六部分")
    page.editor.list.setCurrentRow(2)
    page.editor.drop.click()
    type_part(page, "结束语", at=6)
    type_part(page, "开场白", at=OPENING)
    page.save.click()

    row = saved(desk, report)
    assert [p.title for p in row.parts] == [
        "政治有高度",
        "监督有力度",
        "为民有温度",
        "自身有深度",
        "六",
    ]
    assert row.parts[-1].text == "第六部分"
    assert (row.opening, row.closing) == ("开场白", "结束语")
    assert page.editor.heading.isHidden()


def test_a_number_is_put_in_by_its_name_in_the_wanted_form(page):
    type_part(page, "")
    page.editor.form.setCurrentIndex(list(SlotFormat).index(SlotFormat.EXACT))
    page.editor.figure.setText("走访选民")
    page.editor.insert.click()
    page.editor.form.setCurrentIndex(0)
    wanted = next(c for c in figure_candidates() if c.id == "homes.total")
    page.editor.figure.chosen.emit(wanted)
    page.editor.figure.setText("没有这个")
    page.editor.insert.click()

    assert page.editor.text.toPlainText() == "{link.voters:准确}{homes.total}"
    assert "阵地 · homes.total" in [c.detail for c in figure_candidates()]


def test_a_slot_that_cannot_be_filled_is_marked_and_named(page):
    type_part(page, "进家{home_activity.total}")

    assert "没有“home_activity.total”这个数字" in page._wrong.text()
    assert "background-color" in page.preview.page.toHtml()


def test_a_click_on_a_number_tells_its_definition_and_opens_its_rows(page, desk):
    make.home(desk.office)
    type_part(page, "代表之家{homes.total}")
    assert page.preview._definition.text() == FIRST
    page.preview._ask()

    page.preview.page.anchorClicked.emit(QUrl("figure:homes.total"))
    assert page.preview._name.text() == "代表之家"
    assert page.preview._value.text() == "1个"
    assert page.preview._definition.text().startswith("统计口径：")

    page.preview.rows.click()
    assert [row.title for row in shown(FigureRows).rows()] == ["五当召镇人大代表之家"]
    shown(FigureRows).reject()


def test_the_annex_and_the_rounding_are_chosen(page, desk, report):
    page.annex.set_values({"annex": ("homes.total", "link.voters")})
    page.form.set_values({"rounded": True})
    page._note_edit()
    page._settle()
    assert "主要数字对比表" in read(page)
    page.editor.list.setCurrentRow(page.editor.list.count() - 1)
    assert page.annex.isVisible()

    page.save.click()

    row = saved(desk, report)
    assert (row.annex, row.rounded) == (("homes.total", "link.voters"), True)


def test_a_period_that_cannot_be_leaves_the_preview_as_it_was(page, shown_errors):
    before = read(page)
    page.form.set_values({"last_on": date(2024, 1, 1)})

    page.show_preview()
    page.save.click()

    assert read(page) == before
    assert page.form.field("last_on").error() == "结束日期不能早于开始日期（2025年1月1日）。"
    page.form.field("last_on").set_raw("没有")
    assert page.content() is None


def test_a_final_report_is_locked_with_frozen_figures_until_it_is_sent_back(page, desk, report):
    type_part(page, "代表之家{homes.total}")

    page.finish.click()

    assert saved(desk, report).state == ReportState.FINAL
    assert "代表之家0个" in read(page)
    make.home(desk.office)
    page.refresh()
    assert "代表之家0个" in read(page)
    assert page.finish.text().strip() == "退回修改"
    assert not page.form.isEnabled()
    assert page.editor.text.isReadOnly()
    page.preview.page.anchorClicked.emit(QUrl("figure:homes.total"))
    assert page.preview._value.text() == "0个（定稿时的数字；记录以后可能有变动）"

    page.finish.click()
    assert "代表之家1个" in read(page)
    assert page.form.isEnabled()


def test_what_was_typed_is_saved_before_another_report_is_opened(page, desk, report):
    other = desk.do(annual_reports.start, year=2024)
    page.open_record(AnnualReport, report)
    type_part(page, "没有按保存")

    page.choose.setCurrentIndex(page.choose.findData(other))

    assert saved(desk, report).parts[0].text == "没有按保存"
    assert page.editor.parts[0].text == saved(desk, other).parts[0].text


def test_a_report_that_cannot_be_saved_stays_open(page, desk, report, shown_errors):
    other = desk.do(annual_reports.start, year=2024)
    page.open_record(AnnualReport, report)
    page.form.set_values({"name": " "})
    page._note_edit()

    page.choose.setCurrentIndex(page.choose.findData(other))

    assert page.choose.currentData() == report
    assert page.form.field("name").error() == "请填写标题。"


def test_a_change_from_elsewhere_does_not_take_what_is_being_typed(page, desk, report):
    type_part(page, "正在写")

    desk.do(annual_reports.start, year=2024)

    assert page.editor.parts[0].text == "正在写"
    assert page.choose.count() == 2


def test_what_was_not_saved_is_there_again_after_a_power_cut(page, desk, qtbot):
    said = []
    desk.said.connect(said.append)
    type_part(page, "停电前写的")

    again = made_page(desk, qtbot)

    assert again.editor.parts[0].text == "停电前写的"
    assert "已恢复上次没有保存的文字，请检查后保存" in said
    again.save.click()
    assert made_page(desk, qtbot)._is_edited is False


def test_it_is_printed_and_written_for_word(page, desk, qtbot, tmp_path, monkeypatch):
    type_part(page, "写进纸里的话")
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_: tmp_path / "报告.docx")

    page.word.click()
    wait(qtbot)
    page.print.click()
    wait(qtbot)

    texts = [p.text for p in docx.Document(str(tmp_path / "报告.docx")).paragraphs]
    assert "写进纸里的话" in texts
    shown(PreviewDialog).reject()
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_: None)
    page.word.click()


def test_it_becomes_the_template_or_is_removed(page, desk, report, monkeypatch):
    type_part(page, "本镇写法")
    monkeypatch.setattr(messages, "ask_text", lambda *_, **__: "")
    page.template.click()
    assert desk.ask(local_rules.history, annual_reports.KIND) == []
    monkeypatch.setattr(messages, "ask_text", lambda *_, **__: "本镇模板")
    page.template.click()
    assert [r.name for r in desk.ask(local_rules.history, annual_reports.KIND)] == ["本镇模板"]

    page.remove.click()

    assert desk.ask(annual_reports.rows) == []
    assert not page.editor.isEnabled()
    desk.undo()
    assert page.choose.count() == 1
