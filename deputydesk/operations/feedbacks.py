"""The deputy's judgement of an answer: form sent, reminded, returned; and what follows from it."""

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Feedback, Reply, Suggestion
from deputydesk.models.choices import Adoption, TalkForm
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import presets
from deputydesk.operations.assignments import give
from deputydesk.operations.checks import filled, get
from deputydesk.operations.handling import (
    ANSWERING,
    advance,
    check_step,
    close,
    name_of,
    step_day,
    units_at_work,
)
from deputydesk.rules.deadlines import Due, chinese, due_state, workdays_after
from deputydesk.rules.satisfaction import Satisfaction, needs_rehandling
from deputydesk.rules.suggestion_flow import LAST_ROUND, SuggestionStep


@dataclass(frozen=True)
class FeedbackRow:
    """A feedback form as lists show it."""

    id: str
    suggestion_id: str
    number: int
    headline: str
    round: int
    sent_on: date
    due_on: date
    reminded_on: date | None
    returned_on: date | None
    attitude: Satisfaction
    result: Satisfaction
    talk_form: TalkForm
    adoption: Adoption
    opinion: str
    days_left: int | None
    tone: Due | None

    @property
    def dissatisfied(self) -> bool:
        """Whether it says 不满意, of the work or of the result."""
        return self.returned_on is not None and needs_rehandling(self.attitude, self.result)


def rows(
    session: Session, *, today: date, suggestion_id: str = "", unreturned: bool = False
) -> list[FeedbackRow]:
    """Feedback forms of one suggestion or of all; only those not returned if wished."""
    where: list[ColumnElement[bool]] = []
    if suggestion_id:
        where.append(Feedback.suggestion_id == suggestion_id)
    if unreturned:
        where.append(Feedback.returned_on.is_(None))
    found = session.execute(
        select(Feedback, Suggestion.number, Suggestion.headline)
        .join(Suggestion, Suggestion.id == Feedback.suggestion_id)
        .where(*where)
        .order_by(Feedback.round, Feedback.due_on, Feedback.id)
    )
    return [_row(f, number, headline, today) for f, number, headline in found]


def _row(f: Feedback, number: int, headline: str, today: date) -> FeedbackRow:
    waiting = f.returned_on is None
    return FeedbackRow(
        id=f.id,
        suggestion_id=f.suggestion_id,
        number=number,
        headline=headline,
        round=f.round,
        sent_on=f.sent_on,
        due_on=f.due_on,
        reminded_on=f.reminded_on,
        returned_on=f.returned_on,
        attitude=f.attitude,
        result=f.result,
        talk_form=f.talk_form,
        adoption=f.adoption,
        opinion=f.opinion,
        days_left=(f.due_on - today).days if waiting else None,
        tone=due_state(f.due_on, today) if waiting else None,
    )


@operation(Right.HANDLE, "发出征询意见表")
def send(tx: Tx, *, suggestion_id: str, sent_on: date | None = None) -> str:
    """Record that the form went to the deputy; returns the form's id."""
    suggestion = get(tx.session, Suggestion, suggestion_id)
    check_step(tx, suggestion, SuggestionStep.ASK_FEEDBACK)
    if _of_round(tx, suggestion):
        raise UserError("这一轮的征询意见表已经发出。", hint="请登记收回，或提醒代表。")
    answered = tx.session.scalar(
        select(func.max(Reply.replied_on)).where(
            Reply.suggestion_id == suggestion_id, Reply.round == suggestion.round
        )
    )
    day = step_day(tx, "sent_on", sent_on, "发出日期", ("答复日期", answered))
    days = presets.deadlines(tx.session, day).feedback_workdays
    feedback = Feedback(
        suggestion_id=suggestion_id,
        round=suggestion.round,
        sent_on=day,
        due_on=workdays_after(day, days, presets.calendar()).due,
    )
    tx.session.add(feedback)
    return feedback.id


@operation(Right.HANDLE, "提醒代表反馈")
def remind(tx: Tx, *, feedback_id: str, reminded_on: date | None = None) -> None:
    """Record that the deputy was reminded of the form."""
    feedback, suggestion = _waiting(tx, feedback_id)
    check_step(tx, suggestion, SuggestionStep.ASK_FEEDBACK)
    feedback.reminded_on = step_day(
        tx, "reminded_on", reminded_on, "提醒日期", ("发出日期", feedback.sent_on)
    )


@operation(Right.HANDLE, "登记征询意见表")
def receive(
    tx: Tx,
    *,
    feedback_id: str,
    attitude: Satisfaction,
    result: Satisfaction,
    returned_on: date | None = None,
    talk_form: TalkForm = TalkForm.NONE,
    adoption: Adoption = Adoption.NONE,
    opinion: str = "",
) -> None:
    """Record the returned form: closes the suggestion, or sends it back to the units once.

    Dissatisfied a second time it waits for `decide`; there is no third round.

    Args:
        tx: the transaction.
        feedback_id: the form.
        attitude: what the deputy says of the units' work.
        result: what the deputy says of the result.
        returned_on: the day it came back; today unless given.
        talk_form: how the units met the deputy.
        adoption: how far the suggestion was taken up.
        opinion: the deputy's words; the reason, when dissatisfied.
    """
    feedback, suggestion = _waiting(tx, feedback_id)
    day = step_day(tx, "returned_on", returned_on, "收回日期", ("发出日期", feedback.sent_on))
    dissatisfied = needs_rehandling(attitude, result)
    if dissatisfied:
        opinion = filled("opinion", opinion, "不满意的理由")
    feedback.returned_on, feedback.attitude, feedback.result = day, attitude, result
    feedback.talk_form, feedback.adoption, feedback.opinion = talk_form, adoption, opinion.strip()
    if not dissatisfied:
        close(tx, suggestion, SuggestionStep.CLOSE, day)
    elif suggestion.round < LAST_ROUND:
        _handle_again(tx, suggestion, day)
    else:
        check_step(tx, suggestion, SuggestionStep.DECIDE)


@operation(Right.HANDLE, "登记协调决定")
def decide(tx: Tx, *, suggestion_id: str, decision: str, decided_on: date | None = None) -> None:
    """Close a suggestion by what the coordinating meeting decided after a second 不满意."""
    suggestion = get(tx.session, Suggestion, suggestion_id)
    check_step(tx, suggestion, SuggestionStep.DECIDE)
    feedback = _of_round(tx, suggestion)
    if (
        suggestion.round < LAST_ROUND
        or feedback is None
        or feedback.returned_on is None
        or not needs_rehandling(feedback.attitude, feedback.result)
    ):
        raise UserError("重新办理后代表仍不满意的，才由协调会决定。", hint="请先登记征询意见表。")
    day = step_day(
        tx, "decided_on", decided_on, "决定日期", ("征询意见表收回日期", feedback.returned_on)
    )
    suggestion.decision = filled("decision", decision, "协调决定")
    close(tx, suggestion, SuggestionStep.DECIDE, day)


@operation(Right.HANDLE, "未反馈办结")
def close_unreturned(tx: Tx, *, feedback_id: str, closed_on: date | None = None) -> None:
    """Close a suggestion whose form did not come back, after a reminder and when it was due."""
    feedback, suggestion = _waiting(tx, feedback_id)
    check_step(tx, suggestion, SuggestionStep.CLOSE_NOREPLY)
    if feedback.reminded_on is None:
        raise UserError("还没有提醒过代表，不能按“未反馈”办结。", hint="请先提醒代表反馈。")
    earlier = ("提醒日期", feedback.reminded_on)
    day = step_day(tx, "closed_on", closed_on, "办结日期", earlier)
    if day <= feedback.due_on:
        raise FieldError("closed_on", f"反馈时限（{chinese(feedback.due_on)}）还没有过，不能办结。")
    close(tx, suggestion, SuggestionStep.CLOSE_NOREPLY, day)


def _handle_again(tx: Tx, suggestion: Suggestion, day: date) -> None:
    """The units that answered get it again, with the shorter time."""
    units = units_at_work(tx, suggestion)
    advance(tx, suggestion, SuggestionStep.REHANDLE)
    suggestion.round += 1
    for unit in units:
        if unit.role in ANSWERING:
            give(tx, suggestion, unit_id=unit.unit_id, role=unit.role, day=day)


def _of_round(tx: Tx, suggestion: Suggestion) -> Feedback | None:
    return tx.session.scalars(
        select(Feedback).where(
            Feedback.suggestion_id == suggestion.id, Feedback.round == suggestion.round
        )
    ).first()


def _waiting(tx: Tx, feedback_id: str) -> tuple[Feedback, Suggestion]:
    """A form that is still with the deputy, and its suggestion."""
    feedback = get(tx.session, Feedback, feedback_id)
    suggestion = get(tx.session, Suggestion, feedback.suggestion_id)
    tx.about = name_of(suggestion)
    if feedback.returned_on:
        raise UserError(f"这份征询意见表已于{chinese(feedback.returned_on)}收回。")
    return feedback, suggestion
