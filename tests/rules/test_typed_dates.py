"""Dates as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.typed_dates import parse, spoken, weekday

TODAY = date(2026, 11, 23)  # a Monday

days = st.dates(min_value=date(1980, 1, 1), max_value=date(2046, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3.5", date(2026, 3, 5)),
        ("3-5", date(2026, 3, 5)),
        ("3/5", date(2026, 3, 5)),
        ("3 5", date(2026, 3, 5)),
        ("3。5", date(2026, 3, 5)),
        ("3、5", date(2026, 3, 5)),
        ("３．５", date(2026, 3, 5)),
        ("0305", date(2026, 3, 5)),
        ("305", date(2026, 3, 5)),
        ("12.5", date(2025, 12, 5)),
        ("11.23", TODAY),
        ("11.24", date(2025, 11, 24)),
        ("20260305", date(2026, 3, 5)),
        ("260305", date(2026, 3, 5)),
        ("２０２６０３０５", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("2026.3.5", date(2026, 3, 5)),
        ("26/3/5", date(2026, 3, 5)),
        ("68.3.5", date(1968, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("２０２６年３月５日", date(2026, 3, 5)),
        ("2026 年 3 月 5 日", date(2026, 3, 5)),
        ("二〇二六年三月五日", date(2026, 3, 5)),
        ("十一月二十日", date(2026, 11, 20)),
        ("十月三十一日", date(2026, 10, 31)),
        ("3月5日", date(2026, 3, 5)),
        ("3月5号", date(2026, 3, 5)),
        ("3月5", date(2026, 3, 5)),
        ("去年3月5日", date(2025, 3, 5)),
        ("今年12月5日", date(2026, 12, 5)),
        ("明年1月1日", date(2027, 1, 1)),
        ("2026年3月5日 周四", date(2026, 3, 5)),
        ("2026年3月5日（星期四）", date(2026, 3, 5)),
        ("2026-03-05 00:00:00", date(2026, 3, 5)),
        ("今天", TODAY),
        ("今", TODAY),
        (" 昨天 ", date(2026, 11, 22)),
        ("前天", date(2026, 11, 21)),
        ("大前天", date(2026, 11, 20)),
        ("明天", date(2026, 11, 24)),
        ("后天", date(2026, 11, 25)),
        ("-1", date(2026, 11, 22)),
        ("－１", date(2026, 11, 22)),
        ("+3", date(2026, 11, 26)),
        ("3天前", date(2026, 11, 20)),
        ("3天后", date(2026, 11, 26)),
        ("十天前", date(2026, 11, 13)),
        ("周五", date(2026, 11, 20)),
        ("周一", TODAY),
        ("星期日", date(2026, 11, 22)),
        ("礼拜天", date(2026, 11, 22)),
        ("上周五", date(2026, 11, 20)),
        ("上上周五", date(2026, 11, 13)),
        ("本周五", date(2026, 11, 27)),
        ("下周一", date(2026, 11, 30)),
        ("20", date(2026, 11, 20)),
        ("20号", date(2026, 11, 20)),
        ("31", date(2026, 10, 31)),
        ("2.29", date(2024, 2, 29)),
    ],
)
def test_what_is_typed_for_a_visit_is_the_nearest_day_that_has_been(typed, meant):
    assert parse(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3.5", date(2027, 3, 5)),
        ("1205", date(2026, 12, 5)),
        ("11.23", TODAY),
        ("周五", date(2026, 11, 27)),
        ("周一", TODAY),
        ("20", date(2026, 12, 20)),
        ("2.29", date(2028, 2, 29)),
    ],
)
def test_what_is_typed_for_a_deadline_is_the_nearest_day_to_come(typed, meant):
    assert parse(typed, TODAY, ahead=True) == meant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "看不懂日期"),
        ("水管", "看不懂日期“水管”"),
        ("1.2.3.4", "看不懂"),
        ("12345", "看不懂"),
        ("3.x", "看不懂"),
        ("32", "看不懂"),
        ("2.30", "2月没有30日"),
        ("2025.2.29", "2025年2月没有29日"),
        ("13.5", "没有13月"),
        ("0.5", "没有0月"),
        ("2025-13-01", "没有13月"),
        ("1066-10-14", "1066年不对"),
        ("9999-12-31", "9999年不对"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(ValueError, match=sentence):
        parse(typed, TODAY)


@given(day=days, today=days)
def test_a_whole_date_is_read_in_every_manner_of_writing(day, today):
    written = [
        f"{day:%Y%m%d}",
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        spoken(day),
    ]

    assert {parse(text, today) for text in written} == {day}


@given(day=days, today=days)
def test_without_a_year_the_day_found_is_at_most_a_leap_cycle_away(day, today):
    text = f"{day.month}.{day.day}"

    been, to_come = parse(text, today), parse(text, today, ahead=True)

    assert been <= today <= to_come
    assert (been.month, been.day) == (to_come.month, to_come.day) == (day.month, day.day)
    assert to_come - been <= timedelta(366 * 8)


@given(text=st.text(max_size=12), today=days)
def test_any_text_is_a_date_or_a_sentence(text, today):
    sentence = ""
    try:
        found = parse(text, today)
    except ValueError as error:
        found, sentence = None, str(error)

    assert isinstance(found, date) or sentence.endswith("。")


def test_weekdays_are_named():
    assert [weekday(TODAY + timedelta(n)) for n in range(7)] == [
        "周一",
        "周二",
        "周三",
        "周四",
        "周五",
        "周六",
        "周日",
    ]
