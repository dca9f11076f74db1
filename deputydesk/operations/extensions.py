"""More time for a unit: asked for with a reason, granted or refused, and the deputy told."""

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Assignment, Extension, Suggestion
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import presets
from deputydesk.operations.checks import filled, get
from deputydesk.operations.handling import (
    ANSWERING,
    assigned,
    check_step,
    has_answered,
    months_from,
    step_day,
    unit_name,
    unit_names,
)
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.suggestion_flow import SuggestionStep


@dataclass(frozen=True)
class ExtensionRow:
    """A wish for more time as lists show it."""

    id: str
    assignment_id: str
    suggestion_id: str
    number: int
    headline: str
    unit: str
    due_on: date
    asked_on: date
    reason: str
    decided_on: date | None
    granted: bool
    new_due_on: date | None
    note: str
    deputy_told_on: date | None

    @property
    def pending(self) -> bool:
        """Whether it waits for a decision."""
        return self.decided_on is None

    @property
    def outcome(self) -> str:
        """待审批, 同意 or 不同意."""
        if self.pending:
            return "待审批"
        return "同意" if self.granted else "不同意"


def rows(session: Session, *, suggestion_id: str = "", pending: bool = False) -> list[ExtensionRow]:
    """Extensions asked for, of one suggestion or of all; only undecided ones if wished."""
    where: list[ColumnElement[bool]] = []
    if suggestion_id:
        where.append(Assignment.suggestion_id == suggestion_id)
    if pending:
        where.append(Extension.decided_on.is_(None))
    units = unit_names(session)
    found = session.execute(
        select(Extension, Assignment, Suggestion.number, Suggestion.headline)
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .where(*where)
        .order_by(Extension.asked_on, Extension.id)
    )
    return [
        ExtensionRow(
            id=e.id,
            assignment_id=a.id,
            suggestion_id=a.suggestion_id,
            number=number,
            headline=headline,
            unit=units.get(a.unit_id, ""),
            due_on=a.due_on,
            asked_on=e.asked_on,
            reason=e.reason,
            decided_on=e.decided_on,
            granted=e.granted,
            new_due_on=e.new_due_on,
            note=e.note,
            deputy_told_on=e.deputy_told_on,
        )
        for e, a, number, headline in found
    ]


@operation(Right.HANDLE, "登记延期申请")
def ask(tx: Tx, *, assignment_id: str, reason: str, asked_on: date | None = None) -> str:
    """Record that a unit asks for more time; returns the extension's id."""
    assignment, suggestion = assigned(tx, assignment_id)
    check_step(tx, suggestion, SuggestionStep.EXTEND)
    unit = unit_name(tx, assignment.unit_id)
    if assignment.role not in ANSWERING:
        raise UserError(f"“{unit}”是协办单位，不适用延期。", hint="请由主办单位申请。")
    if has_answered(tx, assignment):
        raise UserError(f"“{unit}”已经答复，不需要延期。")
    waiting = select(Extension.id).where(
        Extension.assignment_id == assignment_id, Extension.decided_on.is_(None)
    )
    if tx.session.scalars(waiting).first():
        raise UserError(f"“{unit}”已有一份延期申请待审批。", hint="请先审批。")
    extension = Extension(
        assignment_id=assignment_id,
        asked_on=step_day(
            tx, "asked_on", asked_on, "延期申请日期", ("交办日期", assignment.assigned_on)
        ),
        reason=filled("reason", reason, "延期理由"),
    )
    tx.session.add(extension)
    return extension.id


@operation(Right.HANDLE, "批准延期")
def grant(
    tx: Tx,
    *,
    extension_id: str,
    new_due_on: date,
    decided_on: date | None = None,
    deputy_told_on: date | None = None,
    note: str = "",
) -> None:
    """Grant more time, at most to the longer time counted from the assignment (six months)."""
    extension, assignment = _decided(tx, extension_id, decided_on)
    day = extension.decided_on
    months, limit = _limit(tx.session, assignment)
    if new_due_on <= assignment.due_on:
        raise FieldError("new_due_on", f"新时限应晚于现在的时限（{chinese(assignment.due_on)}）。")
    if new_due_on > limit:
        raise FieldError(
            "new_due_on",
            f"自交办之日起最长{months}个月，最晚到{chinese(limit)}。",
        )
    if deputy_told_on:
        step_day(tx, "deputy_told_on", deputy_told_on, "告知代表日期", ("审批日期", day))
    extension.granted, extension.new_due_on = True, new_due_on
    extension.deputy_told_on, extension.note = deputy_told_on, note.strip()
    assignment.due_on = new_due_on
    assignment.due_provisional = not presets.calendar().is_known(new_due_on)
    assignment.due_why = (
        f"经批准延期至{chinese(new_due_on)}，原定{chinese(assignment.first_due_on)}"
    )


@operation(Right.HANDLE, "不同意延期")
def refuse(tx: Tx, *, extension_id: str, note: str, decided_on: date | None = None) -> None:
    """Refuse more time and say why; the due date stays."""
    extension, _ = _decided(tx, extension_id, decided_on)
    extension.note = filled("note", note, "不同意的理由")


def latest(session: Session, *, assignment_id: str) -> date:
    """The last day to which a unit's time may be extended, for the form to show.

    Raises:
        UserError: there is no such assignment.
    """
    return _limit(session, get(session, Assignment, assignment_id))[1]


def _limit(session: Session, assignment: Assignment) -> tuple[int, date]:
    """How many months a unit may have in all, and the last day of them."""
    months = presets.deadlines(session, assignment.assigned_on).long_reply_months
    return months, months_from(session, assignment.assigned_on, months).due


def _decided(tx: Tx, extension_id: str, decided_on: date | None) -> tuple[Extension, Assignment]:
    """A pending extension with the day of the decision written in."""
    extension = get(tx.session, Extension, extension_id)
    assignment, suggestion = assigned(tx, extension.assignment_id)
    check_step(tx, suggestion, SuggestionStep.EXTEND)
    if extension.decided_on:
        raise UserError(f"这份延期申请已于{chinese(extension.decided_on)}审批。")
    extension.decided_on = step_day(
        tx, "decided_on", decided_on, "审批日期", ("申请日期", extension.asked_on)
    )
    return extension, assignment
