from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import FieldError
from deputydesk.rules.calendar import Calendar
from deputydesk.rules.deadlines import (
    Due,
    days_after,
    days_left_text,
    due_state,
    months_after,
    workdays_after,
)

CALENDAR = Calendar.load()
STARTS = st.dates(date(2000, 1, 1), date(2100, 1, 1))

# (handed over, three months later, moved to): what the office's rules say.
CASES = (
    ("2025-01-31", "2025-04-30", "2025-04-30"),  # month end; 90 days would say 05-01
    ("2025-03-05", "2025-06-05", "2025-06-05"),  # 90 days would say 06-03
    ("2024-11-29", "2025-02-28", "2025-02-28"),
    ("2025-11-30", "2026-02-28", "2026-02-28"),  # a Saturday that is worked
    ("2023-11-30", "2024-02-29", "2024-02-29"),  # leap year
    ("2025-11-17", "2026-02-17", "2026-02-24"),  # inside Spring Festival
    ("2025-07-02", "2025-10-02", "2025-10-09"),  # National Day
    ("2026-07-01", "2026-10-01", "2026-10-08"),
    ("2025-10-01", "2026-01-01", "2026-01-04"),  # a Sunday that is worked
    ("2026-06-26", "2026-09-26", "2026-09-28"),  # Mid-Autumn
)


@pytest.mark.parametrize(("start", "plain", "due"), CASES)
def test_three_months_end_where_the_civil_code_says(start, plain, due):
    deadline = months_after(date.fromisoformat(start), 3, CALENDAR)

    assert (deadline.plain.isoformat(), deadline.due.isoformat()) == (plain, due)
    assert not deadline.provisional
    assert "民法典第201—203条" in deadline.why


def test_beyond_the_table_the_date_is_provisional_and_says_so():
    deadline = months_after(date(2026, 11, 30), 3, CALENDAR)

    assert (deadline.plain, deadline.due) == (date(2027, 2, 28), date(2027, 3, 1))
    assert deadline.provisional
    assert "2026年12月31日的安排，这一日期按周末推算，为暂定" in deadline.why


def test_a_period_that_ends_on_the_last_known_days_is_provisional_only_past_them():
    assert not months_after(date(2026, 9, 30), 3, CALENDAR).provisional
    assert days_after(date(2026, 12, 31), 1, CALENDAR).provisional
    assert months_after(date(2015, 1, 1), 3, CALENDAR).provisional


REASONS = (
    (
        "2026-07-01",
        (
            "自2026年7月1日的次日起算3个月，期满日2026年10月1日为国庆节假日，"
            "顺延至2026年10月8日（民法典第201—203条）"
        ),
    ),
    (
        "2025-11-30",
        (
            "自2025年11月30日的次日起算3个月，2月没有30日，以月末日计，"
            "期满日2026年2月28日为调休上班日，不顺延（民法典第201—203条）"
        ),
    ),
    (
        "2025-03-05",
        "自2025年3月5日的次日起算3个月，期满日为2025年6月5日（民法典第201—203条）",
    ),
)


@pytest.mark.parametrize(("start", "why"), REASONS)
def test_the_reason_is_a_sentence_with_the_article(start, why):
    assert months_after(date.fromisoformat(start), 3, CALENDAR).why == why


def test_an_office_may_choose_not_to_move_the_date():
    deadline = months_after(date(2026, 7, 1), 3, CALENDAR, move=False)

    assert deadline.plain == deadline.due == date(2026, 10, 1)
    assert "2026年10月1日为国庆节假日，按设置不顺延" in deadline.why


def test_six_months_are_counted_from_the_first_day_and_not_chained():
    start = date(2025, 8, 31)
    chained = months_after(months_after(start, 3, CALENDAR).plain, 3, CALENDAR)

    whole = months_after(start, 6, CALENDAR)

    assert whole.plain == date(2026, 2, 28)
    assert months_after(date(2025, 11, 30), 6, CALENDAR).plain == date(2026, 5, 30)
    assert chained.plain == date(2026, 2, 28)
    assert months_after(date(2025, 1, 31), 6, CALENDAR).plain == date(2025, 7, 31)


def test_days_are_counted_from_the_next_day_and_moved_past_a_rest_day():
    deadline = days_after(date(2026, 9, 20), 15, CALENDAR)

    assert (deadline.plain, deadline.due) == (date(2026, 10, 5), date(2026, 10, 8))
    assert deadline.why.startswith("自2026年9月20日的次日起算15日，期满日2026年10月5日为国庆节假日")
    assert days_after(date(2026, 9, 20), 15, CALENDAR, move=False).due == date(2026, 10, 5)


def test_working_days_leave_out_holidays_and_count_days_worked_in_their_stead():
    deadline = workdays_after(date(2025, 9, 28), 10, CALENDAR)

    assert deadline.due == date(2025, 10, 17)
    assert deadline.why == (
        "自2025年9月28日的次日起算10个工作日，期满日为2025年10月17日（民法典第201条）"
    )
    assert workdays_after(date(2026, 12, 28), 10, CALENDAR).provisional


@pytest.mark.parametrize("count", [0, -1, 100_000])
def test_a_period_without_sense_is_named_at_its_field(count):
    start = date(2026, 7, 1)

    for field, after in (("months", months_after), ("days", days_after), ("days", workdays_after)):
        with pytest.raises(FieldError, match="期限应在1到") as caught:
            after(start, count, CALENDAR)
        assert caught.value.field == field


def test_a_start_at_the_end_of_time_is_named_at_its_field():
    with pytest.raises(FieldError, match="9999年12月31日太远") as caught:
        months_after(date.max, 1, CALENDAR)

    assert caught.value.field == "start"


@given(start=STARTS, months=st.integers(1, 120))
def test_a_period_of_months_ends_in_the_right_month_on_a_worked_day(start, months):
    deadline = months_after(start, months, CALENDAR)

    plain = deadline.plain
    assert (plain.year - start.year) * 12 + plain.month - start.month == months
    assert plain.day == start.day or (plain + timedelta(days=1)).day == 1
    assert plain.day <= start.day
    assert CALENDAR.is_workday(deadline.due)
    assert timedelta(0) <= deadline.due - plain <= timedelta(days=11)
    assert not any(
        CALENDAR.is_workday(plain + timedelta(days=n)) for n in range((deadline.due - plain).days)
    )


@given(start=STARTS, days=st.integers(1, 60))
def test_a_period_of_working_days_holds_exactly_so_many(start, days):
    due = workdays_after(start, days, CALENDAR).due

    passed = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(map(CALENDAR.is_workday, passed)) == days
    assert CALENDAR.is_workday(due)


LEFT = (
    (-4, Due.OVERDUE, "逾期 4 天"),
    (-1, Due.OVERDUE, "逾期 1 天"),
    (0, Due.TODAY, "今天到期"),
    (1, Due.SOON, "剩 1 天"),
    (3, Due.SOON, "剩 3 天"),
    (5, Due.OPEN, "剩 5 天"),
)


@pytest.mark.parametrize(("left", "state", "text"), LEFT)
def test_how_near_a_date_is_is_said_in_words(left, state, text):
    today = date(2026, 11, 20)
    due = today + timedelta(days=left)

    assert (due_state(due, today), days_left_text(due, today)) == (state, text)
