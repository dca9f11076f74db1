"""What a person has to look at, and what must never be taken for an answer or for a blank."""

import pytest

from deputydesk.scan.reader import Reader
from deputydesk.scan.reasons import Doubt
from deputydesk.scan.template import Limit
from tests.scan.paper import RulesAlone, Sheet, a_ballot, scanned


@pytest.fixture(scope="module")
def reader():
    return Reader([a_ballot().template], odds=RulesAlone())


@pytest.fixture
def sheet():
    """A ballot with ticks in all rows but the sixth (5)."""
    made = Sheet(a_ballot())
    made.tick_all(but=(5,))
    return made


def row(reader, sheet, number=5, **how):
    return reader.read(scanned(sheet, **how)).rows[number]


def test_two_ticks_in_a_row_are_shown_to_a_person(reader, sheet):
    sheet.tick(5, 0)
    sheet.tick(5, 2)

    read = row(reader, sheet)

    assert (read.answer, read.doubts) == ((0, 2), (Doubt.DOUBLE,))


def test_a_box_blackened_and_another_ticked_is_a_correction_to_be_confirmed(reader, sheet):
    sheet.fill(5, 0)
    sheet.tick(5, 1)

    read = row(reader, sheet)

    assert (read.answer, read.doubts) == ((1,), (Doubt.DOUBLE, Doubt.CORRECTED))


def test_one_box_filled_in_among_ticks_is_asked_about(reader, sheet):
    sheet.fill(5, 1)

    read = row(reader, sheet)

    assert (read.answer, read.doubts) == ((1,), (Doubt.FILLED,))


def test_a_page_on_which_all_boxes_are_filled_in_is_read(reader):
    sheet = Sheet(a_ballot())
    for number in range(13):
        sheet.fill(number, number % 4)

    read = reader.read(scanned(sheet))

    assert [row.answer for row in read.rows] == [(number % 4,) for number in range(13)]
    assert not any(row.doubts for row in read.rows)


@pytest.mark.parametrize("pen", [0.4, 0.7, 1.2])
@pytest.mark.parametrize(("first", "last"), [(0, 12), (3, 8)])
def test_a_line_down_a_column_is_no_row_of_votes_and_no_row_of_blanks(reader, pen, first, last):
    sheet = Sheet(a_ballot())
    for number in set(range(13)) - set(range(first, last + 1)):
        sheet.tick(number, 1)
    sheet.line_down(0, first, last, pen=pen)

    read = reader.read(scanned(sheet))

    assert all(read.rows[number].doubts for number in range(first, last + 1))


def test_a_short_line_through_two_boxes_is_asked_about(reader, sheet):
    bare = Sheet(a_ballot())
    bare.tick_all(but=(5, 6))
    bare.line_down(0, 5, 6)

    read = reader.read(scanned(bare))

    assert read.rows[5].doubts
    assert read.rows[6].doubts


HARD_PENCIL = 77
"""Of 255: as light as a hard pencil writes."""


def test_a_box_filled_in_with_a_hard_pencil_is_not_read_as_blank(reader, sheet):
    sheet.ink = HARD_PENCIL
    for _ in range(2):
        sheet.fill(5, 1)

    read = row(reader, sheet)

    assert read.answer == (1,)
    assert read.doubts


@pytest.mark.parametrize("ink", [30, 45, 60])
def test_however_lightly_a_box_is_filled_in_it_is_not_read_as_blank(reader, sheet, ink):
    sheet.ink = ink
    sheet.fill(5, 1)

    assert row(reader, sheet).doubts


def test_a_second_mark_of_which_black_and_white_leaves_crumbs_makes_the_row_doubtful(reader, sheet):
    sheet.tick(5, 0)
    sheet.ink = HARD_PENCIL
    sheet.tick(5, 2)

    assert row(reader, sheet, bilevel=True, noise=8).doubts


def test_where_black_and_white_broke_a_stroke_every_row_of_the_page_is_shown(reader, sheet):
    sheet.tick(5, 0)
    sheet.ink = HARD_PENCIL
    sheet.tick(4, 2)
    sheet.tick(8, 1)

    read = reader.read(scanned(sheet, bilevel=True, noise=8))

    assert all(row.doubts for row in read.rows)
    assert read.rows[9].doubts == (Doubt.BROKEN,)


def test_where_a_light_pencil_drowns_in_noise_no_row_of_the_page_is_certain(reader):
    sheet = Sheet(a_ballot(), ink=95)
    sheet.tick_all()

    read = reader.read(scanned(sheet, noise=46, quality=None))

    assert read.refusal is None
    assert all(row.doubts for row in read.rows)
    assert any(row.doubts == (Doubt.DROWNED,) for row in read.rows)


def test_a_cross_beside_a_box_is_not_read_as_blank(reader, sheet):
    sheet.cross(5, 1, at=(-6.0, 0))

    assert row(reader, sheet).doubts == (Doubt.BESIDE,)


def test_a_large_cross_beside_an_empty_box_makes_the_tick_doubtful(reader, sheet):
    sheet.tick(5, 0)
    sheet.cross(5, 2, size=9, at=(5.5, 0))

    assert Doubt.BESIDE in row(reader, sheet).doubts


def test_a_tick_half_outside_its_box_counts_where_nothing_else_is(reader, sheet):
    sheet.tick(5, 2, at=(3.0, -1.0))

    read = row(reader, sheet)

    assert (read.answer, read.doubts) == ((2,), ())


def test_a_spot_in_a_row_without_marks_is_no_vote(reader, sheet):
    x, y = sheet.middle(5, 1)
    sheet.stroke((x, y), (x + 0.3, y), pen=1.1)

    assert row(reader, sheet).doubts


def test_a_speck_beside_a_tick_disturbs_nobody(reader, sheet):
    sheet.tick(5, 0)
    x, y = sheet.middle(5, 2)
    sheet.stroke((x, y), (x + 0.2, y + 0.1), pen=0.35)

    read = row(reader, sheet)

    assert (read.answer, read.doubts) == ((0,), ())


def test_a_faint_mark_is_neither_a_vote_nor_a_blank(reader, sheet):
    sheet.ink = 55
    sheet.tick(5, 1)

    assert row(reader, sheet).doubts == (Doubt.WEAK,)


def test_blank_rows_of_a_black_and_white_scan_are_always_shown(reader, sheet):
    assert row(reader, sheet, bilevel=True).doubts == (Doubt.BLANK_BILEVEL,)


def test_blank_rows_of_a_noisy_scan_are_always_shown(reader, sheet):
    assert row(reader, sheet, noise=28, quality=None).doubts == (Doubt.BLANK_NOISY,)


def test_blank_rows_of_a_page_with_a_light_pencil_are_always_shown(reader):
    sheet = Sheet(a_ballot(), ink=85)
    sheet.tick_all(but=(5,))

    assert row(reader, sheet).doubts == (Doubt.BLANK_LIGHT,)


def test_blank_rows_of_a_page_whose_pencil_left_hardly_a_sure_mark_are_shown(reader):
    sheet = Sheet(a_ballot(), ink=42)
    sheet.tick_all(but=(5,))

    assert row(reader, sheet).doubts


def test_a_page_that_is_mostly_blank_is_shown_whole(reader):
    sheet = Sheet(a_ballot())
    for number in range(4):
        sheet.tick(number, 0)

    read = reader.read(scanned(sheet))

    assert [row.doubts for row in read.rows] == [(Doubt.BLANK_MANY,)] * 13


def test_a_tail_of_the_row_below_changes_nothing_where_another_box_is_ticked(reader):
    sheet = Sheet(a_ballot())
    sheet.tick_all(but=(5, 6))
    sheet.tick(5, 2)
    sheet.tick(6, 0, size=17)

    read = row(reader, sheet)

    assert (read.answer, read.doubts) == ((2,), ())


def test_a_tail_into_a_row_without_a_mark_makes_that_row_doubtful(reader):
    sheet = Sheet(a_ballot())
    sheet.tick_all(but=(5, 6))
    sheet.tick(6, 0, size=17)

    assert row(reader, sheet).doubts


def with_dust(picture, x):
    picture = picture.copy()
    picture[:, x : x + 2] = 60
    return picture


def test_a_dust_line_through_boxes_is_no_mark_and_hides_none(reader, sheet):
    picture = scanned(sheet)
    x = round((sheet.middle(0, 2)[0] + 1) * 200 / 25.4)

    read = reader.read(with_dust(picture, x))

    assert read.dust >= 1
    assert read.rows[5].doubts == (Doubt.DUST,)
    assert all(row.answer == (0,) and not row.doubts for row in read.rows if row.row != 5)


def test_more_than_may_be_chosen_makes_the_whole_page_doubtful():
    form = a_ballot()
    limited = Reader([with_limit(form.template, most=9)])
    sheet = Sheet(form)
    sheet.tick_all(0, but=(10, 11, 12))
    for number in (10, 11, 12):
        sheet.tick(number, 1)

    over, within = limited.read(scanned(sheet)), with_limit(form.template, most=10)

    assert over.doubts == (Doubt.OVER,)
    assert Reader([within]).read(scanned(sheet)).doubts == ()


def with_limit(template, *, most):
    from dataclasses import replace

    return replace(template, limit=Limit(0, most))


def test_a_form_that_allows_two_in_a_row_takes_two_and_doubts_three():
    from dataclasses import replace

    form = a_ballot()
    sheet = Sheet(form)
    sheet.tick_all(but=(5,))
    sheet.tick(4, 2)
    for option in (0, 1, 3):
        sheet.tick(5, option)

    read = Reader([replace(form.template, choices=2)]).read(scanned(sheet))

    assert (read.rows[4].answer, read.rows[4].doubts) == ((0, 2), ())
    assert read.rows[5].doubts == (Doubt.DOUBLE,)
