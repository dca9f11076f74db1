import json
from datetime import date, timedelta

import pytest

from deputydesk.errors import UserError
from deputydesk.rules.calendar import Calendar

TABLE = {
    "version": "1",
    "from": "2027-01-01",
    "until": "2027-12-31",
    "holidays": [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"}],
    "workdays": ["2027-01-09"],
}


def stretch(first: str, last: str, name: object = "元旦"):
    return [{"name": name, "first": first, "last": last}]


@pytest.fixture(scope="module")
def calendar():
    return Calendar.load()


def test_the_program_brings_a_table_to_the_end_of_2026(calendar):
    assert calendar.known_from <= date(2022, 1, 1)
    assert calendar.known_until == date(2026, 12, 31)
    assert calendar.version == "2026.1"
    assert {day.year for day in calendar.holidays} >= set(range(2022, 2027))


DAYS = (
    ("2026-10-01", False, "国庆节假日"),
    ("2026-02-17", False, "春节假日"),
    ("2026-02-28", True, "调休上班日"),
    ("2026-01-04", True, "调休上班日"),
    ("2026-09-26", False, "中秋节假日"),
    ("2026-07-04", False, "星期六"),
    ("2026-07-06", True, "星期一"),
    ("2022-01-29", True, "调休上班日"),
    ("2025-10-06", False, "中秋节假日"),
)


@pytest.mark.parametrize(("day", "works", "what"), DAYS)
def test_each_day_is_worked_or_not_and_says_why(calendar, day, works, what):
    assert calendar.is_workday(date.fromisoformat(day)) is works
    assert calendar.describe(date.fromisoformat(day)) == what


def test_every_moved_workday_is_a_weekend_day_and_no_holiday(calendar):
    assert all(day.weekday() >= 5 for day in calendar.workdays)
    assert not calendar.workdays & calendar.holidays.keys()
    assert all(calendar.is_moved_workday(day) for day in calendar.workdays)
    assert not calendar.is_moved_workday(date(2026, 7, 6))


def test_offices_work_about_250_days_a_year(calendar):
    for year in range(calendar.known_from.year, 2027):
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
        assert 245 <= sum(map(calendar.is_workday, days)) <= 252


def test_beyond_the_table_only_weekends_are_known(calendar):
    assert not calendar.is_known(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 1))
    assert calendar.next_workday(date(2027, 1, 2)) == date(2027, 1, 4)


def test_a_newer_table_is_taken_from_a_file(tmp_path):
    file = tmp_path / "新表.json"
    file.write_text(json.dumps(TABLE), encoding="utf-8-sig")

    calendar = Calendar.load(file)

    assert calendar.known_until == date(2027, 12, 31)
    assert calendar.next_workday(date(2027, 1, 1)) == date(2027, 1, 4)
    assert calendar.is_workday(date(2027, 1, 9))


DAMAGES = (
    {"from": "2027年1月1日"},
    {"until": 2027},
    {"version": None},
    {"holidays": []},
    {"holidays": {}},
    {"holidays": ["2027-01-01"]},
    {"holidays": [{"name": "元旦", "first": "2027-01-01"}]},
    {"holidays": stretch("2027-01-03", "2027-01-01")},
    {"holidays": stretch("2026-12-31", "2027-01-01")},
    {"holidays": stretch("2027-01-01", "2027-12-31")},
    {"holidays": stretch("2027-12-31", "2028-01-01")},
    {"holidays": stretch("2027-01-01", "2027-01-09")},
    {"holidays": stretch("2027-02-29", "2027-02-29")},
    {"holidays": stretch("2027-01-01", "2027-01-03", 5)},
    {"workdays": None},
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_table_that_makes_no_sense_is_refused_by_name(tmp_path, damage):
    file = tmp_path / "新表.json"
    file.write_text(json.dumps(TABLE | damage), encoding="utf-8")

    with pytest.raises(UserError, match=r"“新表\.json”不是节假日表"):
        Calendar.load(file)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe\x00", b"PK\x03\x04", b"{}"])
def test_another_file_is_refused(tmp_path, content):
    file = tmp_path / "名册.xlsx"
    file.write_bytes(content)

    with pytest.raises(UserError, match="不是节假日表"):
        Calendar.load(file)


def test_a_file_that_is_gone_is_said_to_be_gone(tmp_path):
    with pytest.raises(UserError, match=r"读不到节假日表“没有\.json”"):
        Calendar.load(tmp_path / "没有.json")
