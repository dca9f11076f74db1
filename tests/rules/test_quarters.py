from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.quarters import Quarter, share


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_every_day_lies_in_its_quarter_and_quarters_follow_each_other(day):
    quarter = Quarter.of(day)

    assert quarter.first <= day <= quarter.last
    assert quarter.after.before == quarter
    assert (quarter.after.first - quarter.last).days == 1
    assert quarter.so_far[-1] == quarter


def test_a_quarter_is_called_as_people_do():
    assert Quarter(2026, 3).label == "2026年第三季度"
    assert (Quarter(2024, 1).first, Quarter(2024, 1).last) == (date(2024, 1, 1), date(2024, 3, 31))
    assert Quarter(2026, 1).before == (2025, 4)
    assert len(Quarter(2026, 2).so_far) == 2


def test_the_days_in_office_count_both_ends():
    first, last = date(2026, 4, 1), date(2026, 6, 30)

    assert share(first, last, (None, None)) == 1
    assert share(first, last, (date(2026, 5, 17), None)) == Fraction(45, 91)
    assert share(first, last, (None, date(2026, 4, 1))) == Fraction(1, 91)
    assert share(first, last, (date(2026, 7, 1), None)) == 0
    assert share(first, last, (None, date(2026, 3, 31))) == 0


def test_days_in_two_seats_count_once():
    first, last = date(2026, 4, 1), date(2026, 6, 30)
    april, may = (date(2026, 4, 1), date(2026, 4, 30)), (date(2026, 4, 16), date(2026, 5, 15))

    assert share(first, last, april, may) == Fraction(45, 91)
    assert share(first, last) == 0
