"""Each operation once on a small office: what it is called, and that it can be taken back."""

import pytest

from deputydesk.cli import calls
from deputydesk.exchange import sheets
from deputydesk.journal import undo
from deputydesk.journal.values import models
from deputydesk.office import Office, Right
from deputydesk.operations import figures
from tests import make
from tests.operations.every_case import all_cases
from tests.operations.every_duty import all_duty, founded
from tests.operations.every_scan import all_scans, visited
from tests.operations.every_stick import all_sticks

ON_PAPER = {"printout", "attachment"}
"""What was printed was printed: the line and its copy stay when all else is taken back."""
FOUNDED = {"office_profile"}
"""What the office is was said first of all."""
READ_BACK = {f"scan_{each}" for each in ("run", "batch", "page", "reading", "decision", "look")}
"""What came back on paper and what was said of it is evidence: nothing of it is taken back."""


@pytest.fixture
def busy(empty_file, tmp_path, monkeypatch):
    """An office in which every operation was done once, and which these were."""
    done = set()
    plain = Office.do_seen

    def noted(self, seen, op, *args, **kwargs):
        result = plain(self, seen, op, *args, **kwargs)
        done.add(op.name)
        return result

    monkeypatch.setattr(Office, "do_seen", noted)
    office = make.copied_office(empty_file, tmp_path / "busy")
    place = founded(office)
    all_cases(office, place.station)
    all_duty(office, place)
    all_sticks(office)
    all_scans(office)
    apart = make.copied_office(empty_file, tmp_path / "apart")
    visited(apart)  # its record is evidence now, which nothing takes back
    apart.close()
    yield office, done
    office.close()


def all_of(office):
    return {kind: sheets.listing(office, kind) for kind in models()}


def undo_all(office) -> int:
    """What was done for good is passed over."""
    standing = [row for row in office.ask(undo.actions, limit=10_000) if not row.is_final]
    for row in standing:
        office.undo(row.id)
    return len(standing)


def test_every_operation_has_a_title_of_its_own_and_a_right():
    known = calls.operations().values()

    titles = [op.title for op in known]
    assert [title for title in titles if titles.count(title) > 1] == []
    assert all(title and not title.isascii() for title in titles)
    assert all(isinstance(op.right, Right) for op in known)


def test_everything_an_office_does_is_taken_back_one_by_one_and_done_again(busy):
    office, done = busy
    assert {op.name for op in calls.operations().values()} - done == set()
    before = all_of(office)
    assert office.check() == []

    undone = undo_all(office)

    left = {kind: rows for kind, rows in all_of(office).items() if rows}
    assert set(left) == ON_PAPER | READ_BACK | FOUNDED
    assert len(left["printout"]) == 1
    assert undone > len(done)
    assert office.check() == []
    for _ in range(undone):
        office.redo()
    assert all_of(office) == before
    assert office.check() == []


def test_every_kind_of_record_goes_out_and_in_again_unchanged(busy, tmp_path):
    office, _ = busy
    before = all_of(office)
    empty = {kind for kind, rows in before.items() if not rows}
    assert empty == set()

    for kind in models().keys() - READ_BACK:
        sheets.export(office, kind, tmp_path / f"{kind}.xlsx")
        outcome = sheets.take_in(office, kind, tmp_path / f"{kind}.xlsx")
        assert (outcome.added, outcome.changed) == (0, 0), kind

    assert all_of(office) == before


def test_every_figure_is_counted_after_all_that(busy):
    office, _ = busy

    for figure in office.ask(figures.figures):
        assert figure.value is None or figure.value >= 0
