from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules import periods
from deputydesk.rules.periods import Grain, Span, around, before, year_before

DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))
GRAINS = st.sampled_from(list(Grain))


def span(first, last):
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("this", "earlier", "last_year"),
    [
        (
            span("2026-07-01", "2026-09-30"),
            span("2026-04-01", "2026-06-30"),
            span("2025-07-01", "2025-09-30"),
        ),
        (
            span("2024-02-01", "2024-02-29"),
            span("2024-01-01", "2024-01-31"),
            span("2023-02-01", "2023-02-28"),
        ),
        (
            span("2023-02-01", "2023-02-28"),
            span("2023-01-01", "2023-01-31"),
            span("2022-02-01", "2022-02-28"),
        ),
        (
            span("2025-02-01", "2025-02-28"),
            span("2025-01-01", "2025-01-31"),
            span("2024-02-01", "2024-02-29"),
        ),
        (
            span("2026-03-10", "2026-03-19"),
            span("2026-02-28", "2026-03-09"),
            span("2025-03-10", "2025-03-19"),
        ),
        (
            span("2024-02-29", "2024-03-01"),
            span("2024-02-27", "2024-02-28"),
            span("2023-02-28", "2023-03-01"),
        ),
    ],
)
def test_a_period_is_compared_with_the_one_before_and_the_same_of_last_year(
    this, earlier, last_year
):
    assert (before(this), year_before(this)) == (earlier, last_year)


@given(DAYS, GRAINS)
def test_a_part_holds_its_day_and_is_found_again_by_its_key(day, grain):
    part = around(day, grain)

    assert part.first <= day <= part.last
    assert periods.span_of(periods.key_of(day, grain)) == part


@given(DAYS, GRAINS)
def test_the_part_before_ends_the_day_before_and_is_a_whole_part_too(day, grain):
    part = around(day, grain)
    earlier = before(part)

    assert earlier.last == part.first - timedelta(days=1)
    assert earlier == around(earlier.last, grain)
    assert year_before(part) == around(year_before(part).first, grain)


@given(DAYS, st.integers(0, 900), GRAINS)
def test_the_parts_between_two_days_stand_in_order_without_a_gap(first, length, grain):
    last = first + timedelta(days=length)
    keys = periods.keys_between(first, last, grain)

    parts = [periods.span_of(key) for key in keys]
    assert keys == sorted(keys)
    assert parts[0].first <= first
    assert parts[-1].last >= last
    assert all(b.first == a.last + timedelta(days=1) for a, b in pairwise(parts))


def test_a_period_is_named_as_people_name_it():
    assert around(date(2026, 8, 2), Grain.YEAR).text == "2026年"
    assert around(date(2026, 8, 2), Grain.QUARTER).text == "2026年第3季度"
    assert around(date(2026, 8, 2), Grain.MONTH).text == "2026年8月"
    assert span("2026-08-02", "2026-08-09").text == "2026-08-02 至 2026-08-09"


def test_what_names_no_part_is_refused():
    with pytest.raises(ValueError, match="invalid literal"):
        periods.span_of("去年")
