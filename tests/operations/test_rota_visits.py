from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models import RotaShift
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import VisitKind
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import attendances, rota_visits, rotas, visits
from tests import make

DAY = date(2026, 11, 20)


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def people(office):
    return tuple(make.deputy(office, name=name) for name in ("王伟", "高娃", "丁一"))


@pytest.fixture
def shift(office, home, people):
    return office.do(
        rotas.save,
        planned_on=DAY,
        home_id=home,
        deputy_ids=people[:2],
        slot="上午",
        topic="供水",
    )


def row(office):
    return office.ask(rotas.rows, make.TODAY)[0]


def presence(office, shift):
    found = office.ask(attendances.rows, RotaShift, [shift])[shift]
    return {line.name: line.presence for line in found}


def test_a_visit_begins_with_what_was_planned(office, home, people, shift):
    start = office.ask(rota_visits.start, shift)

    assert (start.held_on, start.home_id, start.home) == (DAY, home, "五当召镇人大代表之家")
    assert (start.deputy_ids, start.slot, start.topic) == (people[:2], "上午", "供水")


def test_one_step_registers_the_visit_and_who_of_those_expected_came(office, people, shift):
    visit = office.do(
        rota_visits.hold, shift_id=shift, deputy_ids=(people[0], people[2]), received=4
    )

    [held] = office.ask(visits.rows)
    assert (held.id, held.held_on, held.deputies, held.received) == (
        visit,
        DAY,
        ("王伟", "丁一"),
        4,
    )
    assert (row(office).state, row(office).visit_id) == (ShiftState.HELD, visit)
    assert presence(office, shift) == {"王伟": Presence.PRESENT, "高娃": Presence.ABSENT}
    with pytest.raises(UserError, match="已经登记过了"):
        office.do(rota_visits.hold, shift_id=shift, deputy_ids=people)


def test_who_asked_for_leave_stays_excused(office, people, shift):
    [asked] = [
        line
        for line in office.ask(attendances.rows, RotaShift, [shift])[shift]
        if line.name == "高娃"
    ]
    office.do(attendances.mark, attendance_id=asked.id, presence=Presence.LEAVE)

    office.do(rota_visits.hold, shift_id=shift, deputy_ids=people[:1])

    assert presence(office, shift)["高娃"] == Presence.LEAVE


def test_a_day_on_which_nothing_was_held_is_missed_with_the_reason(office, shift):
    office.do(rota_visits.miss, shift_id=shift, moved_why="停电")

    assert (row(office).state, row(office).explained, row(office).moved_why) == (
        ShiftState.MISSED,
        True,
        "停电",
    )
    assert set(presence(office, shift).values()) == {Presence.ABSENT}


def test_a_day_to_come_is_not_missed_and_a_cancelled_one_not_held(office, home, people):
    later = office.do(rotas.save, planned_on=date(2026, 11, 30), home_id=home)
    with pytest.raises(UserError, match="还没有到"):
        office.do(rota_visits.miss, shift_id=later, moved_why="忙")
    with pytest.raises(FieldError, match="不能晚于今天"):
        office.do(rota_visits.hold, shift_id=later, deputy_ids=people)

    office.do(rotas.cancel, shift_id=later, moved_why="会议")
    with pytest.raises(UserError, match="已取消"):
        office.do(rota_visits.hold, shift_id=later, deputy_ids=people)


def test_what_is_held_on_a_planned_day_is_held_at_the_home(office, people, shift):
    with pytest.raises(FieldError, match="在代表之家的活动"):
        office.do(rota_visits.hold, shift_id=shift, deputy_ids=people, kind=VisitKind.LINK_VOTERS)


def test_visits_registered_without_the_plan_find_their_days(office, home, people, shift):
    make.visit(office, home, people[0], held_on=DAY)
    make.visit(office, home, people[0], held_on=date(2026, 11, 19))

    assert office.do(rota_visits.match) == 1
    assert office.do(rota_visits.match) == 0

    assert row(office).state == ShiftState.HELD
    assert presence(office, shift) == {"王伟": Presence.PRESENT, "高娃": Presence.ABSENT}
