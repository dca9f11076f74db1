"""Events of every kind that deputies attend, under one name and one period each."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import (
    Activity,
    Assembly,
    LegRound,
    Meeting,
    Record,
    RotaShift,
    Service,
    Training,
)

EVENTS: dict[type[Record], tuple[str, str, str]] = {
    Activity: ("name", "held_on", "ended_on"),
    Service: ("campaign", "held_on", "held_on"),
    Training: ("topic", "held_on", "ended_on"),
    Meeting: ("name", "opened_on", "closed_on"),
    Assembly: ("name", "held_on", "held_on"),
    LegRound: ("name", "held_on", "held_on"),
    RotaShift: ("topic", "planned_on", "planned_on"),
}
"""Of each kind the columns of what it is called, its first day, and its last."""

MOST_ASKED = 500
"""So many ids are named in a question: a database takes only so many."""


@dataclass(frozen=True)
class EventRow:
    """An event, whatever kind it is of."""

    id: str
    kind: str
    title: str
    name: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it took."""
        return (self.last - self.first).days + 1


def rows(
    session: Session,
    *,
    first: date | None = None,
    last: date | None = None,
    ids: Iterable[str] | None = None,
    kinds: Iterable[type[Record]] = tuple(EVENTS),
) -> list[EventRow]:
    """Events that touch a period, or with these ids, of these kinds; the newest first."""
    found = [
        event
        for wanted in _portions(ids)
        for model in kinds
        for event in _of_kind(session, model, EVENTS[model], first, last, wanted)
    ]
    found.sort(key=lambda event: (event.first, event.id), reverse=True)
    return found


def _portions(ids: Iterable[str] | None) -> Iterator[Sequence[str] | None]:
    """The ids in as many as a question takes; None, for all events, as it is."""
    if ids is None:
        yield None
        return
    named = sorted(set(ids) - {""})
    for first in range(0, len(named), MOST_ASKED):
        yield named[first : first + MOST_ASKED]


def find(session: Session, event_id: str) -> EventRow | None:
    """The event with this id, of whatever kind."""
    return next(iter(rows(session, ids=(event_id,))), None)


def find_for(session: Session, field: str, event_id: str) -> EventRow:
    """The event that a field names.

    Raises:
        FieldError: none was chosen, or it is not there.
    """
    found = find(session, event_id) if event_id else None
    if found is None:
        raise FieldError(field, "请选择活动。")
    return found


def _of_kind(
    session: Session,
    model: type[Record],
    columns: tuple[str, str, str],
    first: date | None,
    last: date | None,
    ids: Sequence[str] | None,
) -> list[EventRow]:
    name, began, ended = (getattr(model, column) for column in columns)
    query = select(model.id, name, began, ended).where(began.is_not(None))
    if ids is not None:
        query = query.where(model.id.in_(ids))
    if first:
        query = query.where((ended >= first) | (ended.is_(None) & (began >= first)))
    if last:
        query = query.where(began <= last)
    return [
        EventRow(
            event_id, model.__tablename__, model.title, text or model.title, start, end or start
        )
        for event_id, text, start, end in session.execute(query)
    ]
