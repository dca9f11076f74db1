"""Giving a suggestion to units: due dates, signing for it, handing it back."""

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Assignment, Reply, Suggestion, Unit
from deputydesk.models.choices import HandbackOutcome, UnitRole
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import presets
from deputydesk.operations.checks import filled, get, get_for
from deputydesk.operations.handling import (
    ANSWERING,
    advance,
    all_answered,
    assigned,
    check_not_leaving,
    check_step,
    is_done,
    is_handling,
    months_from,
    name_of,
    step_day,
    unit_name,
    unit_names,
    units_at_work,
)
from deputydesk.operations.presets import Deadlines
from deputydesk.rules.deadlines import Deadline, chinese, workdays_after
from deputydesk.rules.suggestion_flow import SuggestionState, SuggestionStep


@dataclass(frozen=True)
class AssignmentRow:
    """What one unit was given in one round, and how far it is."""

    id: str
    suggestion_id: str
    unit_id: str
    unit: str
    role: UnitRole
    round: int
    assigned_on: date
    due_on: date
    first_due_on: date
    provisional: bool
    why: str
    signed_on: date | None
    signed_by: str
    hand_back_by: date
    handback: HandbackOutcome
    handback_on: date | None
    handback_reason: str
    handback_decided_on: date | None
    handback_note: str
    assist_opinion: str
    assist_given_on: date | None
    replied_on: date | None

    @property
    def answers(self) -> bool:
        """Whether the unit answers the deputy itself."""
        return self.role in ANSWERING

    @property
    def extended(self) -> bool:
        """Whether more time was granted."""
        return self.due_on != self.first_due_on


def rows(session: Session, *, suggestion_id: str = "", unit_id: str = "") -> list[AssignmentRow]:
    """Assignments of a suggestion, or of a unit, in the order they were given."""
    where: list[ColumnElement[bool]] = []
    if suggestion_id:
        where.append(Assignment.suggestion_id == suggestion_id)
    if unit_id:
        where.append(Assignment.unit_id == unit_id)
    units = unit_names(session)
    chosen = select(Assignment.id).where(*where)
    replied: dict[str, date] = dict(
        session.execute(
            select(Reply.assignment_id, Reply.replied_on).where(Reply.assignment_id.in_(chosen))
        ).all()
    )
    found = session.scalars(
        select(Assignment).where(*where).order_by(Assignment.round, Assignment.id)
    ).all()
    rules = {day: presets.deadlines(session, day) for day in {a.assigned_on for a in found}}
    return [
        _row(a, units.get(a.unit_id, ""), replied.get(a.id), rules[a.assigned_on]) for a in found
    ]


def _row(a: Assignment, unit: str, replied_on: date | None, rule: Deadlines) -> AssignmentRow:
    return AssignmentRow(
        id=a.id,
        suggestion_id=a.suggestion_id,
        unit_id=a.unit_id,
        unit=unit,
        role=a.role,
        round=a.round,
        assigned_on=a.assigned_on,
        due_on=a.due_on,
        first_due_on=a.first_due_on,
        provisional=a.due_provisional,
        why=a.due_why,
        signed_on=a.signed_on,
        signed_by=a.signed_by,
        hand_back_by=_hand_back_by(a, rule),
        handback=a.handback,
        handback_on=a.handback_on,
        handback_reason=a.handback_reason,
        handback_decided_on=a.handback_decided_on,
        handback_note=a.handback_note,
        assist_opinion=a.assist_opinion,
        assist_given_on=a.assist_given_on,
        replied_on=replied_on,
    )


@operation(Right.HANDLE, "交办建议")
def assign(
    tx: Tx,
    *,
    suggestion_id: str,
    main_id: str = "",
    assist_ids: tuple[str, ...] = (),
    separate_ids: tuple[str, ...] = (),
    assigned_on: date | None = None,
    long: bool = False,
) -> tuple[str, ...]:
    """Give a suggestion to its units; returns the ids of the assignments.

    Args:
        tx: the transaction.
        suggestion_id: the suggestion, which was accepted.
        main_id: the unit that answers; none when several answer separately.
        assist_ids: units that give the main one their opinion.
        separate_ids: two or more units that each answer for themselves.
        assigned_on: the day from which the time runs; today unless given.
        long: broad or difficult, so that the longer time applies (six months).
    """
    suggestion = get(tx.session, Suggestion, suggestion_id)
    advance(tx, suggestion, SuggestionStep.ASSIGN)
    day = step_day(tx, "assigned_on", assigned_on, "交办日期", ("审核日期", suggestion.reviewed_on))
    roles = _roles(tx.session, main_id, assist_ids, separate_ids)
    suggestion.round = 1
    return tuple(
        give(tx, suggestion, unit_id=unit_id, role=role, day=day, long=long).id
        for unit_id, role in roles
    )


def give(
    tx: Tx, suggestion: Suggestion, *, unit_id: str, role: UnitRole, day: date, long: bool = False
) -> Assignment:
    """Write down that a unit has a suggestion in its present round, and until when."""
    until = deadline(tx.session, day=day, role=role, round_=suggestion.round, long=long)
    assignment = Assignment(
        suggestion_id=suggestion.id,
        unit_id=unit_id,
        role=role,
        round=suggestion.round,
        assigned_on=day,
        due_on=until.due,
        first_due_on=until.due,
        due_provisional=until.provisional,
        due_why=until.why,
    )
    tx.session.add(assignment)
    return assignment


def deadline(
    session: Session,
    *,
    day: date,
    role: UnitRole = UnitRole.MAIN,
    round_: int = 1,
    long: bool = False,
) -> Deadline:
    """Until when a unit has to answer, or to give its opinion, by the rule in force that day.

    Args:
        session: where to read.
        day: the day of the assignment.
        role: the unit's part.
        round_: from the second on, the time for handling again.
        long: broad or difficult.
    """
    rule = presets.deadlines(session, day)
    if round_ > 1:
        months = rule.rehandle_months
    elif role is UnitRole.ASSIST:
        months = rule.assist_months
    else:
        months = rule.long_reply_months if long else rule.reply_months
    return months_from(session, day, months)


def _roles(
    session: Session, main_id: str, assist_ids: tuple[str, ...], separate_ids: tuple[str, ...]
) -> list[tuple[str, UnitRole]]:
    """The units with their roles, checked."""
    if main_id and separate_ids:
        raise FieldError(
            "separate_ids", "已填写主办单位，不能再“分别办理”。", hint="请把其他单位填为协办。"
        )
    if len(separate_ids) == 1:
        raise FieldError(
            "separate_ids", "分别办理至少要有两个单位。", hint="只有一个单位的，请填为主办。"
        )
    if not separate_ids:
        get_for(session, Unit, "main_id", main_id)
    fields = (
        ("main_id", (main_id,) if main_id else (), UnitRole.MAIN),
        ("separate_ids", separate_ids, UnitRole.SEPARATE),
        ("assist_ids", assist_ids, UnitRole.ASSIST),
    )
    roles: list[tuple[str, UnitRole]] = []
    for field, ids, role in fields:
        for unit_id in ids:
            unit = get_for(session, Unit, field, unit_id)
            if any(unit_id == other for other, _ in roles):
                raise FieldError(field, f"“{unit.name}”填了两次。")
            roles.append((unit_id, role))
    return roles


@operation(Right.HANDLE, "登记签收")
def sign(tx: Tx, *, assignment_id: str, signed_on: date | None = None, signed_by: str = "") -> None:
    """Record that a unit has signed for a suggestion."""
    assignment, suggestion = assigned(tx, assignment_id)
    check_step(tx, suggestion, SuggestionStep.SIGN)
    unit = unit_name(tx, assignment.unit_id)
    if assignment.signed_on:
        raise UserError(f"“{unit}”已于{chinese(assignment.signed_on)}签收。")
    check_not_leaving(tx, assignment)
    earlier = ("交办日期", assignment.assigned_on)
    assignment.signed_on = step_day(tx, "signed_on", signed_on, "签收日期", earlier)
    assignment.signed_by = signed_by.strip()
    if assignment.role in ANSWERING:
        advance(tx, suggestion, SuggestionStep.SIGN)


@operation(Right.HANDLE, "登记退办申请")
def ask_hand_back(
    tx: Tx,
    *,
    assignment_id: str,
    reason: str,
    asked_on: date | None = None,
    late_accepted: bool = False,
) -> None:
    """Record that a unit wishes to hand a suggestion back, in writing.

    Args:
        tx: the transaction.
        assignment_id: the unit's assignment.
        reason: why it is not the unit's business.
        asked_on: the day of its letter; today unless given.
        late_accepted: it comes too late, and the office takes it all the same.
    """
    assignment, suggestion = _leaving(tx, assignment_id)
    if assignment.handback is not HandbackOutcome.NONE:
        unit = unit_name(tx, assignment.unit_id)
        raise UserError(f"“{unit}”已申请过退办。", hint="不能再次申请。")
    earlier = ("交办日期", assignment.assigned_on), ("签收日期", assignment.signed_on)
    day = step_day(tx, "asked_on", asked_on, "退办申请日期", *earlier)
    last = _hand_back_by(assignment, presets.deadlines(tx.session, assignment.assigned_on))
    if day > last and not late_accepted:
        raise FieldError(
            "asked_on",
            f"退办应在{chinese(last)}以前提出，已经逾期。",
            hint="确需受理的，请勾选“同意受理逾期退办”。",
        )
    assignment.handback_reason = filled("reason", reason, "退办理由")
    assignment.handback, assignment.handback_on = HandbackOutcome.ASKED, day
    if _leaves_nobody(tx, suggestion, assignment):
        advance(tx, suggestion, SuggestionStep.HAND_BACK)


@operation(Right.HANDLE, "答复退办申请")
def decide_hand_back(
    tx: Tx,
    *,
    assignment_id: str,
    agreed: bool,
    unit_id: str = "",
    decided_on: date | None = None,
    note: str = "",
    long: bool = False,
) -> str:
    """Agree that a unit hands a suggestion back, and give it to another; or refuse.

    Args:
        tx: the transaction.
        assignment_id: the assignment of the unit that asked.
        agreed: whether it is let go.
        unit_id: the unit that gets it instead; may be empty while other units answer.
        decided_on: the day of the decision; the new unit's time runs from it.
        note: what the office says about it.
        long: the longer time applies to the new unit.

    Returns:
        The new assignment's id; empty if there is none.
    """
    assignment, suggestion = assigned(tx, assignment_id)
    if assignment.handback is not HandbackOutcome.ASKED:
        raise UserError("该单位没有待答复的退办申请。", hint="请先登记退办申请。")
    step = SuggestionStep.AGREE_HAND_BACK if agreed else SuggestionStep.REFUSE_HAND_BACK
    if suggestion.state in _GOING_ON:  # other units are at work meanwhile
        tx.about = name_of(suggestion)
    else:
        advance(tx, suggestion, step)
    earlier = ("退办申请日期", assignment.handback_on)
    day = step_day(tx, "decided_on", decided_on, "退办答复日期", earlier)
    assignment.handback_decided_on, assignment.handback_note = day, note.strip()
    if not agreed:
        assignment.handback = HandbackOutcome.REFUSED
        return ""
    return _replace(tx, suggestion, assignment, unit_id=unit_id, day=day, long=long)


@operation(Right.HANDLE, "改交其他单位")
def reassign(
    tx: Tx,
    *,
    assignment_id: str,
    unit_id: str,
    reason: str,
    assigned_on: date | None = None,
    long: bool = False,
) -> str:
    """Give a suggestion to another unit at once, without a letter of the first.

    Returns:
        The new assignment's id.
    """
    assignment, suggestion = _leaving(tx, assignment_id)
    day = step_day(tx, "assigned_on", assigned_on, "改交日期", ("交办日期", assignment.assigned_on))
    assignment.handback_reason = filled("reason", reason, "改交理由")
    assignment.handback_on = assignment.handback_decided_on = day
    get_for(tx.session, Unit, "unit_id", unit_id)
    if _leaves_nobody(tx, suggestion, assignment):
        advance(tx, suggestion, SuggestionStep.HAND_BACK)
        advance(tx, suggestion, SuggestionStep.AGREE_HAND_BACK)
    return _replace(tx, suggestion, assignment, unit_id=unit_id, day=day, long=long)


_GOING_ON = (SuggestionState.ASSIGNED, SuggestionState.HANDLING)


def _leaving(tx: Tx, assignment_id: str) -> tuple[Assignment, Suggestion]:
    """An assignment that may still be given to another unit."""
    assignment, suggestion = assigned(tx, assignment_id)
    check_step(tx, suggestion, SuggestionStep.HAND_BACK)
    check_not_leaving(tx, assignment)
    if is_done(tx, assignment):
        unit = unit_name(tx, assignment.unit_id)
        raise UserError(f"“{unit}”已经办完自己的部分，不能再退办。")
    return assignment, suggestion


def _leaves_nobody(tx: Tx, suggestion: Suggestion, leaving: Assignment) -> bool:
    """Whether no other unit is handling it, so that the suggestion itself has to wait."""
    return leaving.role in ANSWERING and not any(
        other.role in ANSWERING and other.id != leaving.id and is_handling(other)
        for other in units_at_work(tx, suggestion)
    )


def _replace(
    tx: Tx, suggestion: Suggestion, leaving: Assignment, *, unit_id: str, day: date, long: bool
) -> str:
    """Let a unit go, and give its part to another if one is named."""
    leaving.handback = HandbackOutcome.AGREED
    others = units_at_work(tx, suggestion)
    if unit_id:
        unit = get_for(tx.session, Unit, "unit_id", unit_id)
        if unit_id in {leaving.unit_id, *(other.unit_id for other in others)}:
            raise FieldError(
                "unit_id", f"“{unit.name}”已是这件建议的承办单位。", hint="请另选单位。"
            )
        return give(tx, suggestion, unit_id=unit_id, role=leaving.role, day=day, long=long).id
    if leaving.role in ANSWERING:
        if all(other.role not in ANSWERING for other in others):
            raise FieldError("unit_id", "请选择改交的单位。", hint="没有其他单位答复这件建议。")
        if all_answered(tx, suggestion):
            advance(tx, suggestion, SuggestionStep.ANSWER)
    return ""


def _hand_back_by(assignment: Assignment, rule: Deadlines) -> date:
    """The last day on which a unit may ask to hand back: working days since it got it."""
    start = assignment.signed_on or assignment.assigned_on
    return workdays_after(start, rule.handback_workdays, presets.calendar()).due
