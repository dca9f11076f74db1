"""Ballots that were printed are a run, with the number of copies; its record leads to it."""

import pytest
from PySide6.QtWidgets import QFileDialog

from deputydesk.errors import UserError
from deputydesk.models import Evaluation, ScanRun
from deputydesk.operations import evaluations, scan_runs
from deputydesk.reports import Options
from deputydesk.ui.dialogs.preview import PreviewDialog, preview_form
from deputydesk.ui.page import Page
from deputydesk.ui.scan_returns import take_back, takes_back
from tests.operations import scan_world as world
from tests.ui.everywhere import settle
from tests.ui.fake_printers import fake_printers, setups

__all__ = ["fake_printers"]


@pytest.fixture
def evaluation(office):
    return world.evaluation(office)[0]


@pytest.fixture
def parent(desk, qtbot):
    made = Empty(desk)
    qtbot.addWidget(made)
    made.show()
    return made


class Empty(Page):
    """A page from which forms are shown."""

    title = "测试"


def preview(parent, desk, form_id, record_id, copies=1):
    preview_form(parent, desk, form_id, Options(record_id=record_id, copies=copies))
    settle()
    return parent.findChildren(PreviewDialog)[-1].panel


def test_printed_ballots_are_a_run_and_more_copies_add_up(
    office, desk, parent, evaluation, fake_printers
):
    panel = preview(parent, desk, "ballot", evaluation)

    panel.print_file()
    dialog = setups(panel)[0]
    dialog.form.set_values({"copies": 30})
    dialog.save()
    settle()

    [run] = office.ask(scan_runs.rows)
    assert (run.name, run.record_id, run.printed) == ("述职测评会", evaluation, 30)


def test_saved_ballots_count_by_the_sheets_in_the_file(
    office, desk, parent, evaluation, tmp_path, monkeypatch
):
    to = str(tmp_path / "票.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (to, ""))

    preview(parent, desk, "ballot", evaluation, copies=7).save.click()
    settle()

    assert [run.printed for run in office.ask(scan_runs.rows)] == [7]


def test_other_forms_are_no_runs(office, desk, parent, evaluation, tmp_path, monkeypatch):
    to = str(tmp_path / "票.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (to, ""))

    preview(parent, desk, "sign_in", "").save.click()
    settle()

    assert office.ask(scan_runs.rows) == []


def test_a_record_leads_to_its_newest_run(office, desk, parent, qtbot):
    run_id, evaluation = world.run(office)
    other = office.ask(scan_runs.one, run_id)
    again = world.renamed(world.printed(other), code="AGAIN234")
    newest = office.do(scan_runs.note, printed=again, blank=world.content(), copies=5)

    with qtbot.waitSignal(desk.open_requested) as asked:
        take_back(desk, Evaluation, evaluation)

    assert asked.args[1] == newest
    with qtbot.waitSignal(desk.open_requested) as asked:
        takes_back(Evaluation).run(parent, desk, office.ask(evaluations.one, evaluation))
    assert asked.args == [ScanRun, newest]


def test_a_record_without_papers_says_to_print_them(desk, evaluation):
    with pytest.raises(UserError, match="还没有打印过这一次的票"):
        take_back(desk, Evaluation, evaluation)
