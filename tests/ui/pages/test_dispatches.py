"""The dispatch page: the ledger of a period before its report is made, and as it was kept."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from deputydesk.models import Dispatch, Suggestion
from deputydesk.operations import dispatches
from deputydesk.rules.dispatch_periods import DispatchKind
from deputydesk.ui import tasks
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.dispatches import CHANGES, OPEN, OVERDUE, UNITS, DispatchesPage
from deputydesk.ui.parts import Scroll
from tests.operations.case import Case


@pytest.fixture
def case(office):
    return Case.handled(office)


@pytest.fixture
def page(desk, case, qtbot):
    made = DispatchesPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    qtbot.waitExposed(made)
    made.read_again()
    return made


def cells(page, table):
    return [line.cells for line in page.lists[table].rows.rows()]


def test_the_newest_week_that_is_over_is_seen_first(page):
    assert page.heading.text() == "2026年11月16日—11月22日周调度（预览）"
    assert cells(page, UNITS)[0] == ("区交通运输局", "1", "", "", "", "1", "", "", "")
    assert cells(page, OVERDUE)[0][4] == "170天"
    assert cells(page, CHANGES) == []
    assert cells(page, OPEN)[0][1] == "关于打通断头路的建议"
    assert page.tables.group.button(UNITS).text() == "承办单位 1"
    assert page._subtitle.text() == "承办 1 件次 · 逾期 1 件次"
    assert page.periods.rows.rows()[0].state == "进行中"
    assert not page._print.isEnabled()


def test_the_form_begins_at_its_top_however_low_it_is(page):
    page.form.setFixedHeight(120)
    QApplication.processEvents()

    page.periods.selectRow(2)
    QApplication.processEvents()

    bar = page.form.findChild(Scroll).verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0


def test_a_report_is_made_with_the_clerks_text_and_then_never_changes(page, case, office):
    page.form.field("summary").set_value("本周平稳。")

    page.make()
    case.answer(case.main)

    [report] = office.ask(dispatches.rows)
    assert (report.summary, report.signed_on) == ("本周平稳。", None)
    assert page.heading.text() == "2026年11月16日—11月22日周调度　第1期"
    assert (page.text.text(), page.text.isVisible()) == ("本周平稳。", True)
    assert not page.form.isVisible()
    assert cells(page, OVERDUE)[0][4] == "170天"
    page.make()
    assert len(office.ask(dispatches.rows)) == 1


def test_it_is_signed_and_printed(page, office, qtbot):
    page.make()
    page.sign()
    opened = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible()
    )
    opened.form.set_values({"signed_by": "苏和"})
    opened.save()
    assert "苏和签发" in page.note.text()
    assert not page._sign.isEnabled()

    assert page.print_page()
    qtbot.waitUntil(lambda: not tasks.is_running())

    [preview] = page.window().findChildren(PreviewDialog)
    preview.close()


def test_months_and_quarters_are_a_chip_away(page, desk):
    page.kinds.group.button(1).setChecked(True)
    assert page.heading.text() == "2026年10月月小结（预览）"
    page.kinds.group.button(2).setChecked(True)

    assert page.heading.text() == "2026年第三季度季报告（预览）"
    assert not page.print_page()


def test_an_old_report_is_opened_and_its_suggestions_from_it(page, office, desk, case):
    old = office.do(dispatches.make, kind=DispatchKind.MONTH, day=date(2024, 3, 5))

    page.open_record(Dispatch, old)
    assert page.heading.text() == "2024年3月月小结　第1期"
    opened = []
    desk.open_requested.connect(lambda model, record_id: opened.append((model, record_id)))
    page.kinds.group.button(0).setChecked(True)
    page.tables.group.button(OPEN).setChecked(True)
    page.lists[OPEN].opened.emit(page.lists[OPEN].rows.row(0))

    assert opened == [(Suggestion, case.id)]
    assert page.stack.currentIndex() == OPEN


def test_an_empty_office_says_so(desk, qtbot):
    page = DispatchesPage(desk)
    qtbot.addWidget(page)
    page.read_again()

    assert page.tables.group.button(UNITS).text() == "承办单位 0"
    page._show(None)
    assert "没有新的办理情况" in page.form.field("summary").value()
