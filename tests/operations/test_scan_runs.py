"""Runs of ballots: kept as they were printed, added to when printed again, closed when booked."""

import pytest

from deputydesk.errors import UserError
from deputydesk.models.scan import RunState
from deputydesk.operations import scan_runs
from tests import make
from tests.operations import scan_world as world


def test_a_run_is_kept_as_it_was_printed_and_printed_again_it_grows(office):
    run_id, evaluation = world.run(office, copies=60)
    run = office.ask(scan_runs.one, run_id)

    again = office.do(scan_runs.note, printed=world.printed(run), blank=world.content(), copies=5)

    assert again == run_id
    [row] = office.ask(scan_runs.rows)
    assert (row.printed, row.record_id, row.state) == (65, evaluation, RunState.OPEN)
    assert (row.printed_on, row.pages, row.blank) == (make.TODAY, 0, world.content().digest)
    assert [question.name for question in row.plan.pages[0]] == ["丁海", "于海"]
    assert office.ask(scan_runs.rows, 2026) == [row]
    assert office.ask(scan_runs.rows, 2025) == []
    assert office.ask(scan_runs.by_code, "K3Q9XA2B") == row
    assert office.ask(scan_runs.by_code, "ANDERE") is None


def test_a_run_that_is_not_there_is_said_to_be_gone(office):
    with pytest.raises(UserError, match="找不到这一批票"):
        office.ask(scan_runs.one, "T1-0")


def test_what_was_printed_cannot_be_taken_back(office):
    world.run(office)

    with pytest.raises(UserError, match="“准备述职测评”之后的“读票批次”用到了它"):
        office.undo()

    assert len(office.ask(scan_runs.rows)) == 1
