from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.oversight import OversightKind, OversightState
from deputydesk.operations import local_rules, oversights, suggestions, todo
from tests import make
from tests.operations.case import Case

FIVE = ("一个督办方案", "一个工作专班", "一次联合调研", "一次面商会", "一份督办报告")


def press(office, case, **given):
    return office.do(
        oversights.save,
        **{
            "suggestion_id": case.id,
            "kind": OversightKind.CONGRESS,
            "started_on": date(2026, 3, 10),
            "congress_leader": "王主席",
            "due_on": date(2026, 11, 20),
        }
        | given,
    )


def row_of(office):
    [row] = office.ask(oversights.rows, today=make.TODAY)
    return row


def test_pressing_marks_the_suggestion_and_nothing_else_does(office):
    case = Case.handled(office)

    press(office, case, government_leader="李镇长", plan="每月听取一次汇报")
    press(office, case, kind=OversightKind.KEY, congress_leader="", due_on=None)

    assert (case.row.key, case.row.led_by) == (True, "王主席、李镇长")
    assert len(office.ask(suggestions.rows, today=make.TODAY, pressed=True)) == 1
    key, led = office.ask(oversights.rows, today=make.TODAY, year=2026)
    assert (led.number, led.unit, led.leaders) == (1, "区交通运输局", "王主席、李镇长")
    assert (led.is_late, key.is_late) == (True, False)
    assert office.ask(oversights.rows, today=make.TODAY, year=2025) == []
    assert len(office.ask(oversights.rows, today=make.TODAY, suggestion_id=case.id)) == 2


def test_a_record_that_moves_to_another_suggestion_takes_the_marks_along(office):
    case = Case.handled(office)
    other = case.another()
    made = press(office, case)

    press(office, other, record_id=made)

    assert (case.row.led_by, other.row.led_by) == ("", "王主席")


def test_the_steps_are_those_of_the_place_on_the_day_it_began(office):
    case = Case.handled(office)
    press(office, case, steps=FIVE[:2])
    assert row_of(office).wanted == FIVE
    assert (row_of(office).done, row_of(office).missing) == ("2/5", FIVE[2:])

    office.do(
        local_rules.adopt,
        kind="oversight_steps",
        name="三个一",
        valid_from=date(2026, 3, 1),
        rule={"steps": ["一个督办方案", "一次视察", "一份报告"]},
    )

    assert (row_of(office).done, row_of(office).missing) == ("1/3", ("一次视察", "一份报告"))


def test_visits_belong_to_it(office):
    made = press(office, Case.handled(office))
    for day in (date(2026, 5, 1), date(2026, 4, 1)):
        office.do(
            oversights.save_visit,
            oversight_id=made,
            held_on=day,
            form="现场督办",
            content="查看滨河路工地",
        )
    with pytest.raises(FieldError, match="日期不能早于开始日期"):
        office.do(
            oversights.save_visit, oversight_id=made, held_on=date(2026, 3, 1), content="早了"
        )

    assert [v.held_on.month for v in row_of(office).visits] == [4, 5]
    assert [v.held_on.month for v in office.ask(oversights.visits, year=2026)] == [5, 4]
    assert office.ask(oversights.visits)[0].subject == "关于打通断头路的建议"
    assert office.ask(oversights.visits, year=2025) == []


def test_it_ends_with_a_result_and_may_be_taken_up_again(office):
    made = press(office, Case.handled(office))
    [line] = [t for t in office.ask(todo.todos, make.TODAY) if t.table == "oversight"]
    assert (line.tag, line.text) == ("逾期 3 天", "领衔督办：关于打通断头路的建议")
    with pytest.raises(FieldError, match="请填写督办结果"):
        office.do(oversights.finish, oversight_id=made, result="")
    with pytest.raises(FieldError, match="请选择办结或者转下年"):
        office.do(oversights.finish, oversight_id=made, result="x", state=OversightState.OPEN)
    with pytest.raises(UserError, match="还没有办结"):
        office.do(oversights.reopen, oversight_id=made)

    office.do(oversights.finish, oversight_id=made, result="路已打通")

    assert (row_of(office).state, row_of(office).ended_on) == (OversightState.DONE, make.TODAY)
    assert [t for t in office.ask(todo.todos, make.TODAY) if t.table == "oversight"] == []
    with pytest.raises(UserError, match="这项督办已办结"):
        office.do(oversights.finish, oversight_id=made, result="x")
    office.do(oversights.reopen, oversight_id=made)
    assert row_of(office).state is OversightState.OPEN


def test_a_leader_is_named_and_a_suggestion_is_pressed_once_in_each_way(office):
    case = Case.handled(office)
    with pytest.raises(FieldError, match="请填写人大领导"):
        press(office, case, congress_leader=" ")
    with pytest.raises(FieldError, match="请填写政府领导"):
        press(office, case, kind=OversightKind.GOVERNMENT)
    press(office, case)
    with pytest.raises(FieldError, match="建议第1号已登记“人大领导领衔督办”"):
        press(office, case)
    with pytest.raises(FieldError, match="完成时限不能早于开始日期"):
        press(office, case, kind=OversightKind.KEY, due_on=date(2026, 3, 1))


def test_what_is_removed_takes_its_visits_and_marks_and_comes_back(office):
    case = Case.handled(office)
    other = case.another()
    first, second = press(office, case), press(office, other)
    office.do(
        oversights.save_visit, oversight_id=first, held_on=date(2026, 5, 1), content="查看工地"
    )

    office.do(oversights.remove, ids=(first, second))
    assert (case.row.led_by, office.ask(oversights.visits)) == ("", [])

    assert office.undo().about == "2条"
    assert case.row.led_by == "王主席"
    assert len(office.ask(oversights.visits)) == 1
