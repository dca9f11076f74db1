from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import Level
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import local_rules, rota_visits, rotas, visits
from tests import make

MONDAY = date(2026, 11, 30)


@pytest.fixture
def home(office):
    return make.home(office)


def plan(office, home, *deputies, day=MONDAY, **more):
    return office.do(rotas.save, planned_on=day, home_id=home, deputy_ids=tuple(deputies), **more)


def listed(office, **which):
    return office.ask(rotas.rows, make.TODAY, **which)


def test_a_day_is_planned_with_who_is_to_come_and_when_it_must_be_announced(office, home):
    first = make.deputy(office, name="王伟", level=Level.DISTRICT)
    second = make.deputy(office, name="高娃")

    shift = plan(office, home, first, second, slot="上午", topic="供水")

    [row] = listed(office, year=2026)
    assert (row.id, row.day, row.home) == (shift, "2026-11-30 周一", "五当召镇人大代表之家")
    assert (row.deputies, row.levels) == (("王伟", "高娃"), (Level.DISTRICT, Level.TOWN))
    assert (row.announce_by, row.state) == (date(2026, 11, 27), ShiftState.PLANNED)
    assert listed(office, year=2025) == []
    assert listed(office, home_id="x") == []
    assert len(listed(office, first=MONDAY, last=MONDAY, ids=[shift])) == 1
    assert office.undo().about == "11月30日 五当召镇人大代表之家"


def test_a_plan_is_changed_but_its_day_only_with_a_reason(office, home):
    first, second = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")
    shift = plan(office, home, first)

    plan(office, home, second, record_id=shift, topic="路灯")

    [row] = listed(office)
    assert (row.deputies, row.topic) == (("高娃",), "路灯")
    with pytest.raises(FieldError, match="改日期请用“改期”"):
        plan(office, home, second, record_id=shift, day=date(2026, 12, 1))


def test_a_holiday_gets_a_sentence_with_the_working_day_to_take(office, home):
    with pytest.raises(
        FieldError, match="2026年10月1日为国庆节假日，建议改为2026年10月8日"
    ) as error:
        plan(office, home, day=date(2026, 10, 1))

    assert error.value.field == "planned_on"
    assert listed(office) == []


def test_an_office_that_receives_on_rest_days_says_so_in_its_rule(office, home):
    usual = office.ask(local_rules.current, rotas.DUTY, make.TODAY).rule
    office.do(
        local_rules.adopt,
        kind=rotas.DUTY,
        name="周末接待",
        valid_from=date(2026, 1, 1),
        rule={**usual, "rest_day": "keep", "announce_days": 5},
    )

    plan(office, home, day=date(2026, 11, 28))

    assert listed(office)[0].announce_by == date(2026, 11, 23)


def test_a_home_has_one_plan_for_a_day_unless_that_was_cancelled(office, home):
    shift = plan(office, home)
    with pytest.raises(FieldError, match="五当召镇人大代表之家2026年11月30日已有安排"):
        plan(office, home)

    office.do(rotas.cancel, shift_id=shift, moved_why="会议冲突")
    plan(office, home)

    assert [row.state for row in listed(office)] == [ShiftState.CANCELLED, ShiftState.PLANNED]
    assert listed(office)[0].moved_why == "会议冲突"


def test_a_moved_day_keeps_the_first_day_and_all_reasons_and_is_announced_anew(office, home):
    shift = plan(office, home)
    office.do(rotas.announce, shift_id=shift, announced_on=date(2026, 11, 25))

    office.do(rotas.move, shift_id=shift, planned_on=date(2026, 12, 1), moved_why="大雪")
    office.do(rotas.move, shift_id=shift, planned_on=date(2026, 12, 2), moved_why="停电")

    [row] = listed(office)
    assert (row.planned_on, row.moved_from) == (date(2026, 12, 2), MONDAY)
    assert (row.moved_why, row.announced_on) == ("大雪；停电", None)


@pytest.mark.parametrize(
    ("day", "why", "sentence"),
    [
        (MONDAY, "大雪", "与原来的日期相同"),
        (date(2026, 12, 5), "大雪", "建议改为2026年12月7日"),
        (date(2026, 12, 1), " ", "请填写调整原因"),
    ],
)
def test_a_move_that_cannot_be_is_refused(office, home, day, why, sentence):
    shift = plan(office, home)

    with pytest.raises(FieldError, match=sentence):
        office.do(rotas.move, shift_id=shift, planned_on=day, moved_why=why)

    assert listed(office)[0].moved_from is None


def test_a_late_announcement_is_kept_and_marked_and_one_after_the_day_refused(office, home):
    shift = plan(office, home)
    office.do(rotas.announce, shift_id=shift, announced_on=date(2026, 11, 27))
    assert not listed(office)[0].announced_late

    office.do(rotas.announce, shift_id=shift, announced_on=date(2026, 11, 28))
    assert listed(office)[0].announced_late
    with pytest.raises(FieldError, match="不能晚于接待日期（2026年11月30日）"):
        office.do(rotas.announce, shift_id=shift, announced_on=date(2026, 12, 1))


def test_a_past_day_without_a_visit_shows_as_missed_and_one_with_a_visit_is_closed(office, home):
    deputy = make.deputy(office)
    shift = plan(office, home, deputy, day=date(2026, 11, 20))
    assert listed(office)[0].state == ShiftState.MISSED

    visit = office.do(rota_visits.hold, shift_id=shift, deputy_ids=(deputy,))
    assert listed(office)[0].state == ShiftState.HELD
    with pytest.raises(UserError, match="已经登记了进家活动"):
        office.do(rotas.cancel, shift_id=shift, moved_why="错")

    office.do(visits.delete, visit_id=visit)
    assert listed(office)[0].state == ShiftState.MISSED


def test_a_removed_day_takes_its_people_with_it_and_comes_back_with_them(office, home):
    shift = plan(office, home, make.deputy(office))

    office.do(rotas.remove, ids=(shift,))
    assert listed(office) == []

    office.undo()
    assert listed(office)[0].deputies == ("王伟",)
