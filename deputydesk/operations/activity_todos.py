"""What activities, meetings and leave remind of: answers owed, groups at rest, seats at risk."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Activity, DeputyGroup, EventOpinion, Leave, Mandate, Unit
from deputydesk.models.activity import ActivityKind
from deputydesk.models.attendance import Approval
from deputydesk.operations import leaves, meeting_attendance
from deputydesk.operations.todo_item import AHEAD, Todo, due_todo
from deputydesk.rules.deadlines import Due


def dated(session: Session, today: date) -> list[Todo]:
    """What is due by a day: opinions and reports that await an answer."""
    return [*_opinions(session, today), *_reports(session, today)]


def undated(session: Session, today: date) -> list[Todo]:
    """What is to be done without a day."""
    return [*_absences(session), *_leaves(session), *_groups(session, today)]


def _opinions(session: Session, today: date) -> list[Todo]:
    found = session.execute(
        select(EventOpinion, Unit)
        .outerjoin(Unit, Unit.id == EventOpinion.unit_id)
        .where(
            EventOpinion.unit_id != "",
            EventOpinion.fed_back_on.is_(None),
            EventOpinion.due_on <= today + AHEAD,
        )
    )
    return [
        due_todo(
            f"反馈活动意见：{o.content}（{(u.short_name or u.name) if u else '未定单位'}）",
            o.due_on,
            today,
            EventOpinion.__tablename__,
            o.id,
        )
        for o, u in found
        if o.due_on
    ]


def _reports(session: Session, today: date) -> list[Todo]:
    found = session.scalars(
        select(Activity).where(
            Activity.feedback_on.is_(None), Activity.feedback_due_on <= today + AHEAD
        )
    )
    return [
        due_todo(
            f"反馈{a.kind.label}报告：{a.name}",
            a.feedback_due_on,
            today,
            Activity.__tablename__,
            a.id,
        )
        for a in found
        if a.feedback_due_on
    ]


def _absences(session: Session) -> list[Todo]:
    return [
        Todo(
            "两次缺席",
            Due.OPEN.value,
            f"{row.name}未经批准{len(row.meetings)}次不出席{row.level.label}人民代表大会会议"
            f"（{'、'.join(row.meetings)}）。{meeting_attendance.LAW}，请核实后办理终止",
            Mandate.__tablename__,
            row.mandate_id,
            None,
        )
        for row in meeting_attendance.unexcused(session)
    ]


def _leaves(session: Session) -> list[Todo]:
    return [
        Todo(
            "待审批",
            Due.OPEN.value,
            f"{row.name}请假（{row.event or row.reason}）",
            Leave.__tablename__,
            row.id,
            None,
        )
        for row in leaves.rows(session, approval=Approval.ASKED)
    ]


def _groups(session: Session, today: date) -> list[Todo]:
    """Groups that did nothing this quarter; they are to come together once in each."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    met = select(Activity.group_id).where(
        Activity.kind == ActivityKind.GROUP, Activity.held_on >= first, Activity.held_on <= today
    )
    found = session.scalars(
        select(DeputyGroup).where(DeputyGroup.id.not_in(met)).order_by(DeputyGroup.name)
    )
    return [
        Todo(
            "本季未活动",
            Due.OPEN.value,
            f"{group.name}本季度还没有开展活动",
            DeputyGroup.__tablename__,
            group.id,
            None,
        )
        for group in found
    ]
