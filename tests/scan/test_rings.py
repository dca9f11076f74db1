"""Rings and large ticks: each is its own row's mark, and no other row's."""

import pytest

from deputydesk.scan.reader import Reader
from deputydesk.scan.reasons import Doubt
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


def test_a_large_ring_of_the_row_below_that_dips_into_a_blank_row_is_no_mark_of_it(reader):
    sheet = Sheet(a_ballot())
    sheet.tick_all(but=(5, 6))
    sheet.ring(6, 0, radius=10)

    read = row(reader, sheet)

    assert read.doubts


def test_a_large_ring_that_dips_into_the_row_above_is_no_second_mark_there(reader):
    sheet = Sheet(a_ballot())
    sheet.tick_all(but=(4, 5, 6))
    sheet.ring(5, 0, radius=9)
    sheet.ring(6, 0, radius=9)

    read = reader.read(scanned(sheet))

    assert all(read.rows[number].doubts for number in (4, 5, 6))


@pytest.mark.parametrize("size", [9, 11])
def test_a_large_tick_that_ends_beside_the_tick_above_is_asked_about_in_neither_row(reader, size):
    sheet = Sheet(a_ballot())
    sheet.tick_all(but=(5,))
    sheet.tick(5, 0, size=size)

    read = reader.read(scanned(sheet))

    assert [row.answer for row in read.rows] == [(0,)] * 13
    assert not any(row.doubts for row in read.rows)


@pytest.mark.parametrize("radius", [3.6, 5.0, 7.0, 11.0])
def test_a_ring_around_a_box_is_never_read_as_blank(reader, sheet, radius):
    sheet.ring(5, 1, radius=radius)

    assert row(reader, sheet).doubts


def test_a_voter_who_rings_every_answer_is_understood(reader):
    sheet = Sheet(a_ballot())
    for number in range(13):
        sheet.ring(number, number % 2, radius=4.6)

    read = reader.read(scanned(sheet))

    assert [row.answer for row in read.rows] == [(number % 2,) for number in range(13)]
    assert not any(row.doubts for row in read.rows)


def test_rings_that_touch_are_understood_each_in_its_row(reader):
    sheet = Sheet(a_ballot())
    for number in range(13):
        sheet.ring(number, number // 2 % 2, radius=6.0)

    read = reader.read(scanned(sheet))

    assert [row.answer for row in read.rows] == [(number // 2 % 2,) for number in range(13)]
    assert not any(row.doubts for row in read.rows)


def test_a_ring_beside_another_that_passes_through_its_row_is_asked_about(reader):
    sheet = Sheet(a_ballot())
    for number in range(0, 13, 2):
        sheet.ring(number, 0, radius=4.6)
    sheet.ring(7, 3, radius=4.6)
    sheet.ring(6, 2, radius=14)

    assert row(reader, sheet, 7).doubts


def test_a_ring_around_a_box_of_the_row_below_is_no_ring_around_the_box_above_it(reader):
    sheet = Sheet(a_ballot())
    for number in (0, 2, 4, 9, 11):
        sheet.ring(number, 0, radius=4.6)
    sheet.ring(7, 2, radius=13)

    read = row(reader, sheet, 6)

    assert read.doubts


def test_where_a_ring_begins_and_ends_in_the_box_of_a_blank_row_that_row_is_asked_about(reader):
    sheet = Sheet(a_ballot())
    for number in (0, 2, 4, 9, 11):
        sheet.ring(number, 0, radius=4.6)
    sheet.ring(6, 1, radius=9)
    x, y = sheet.middle(5, 1)
    sheet.stroke((x - 2, y + 2), (x, y + 1), (x + 3, y + 2.5))

    assert row(reader, sheet).doubts


def test_a_tick_so_large_that_it_goes_around_its_box_is_read(reader, sheet):
    x, y = sheet.middle(5, 1)
    sheet.stroke((x - 5.5, y), (x + 0.5, y + 4.6), (x + 5.5, y - 6))

    read = row(reader, sheet)

    assert (read.answer, read.doubts) == ((1,), ())


def test_a_tick_of_less_pressure_than_the_others_is_read_where_nothing_else_is(reader, sheet):
    sheet.ink = 120
    sheet.tick(5, 1)

    read = row(reader, sheet)

    assert (read.answer, read.doubts) == ((1,), ())


@pytest.mark.parametrize("half", [2.7, 3.0, 3.3])
def test_a_ring_upon_the_outline_itself_is_seen(reader, sheet, half):
    sheet.square(5, 2, half=half)

    assert row(reader, sheet).doubts


def test_a_ring_upon_another_outline_beside_a_tick_is_seen(reader, sheet):
    sheet.tick(5, 0)
    sheet.square(5, 2, half=3.3)

    assert Doubt.OUTLINE in row(reader, sheet).doubts


def test_a_tick_and_a_ring_in_one_row_are_asked_about(reader, sheet):
    sheet.tick(5, 0)
    sheet.ring(5, 3, radius=4.8)

    read = row(reader, sheet)

    assert read.doubts
