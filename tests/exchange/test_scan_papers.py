"""Papers to tick that go to the printer are kept as a run, with the paper as it was printed."""

import tempfile

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import attachments, scan_papers
from deputydesk.models.scan import RunState
from deputydesk.operations import project_evals, scan_runs
from deputydesk.reports import FORMS, Options
from tests import make
from tests.operations import every_duty
from tests.operations import scan_world as world


def noted(office, form, copies=30, **options):
    run_id = scan_papers.note(office, form, Options(**options), copies=copies)
    return office.ask(scan_runs.one, run_id)


def test_ballots_of_an_evaluation_are_a_run_that_asks_about_its_deputies(office):
    evaluation, people = world.evaluation(office)

    run = noted(office, "ballot", record_id=evaluation)

    assert (run.record_kind, run.record_id, run.secret) == ("evaluation", evaluation, True)
    assert (run.printed, run.state, run.form) == (30, RunState.OPEN, "ballot")
    assert {question.id for page in run.plan.pages for question in page} == set(people)
    assert run.plan.capped == ""
    kept = attachments.store_of(office).read(run.blank)
    assert kept is not None
    assert kept.startswith(b"%PDF-")


def test_the_paper_is_made_beside_the_data_where_a_kill_leaves_it_to_be_swept(office, monkeypatch):
    evaluation, _ = world.evaluation(office)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")

    noted(office, "ballot", record_id=evaluation)

    beside = {file.name for file in office.data.path.parent.iterdir()}
    assert beside == {"office.db", "office.db.lock", "attachments"}


def test_where_the_boxes_stand_is_kept_with_the_run(office):
    evaluation, _ = world.evaluation(office)

    run = noted(office, "ballot", record_id=evaluation)

    assert scan_papers.layout_of(run.details) == FORMS["ballot"].layouts[run.layout]


def test_the_same_paper_printed_again_is_the_same_run_and_keeps_its_first_paper(office):
    evaluation, _ = world.evaluation(office)
    first = noted(office, "ballot", record_id=evaluation)

    again = noted(office, "ballot", copies=5, record_id=evaluation)

    assert (again.id, again.printed, again.blank) == (first.id, 35, first.blank)


def test_ballots_of_a_vote_say_how_many_may_be_chosen(office):
    ids = [every_duty.candidate(office, name) for name in "甲乙丙"]
    vote = every_duty.vote(office, seats=2)

    run = noted(office, "project_ballot", record_id=vote)

    assert [question.id for question in run.plan.pages[0]] == ids
    assert (run.plan.capped, run.plan.most, run.record_kind) == ("yes", 2, "project_vote")


def test_papers_on_which_projects_are_judged_name_their_step_and_day(office):
    project = every_duty.chosen(office, "旧区供水")
    step = office.ask(project_evals.steps, make.TODAY)[0].name

    run = noted(office, "project_eval_ballot", record_id=project)

    assert [question.id for question in run.plan.pages[0]] == [project]
    assert (run.details["held_on"], run.details["step"]) == (make.TODAY.isoformat(), step)


def test_a_form_that_nobody_ticks_is_no_run(office):
    assert FORMS["sign_in"].run is None

    assert scan_papers.note(office, "sign_in", Options(), copies=1) == ""

    assert office.ask(scan_runs.rows) == []


def test_a_disk_that_refuses_leaves_no_run(office, monkeypatch):
    evaluation, _ = world.evaluation(office)

    def refuse(*_args, **_kw):
        raise UserError("磁盘已满。")

    monkeypatch.setattr(attachments.Store, "take", refuse)
    with pytest.raises(UserError, match="磁盘已满"):
        scan_papers.note(office, "ballot", Options(record_id=evaluation), copies=1)

    assert office.ask(scan_runs.rows) == []
