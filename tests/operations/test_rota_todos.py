from datetime import date

from deputydesk.operations import local_rules, rota_todos, rota_visits, rotas, todo
from tests import make


def plan(office, home, *deputies, day):
    return office.do(rotas.save, planned_on=day, home_id=home, deputy_ids=tuple(deputies))


def listed(office):
    return [(t.tag, t.text) for t in office.ask(rota_todos.todos, make.TODAY)]


def test_a_day_is_to_be_announced_and_then_who_comes_is_reminded_of(office):
    home, deputy = make.home(office), make.deputy(office)
    shift = plan(office, home, deputy, day=date(2026, 11, 26))

    assert listed(office) == [
        ("今天到期", "公告接待日：11月26日五当召镇人大代表之家"),
        ("剩 3 天", "代表进家：11月26日五当召镇人大代表之家（王伟）"),
    ]

    office.do(rotas.announce, shift_id=shift, announced_on=make.TODAY)
    assert [tag for tag, _ in listed(office)] == ["剩 3 天"]
    assert "剩 3 天" in [t.tag for t in office.ask(todo.todos, make.TODAY)]


def test_a_missed_day_is_reminded_of_until_it_is_registered_or_explained(office):
    home, deputy = make.home(office), make.deputy(office)
    explained = plan(office, home, deputy, day=date(2026, 11, 18))
    held = plan(office, home, deputy, day=date(2026, 11, 20))
    assert listed(office) == [
        ("未开展", "11月18日五当召镇人大代表之家没有登记活动，请补登或写明原因"),
        ("未开展", "11月20日五当召镇人大代表之家没有登记活动，请补登或写明原因"),
    ]

    office.do(rota_visits.miss, shift_id=explained, moved_why="停电")
    office.do(rota_visits.hold, shift_id=held, deputy_ids=(deputy,))

    assert listed(office) == []


def test_many_homes_of_one_day_have_one_line(office):
    for n in range(3):
        plan(office, make.home(office, name=f"第{n}家"), day=date(2026, 11, 30))

    assert listed(office) == [("剩 4 天", "公告接待日：11月30日3家代表之家")]


def test_days_far_ahead_and_long_past_are_not_reminded_of(office):
    home = make.home(office)
    plan(office, home, day=date(2026, 12, 15))
    plan(office, home, day=date(2026, 9, 1))

    assert listed(office) == []


def test_a_planned_day_that_became_a_rest_day_is_to_be_moved(office):
    home = make.home(office)
    usual = office.ask(local_rules.current, rotas.DUTY, make.TODAY).rule
    for name, since, rest_day in (
        ("照常", date(2026, 1, 1), "keep"),
        ("顺延", make.TODAY, "postpone"),
    ):
        if rest_day == "postpone":
            plan(office, home, day=date(2026, 11, 28))
        office.do(
            local_rules.adopt,
            kind=rotas.DUTY,
            name=name,
            valid_from=since,
            rule={**usual, "rest_day": rest_day},
        )

    assert listed(office)[0] == (
        "休息日",
        "改期：11月28日五当召镇人大代表之家，2026年11月28日为星期六，建议改为2026年11月30日",
    )
