"""Who is expected at a meeting of a congress, came, was excused, or stayed away unexcused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Attendance, Mandate, Meeting, Person, Term
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import Level
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attendances, participants, terms
from deputydesk.operations.attendances import AttendeeRow
from deputydesk.operations.checks import filled, get, get_for, in_order
from deputydesk.operations.participants import Attendee
from deputydesk.operations.years import in_year
from deputydesk.rules.names import sort_key

UNEXCUSED = 2
"""Meetings missed without leave that end a mandate (代表法 第六十二条)."""
LAW = "《代表法》第六十二条：未经批准两次不出席本级人民代表大会会议的，代表资格终止"


@dataclass(frozen=True)
class MeetingAttendanceRow:
    """A meeting of a congress, with its deputies."""

    id: str
    term_id: str
    level: Level
    number: int
    name: str
    opened_on: date | None
    closed_on: date | None
    attendees: tuple[AttendeeRow, ...]

    def count(self, presence: Presence) -> int:
        """Deputies who stand so."""
        return sum(one.presence == presence for one in self.attendees)


@dataclass(frozen=True)
class AbsenceRow:
    """A deputy who stayed away from meetings of the congress without leave."""

    mandate_id: str
    name: str
    level: Level
    meetings: tuple[str, ...]


def rows(session: Session, year: int | None = None) -> list[MeetingAttendanceRow]:
    """Meetings newest first, of a year or all."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Meeting.opened_on, year))
    found = session.execute(
        select(Meeting, Term.level)
        .outerjoin(Term, Term.id == Meeting.term_id)
        .where(*where)
        .order_by(Meeting.opened_on.desc(), Meeting.number.desc())
    ).all()
    people = attendances.rows(session, Meeting, [m.id for m, _ in found])
    return [
        MeetingAttendanceRow(
            id=m.id,
            term_id=m.term_id,
            level=level or Level.TOWN,
            number=m.number,
            name=m.name,
            opened_on=m.opened_on,
            closed_on=m.closed_on,
            attendees=tuple(people.get(m.id, [])),
        )
        for m, level in found
    ]


def expected(session: Session, level: Level, day: date) -> list[str]:
    """Mandates of a level in office on a day, in the official order of names."""
    found = session.execute(
        select(Mandate.id, Person.name)
        .join(Person, Person.id == Mandate.person_id)
        .where(
            Mandate.level == level,
            Mandate.suspended.is_(False),
            Mandate.started_on.is_(None) | (Mandate.started_on <= day),
            Mandate.ended_on.is_(None) | (Mandate.ended_on >= day),
        )
    )
    ordered = sorted(found, key=lambda pair: (sort_key(pair[1]), pair[0]))
    return [mandate_id for mandate_id, _ in ordered]


def unexcused(session: Session) -> list[AbsenceRow]:
    """Deputies in office who missed two meetings of their congress or more without leave."""
    found = session.execute(
        select(Attendance.mandate_id, Person.name, Mandate.level, Meeting.name)
        .join(Meeting, Meeting.id == Attendance.event_id)
        .join(Term, Term.id == Meeting.term_id)
        .join(Mandate, Mandate.id == Attendance.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
        .where(
            Attendance.event_kind == Meeting.__tablename__,
            Attendance.event_id.in_(select(Meeting.id)),  # few: no need to read all attendance
            Attendance.presence == Presence.ABSENT,
            Mandate.ended_on.is_(None),
            Term.level == Mandate.level,
        )
        .order_by(Meeting.opened_on)
    )
    missed: dict[str, AbsenceRow] = {}
    for mandate_id, name, level, meeting in found:
        row = missed.get(mandate_id) or AbsenceRow(mandate_id, name, level, ())
        missed[mandate_id] = replace(row, meetings=(*row.meetings, meeting))
    return [row for row in missed.values() if len(row.meetings) >= UNEXCUSED]


@operation(Right.REGISTER, "登记会议出席")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    term_id: str,
    number: int,
    name: str,
    opened_on: date | None = None,
    closed_on: date | None = None,
    attendees: Sequence[Attendee] = (),
) -> str:
    """Register a meeting and who stood how to it, or change them.

    A new meeting without names expects every deputy of its level in office on its first day.
    """
    term = get_for(tx.session, Term, "term_id", term_id)
    in_order("closed_on", opened_on, closed_on, "闭幕日期", "开幕日期")
    if attendees and opened_on is None:
        raise FieldError("opened_on", "登记出席情况请填写开幕日期。")
    _level(tx, term, attendees)
    _not_yet(tx, opened_on, attendees)
    if record_id:
        meeting = get(tx.session, Meeting, record_id)
        filled("name", name, "会议名称")
        meeting.term_id, meeting.number, meeting.name = term_id, number, name.strip()
        meeting.opened_on, meeting.closed_on = opened_on, closed_on
    else:
        if not attendees and opened_on:
            everybody = expected(tx.session, term.level, opened_on)
            attendees = [Attendee(one, Presence.EXPECTED) for one in everybody]
        record_id = terms.add_meeting(
            tx,
            term_id=term_id,
            number=number,
            name=name,
            opened_on=opened_on,
            closed_on=closed_on,
        )
    tx.session.flush()
    if opened_on:
        participants.put(tx, Meeting, record_id, attendees, first=opened_on, last=closed_on)
    tx.about = name
    return record_id


@operation(Right.REGISTER, "列出应到代表")
def call(tx: Tx, *, meeting_id: str) -> int:
    """Expect every deputy of the level in office who is not listed yet; returns how many came to.

    Raises:
        UserError: the meeting has no day.
    """
    meeting = get(tx.session, Meeting, meeting_id)
    term = get_for(tx.session, Term, "term_id", meeting.term_id)
    if meeting.opened_on is None:
        raise UserError("会议还没有开幕日期。", hint="请先填写开幕日期，再列出应到代表。")
    there = _listed(tx, meeting_id)
    new = [
        Attendee(mandate_id, Presence.EXPECTED)
        for mandate_id in expected(tx.session, term.level, meeting.opened_on)
        if mandate_id not in {one.mandate_id for one in there}
    ]
    participants.put(
        tx, Meeting, meeting_id, [*there, *new], first=meeting.opened_on, last=meeting.closed_on
    )
    tx.about = f"{meeting.name} {len(new)}名"
    return len(new)


@operation(Right.REGISTER, "其余应到代表记为到会")
def all_present(tx: Tx, *, meeting_id: str) -> int:
    """Who is still only expected came; returns how many."""
    meeting = get(tx.session, Meeting, meeting_id)
    there = _listed(tx, meeting_id)
    changed = [
        replace(one, presence=Presence.PRESENT) if one.presence == Presence.EXPECTED else one
        for one in there
    ]
    _not_yet(tx, meeting.opened_on, changed)
    if meeting.opened_on is None:
        raise UserError("会议还没有开幕日期。", hint="请先填写开幕日期。")
    participants.put(
        tx, Meeting, meeting_id, changed, first=meeting.opened_on, last=meeting.closed_on
    )
    tx.about = meeting.name
    return sum(one.presence == Presence.EXPECTED for one in there)


def _listed(tx: Tx, meeting_id: str) -> list[Attendee]:
    found = attendances.rows(tx.session, Meeting, [meeting_id]).get(meeting_id, [])
    return [Attendee(a.mandate_id, a.presence, a.role, a.half_days, a.hours, a.note) for a in found]


def _level(tx: Tx, term: Term, attendees: Sequence[Attendee]) -> None:
    ids = [one.mandate_id for one in attendees]
    strangers = tx.session.execute(
        select(Person.name)
        .join(Mandate, Mandate.person_id == Person.id)
        .where(Mandate.id.in_(ids), Mandate.level != term.level)
    ).scalars()
    for name in strangers:
        raise FieldError(
            participants.FIELD,
            f"{name}不是{term.level.label}人大代表，不是这次会议的应到代表。",
        )


def _not_yet(tx: Tx, opened_on: date | None, attendees: Sequence[Attendee]) -> None:
    """Before a meeting nobody came or stayed away."""
    told = (Presence.PRESENT, Presence.ABSENT)
    if opened_on and opened_on > tx.today and any(one.presence in told for one in attendees):
        raise FieldError(participants.FIELD, "会议还没有召开，只能登记应到和请假。")
