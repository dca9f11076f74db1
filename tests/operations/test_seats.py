"""A person is counted once, whatever seats were held in the period."""

from datetime import date

import pytest

from deputydesk.models.choices import EndReason, Level, VisitKind
from deputydesk.operations import (
    deputies,
    figures,
    links,
    point_tally,
    rota_coverage,
    seats,
    trainings,
    visits,
)
from tests import make

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def again(office, seat, *, ended, began, level=Level.TOWN):
    """The person's seat ends, and a new one begins."""
    office.do(deputies.end_mandate, mandate_id=seat, ended_on=ended, reason=EndReason.OTHER)
    person = office.ask(deputies.one, seat).person_id
    return office.do(deputies.add_mandate, person_id=person, level=level, started_on=began)


@pytest.fixture
def reelected(office):
    """A deputy of two terms, who came in the first; another who never came."""
    first = make.deputy(office)
    never = make.deputy(office, name="李静")
    office.do(visits.register, held_on=date(2026, 2, 3), deputy_ids=(first,), **at_home(office))
    second = again(office, first, ended=date(2026, 5, 1), began=date(2026, 5, 2))
    return first, second, never


def at_home(office):
    return {"home_id": make.home(office)}


def coverage(
    office,
    ident="coverage.at_home",
    first: date | None = YEAR[0],
    last: date | None = YEAR[1],
):
    [found] = office.ask(figures.figures, first=first, last=last, ids=(ident,))
    return found.numerator, found.denominator


def test_who_sat_in_two_terms_is_covered_once_by_what_was_done_in_either(office, reelected):
    _, second, never = reelected

    assert coverage(office) == (1, 2)
    rows = office.ask(figures.rows_of, "coverage.at_home", first=YEAR[0], last=YEAR[1])
    assert [row.id for row in rows] == [second]
    assert office.ask(visits.unvisited, *YEAR) == [never]
    assert set(office.ask(trainings.untrained, *YEAR)) == {second, never}
    came = office.ask(rota_coverage.deputies_came, *YEAR, make.TODAY)
    assert [(row.id, row.came) for row in came] == [(never, 0), (second, 1)]


def test_each_half_of_the_year_knows_the_person_by_the_seat_of_then(office, reelected):
    first, second, never = reelected

    assert set(office.ask(visits.unvisited, date(2026, 5, 2), YEAR[1])) == {second, never}
    assert office.ask(visits.unvisited, date(2026, 1, 1), date(2026, 4, 30)) == [never]
    assert coverage(office, last=date(2026, 4, 30)) == (1, 2)
    rows = office.ask(figures.rows_of, "coverage.at_home", first=YEAR[0], last=date(2026, 4, 30))
    assert [row.id for row in rows] == [first]


def test_duty_done_by_the_second_seat_is_the_persons(office):
    main = make.deputy(office, level=Level.DISTRICT)
    person = office.ask(deputies.one, main).person_id
    other = office.do(deputies.add_mandate, person_id=person, level=Level.TOWN)
    office.do(
        visits.register,
        held_on=date(2026, 3, 4),
        kind=VisitKind.LINK_VOTERS,
        deputy_ids=(other,),
        received=3,
        place="东街",
    )

    assert coverage(office, "coverage.link") == (1, 1)
    [row] = office.ask(links.by_deputy, *YEAR)
    assert (row.id, row.met) == (main, 1)


def test_seats_begun_on_one_day_or_on_none_still_count_the_person_once(office):
    first = make.deputy(office)
    again(office, first, ended=date(2026, 5, 1), began=None)
    other = make.deputy(office, name="李静")
    again(office, other, ended=date(2026, 5, 1), began=date(2026, 5, 1))

    assert coverage(office)[1] == 2
    assert coverage(office, first=None)[1] == 2
    assert coverage(office, last=None)[1] == 2
    assert coverage(office, first=None, last=None)[1] == 2


def test_comparing_deputies_names_a_person_once(office, reelected):
    parts = office.ask(
        figures.compare,
        "opinions.heard",
        by=figures.Dimension.DEPUTY,
        first=YEAR[0],
        last=YEAR[1],
        empty=True,
    )

    assert {part.key for part in parts} == {reelected[1], reelected[2]}


def test_a_seat_knows_its_person(office, reelected):
    first, second, never = reelected

    people = office.ask(seats.people_of)

    assert people[first] == people[second] != people[never]


def test_years_before_a_second_seat_know_the_person_by_the_first(office):
    town = office.do(deputies.add, name="王伟", level=Level.TOWN, started_on=date(2021, 1, 1))
    person = office.ask(deputies.one, town).person_id
    district = office.do(
        deputies.add_mandate, person_id=person, level=Level.DISTRICT, started_on=date(2026, 3, 1)
    )
    ended = date(2026, 6, 30)
    office.do(deputies.end_mandate, mandate_id=town, ended_on=ended, reason=EndReason.MOVED)

    def standing(last):
        found = office.ask(point_tally.people, last).deputies
        return {seat: one.share(last.replace(day=1), last) for seat, one in found.items()}

    assert office.ask(visits.unvisited, date(2024, 1, 1), date(2024, 12, 31)) == [town]
    assert office.ask(visits.unvisited, *YEAR) == [district]
    assert standing(date(2025, 12, 31)) == {town: 1}
    assert standing(date(2026, 9, 30)) == {district: 1}
    assert list(standing(date(2026, 3, 31)).values()) == [1]
