"""The published totals of cases and registers come out of the demo office."""

from collections import Counter
from datetime import date

import pytest

from deputydesk.models.choices import StationRole
from deputydesk.models.chronicle import SupportKind
from deputydesk.models.conversion import ConversionDirection
from deputydesk.models.legislation import LegRole
from deputydesk.models.oversight import OversightState
from deputydesk.operations import (
    conversions,
    dispatches,
    leg_opinions,
    leg_people,
    leg_rounds,
    online_polls,
    oversights,
    party_support,
    petitions,
    places,
    practices,
    publicity,
    regulations,
    suggestions,
    vacancies,
)
from deputydesk.rules.dispatch_periods import DispatchKind
from deputydesk.rules.petition_flow import PetitionState
from deputydesk.rules.vacancy_flow import VacancyState

TODAY = date(2023, 12, 31)


def test_three_conversions_with_what_they_brought(demo_office):
    found = {row.subject: row for row in demo_office.ask(conversions.rows)}

    assert len(found) == 3
    wall = found["拆除长城本体及保护范围内通讯线杆"]
    assert "全部拆除" in wall.outcome
    assert found["国有土地使用权出让金征收"].recovered // 1_000_000 == 43  # 万元
    back = found["持续改善城乡人居环境"]
    assert back.direction is ConversionDirection.FROM_PROCURATORATE
    assert back.suggestion_no == 10
    assert all(row.told_on for row in found.values())


def test_legislation_counts_people_and_opinions_apart(demo_office):
    rounds = demo_office.ask(leg_rounds.rows)
    roles = Counter(role for s in demo_office.ask(places.stations) for role in s.roles)
    helpers = Counter(row.role for row in demo_office.ask(leg_people.rows))

    assert {r.topic for r in rounds} == {"再生水", "供水", "大青山", "禁牧休牧", "公交"}
    assert (roles[StationRole.LEGISLATION], roles[StationRole.COLLECTION]) == (10, 27)
    assert (helpers[LegRole.ADVISER], helpers[LegRole.LIAISON]) == (10, 20)
    assert sum(r.people for r in rounds) == 52
    assert (sum(r.opinions for r in rounds), sum(r.told for r in rounds)) == (103, 37)
    assert len(demo_office.ask(leg_opinions.rows)) == 103


def test_the_registers_hold_what_was_published(demo_office):
    [poll] = demo_office.ask(online_polls.rows)
    articles = demo_office.ask(publicity.rows)
    support = Counter(row.kind for row in demo_office.ask(party_support.rows))

    assert (poll.hits, poll.votes, len(poll.winners)) == (4_480_000, 4_330_000, 10)
    assert 40 < len(articles) < 50
    assert sum(a.level in publicity.HIGH for a in articles) == 6
    assert sum(r.holds(TODAY) for r in demo_office.ask(regulations.rows)) == 20
    assert (support[SupportKind.NOTE], support[SupportKind.GROUP]) == (25, 2)
    assert support[SupportKind.STUDY] > 10
    assert len(demo_office.ask(practices.rows)) == 11


def test_key_suggestions_are_pressed_by_their_leaders(demo_office):
    found = demo_office.ask(oversights.rows, today=TODAY)

    assert len({row.suggestion_id for row in found}) == 12
    assert all(row.state is OversightState.DONE and not row.missing for row in found)
    pressed = demo_office.ask(suggestions.rows, today=TODAY, pressed=True)
    assert len(pressed) == 12
    assert all(row.key and row.led_by for row in pressed)


def test_petitions_stand_at_every_stage(demo_office):
    found = demo_office.ask(petitions.rows)

    assert {row.state for row in found} == set(PetitionState)
    assert any(row.extended_on for row in found)


def test_one_seat_was_filled_and_one_is_vacant(demo_office):
    states = {row.state for row in demo_office.ask(vacancies.rows)}

    assert states == {VacancyState.FILLED, VacancyState.CALLED}
    assert sum(row.vacant for row in demo_office.ask(vacancies.seats)) == 1


@pytest.mark.parametrize(
    ("kind", "count"),
    [(DispatchKind.WEEK, 10), (DispatchKind.MONTH, 12), (DispatchKind.QUARTER, 4)],
)
def test_reports_of_weeks_months_and_quarters_are_kept(demo_office, kind, count):
    found = [row for row in demo_office.ask(dispatches.rows) if row.kind is kind]

    assert sorted(row.number for row in found) == list(range(1, count + 1))
    assert all(row.is_intact and row.signed_on for row in found)


def test_the_quarters_tell_one_story(demo_office):
    found = {
        row.period.name: row
        for row in demo_office.ask(dispatches.rows)
        if row.kind is DispatchKind.QUARTER
    }

    first = demo_office.ask(dispatches.kept, found["2023年第一季度"].id)
    last = demo_office.ask(dispatches.kept, found["2023年第四季度"].id)
    assert first.happened["registered"] == 181
    assert first.total.assigned == last.total.assigned == last.total.answered == 181
    assert last.total.satisfied == 181
    assert (len(last.open), last.overdue) == (0, ())
