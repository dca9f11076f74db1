from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import FieldError
from deputydesk.rules import rota
from deputydesk.rules.calendar import Calendar
from deputydesk.rules.rota import RestDay

CALENDAR = Calendar.load()


def days(text, year=2026):
    return rota.days_of(rota.habit(text), year)


@pytest.mark.parametrize(
    ("text", "first", "count"),
    [
        ("每月15日", (2026, 1, 15), 12),
        ("每月１５号", (2026, 1, 15), 12),
        ("每月5日、20日", (2026, 1, 5), 24),
        ("每月 第一个周三", (2026, 1, 7), 12),
        ("每月第2个星期日", (2026, 1, 11), 12),
        ("每月最后一个周五", (2026, 1, 30), 12),
        ("每季度第一个周一", (2026, 1, 5), 4),
        ("双月10日", (2026, 2, 10), 6),
        ("单月10日", (2026, 1, 10), 6),
        ("每周三", (2026, 1, 7), 52),
    ],
)
def test_a_habit_in_words_gives_its_days(text, first, count):
    found = days(text)

    assert found[0] == date(*first)
    assert len(found) == count
    assert found == sorted(set(found))


def test_a_month_without_the_day_has_its_last_day_and_without_a_fifth_wednesday_none():
    assert date(2026, 2, 28) in days("每月31日")
    assert len(days("每月第五个周三")) == 4
    assert days("每月30日、31日")[2] == date(2026, 2, 28)
    assert len(days("每月30日、31日")) == 19  # 7 × 2 + 4 + February


@pytest.mark.parametrize("text", ["", "有空的时候", "每月32日", "每月第六个周三", "每月", "每周八"])
def test_what_is_no_habit_is_said_with_examples(text):
    with pytest.raises(FieldError, match="可以写：每月15日") as error:
        rota.habit(text)

    assert error.value.field == "habit"


def test_a_holiday_is_postponed_with_the_reason_or_left_out_or_kept():
    meant = [date(2026, 10, 1), date(2026, 11, 2)]

    kept, left_out = rota.settle(meant, CALENDAR, RestDay.POSTPONE)
    assert [p.day for p in kept] == [date(2026, 10, 8), date(2026, 11, 2)]
    assert kept[0].why == "2026年10月1日为国庆节假日，顺延至2026年10月8日"
    assert (kept[0].meant, kept[1].why, left_out) == (date(2026, 10, 1), "", [])

    kept, left_out = rota.settle(meant, CALENDAR, RestDay.SKIP)
    assert ([p.day for p in kept], left_out[0].why) == (
        [date(2026, 11, 2)],
        "2026年10月1日为国庆节假日，不安排",
    )

    kept, left_out = rota.settle(meant, CALENDAR, RestDay.KEEP)
    assert [p.day for p in kept] == meant


def test_two_days_that_would_fall_on_one_are_not_planned_twice():
    kept, left_out = rota.settle(
        [date(2026, 10, 3), date(2026, 10, 4), date(2026, 10, 8)], CALENDAR, RestDay.POSTPONE
    )

    assert [p.day for p in kept] == [date(2026, 10, 8)]
    assert len(left_out) == 2
    assert "已有安排" in left_out[0].why


def test_a_rest_day_is_refused_with_the_day_to_take_instead():
    sentence = rota.refusal(date(2026, 11, 28), CALENDAR, RestDay.POSTPONE)

    assert sentence == "2026年11月28日为星期六，建议改为2026年11月30日。"
    assert rota.refusal(date(2026, 11, 28), CALENDAR, RestDay.KEEP) == ""
    assert rota.refusal(date(2026, 11, 30), CALENDAR, RestDay.SKIP) == ""


@given(
    habit=st.sampled_from(
        ["每月15日", "每周三", "每月第一个周六", "每月1日、2日、3日", "双月31日"]
    ),
    year=st.integers(2020, 2030),
)
def test_the_plan_holds_only_working_days_none_twice_and_loses_no_day_silently(habit, year):
    meant = days(habit, year)

    kept, left_out = rota.settle(meant, CALENDAR, RestDay.POSTPONE)

    assert all(CALENDAR.is_workday(planned.day) for planned in kept)
    assert len({planned.day for planned in kept}) == len(kept)
    assert sorted(p.meant for p in [*kept, *left_out]) == meant


@given(
    people=st.integers(0, 40),
    shifts=st.integers(0, 60),
    least=st.integers(1, 12),
    together=st.integers(1, 8),
)
def test_everybody_comes_as_often_as_the_others_and_at_least_so_many_times(
    people, shifts, least, together
):
    names = [f"代表{n}" for n in range(people)]

    plan = rota.spread(names, shifts, least=least, together=together)

    assert len(plan) == shifts
    assert all(len(set(came)) == len(came) for came in plan)
    times = Counter(name for came in plan for name in came)
    if people and shifts:
        counts = [times[name] for name in names]
        assert max(counts) - min(counts) <= 1
        assert min(counts) >= min(least, shifts)
        assert all(len(came) >= min(together, people) for came in plan)


def test_levels_come_in_turn():
    assert rota.mixed({"town": ["甲", "乙", "丙"], "district": ["丁"], "city": []}) == [
        "甲",
        "乙",
        "丁",
        "丙",
    ]
    assert rota.mixed({}) == []
