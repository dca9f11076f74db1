"""Seats and the people in them: everybody is counted once, by the main seat of the period."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from deputydesk.models import Mandate

Condition = ColumnElement[bool]
Seat = Any  # the table of mandates, or another name of it

OWN = aliased(Mandate)
"""Whichever seat a duty was done in; `done` says when it is one of the person's."""


def active(first: date | None, last: date | None, seat: Seat = Mandate) -> Condition:
    """The condition that a seat was held on any day from first to last; today if both are open."""
    if first is None and last is None:
        return seat.ended_on.is_(None)
    ended = or_(seat.ended_on.is_(None), seat.ended_on >= (first or last))
    if last is None:
        return ended
    return and_(ended, or_(seat.started_on.is_(None), seat.started_on <= last))


def counted(first: date | None, last: date | None) -> Condition:
    """The condition that a seat is the one by which its person is counted in a period.

    Who was elected again has two main seats in the period of both: the later one counts.
    """
    later = aliased(Mandate)
    begun = and_(later.started_on.is_not(None), Mandate.started_on.is_(None))
    follows = or_(
        begun,
        later.started_on > Mandate.started_on,
        and_(later.started_on.is_not_distinct_from(Mandate.started_on), later.id > Mandate.id),
    )
    again = exists().where(
        later.person_id == Mandate.person_id, later.main, active(first, last, later), follows
    )
    return and_(Mandate.main, active(first, last), ~again.correlate(Mandate))


def serving(first: date | None, last: date | None) -> Condition:
    """As `counted`, without those who are suspended: of whom duty is expected."""
    return and_(counted(first, last), Mandate.suspended.is_(False))


def done(duty: Select[Any], mandate_id: Any, *, ever: bool = False) -> Condition:
    """The condition that the person did a duty, whichever of the person's seats it stands under.

    A person's records are older than a period for the most part: so what lies in the period is
    gone through once, and not the records of one person after the other.

    Args:
        duty: selects it. (Any: whatever is selected.)
        mandate_id: whose it is.
        ever: whenever it was; then the first record of each person will do.
    """
    if ever:
        mine = duty.join(OWN, OWN.id == mandate_id).where(OWN.person_id == Mandate.person_id)
        return mine.correlate(Mandate).exists()
    whose = duty.with_only_columns(mandate_id, maintain_column_froms=True)
    return Mandate.person_id.in_(select(OWN.person_id).where(OWN.id.in_(whose)))


def people_of(session: Session) -> dict[str, str]:
    """The person of every seat."""
    return dict(session.execute(select(Mandate.id, Mandate.person_id)).all())
