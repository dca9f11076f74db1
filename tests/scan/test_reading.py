"""A ballot that was ticked and scanned comes back as it was ticked, however it was scanned."""

import pytest

from deputydesk.scan.reader import Reader
from deputydesk.scan.reasons import Refusal
from tests.scan.paper import Sheet, a_ballot, photographed, scanned

CHOSEN = (0, 1, 0, 2, 0, 0, 3, 1, 0, 0, 2, 0, 1)


@pytest.fixture(scope="module")
def reader():
    return Reader([a_ballot().template])


@pytest.fixture(scope="module")
def ticked():
    sheet = Sheet(a_ballot())
    for row, option in enumerate(CHOSEN):
        sheet.tick(row, option)
    return sheet


def answers(reading):
    return tuple(row.answer[0] if len(row.answer) == 1 else None for row in reading.rows)


SCANS = {
    "grey, 200 dpi": {},
    "grey, 150 dpi": {"dpi": 150},
    "grey, 300 dpi": {"dpi": 300},
    "black and white": {"bilevel": True, "dpi": 300},
    "packed hard": {"quality": 30},
    "upside down": {"turn": 2},
    "on its side": {"turn": 1},
    "on its other side": {"turn": 3},
    "askew": {"angle": 5},
    "askew the other way, on a dark bed": {"angle": -4, "ground": 60},
    "printed smaller": {"scale": 0.95},
    "printed larger": {"scale": 1.03},
}


@pytest.mark.parametrize("how", SCANS.values(), ids=SCANS)
def test_ticks_are_read_however_the_sheet_was_scanned(reader, ticked, how):
    read = reader.read(scanned(ticked, **how))

    assert read.refusal is None
    assert answers(read) == CHOSEN
    assert [row.doubts for row in read.rows] == [()] * 13


def test_ticks_are_read_from_a_photo(reader, ticked):
    read = reader.read(photographed(ticked))

    assert read.refusal is None
    assert answers(read) == CHOSEN
    assert not any(row.doubts for row in read.rows)


def test_a_reading_says_what_page_it_was_and_by_which_rules_it_was_read(reader, ticked):
    read = reader.read(scanned(ticked))

    assert (read.code.version, read.code.run, read.code.page) == ("CP4-1", "7K3Q9X", 1)
    assert read.reader == reader.settings.stamp
    assert read.marks == 4


def test_a_row_in_which_nothing_is_ticked_is_blank_on_a_clean_grey_scan(reader):
    sheet = Sheet(a_ballot())
    sheet.tick_all(but=(4,))

    read = reader.read(scanned(sheet))

    assert read.rows[4].answer == ()
    assert not any(row.doubts for row in read.rows)


def test_a_page_of_another_run_is_refused(reader):
    read = reader.read(scanned(a_ballot(run="AAAAAA").blank))

    assert read.refusal is Refusal.OTHER_RUN
    assert read.rows == ()


def test_a_page_of_another_layout_is_refused(reader):
    assert reader.read(scanned(a_ballot(grades=3).blank)).refusal is Refusal.OTHER_FORM
