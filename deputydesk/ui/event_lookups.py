"""What fields about events and money let the user choose from."""

from datetime import timedelta

from deputydesk.models import RotaShift
from deputydesk.models.choices import Level
from deputydesk.operations import deputies, events, funds, places, services, terms
from deputydesk.ui.choices import Candidate
from deputydesk.ui.desk import Desk

OFFERED = tuple(kind for kind in events.EVENTS if kind is not RotaShift)
"""Kinds to choose from; a day of the rota becomes a visit and costs nothing of its own."""
BACK = timedelta(days=3 * 366)
"""How far back events are offered."""


def recent_events(desk: Desk) -> list[Candidate]:
    """Events of the last years and those to come, the newest first."""
    return [
        Candidate(event.id, event.name, f"{event.title} {event.first}")
        for event in desk.ask(events.rows, first=desk.today - BACK, kinds=OFFERED)
    ]


def groups(desk: Desk) -> list[Candidate]:
    """Groups of deputies."""
    return [Candidate(row.id, row.name) for row in desk.ask(places.groups)]


def mandates(desk: Desk) -> list[Candidate]:
    """Every seat of everybody in office, with its level."""
    return [
        Candidate(row.id, row.name, " · ".join(filter(None, (row.level.label, row.town, row.job))))
        for row in desk.ask(deputies.rows)
        if not row.suspended
    ]


def all_funds(desk: Desk) -> list[Candidate]:
    """Special funds, the newest first."""
    return [Candidate(row.id, row.name, f"{row.year}年") for row in desk.ask(funds.rows)]


def all_terms(desk: Desk) -> list[Candidate]:
    """Terms of all levels."""
    order = list(Level)
    found = sorted(desk.ask(terms.rows), key=lambda row: (order.index(row.level), -row.number))
    return [Candidate(row.id, f"{row.level.label}第{row.number}届") for row in found]


def campaigns(desk: Desk) -> list[Candidate]:
    """What services were called before."""
    return [Candidate(name, name) for name in desk.ask(services.campaigns)]
