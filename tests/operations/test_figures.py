from datetime import date

import pytest

from deputydesk.models.choices import Channel, HomeLevel, Level, VisitKind
from deputydesk.operations import deputies, figures, opinions, suggestions, triage, visits
from tests import make


def found(office, **period):
    return {f.id: f for f in office.ask(figures.figures, **period)}


def test_an_empty_office_has_figures_without_rates(office):
    by_id = found(office)

    assert by_id["homes.total"].text == "0个"
    assert by_id["suggestions.growth"].text == "—"
    assert (by_id["opinions.settled"].numerator, by_id["opinions.settled"].denominator) == (0, 0)
    assert all(f.definition for f in by_id.values())
    assert len(by_id) == len(office.ask(figures.figures))


def test_a_person_with_two_mandates_is_counted_once_by_the_main_one(office):
    mandate = make.deputy(office)
    person = office.ask(deputies.one, mandate).person_id
    office.do(deputies.add_mandate, person_id=person, level=Level.DISTRICT)

    by_id = found(office)

    assert by_id["mandates.total"].value == 1
    assert by_id["mandates.level.town"].value == 1
    assert by_id["mandates.level.district"].value == 0
    assert by_id["mandates.seats"].value == 2
    assert by_id["persons.total"].value == 1


def test_hearings_and_matters_are_counted_apart(office):
    first, second, third = (
        office.do(opinions.hear, channel=channel, matter="路灯", heard_on=date(2026, 5, day))
        for channel, day in ((Channel.HOME, 1), (Channel.LINK, 2), (Channel.STUDIO, 3))
    )
    office.do(triage.merge, opinion_id=second, into_id=first)
    office.do(opinions.answer_on_spot, opinion_id=third, answer="已说明")
    office.do(opinions.close, opinion_id=third)

    by_id = found(office)

    assert by_id["opinions.heard"].text == "3件次"
    assert by_id["opinions.matters"].value == 2
    assert by_id["opinions.received"].value == 2
    assert by_id["opinions.settled"].numerator == 1
    assert found(office, first=date(2026, 5, 2))["opinions.heard"].value == 2
    assert found(office, last=date(2026, 5, 2))["opinions.heard"].value == 2


def test_activities_at_homes_and_meetings_with_voters_are_counted_apart(office):
    home = make.home(office, level=HomeLevel.TOWN)
    came = make.deputy(office)
    make.deputy(office, name="高娃")
    make.visit(office, home, came, received=6)
    office.do(
        visits.register,
        held_on=make.TODAY,
        kind=VisitKind.LINK_VOTERS,
        deputy_ids=(came,),
        received=3,
    )

    by_id = found(office)

    assert by_id["home_activities.total"].value == 1
    assert by_id["reception.voters"].value == 6
    assert by_id["link.voters"].value == 3
    coverage = by_id["coverage.deputies"]
    assert (coverage.numerator, coverage.denominator) == (1, 2)


@pytest.mark.parametrize(
    ("last_time", "entered", "growth"), [(156, 0, -99), (None, 1, 100), (None, 0, None)]
)
def test_growth_compares_with_the_meeting_before(office, last_time, entered, growth):
    deputy = make.deputy(office)
    before = make.meeting(office, number=1, earlier_suggestions=last_time)
    this = make.meeting(office, number=2)
    for meeting, count in ((before, entered), (this, 2)):
        for number in range(count):
            office.do(
                suggestions.enter,
                headline=f"建议{number}",
                lead_id=deputy,
                meeting_id=meeting,
                submitted_on=date(2026, 2, 10),
                registered_on=date(2026, 2, 10),
            )

    assert found(office)["suggestions.growth"].value == growth


def test_the_first_meeting_has_nothing_to_compare_with(office):
    meeting = make.meeting(office, number=1)
    office.do(suggestions.enter, headline="修路", lead_id=make.deputy(office), meeting_id=meeting)

    growth = found(office)["suggestions.growth"]

    assert (growth.value, growth.numerator, growth.denominator) == (None, 1, 0)


def test_figures_read_as_people_say_them(office):
    home, deputy = make.home(office), make.deputy(office)
    make.visit(office, home, deputy, received=6)

    by_id = found(office)

    assert by_id["reception.voters"].text == "6人次"
    assert by_id["coverage.deputies"].text == "100%（1/1）"


def test_what_is_due_later_this_year_is_not_late_yet(office):
    unit = make.unit(office)
    opinion = office.do(opinions.hear, channel=Channel.LETTER, matter="路灯不亮")
    office.do(opinions.assign, opinion_id=opinion, unit_id=unit, days=24)

    def late(last=None):
        [found] = office.ask(figures.figures, last=last, ids=("overdue.opinions",))
        return found.value

    assert [late(), late(make.TODAY), late(date(2026, 12, 31))] == [0, 0, 0]
    office.clock = make.at(make.NOW.replace(month=12, day=21))
    assert [late(), late(date(2026, 12, 17)), late(date(2026, 12, 31))] == [1, 0, 1]
