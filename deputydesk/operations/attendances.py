"""Who is expected at an event, came, was excused or stayed away; the event is of any kind."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import Attendance, Mandate, Person
from deputydesk.models.attendance import Presence
from deputydesk.models.base import Record
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import get


@dataclass(frozen=True)
class AttendeeRow:
    """A deputy at an event."""

    id: str
    event_id: str
    mandate_id: str
    name: str
    presence: Presence
    role: str
    half_days: int
    hours: int
    signed_at: str
    note: str


def rows(
    session: Session, model: type[Record], event_ids: Iterable[str] | None = None
) -> dict[str, list[AttendeeRow]]:
    """Attendees of events of one kind by event, in the order they were entered."""
    query = (
        select(Attendance, Person.name)
        .join(Mandate, Mandate.id == Attendance.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
        .where(Attendance.event_kind == model.__tablename__)
        .order_by(Attendance.id)
    )
    if event_ids is not None:
        query = query.where(Attendance.event_id.in_(list(event_ids)))
    found: dict[str, list[AttendeeRow]] = {}
    for a, name in session.execute(query):
        row = AttendeeRow(
            id=a.id,
            event_id=a.event_id,
            mandate_id=a.mandate_id,
            name=name,
            presence=a.presence,
            role=a.role,
            half_days=a.half_days,
            hours=a.hours,
            signed_at=a.signed_at,
            note=a.note,
        )
        found.setdefault(a.event_id, []).append(row)
    return found


def set_people(
    tx: Tx,
    model: type[Record],
    event_id: str,
    mandate_ids: Iterable[str],
    presence: Presence = Presence.PRESENT,
) -> None:
    """Let exactly these deputies stand at an event; those already there keep their presence.

    Raises:
        FieldError: one was named twice, at the field `deputy_ids`.
    """
    wanted = list(mandate_ids)
    if len(set(wanted)) < len(wanted):
        raise FieldError("deputy_ids", "同一名代表填了两次。")
    present = _of_event(tx, model, event_id)
    for mandate_id, row in present.items():
        if mandate_id not in wanted:
            tx.session.delete(row)
    for mandate_id in wanted:
        if mandate_id not in present:
            tx.session.add(
                Attendance(
                    event_kind=model.__tablename__,
                    event_id=event_id,
                    mandate_id=mandate_id,
                    presence=presence,
                )
            )


@operation(Right.REGISTER, "登记出席")
def mark(
    tx: Tx,
    *,
    attendance_id: str,
    presence: Presence,
    role: str = "",
    half_days: int = 0,
    signed_at: str = "",
    note: str = "",
) -> None:
    """Say how a deputy stood to an event."""
    row = get(tx.session, Attendance, attendance_id)
    row.presence, row.role, row.half_days = presence, role, half_days
    row.signed_at, row.note = signed_at, note


def forget(tx: Tx, model: type[Record], event_id: str) -> None:
    """Remove everybody from an event that is itself removed."""
    for row in _of_event(tx, model, event_id).values():
        tx.session.delete(row)


def _of_event(tx: Tx, model: type[Record], event_id: str) -> Mapping[str, Attendance]:
    found = tx.session.scalars(
        select(Attendance).where(
            Attendance.event_kind == model.__tablename__, Attendance.event_id == event_id
        )
    )
    return {row.mandate_id: row for row in found}
