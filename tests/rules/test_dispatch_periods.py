from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.dispatch_periods import (
    DispatchKind,
    after,
    before,
    newest_ended,
    period_of,
)

DAYS = st.dates(date(2000, 1, 10), date(2099, 12, 1))
KINDS = st.sampled_from(list(DispatchKind))


@given(KINDS, DAYS)
def test_periods_hold_their_day_and_follow_each_other_without_gap(kind, day):
    period = period_of(kind, day)

    assert period.first <= day <= period.last
    assert after(before(period)) == before(after(period)) == period
    assert after(period).first - period.last == timedelta(days=1)


@given(DAYS)
def test_a_week_runs_from_monday_to_sunday(day):
    week = period_of(DispatchKind.WEEK, day)

    assert (week.first.weekday(), week.last.weekday()) == (0, 6)


@given(KINDS, DAYS)
def test_the_newest_that_ended_is_over_and_the_next_is_not(kind, day):
    ended = newest_ended(kind, day)

    assert ended.last <= day < after(ended).last


@pytest.mark.parametrize(
    ("kind", "day", "name", "days", "word"),
    [
        ("week", date(2023, 12, 27), "2023年12月25日—12月31日", "12月25日—12月31日", "本周"),
        ("week", date(2024, 12, 31), "2024年12月30日—2025年1月5日", None, "本周"),
        ("month", date(2024, 2, 5), "2024年2月", "2月1日—2月29日", "本月"),
        ("quarter", date(2023, 12, 31), "2023年第四季度", "10月1日—12月31日", "本季度"),
        ("quarter", date(2023, 1, 1), "2023年第一季度", "1月1日—3月31日", "本季度"),
    ],
)
def test_a_period_has_its_name(kind, day, name, days, word):
    period = period_of(DispatchKind(kind), day)

    assert (period.name, period.days, period.word) == (name, days or name, word)
