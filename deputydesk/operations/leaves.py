"""Deputies who ask to be excused: asked, approved or refused; approved leave shows at the event."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Attendance, Leave, Mandate, Person
from deputydesk.models.attendance import Approval, Presence
from deputydesk.models.choices import Level
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import events, shown
from deputydesk.operations.checks import filled, get, in_order, not_future, put
from deputydesk.operations.deputies import in_office
from deputydesk.operations.listing import Listing
from deputydesk.operations.participants import HALF_DAYS
from deputydesk.operations.years import in_year

LONGEST = 366
"""Days of one leave; who is away longer is not on leave."""


@dataclass(frozen=True)
class LeaveRow:
    """A leave as the register shows it."""

    id: str
    mandate_id: str
    name: str
    level: Level
    event_kind: str
    event_id: str
    event: str
    from_on: date
    to_on: date
    half_days: int
    reason: str
    approval: Approval
    approved_by: str
    approved_on: date | None


LISTING = Listing(
    Leave,
    day=Leave.from_on,
    order=(Leave.from_on.desc(), Leave.id.desc()),
    parts={"待审批": lambda _today: Leave.approval == Approval.ASKED},
    columns={
        "姓名": shown.deputy(Leave.mandate_id),
        "日期": shown.day(Leave.from_on),
        "至": shown.day(Leave.to_on),
        "事由": shown.text(Leave.reason),
        "审批": shown.choice(Leave.approval, Approval),
    },
)
"""How the register lists them."""


def rows(
    session: Session,
    year: int | None = None,
    *,
    mandate_id: str = "",
    approval: Approval | None = None,
    ids: Sequence[str] | None = None,
) -> list[LeaveRow]:
    """Leaves newest first: of a year, a deputy, with an outcome, or those named."""
    where: list[ColumnElement[bool]] = []
    if ids is not None:
        where.append(Leave.id.in_(ids))
    if year is not None:
        where.append(in_year(Leave.from_on, year))
    if mandate_id:
        where.append(Leave.mandate_id == mandate_id)
    if approval is not None:
        where.append(Leave.approval == approval)
    found = session.execute(
        select(Leave, Person.name, Mandate.level)
        .join(Mandate, Mandate.id == Leave.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
        .where(*where)
        .order_by(*LISTING.order)
    ).all()
    named = {e.id: e.name for e in events.rows(session, ids={x.event_id for x, _, _ in found})}
    return [
        LeaveRow(
            id=x.id,
            mandate_id=x.mandate_id,
            name=name,
            level=level,
            event_kind=x.event_kind,
            event_id=x.event_id,
            event=named.get(x.event_id, ""),
            from_on=x.from_on,
            to_on=x.to_on,
            half_days=x.half_days,
            reason=x.reason,
            approval=x.approval,
            approved_by=x.approved_by,
            approved_on=x.approved_on,
        )
        for x, name, level in found
    ]


@operation(Right.REGISTER, "登记请假")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    mandate_id: str,
    from_on: date,
    to_on: date,
    reason: str,
    event_id: str = "",
    half_days: int = 0,
) -> str:
    """Write down that a deputy asks for leave, or change what was asked and not yet decided."""
    if record_id and get(tx.session, Leave, record_id).approval != Approval.ASKED:
        raise UserError("这次请假已经审批，不能再改。", hint="登记有误的，请删除后重新登记。")
    mandate = in_office(tx, "mandate_id", mandate_id, from_on)
    in_order("to_on", from_on, to_on)
    days = (to_on - from_on).days + 1
    if days > LONGEST:
        raise FieldError("to_on", f"一次请假不能超过{LONGEST}天。")
    if not 0 <= half_days <= HALF_DAYS * days:
        raise FieldError("half_days", f"请假共{days}天，半天数应在0到{HALF_DAYS * days}之间。")
    event = events.find_for(tx.session, "event_id", event_id) if event_id else None
    if event and (event.last < from_on or event.first > to_on):
        raise FieldError("event_id", f"“{event.name}”不在请假的日期之内。")
    _no_overlap(tx, record_id, mandate_id, from_on, to_on)
    leave = put(
        tx,
        Leave,
        record_id,
        mandate_id=mandate_id,
        event_kind=event.kind if event else "",
        event_id=event_id,
        from_on=from_on,
        to_on=to_on,
        half_days=half_days,
        reason=filled("reason", reason, "事由"),
    )
    tx.about = _about(tx, mandate, leave)
    return leave.id


@operation(Right.HANDLE, "同意请假")
def approve(tx: Tx, *, leave_id: str, approved_by: str, approved_on: date | None = None) -> None:
    """Excuse a deputy: at the event named, and wherever they were expected on these days."""
    leave = _decide(tx, leave_id, Approval.APPROVED, approved_by, approved_on)
    named = {leave.event_id} - {""}
    there = {e.id for e in events.rows(tx.session, first=leave.from_on, last=leave.to_on)}
    found = list(
        tx.session.scalars(
            select(Attendance).where(
                Attendance.mandate_id == leave.mandate_id, Attendance.event_id.in_(there | named)
            )
        )
    )
    for row in found:
        if row.event_id in named or row.presence == Presence.EXPECTED:
            row.presence, row.half_days, row.hours = Presence.LEAVE, 0, 0
    if named and not any(row.event_id in named for row in found):
        tx.session.add(
            Attendance(
                event_kind=leave.event_kind,
                event_id=leave.event_id,
                mandate_id=leave.mandate_id,
                presence=Presence.LEAVE,
            )
        )


@operation(Right.HANDLE, "不同意请假")
def refuse(tx: Tx, *, leave_id: str, approved_by: str, approved_on: date | None = None) -> None:
    """Do not excuse a deputy."""
    _decide(tx, leave_id, Approval.REFUSED, approved_by, approved_on)


@operation(Right.REGISTER, "删除请假")
def remove(tx: Tx, *, ids: tuple[str, ...]) -> None:
    """Remove leaves entered by mistake; presence that was marked stays."""
    for leave_id in ids:
        leave = get(tx.session, Leave, leave_id)
        tx.about = _about(tx, tx.session.get(Mandate, leave.mandate_id), leave)
        tx.session.delete(leave)
    if len(ids) > 1:
        tx.about = f"{len(ids)}条"


def _decide(
    tx: Tx, leave_id: str, outcome: Approval, approved_by: str, approved_on: date | None
) -> Leave:
    leave = get(tx.session, Leave, leave_id)
    if leave.approval != Approval.ASKED:
        raise UserError(f"这次请假已经审批：{leave.approval.label}。")
    day = approved_on or tx.today
    not_future("approved_on", day, tx.today, "审批日期")
    leave.approval, leave.approved_on = outcome, day
    leave.approved_by = filled("approved_by", approved_by, "审批人")
    tx.about = _about(tx, tx.session.get(Mandate, leave.mandate_id), leave)
    return leave


def _no_overlap(tx: Tx, record_id: str, mandate_id: str, from_on: date, to_on: date) -> None:
    other = tx.session.scalars(
        select(Leave).where(
            Leave.id != record_id,
            Leave.mandate_id == mandate_id,
            Leave.approval != Approval.REFUSED,
            Leave.from_on <= to_on,
            Leave.to_on >= from_on,
        )
    ).first()
    if other:
        raise FieldError(
            "from_on",
            f"这名代表{other.from_on:%Y-%m-%d}至{other.to_on:%Y-%m-%d}已经请过假。",
        )


def _about(tx: Tx, mandate: Mandate | None, leave: Leave) -> str:
    person = tx.session.get(Person, mandate.person_id) if mandate else None
    name = person.name if person else ""
    return f"{name} {leave.from_on.month}月{leave.from_on.day}日"
