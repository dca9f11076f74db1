"""What the demo shows of its homes: supervisors, checklists, the plan, both ways of 双联系."""

from datetime import date

import pytest

from deputydesk.models.home_check import ShiftState
from deputydesk.operations import (
    home_checks,
    links,
    rota_coverage,
    rotas,
    supervisor_remarks,
    supervisors,
    todo,
)

YEAR = (date(2023, 1, 1), date(2023, 12, 31))


@pytest.fixture
def today(demo_office):
    return demo_office.clock().date()


def test_every_home_has_two_or_three_supervisors(demo_office, today):
    assert len(demo_office.ask(supervisors.rows)) == 69
    assert demo_office.ask(supervisors.warnings, today) == []
    assert [r.is_open for r in demo_office.ask(supervisor_remarks.rows)] == [True, False, False]


def test_all_homes_are_checked_and_some_lack_an_item(demo_office, today):
    states = demo_office.ask(home_checks.states, today)

    assert len(states) == 27
    assert not any(state.unchecked for state in states)
    assert sum(bool(state.missing) for state in states) == 7


def test_the_year_was_planned_and_held_and_the_next_is_planned(demo_office, today):
    rows = demo_office.ask(rotas.rows, today, year=2023)
    ahead = demo_office.ask(rotas.rows, today, year=2024)

    states = [row.state for row in rows]
    assert (states.count(ShiftState.MISSED), states.count(ShiftState.CANCELLED)) == (1, 1)
    assert states.count(ShiftState.HELD) == len(rows) - 2 == 81
    assert all(row.deputies for row in ahead)
    assert any(row.moved_from for row in ahead)
    done = demo_office.ask(rota_coverage.homes_done, *YEAR, today)
    assert sum(line.held for line in done) == 81
    came = demo_office.ask(rota_coverage.deputies_came, *YEAR, today)
    assert len(came) == 252


def test_todays_list_says_who_comes_these_days(demo_office, today):
    texts = [entry.text for entry in demo_office.ask(todo.todos, today)]

    assert any(text.startswith("代表进家：1月3日") for text in texts)


def test_both_directions_of_contact_are_shown_and_one_member_has_not_begun(demo_office):
    members = demo_office.ask(links.by_member, *YEAR)
    deputies = demo_office.ask(links.by_deputy, *YEAR)

    assert [m.id for m in members if not m.deputies] == ["段文斌"]
    assert {len(m.deputies) for m in members if m.deputies} == {12}
    assert links.contacted(deputies).numerator == 120
    assert links.meeting_voters(deputies).numerator > 100
