"""Duty activities outside the homes: supervision, research, hearings, forums, group work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Activity, Attendance, DeputyGroup, EventOpinion, Home
from deputydesk.models.activity import ActivityKind
from deputydesk.models.attendance import Presence
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attendances, local_rules, participants, presets, shown
from deputydesk.operations.attendances import AttendeeRow
from deputydesk.operations.checks import (
    filled,
    get,
    get_for,
    in_order,
    next_number,
    not_before,
    not_future,
    put,
)
from deputydesk.operations.listing import Listing
from deputydesk.operations.participants import Attendee, not_fewer
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year, of_days
from deputydesk.rules.deadlines import months_after

RULE = "activity_feedback"
"""The kind of local rule that says when a report is to be answered."""


SUPERVISION = (
    ActivityKind.REPORT,
    ActivityKind.INSPECTION,
    ActivityKind.LAW_CHECK,
    ActivityKind.FOLLOW_UP,
    ActivityKind.RESEARCH,
    ActivityKind.COMMITTEE,
    ActivityKind.INTERVIEW,
)
"""Kinds by which a congress oversees."""

LISTING = Listing(
    Activity,
    day=Activity.held_on,
    order=(Activity.held_on.desc(), Activity.number.desc(), Activity.id.desc()),
    parts={
        "监督": lambda _today: Activity.kind.in_(SUPERVISION),
        "小组活动": lambda _today: Activity.kind == ActivityKind.GROUP,
        "待反馈": lambda _today: (
            Activity.forwarded_on.is_not(None) & Activity.feedback_on.is_(None)
        ),
    },
    sums={
        "people": func.sum(Activity.people),
        "opinions": func.sum(
            select(func.count())
            .where(
                EventOpinion.event_id == Activity.id,
                EventOpinion.event_kind == Activity.__tablename__,
            )
            .correlate(Activity)
            .scalar_subquery()
        ),
    },
    columns={
        "日期": shown.day(Activity.held_on),
        "类型": shown.choice(Activity.kind, ActivityKind),
        "名称": shown.text(Activity.name),
        "组织单位": shown.text(Activity.organiser),
        "人次": shown.number(Activity.people),
    },
)
"""How the register lists them."""


@dataclass(frozen=True)
class ActivityRow:
    """An activity as the register shows it."""

    id: str
    number: int
    kind: ActivityKind
    name: str
    held_on: date
    ended_on: date | None
    organiser: str
    group_id: str
    group: str
    home_id: str
    home: str
    place: str
    topics: tuple[str, ...]
    people: int
    attendees: tuple[AttendeeRow, ...]
    official: str
    report: str
    forwarded_on: date | None
    feedback_due_on: date | None
    feedback_on: date | None
    feedback: str
    opinions: int
    note: str

    @property
    def present(self) -> int:
        """Deputies who came."""
        return sum(one.presence == Presence.PRESENT for one in self.attendees)

    @property
    def state(self) -> str:
        """Where its report is."""
        if self.feedback_on:
            return "已反馈"
        if self.forwarded_on:
            return "待反馈"
        return "已形成报告" if self.report else ""


def rows(
    session: Session,
    year: int | None = None,
    *,
    kind: ActivityKind | None = None,
    mandate_id: str = "",
    activity_id: str = "",
    ids: Sequence[str] | None = None,
) -> list[ActivityRow]:
    """Activities newest first: of a year, a kind, a deputy who was there, one, or those named."""
    where: list[ColumnElement[bool]] = []
    if ids is not None:
        where.append(Activity.id.in_(ids))
    if year is not None:
        where.append(in_year(Activity.held_on, year))
    if kind is not None:
        where.append(Activity.kind == kind)
    if mandate_id:
        there = select(Attendance.event_id).where(
            Attendance.event_kind == Activity.__tablename__,
            Attendance.mandate_id == mandate_id,
            Attendance.presence == Presence.PRESENT,
        )
        where.append(Activity.id.in_(there))
    if activity_id:
        where.append(Activity.id == activity_id)
    found = session.execute(
        select(Activity, DeputyGroup.name, Home.name)
        .outerjoin(DeputyGroup, DeputyGroup.id == Activity.group_id)
        .outerjoin(Home, Home.id == Activity.home_id)
        .where(*where)
        .order_by(*LISTING.order)
    ).all()
    named = [a.id for a, _, _ in found] if where else None
    people = attendances.rows(session, Activity, named)
    said = _opinions(session, named)
    return [
        _row(a, group or "", home or "", people.get(a.id, []), said.get(a.id, 0))
        for a, group, home in found
    ]


def years(session: Session) -> list[int]:
    """Years in which there was one, the newest first."""
    return of_days(session, Activity.held_on)


def feedback_due(session: Session, kind: ActivityKind, forwarded_on: date) -> date | None:
    """When a report forwarded on a day is to be answered, where the rule of that day says so."""
    rule = local_rules.current(session, RULE, forwarded_on).rule
    if kind.label not in rule["kinds"]:
        return None
    return months_after(forwarded_on, int(rule["months"]), presets.calendar()).due


@operation(Right.REGISTER, "登记代表活动")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    kind: ActivityKind,
    name: str,
    held_on: date,
    ended_on: date | None = None,
    organiser: str = "",
    group_id: str = "",
    home_id: str = "",
    place: str = "",
    topics: Sequence[str] = (),
    people: int = 0,
    attendees: Sequence[Attendee] = (),
    official: str = "",
    report: str = "",
    forwarded_on: date | None = None,
    feedback_due_on: date | None = None,
    feedback_on: date | None = None,
    feedback: str = "",
    note: str = "",
) -> str:
    """Register an activity that was held, with who was there; or change it.

    Without a number of people, it is that of the deputies present. Without a day for the
    feedback, it is the one that the rule in force on the day of forwarding gives.
    """
    not_future("held_on", held_on, tx.today, "日期")
    in_order("ended_on", held_on, ended_on)
    if ended_on:
        not_future("ended_on", ended_on, tx.today, "结束日期")
    _kind_of(tx, kind, group_id, official)
    if home_id:
        get_for(tx.session, Home, "home_id", home_id)
    _report(tx, held_on, report, forwarded_on, feedback_on, feedback)
    if forwarded_on and feedback_due_on is None:
        feedback_due_on = feedback_due(tx.session, kind, forwarded_on)
    activity = put(
        tx,
        Activity,
        record_id,
        number=_number(tx, record_id, held_on),
        kind=kind,
        name=filled("name", name, "活动名称"),
        held_on=held_on,
        ended_on=ended_on,
        organiser=organiser.strip(),
        group_id=group_id,
        home_id=home_id,
        place=place.strip(),
        topics=[topic.strip() for topic in topics if topic.strip()],
        people=not_fewer("people", people, attendees),
        official=official.strip(),
        report=report.strip(),
        forwarded_on=forwarded_on,
        feedback_due_on=feedback_due_on if forwarded_on else None,
        feedback_on=feedback_on,
        feedback=feedback.strip(),
        note=note.strip(),
    )
    tx.session.flush()
    participants.put(tx, Activity, activity.id, attendees, first=held_on, last=ended_on)
    tx.about = activity.name
    return activity.id


@operation(Right.HANDLE, "转交活动报告")
def forward(
    tx: Tx,
    *,
    activity_id: str,
    report: str,
    forwarded_on: date,
    feedback_due_on: date | None = None,
) -> None:
    """Pass a report on; without a day for the feedback the rule of that day gives it."""
    activity = get(tx.session, Activity, activity_id)
    _report(tx, activity.held_on, report, forwarded_on, None, "")
    activity.report, activity.forwarded_on = report.strip(), forwarded_on
    activity.feedback_due_on = feedback_due_on or feedback_due(
        tx.session, activity.kind, forwarded_on
    )
    tx.about = activity.name


@operation(Right.HANDLE, "登记报告反馈")
def feed_back(tx: Tx, *, activity_id: str, feedback_on: date, feedback: str) -> None:
    """Say what was answered to a report."""
    activity = get(tx.session, Activity, activity_id)
    filled("feedback", feedback, "反馈内容")
    _report(tx, activity.held_on, activity.report, activity.forwarded_on, feedback_on, feedback)
    activity.feedback_on, activity.feedback = feedback_on, feedback.strip()
    tx.about = activity.name


remove = removal(Activity, is_event=True)


def _kind_of(tx: Tx, kind: ActivityKind, group_id: str, official: str) -> None:
    if kind == ActivityKind.GROUP or group_id:
        get_for(tx.session, DeputyGroup, "group_id", group_id)
    if kind == ActivityKind.INTERVIEW and not official.strip():
        raise FieldError("official", "请填写约见的是哪一位负责人。")


def _report(
    tx: Tx,
    held_on: date,
    report: str,
    forwarded_on: date | None,
    feedback_on: date | None,
    feedback: str,
) -> None:
    if forwarded_on:
        not_before("forwarded_on", forwarded_on, held_on, "转交日期", "活动日期")
        not_future("forwarded_on", forwarded_on, tx.today, "转交日期")
        if not report.strip():
            raise FieldError("report", "转交的报告请写明名称或结论。")
    if feedback_on or feedback.strip():
        if not forwarded_on:
            raise FieldError("forwarded_on", "有反馈的，请填写报告转交日期。")
        if not feedback_on:
            raise FieldError("feedback_on", "请填写反馈日期。")
        not_before("feedback_on", feedback_on, forwarded_on, "反馈日期", "转交日期")
        not_future("feedback_on", feedback_on, tx.today, "反馈日期")


def _number(tx: Tx, record_id: str, held_on: date) -> int:
    """Numbers run within a year; one that is changed keeps its number unless its year changes."""
    if record_id:
        kept = get(tx.session, Activity, record_id)
        if kept.held_on.year == held_on.year:
            return kept.number
    return next_number(tx.session, Activity.number, in_year(Activity.held_on, held_on.year))


def _opinions(session: Session, activity_ids: Sequence[str] | None) -> dict[str, int]:
    query = (
        select(EventOpinion.event_id, func.count())
        .where(EventOpinion.event_kind == Activity.__tablename__)
        .group_by(EventOpinion.event_id)
    )
    if activity_ids is not None:
        query = query.where(EventOpinion.event_id.in_(activity_ids))
    return dict(session.execute(query).all())


def _row(
    a: Activity, group: str, home: str, people: Sequence[AttendeeRow], opinions: int
) -> ActivityRow:
    return ActivityRow(
        id=a.id,
        number=a.number,
        kind=a.kind,
        name=a.name,
        held_on=a.held_on,
        ended_on=a.ended_on,
        organiser=a.organiser,
        group_id=a.group_id,
        group=group,
        home_id=a.home_id,
        home=home,
        place=a.place,
        topics=tuple(a.topics),
        people=a.people,
        attendees=tuple(people),
        official=a.official,
        report=a.report,
        forwarded_on=a.forwarded_on,
        feedback_due_on=a.feedback_due_on,
        feedback_on=a.feedback_on,
        feedback=a.feedback,
        opinions=opinions,
        note=a.note,
    )
