from collections import Counter
from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models.choices import HomeLevel, Level
from deputydesk.operations import deputies, rota_plans, rotas
from tests import make


@pytest.fixture
def home(office):
    return make.home(office)


def make_plan(office, *homes, year=2026, habit_text="每月15日", **more):
    return office.do(rota_plans.make, year=year, home_ids=homes, habit_text=habit_text, **more)


def listed(office):
    return office.ask(rotas.rows, make.TODAY, year=2026)


def test_a_year_is_planned_on_working_days_with_everybody_in_turn(office, home):
    for name in ("王伟", "高娃", "丁一", "丁二", "丁三"):
        make.deputy(office, name=name, home_id=home)

    report = make_plan(office, home, least_times=3, slot=" 上午 ", topic="接待选民")

    rows = listed(office)
    assert report.planned == len(rows) == 12
    assert rows[1].planned_on == date(2026, 2, 24)  # the fifteenth lies in the spring festival
    assert rows[1].moved_from == date(2026, 2, 15)
    assert "春节假日，顺延至2026年2月24日" in rows[1].moved_why
    assert (rows[0].slot, rows[0].topic) == ("上午", "接待选民")
    times = Counter(name for row in rows for name in row.deputies)
    assert set(times.values()) <= {4, 5}
    assert report.text.startswith("排出12天。顺延")
    assert office.undo().about == "2026年1家"
    assert listed(office) == []


def test_levels_are_mixed_on_a_day(office, home):
    for n, level in enumerate((Level.TOWN, Level.TOWN, Level.DISTRICT, Level.DISTRICT)):
        make.deputy(office, name=f"代表{n}", level=level, home_id=home)

    make_plan(office, home, together=2)

    assert all(set(row.levels) == {Level.TOWN, Level.DISTRICT} for row in listed(office))


def test_what_is_planned_already_stays_and_a_home_without_deputies_is_named(office, home):
    deputy = make.deputy(office, home_id=home)
    empty = make.home(office, name="新家", level=HomeLevel.VILLAGE)
    office.do(
        rotas.save, planned_on=date(2026, 1, 15), home_id=home, deputy_ids=(deputy,), topic="先排"
    )

    first = make_plan(office, home, empty)
    second = make_plan(office, home)

    assert (first.planned, first.without_deputies, second.planned) == (11, ("新家",), 0)
    assert "新家没有代表" in first.text
    assert listed(office)[0].topic == "先排"


def test_days_before_a_day_are_left_out_and_what_falls_together_is_said(office, home):
    make.deputy(office, home_id=home)

    report = make_plan(office, home, habit_text="每月1日、2日", from_on=date(2026, 10, 1))

    assert listed(office)[0].planned_on == date(2026, 10, 8)
    assert any("已有安排" in why for why in report.left_out)
    assert "没有排" in report.text


def test_only_deputies_in_office_all_the_time_are_planned(office, home):
    make.deputy(office, name="王伟", home_id=home)
    suspended = make.deputy(office, name="高娃", home_id=home)
    office.do(deputies.set_suspended, mandate_id=suspended, suspended=True)
    office.do(
        deputies.add, name="丁一", level=Level.TOWN, home_id=home, started_on=date(2026, 6, 1)
    )

    make_plan(office, home)

    assert {name for row in listed(office) for name in row.deputies} == {"王伟"}


def test_a_year_whose_holidays_are_not_known_yet_is_planned_and_said_to_be_provisional(
    office, home
):
    make.deputy(office, home_id=home)

    assert "节假日表只到2026年12月31日" in make_plan(office, home, year=2027).text
    assert "节假日表" not in make_plan(office, home).text


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"habit_text": "有空"}, "habit_text", "看不懂“有空”"),
        ({"year": 26}, "year", "四位的年份"),
        ({"least_times": 0}, "least_times", "至少为1"),
        ({"together": 0}, "together", "至少为1"),
        ({"from_on": date(2027, 1, 1)}, "habit_text", "没有可以安排的日子"),
    ],
)
def test_a_plan_that_cannot_be_made_says_why(office, home, wrong, field, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        make_plan(office, home, **wrong)

    assert error.value.field == field


def test_a_plan_needs_a_home(office):
    with pytest.raises(FieldError, match="请选择代表之家"):
        make_plan(office)
