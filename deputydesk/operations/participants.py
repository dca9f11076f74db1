"""The people of an event as a grid gives them: each with presence, part, half days and hours."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import (
    Activity,
    Attendance,
    Leave,
    Mandate,
    Person,
    Record,
    Service,
    Training,
)
from deputydesk.models.attendance import Approval, Presence
from deputydesk.office import Tx
from deputydesk.operations import events
from deputydesk.operations.deputies import in_office

FIELD = "attendees"
"""The field that errors name."""
HALF_DAYS = 2
"""Half days in a day."""
HOURS = 24


@dataclass(frozen=True)
class Attendee:
    """How a deputy stands to an event."""

    mandate_id: str
    presence: Presence = Presence.PRESENT
    role: str = ""
    half_days: int = 0
    hours: int = 0
    note: str = ""


def present(attendees: Iterable[Attendee]) -> int:
    """How many of them came."""
    return sum(one.presence == Presence.PRESENT for one in attendees)


def not_fewer(field: str, people: int, attendees: Sequence[Attendee]) -> int:
    """The number of people, which is that of the deputies present where none was given.

    Raises:
        FieldError: fewer people than deputies present.
    """
    came = present(attendees)
    if people < 0:
        raise FieldError(field, "人次不能小于0。")
    if people and people < came:
        raise FieldError(field, f"参加人次（{people}）不能少于到会代表（{came}名）。")
    return people or came


def present_at(session: Session, event: Record) -> int:
    """How many deputies came to an event."""
    return (
        session.scalar(
            select(func.count(Attendance.id)).where(
                Attendance.event_kind == event.__tablename__,
                Attendance.event_id == event.id,
                Attendance.presence == Presence.PRESENT,
            )
        )
        or 0
    )


def follow(tx: Tx, event: Record, before: int) -> None:
    """Let the number of people follow deputies who sign in one by one.

    A number that was that of the deputies present stays so; it is never smaller.

    Args:
        tx: the transaction.
        event: of any kind; some count no people.
        before: how many deputies had come until then.
    """
    if not isinstance(event, Activity | Service | Training):
        return
    tx.session.flush()
    after = present_at(tx.session, event)
    if event.people == before or event.people < after:
        event.people = after


def put(
    tx: Tx,
    model: type[Record],
    event_id: str,
    attendees: Sequence[Attendee],
    *,
    first: date,
    last: date | None = None,
) -> None:
    """Let exactly these deputies stand at an event of these days, as given.

    Who has leave approved for the first day and is only expected stands as on leave.

    Raises:
        FieldError: at the field `attendees`; the deputy is named.
    """
    kept = _kept(tx.session, model, event_id)
    there = {one.mandate_id for one in attendees}
    people = _people(tx.session, there)
    _no_doubles(attendees, people)
    days = ((last or first) - first).days + 1
    is_counted = days == 1 and any(one.half_days for one in attendees)
    elsewhere = _half_days_elsewhere(tx.session, event_id, first) if is_counted else {}
    for one in attendees:
        if one.mandate_id not in kept:
            in_office(tx, FIELD, one.mandate_id, first)
        _sensible(one, people[one.mandate_id].name, days, elsewhere.get(one.mandate_id, 0))
    away = _on_leave(tx.session, first)
    for mandate_id, row in kept.items():
        if mandate_id not in there:
            tx.session.delete(row)
    for one in attendees:
        row = kept.get(one.mandate_id)
        if row is None:
            row = Attendance(
                event_kind=model.__tablename__, event_id=event_id, mandate_id=one.mandate_id
            )
            tx.session.add(row)
        excused = one.presence == Presence.EXPECTED and one.mandate_id in away
        row.presence = Presence.LEAVE if excused else one.presence
        row.role, row.note = one.role.strip(), one.note.strip()
        row.half_days, row.hours = one.half_days, one.hours


def sound(tx: Tx, row: Attendance) -> None:
    """Check how a deputy stands to an event, as it is written down.

    Raises:
        FieldError: as registering it would.
    """
    event = events.find_for(tx.session, "event_id", row.event_id)
    in_office(tx, "mandate_id", row.mandate_id, event.first)
    there = tx.session.scalars(select(Attendance).where(Attendance.event_id == row.event_id))
    listed = [_listed(one) for one in there]
    people = _people(tx.session, {one.mandate_id for one in listed})
    _no_doubles(listed, people)
    is_counted = event.days == 1 and row.half_days
    elsewhere = _half_days_elsewhere(tx.session, event.id, event.first) if is_counted else {}
    before = elsewhere.get(row.mandate_id, 0)
    _sensible(_listed(row), people[row.mandate_id].name, event.days, before)


def _listed(row: Attendance) -> Attendee:
    return Attendee(row.mandate_id, row.presence, row.role, row.half_days, row.hours, row.note)


def _kept(session: Session, model: type[Record], event_id: str) -> dict[str, Attendance]:
    found = session.scalars(
        select(Attendance).where(
            Attendance.event_kind == model.__tablename__, Attendance.event_id == event_id
        )
    )
    return {row.mandate_id: row for row in found}


@dataclass(frozen=True)
class _Who:
    """Whose seat it is."""

    name: str
    person_id: str


def _people(session: Session, mandate_ids: Iterable[str]) -> dict[str, _Who]:
    found = session.execute(
        select(Mandate.id, Person.name, Person.id)
        .join(Person, Person.id == Mandate.person_id)
        .where(Mandate.id.in_(mandate_ids))
    )
    return {mandate_id: _Who(name, person_id) for mandate_id, name, person_id in found}


def _no_doubles(attendees: Sequence[Attendee], people: Mapping[str, _Who]) -> None:
    seats: set[str] = set()
    persons: set[str] = set()
    for one in attendees:
        who = people.get(one.mandate_id, _Who("代表", one.mandate_id))
        if one.mandate_id in seats:
            raise FieldError(FIELD, f"{who.name}填了两次。", hint="请去掉一行。")
        if who.person_id in persons:
            raise FieldError(
                FIELD,
                f"{who.name}以两个层级的代表身份填了两次。",
                hint="同一次活动一人只计一次，请去掉一行。",
            )
        seats.add(one.mandate_id)
        persons.add(who.person_id)


def _sensible(one: Attendee, name: str, days: int, elsewhere: int) -> None:
    most = HALF_DAYS * days
    if one.half_days < 0 or one.hours < 0:
        raise FieldError(FIELD, f"{name}的半天数、学时不能小于0。")
    if one.half_days > most:
        raise FieldError(
            FIELD, f"{name}的半天数不能超过{most}（活动{days}天，每天{HALF_DAYS}个半天）。"
        )
    if one.half_days and one.half_days + elsewhere > most:
        raise FieldError(
            FIELD,
            f"{name}这一天在别的活动中已记{elsewhere}个半天，一天不能超过{HALF_DAYS}个半天。",
        )
    if one.hours > HOURS * days:
        raise FieldError(FIELD, f"{name}的学时不能超过{HOURS * days}（共{days}天）。")
    if one.presence != Presence.PRESENT and (one.half_days or one.hours):
        raise FieldError(FIELD, f"{name}没有到会，不能记半天数或学时。")


def _half_days_elsewhere(session: Session, event_id: str, day: date) -> dict[str, int]:
    """Half days that deputies have at other events of this one day."""
    others = [
        event.id
        for event in events.rows(session, first=day, last=day)
        if event.days == 1 and event.id != event_id
    ]
    if not others:
        return {}
    found = session.execute(
        select(Attendance.mandate_id, func.sum(Attendance.half_days))
        .where(Attendance.event_id.in_(others), Attendance.half_days > 0)
        .group_by(Attendance.mandate_id)
    )
    return dict(found.all())


def _on_leave(session: Session, day: date) -> set[str]:
    found = session.scalars(
        select(Leave.mandate_id).where(
            Leave.approval == Approval.APPROVED, Leave.from_on <= day, Leave.to_on >= day
        )
    )
    return set(found)
