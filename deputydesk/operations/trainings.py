"""Training of deputies: sessions, hours, who took part, and who has not been trained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Attendance, Mandate, Training
from deputydesk.models.activity import TrainingForm, TrainingLevel
from deputydesk.models.attendance import Presence
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attendances, participants, seats, shown
from deputydesk.operations.attendances import AttendeeRow
from deputydesk.operations.checks import filled, in_order, not_future, not_negative, put
from deputydesk.operations.listing import Listing
from deputydesk.operations.participants import HOURS, Attendee, not_fewer
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year


@dataclass(frozen=True)
class TrainingRow:
    """A training as the register shows it."""

    id: str
    topic: str
    form: TrainingForm
    level: TrainingLevel
    held_on: date
    ended_on: date | None
    sessions: int
    hours: int
    people: int
    teacher: str
    organiser: str
    place: str
    attendees: tuple[AttendeeRow, ...]
    note: str


LISTING = Listing(
    Training,
    day=Training.held_on,
    order=(Training.held_on.desc(), Training.id.desc()),
    parts={
        "线下": lambda _today: Training.form == TrainingForm.CLASSROOM,
        "线上": lambda _today: Training.form == TrainingForm.ONLINE,
    },
    sums={"sessions": func.sum(Training.sessions), "people": func.sum(Training.people)},
    columns={
        "日期": shown.day(Training.held_on),
        "主题": shown.text(Training.topic),
        "形式": shown.choice(Training.form, TrainingForm),
        "层级": shown.choice(Training.level, TrainingLevel),
        "期次": shown.number(Training.sessions),
        "学时": shown.number(Training.hours, blank=""),
        "人次": shown.number(Training.people),
    },
)
"""How the register lists them."""


def rows(
    session: Session, year: int | None = None, *, ids: Sequence[str] | None = None
) -> list[TrainingRow]:
    """Trainings newest first: of a year, those named, or all."""
    where: list[ColumnElement[bool]] = []
    if ids is not None:
        where.append(Training.id.in_(ids))
    if year is not None:
        where.append(in_year(Training.held_on, year))
    found = session.scalars(select(Training).where(*where).order_by(*LISTING.order)).all()
    people = attendances.rows(session, Training, [t.id for t in found] if where else None)
    return [
        TrainingRow(
            id=t.id,
            topic=t.topic,
            form=t.form,
            level=t.level,
            held_on=t.held_on,
            ended_on=t.ended_on,
            sessions=t.sessions,
            hours=t.hours,
            people=t.people,
            teacher=t.teacher,
            organiser=t.organiser,
            place=t.place,
            attendees=tuple(people.get(t.id, [])),
            note=t.note,
        )
        for t in found
    ]


def untrained(session: Session, first: date, last: date) -> list[str]:
    """Mandates in office that took part in no training from first to last."""
    came = (
        select(Attendance.id)
        .join(Training, Training.id == Attendance.event_id)
        .where(
            Attendance.event_kind == Training.__tablename__,
            Attendance.presence == Presence.PRESENT,
            Training.held_on >= first,
            Training.held_on <= last,
        )
    )
    missing = ~seats.done(came, Attendance.mandate_id)
    return list(session.scalars(select(Mandate.id).where(seats.serving(first, last), missing)))


@operation(Right.REGISTER, "登记培训")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    topic: str,
    form: TrainingForm,
    level: TrainingLevel,
    held_on: date,
    ended_on: date | None = None,
    sessions: int = 1,
    hours: int = 0,
    people: int = 0,
    teacher: str = "",
    organiser: str = "",
    place: str = "",
    attendees: Sequence[Attendee] = (),
    note: str = "",
) -> str:
    """Register a training that was held, or change it; who came without hours has them all."""
    not_future("held_on", held_on, tx.today, "日期")
    in_order("ended_on", held_on, ended_on)
    if ended_on:
        not_future("ended_on", ended_on, tx.today, "结束日期")
    _hours(held_on, ended_on, hours)
    not_negative("sessions", sessions, "期（次）数")
    attended = tuple(_with_hours(one, hours) for one in attendees)
    training = put(
        tx,
        Training,
        record_id,
        topic=filled("topic", topic, "主题"),
        form=form,
        level=level,
        held_on=held_on,
        ended_on=ended_on,
        sessions=sessions or 1,
        hours=hours,
        people=not_fewer("people", people, attended),
        teacher=teacher.strip(),
        organiser=organiser.strip(),
        place=place.strip(),
        note=note.strip(),
    )
    tx.session.flush()
    participants.put(tx, Training, training.id, attended, first=held_on, last=ended_on)
    tx.about = training.topic
    return training.id


remove = removal(Training, is_event=True)


def _hours(held_on: date, ended_on: date | None, hours: int) -> None:
    not_negative("hours", hours, "学时")
    days = ((ended_on or held_on) - held_on).days + 1
    if hours > HOURS * days:
        raise FieldError(
            "hours", f"培训共{days}天，学时不能超过{HOURS * days}（每天{HOURS}小时）。"
        )


def _with_hours(one: Attendee, hours: int) -> Attendee:
    if one.hours > hours:
        raise FieldError(
            participants.FIELD, f"参训学时（{one.hours}）不能超过培训学时（{hours}）。"
        )
    if one.presence != Presence.PRESENT or one.hours:
        return one
    return Attendee(one.mandate_id, one.presence, one.role, one.half_days, hours, one.note)
