"""What fields of the case registers let the user choose from."""

from deputydesk.operations import (
    deputies,
    leg_opinions,
    leg_rounds,
    oversights,
    publicity,
    regulations,
    suggestions,
    units,
)
from deputydesk.ui.choices import Candidate
from deputydesk.ui.desk import Desk


def all_suggestions(desk: Desk) -> list[Candidate]:
    """All suggestions that were registered, the newest first."""
    found = desk.ask(suggestions.rows, today=desk.today)
    return [
        Candidate(row.id, row.headline, f"{row.code} {row.lead} {row.main_unit}")
        for row in found
        if row.number
    ]


def all_units(desk: Desk) -> list[Candidate]:
    """All units."""
    return [Candidate(u.id, u.name, u.short_name) for u in desk.ask(units.rows)]


def points(desk: Desk) -> list[Candidate]:
    """Stations at which opinions on draft laws are collected."""
    found = desk.ask(leg_rounds.points)
    return [Candidate(s.id, s.name, "、".join(role.label for role in s.roles)) for s in found]


def rounds(desk: Desk) -> list[Candidate]:
    """Draft laws on which opinions are collected."""
    return [Candidate(r.id, r.name, r.topic) for r in desk.ask(leg_rounds.rows)]


def opinions_of(desk: Desk, round_id: str, *, without: str) -> list[Candidate]:
    """Opinions on a draft law into which another may be merged."""
    return [
        Candidate(o.id, f"第{o.number}条　{o.content}", o.article)
        for o in desk.ask(leg_opinions.rows, round_id=round_id)
        if o.id != without and not o.merged_into
    ]


def oversight_steps(desk: Desk) -> list[Candidate]:
    """The steps that pressing a suggestion takes."""
    return [Candidate(step, step) for step in desk.ask(oversights.steps, desk.today)]


def pressed(desk: Desk) -> list[Candidate]:
    """Suggestions that are pressed."""
    return [
        Candidate(row.id, row.headline, f"{row.kind.label} {row.leaders}")
        for row in desk.ask(oversights.names)
    ]


def seats(desk: Desk) -> list[Candidate]:
    """Mandates in office, and those that have ended."""
    return [
        Candidate(row.id, row.name, f"{row.level.label} {row.district} {row.status}")
        for row in desk.ask(deputies.rows, former=True)
    ]


def sitting_people(desk: Desk, name: str) -> list[Candidate]:
    """People of this name who sit at some level already."""
    return [
        Candidate(row.person_id, row.name, f"{row.level.label} {row.town}")
        for row in desk.ask(deputies.rows)
        if row.name == name
    ]


def outlets(desk: Desk) -> list[Candidate]:
    """Papers and sites used before."""
    return [Candidate(name, name) for name in desk.ask(publicity.outlets)]


def regulation_categories(desk: Desk) -> list[Candidate]:
    """Categories of regulations used before."""
    return [Candidate(name, name) for name in desk.ask(regulations.categories)]
