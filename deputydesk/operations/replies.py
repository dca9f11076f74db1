"""Answers of units: one each round, with its class; and what assisting units say."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Assignment, Reply, Suggestion
from deputydesk.models.choices import UnitRole
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import commitments, presets
from deputydesk.operations.checks import filled, not_before
from deputydesk.operations.handling import (
    advance,
    all_answered,
    assigned,
    check_not_leaving,
    check_step,
    has_answered,
    is_handling,
    step_day,
    unit_name,
    unit_names,
)
from deputydesk.operations.presets import AnswerClassRow
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.suggestion_flow import SuggestionStep


@dataclass(frozen=True)
class ReplyRow:
    """An answer as the suggestion's page and the answer letter show it."""

    id: str
    suggestion_id: str
    assignment_id: str
    unit_id: str
    unit: str
    round: int
    replied_on: date
    due_on: date
    document_no: str
    answer_class: str
    signer: str
    contact: str
    phone: str
    done: str
    planned: str
    planned_by: date | None
    refused_why: str
    body: str

    @property
    def in_time(self) -> bool:
        """Whether it came by the day it was due."""
        return self.replied_on <= self.due_on


def rows(session: Session, *, suggestion_id: str) -> list[ReplyRow]:
    """Answers to a suggestion, in order."""
    units = unit_names(session)
    found = session.execute(
        select(Reply, Assignment.unit_id, Assignment.due_on)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .where(Reply.suggestion_id == suggestion_id)
        .order_by(Reply.round, Reply.replied_on, Reply.id)
    )
    return [
        ReplyRow(
            id=r.id,
            suggestion_id=r.suggestion_id,
            assignment_id=r.assignment_id,
            unit_id=unit_id,
            unit=units.get(unit_id, ""),
            round=r.round,
            replied_on=r.replied_on,
            due_on=due_on,
            document_no=r.document_no,
            answer_class=r.answer_class,
            signer=r.signer,
            contact=r.contact,
            phone=r.phone,
            done=r.done,
            planned=r.planned,
            planned_by=r.planned_by,
            refused_why=r.refused_why,
            body=r.body,
        )
        for r, unit_id, due_on in found
    ]


@operation(Right.HANDLE, "登记答复")
def answer(
    tx: Tx,
    *,
    assignment_id: str,
    answer_class: str,
    replied_on: date | None = None,
    document_no: str = "",
    signer: str = "",
    contact: str = "",
    phone: str = "",
    done: str = "",
    planned: str = "",
    planned_by: date | None = None,
    refused_why: str = "",
    body: str = "",
) -> str:
    """Record a unit's answer; when all have answered, the suggestion is answered.

    Args:
        tx: the transaction.
        assignment_id: the unit's assignment of this round.
        answer_class: a class in force that day, such as A, B, C.
        replied_on: the day of the answer; today unless given.
        document_no: number of the letter.
        signer: the head of the unit who signed it.
        contact: whom to ask.
        phone: where to ask.
        done: what has been done.
        planned: what is promised; a class that promises needs it, and it becomes a commitment.
        planned_by: until when.
        refused_why: why something is not taken up.
        body: the letter's text.

    Returns:
        The answer's id.
    """
    assignment, suggestion = assigned(tx, assignment_id)
    check_step(tx, suggestion, SuggestionStep.ANSWER)
    _check_may_answer(tx, suggestion, assignment)
    earlier = ("交办日期", assignment.assigned_on), ("签收日期", assignment.signed_on)
    day = step_day(tx, "replied_on", replied_on, "答复日期", *earlier)
    kind = _class_in_force(tx.session, answer_class, day)
    if planned_by:
        not_before("planned_by", planned_by, day, "落实时限", "答复日期")
    reply = Reply(
        suggestion_id=suggestion.id,
        assignment_id=assignment_id,
        round=suggestion.round,
        replied_on=day,
        document_no=document_no.strip(),
        answer_class=kind.code,
        signer=signer.strip(),
        contact=contact.strip(),
        phone=phone.strip(),
        done=done.strip(),
        planned=planned.strip(),
        planned_by=planned_by,
        refused_why=refused_why.strip(),
        body=body.strip(),
    )
    tx.session.add(reply)
    if kind.promises:
        content = filled("planned", planned, f"计划落实事项（{kind.code}类答复须列明承诺）")
        unit_id = assignment.unit_id
        commitments.promise(tx, reply, unit_id=unit_id, content=content, due_on=planned_by)
    if all_answered(tx, suggestion):
        advance(tx, suggestion, SuggestionStep.ANSWER)
    return reply.id


@operation(Right.HANDLE, "登记协办意见")
def assist(tx: Tx, *, assignment_id: str, opinion: str, given_on: date | None = None) -> None:
    """Record what an assisting unit says to the main one."""
    assignment, suggestion = assigned(tx, assignment_id)
    check_step(tx, suggestion, SuggestionStep.ASSIST)
    unit = unit_name(tx, assignment.unit_id)
    if assignment.role is not UnitRole.ASSIST:
        raise UserError(f"“{unit}”不是协办单位。", hint="请登记它的答复。")
    if assignment.assist_given_on:
        raise UserError(f"“{unit}”已于{chinese(assignment.assist_given_on)}提出协办意见。")
    assignment.assist_given_on = step_day(
        tx, "given_on", given_on, "协办意见日期", ("交办日期", assignment.assigned_on)
    )
    assignment.assist_opinion = filled("opinion", opinion, "协办意见")


def _check_may_answer(tx: Tx, suggestion: Suggestion, assignment: Assignment) -> None:
    unit = unit_name(tx, assignment.unit_id)
    if assignment.role is UnitRole.ASSIST:
        raise UserError(f"“{unit}”是协办单位，不直接答复代表。", hint="请登记它的协办意见。")
    if has_answered(tx, assignment):
        raise UserError(f"“{unit}”已经答复过了。")
    check_not_leaving(tx, assignment)
    if suggestion.round == 1 and not is_handling(assignment):
        raise UserError(f"“{unit}”还没有签收。", hint="请先登记签收。")


def _class_in_force(session: Session, code: str, day: date) -> AnswerClassRow:
    classes = {kind.code: kind for kind in presets.answer_classes(session, day)}
    if code.strip() not in classes:
        raise FieldError("answer_class", f"请选择答复类别：{'、'.join(classes)}。")
    return classes[code.strip()]
