"""The last word on what is asked about: by what rows of known sheets were like."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.scan import odds
from deputydesk.scan.odds import Odds
from deputydesk.scan.reader import Reader
from deputydesk.scan.reasons import Doubt
from deputydesk.scan.rows import RowReading
from deputydesk.scan.settings import Settings
from tests.scan.paper import RulesAlone, Sheet, a_ballot, scanned

LIKELY, UNLIKELY = 3.0, -9.0  # logarithms of odds


class Listening(RulesAlone):
    """Keeps what the rules said of a page."""

    def weighed(self, scene, sheet, rows):
        self.said = scene, sheet, rows
        return rows


@pytest.fixture(scope="module")
def page():
    """A page of ticks as the rules read it."""
    sheet, listening = Sheet(a_ballot()), Listening()
    sheet.tick_all(but=(5,))
    Reader([a_ballot().template], odds=listening).read(scanned(sheet))
    return listening.said


def saying(value: float) -> Odds:
    """Trees that say the same of every row."""
    one = np.array([0])
    return Odds(np.array([-1]), np.zeros(1), np.array([[0, 0]]), np.array([value]), one)


def with_doubts(row: RowReading, *doubts: Doubt) -> RowReading:
    return replace(row, doubts=doubts)


@pytest.mark.parametrize("doubt", sorted(set(Doubt) - odds.TOLD_BY_RULES))
def test_a_doubt_goes_where_rows_like_this_one_are_hardly_ever_wrong(page, doubt):
    scene, sheet, rows = page
    rows = [with_doubts(row, doubt) for row in rows]

    assert not any(row.doubts for row in saying(UNLIKELY).weighed(scene, sheet, rows))
    assert saying(LIKELY).weighed(scene, sheet, rows) == rows


@pytest.mark.parametrize("doubt", sorted(odds.TOLD_BY_RULES))
def test_what_only_a_person_can_decide_is_asked_about_whatever_the_odds(page, doubt):
    scene, sheet, rows = page
    rows = [with_doubts(row, doubt, Doubt.SMALL) for row in rows]

    assert saying(UNLIKELY).weighed(scene, sheet, rows) == rows


def test_a_row_without_doubts_is_asked_about_where_rows_like_it_are_often_wrong(page):
    scene, sheet, rows = page
    rows = [with_doubts(row) for row in rows]

    told = saying(LIKELY).weighed(scene, sheet, rows)

    assert [row.doubts for row in told] == [(Doubt.UNLIKE,)] * len(rows)
    assert [row.answer for row in told] == [row.answer for row in rows]
    assert saying(UNLIKELY).weighed(scene, sheet, rows) == rows


def test_rows_that_may_have_several_marks_and_boxes_that_stand_alone_are_left_to_the_rules(page):
    scene, sheet, rows = page
    alone = [replace(row, ink=row.ink[:1], doubts=()) for row in rows]

    assert saying(LIKELY).weighed(replace(scene, choices=2), sheet, rows) == rows
    assert saying(LIKELY).weighed(scene, sheet, alone) == alone


@given(st.lists(st.floats(-5, 5, width=32), min_size=1, max_size=20))
def test_a_tree_is_walked_to_the_leaf_that_its_limits_lead_to(values):
    walked = Odds(
        feature=np.array([0, -1, 0, -1, -1]),
        limit=np.array([0.0, 0, 2.0, 0, 0]),
        ways=np.array([[1, 2], [1, 1], [3, 4], [3, 3], [4, 4]]),
        value=np.array([0.0, -2.0, 0.0, 1.0, 3.0]),
        roots=np.array([0, 2]),
    )

    found = walked.of(np.array(values, np.float32)[:, None])

    for value, likely in zip(values, found, strict=True):
        first = -2.0 if value <= 0 else 1.0 if value <= 2 else 3.0
        second = 1.0 if value <= 2 else 3.0
        assert likely == pytest.approx(1 / (1 + np.exp(-first - second)))


def test_the_shipped_trees_ask_for_figures_that_there_are_and_end(page):
    trees = Odds.shipped()
    figures = odds.features(*page)

    assert trees.feature.max() < figures.shape[1]
    assert trees.feature[trees.ways[trees.feature < 0]].max() < 0
    inner = np.flatnonzero(trees.feature >= 0)
    assert (trees.ways[inner] > inner[:, None]).all()
    assert np.isfinite(figures).all()


def test_the_stamp_of_a_reading_names_the_trees_too(tmp_path, monkeypatch):
    usual = Settings().stamp
    other = tmp_path / "odds.npz"
    other.write_bytes(b"other trees")
    monkeypatch.setattr("deputydesk.scan.settings.TREES", other)

    assert Settings().stamp != usual


def test_plain_ticks_are_certain_and_two_in_a_row_never():
    sheet = Sheet(a_ballot())
    sheet.tick_all()
    sheet.tick(5, 2)

    read = Reader([a_ballot().template]).read(scanned(sheet))

    assert read.rows[5].doubts == (Doubt.DOUBLE,)
    assert not any(row.doubts for row in read.rows if row.row != 5)


def test_every_row_of_a_page_without_any_mark_is_asked_about():
    read = Reader([a_ballot().template]).read(scanned(Sheet(a_ballot())))

    assert all(row.doubts and not row.answer for row in read.rows)
