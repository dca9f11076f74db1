"""The demo's activities, services, trainings, meetings and money give the published totals."""

from datetime import date

import pytest

from deputydesk.models.activity import ActivityKind, TrainingForm, TrainingLevel
from deputydesk.models.choices import Level
from deputydesk.operations import (
    activities,
    budgets,
    event_opinions,
    expense_rates,
    funds,
    leaves,
    meeting_attendance,
    services,
    subsidies,
    todo,
    trainings,
)
from deputydesk.operations.activities import ActivityRow
from deputydesk.operations.services import ServiceKind

YUAN = 100
HELD = {
    ActivityKind.REPORT: 22,
    ActivityKind.INSPECTION: 5,
    ActivityKind.LAW_CHECK: 8,
    ActivityKind.FOLLOW_UP: 6,
    ActivityKind.RESEARCH: 13,
    ActivityKind.COMMITTEE: 14,
    ActivityKind.INTERVIEW: 2,
}


@pytest.mark.parametrize("kind", HELD)
def test_the_published_numbers_of_supervision_come_out(demo_office, kind):
    assert len(demo_office.ask(activities.rows, kind=kind)) == HELD[kind]


def people(rows: list[ActivityRow]) -> int:
    return sum(row.people for row in rows)


def test_over_two_hundred_took_part_in_supervision(demo_office):
    found = [row for kind in HELD for row in demo_office.ask(activities.rows, kind=kind)]

    assert 200 <= people(found) < 300
    assert all(row.official for row in found if row.kind == ActivityKind.INTERVIEW)


def test_trials_law_on_order_and_the_forum_before_the_meeting_come_out(demo_office):
    trials = demo_office.ask(activities.rows, kind=ActivityKind.TRIAL)
    [forum] = demo_office.ask(activities.rows, kind=ActivityKind.PRE_MEETING)

    assert (len(trials), people(trials)) == (3, 33)
    assert len(demo_office.ask(activities.rows, kind=ActivityKind.LAW_ORDER)) == 2
    assert len(forum.topics) == 4
    assert forum.opinions == 6


def test_eleven_cadres_gave_thirty_eight_opinions(demo_office):
    [forum] = demo_office.ask(activities.rows, kind=ActivityKind.CADRE)
    said = demo_office.ask(event_opinions.rows, event_id=forum.id)

    assert (len({o.speaker for o in said}), len(said)) == (11, 38)
    assert {o.state for o in said} == {"已反馈", "待反馈", "留作参考"}


def test_services_are_counted_by_times_and_by_people(demo_office):
    found = demo_office.ask(services.rows)

    assert sum(s.times for s in found if s.kind == ServiceKind.POLICY) == 36
    assert sum(s.people for s in found if s.kind == ServiceKind.VOLUNTEER) == 214


def test_trainings_by_level_and_online_come_out(demo_office):
    found = demo_office.ask(trainings.rows)
    rooms = [t for t in found if t.form == TrainingForm.CLASSROOM]
    by_level = {
        level: sum(t.sessions for t in rooms if t.level == level) for level in TrainingLevel
    }

    assert by_level == {
        TrainingLevel.DISTRICT: 5,
        TrainingLevel.TOWN: 4,
        TrainingLevel.STREET: 10,
        TrainingLevel.HIGHER: 0,
    }
    assert sum(t.sessions for t in found if t.form == TrainingForm.ONLINE) == 62


def test_rates_and_the_special_fund_come_out_and_nothing_is_overspent(demo_office):
    today = demo_office.clock().date()
    rates = {r.level: r for r in demo_office.ask(expense_rates.rows, 2023, today)}
    [fund] = demo_office.ask(funds.rows, 2023)

    assert rates[Level.DISTRICT].per_head == 2500 * YUAN
    assert rates[Level.TOWN].per_head == 2000 * YUAN
    assert rates[Level.DISTRICT].budget == 2500 * YUAN * rates[Level.DISTRICT].heads
    assert fund.amount == 107 * 10_000 * YUAN
    for year in (2022, 2023):
        assert all(b.left >= 0 for b in demo_office.ask(budgets.rows, year, today))
    assert sum(r.amount for r in demo_office.ask(subsidies.rows, 2023)) > 0


def test_meetings_leave_and_reminders_are_there(demo_office):
    today = demo_office.clock().date()
    met = demo_office.ask(meeting_attendance.rows)
    tags = [t.tag for t in demo_office.ask(todo.todos, today)]

    assert [len(m.attendees) > 130 for m in met] == [True, True]
    assert demo_office.ask(meeting_attendance.unexcused) == []
    assert {x.approval.label for x in demo_office.ask(leaves.rows)} == {"同意", "待审批"}
    assert "本季未活动" in tags
    assert "待审批" in tags
    assert demo_office.ask(trainings.untrained, date(2023, 1, 1), today)
