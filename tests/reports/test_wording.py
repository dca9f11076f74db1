"""Words on paper: dates without zeros, shares with one decimal, notes on persons."""

from datetime import date, datetime

import pytest

from deputydesk.reports import wording


def test_dates_are_written_without_zeros():
    assert wording.date_text(date(2026, 9, 8)) == "2026年9月8日"
    assert wording.month_text(date(1984, 5, 1)) == "1984年5月"
    assert wording.month_text(None) == ""
    assert wording.short_date(date(2026, 9, 8)) == "09-08"
    assert wording.short_date(date(2026, 9, 8), with_year=True) == "2026-09-08"
    assert wording.short_date(None) == ""
    assert wording.date_text(None).split() == ["年", "月", "日"]


def test_a_period_says_the_year_again_only_when_it_changes():
    assert wording.period_text(date(2026, 1, 1), date(2026, 9, 30)) == "2026年1月1日—9月30日"
    assert wording.period_text(date(2025, 12, 1), date(2026, 1, 5)) == "2025年12月1日—2026年1月5日"


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (datetime(2026, 9, 10, 9, 5), datetime(2026, 9, 10, 11, 30), "2026年9月10日 9:05—11:30"),
        (datetime(2026, 9, 10, 9, 5), None, "2026年9月10日 9:05"),
        (datetime(2026, 9, 10), None, "2026年9月10日"),
    ],
)
def test_the_time_of_a_visit(begins, ends, words):
    assert wording.time_text(begins, ends) == words


def test_shares_keep_one_decimal():
    assert wording.percent(398, 423) == "94.1%"
    assert wording.percent(5, 5) == "100%"
    assert wording.percent(0, 0) == "—"


@pytest.mark.parametrize(
    ("sex", "ethnic", "notes"),
    [
        ("女", "蒙古族", "（女，蒙古族）"),
        ("女", "汉族", "（女）"),
        ("男", "蒙古族", "（蒙古族）"),
        ("男", "汉族", ""),
        ("", "", ""),
    ],
)
def test_only_the_unusual_is_noted_of_a_person(sex, ethnic, notes):
    assert wording.person_notes(sex, ethnic) == notes
