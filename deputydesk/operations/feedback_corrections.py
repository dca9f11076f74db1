"""A returned form that was entered wrongly: what it says is put right, and what followed of it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from deputydesk.errors import UserError
from deputydesk.models import (
    Assignment,
    Extension,
    Feedback,
    Opinion,
    Reply,
    Suggestion,
    Talk,
    Urging,
)
from deputydesk.models.choices import Adoption, TalkForm
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import feedbacks
from deputydesk.operations.checks import filled, get
from deputydesk.operations.handling import name_of
from deputydesk.rules.satisfaction import Satisfaction, needs_rehandling
from deputydesk.rules.suggestion_flow import SuggestionState


@operation(Right.HANDLE, "更正征询意见表")
def correct(
    tx: Tx,
    *,
    feedback_id: str,
    attitude: Satisfaction,
    result: Satisfaction,
    reason: str,
    returned_on: date | None = None,
    talk_form: TalkForm = TalkForm.NONE,
    adoption: Adoption = Adoption.NONE,
    opinion: str = "",
) -> None:
    """Say that a form says something else than was entered, and why.

    Whether the suggestion is closed or handled again follows from it, unless somebody has gone on.

    Args:
        tx: the transaction.
        feedback_id: the form.
        attitude: what the deputy says of the units' work.
        result: what the deputy says of the result.
        reason: why it was entered wrongly.
        returned_on: the day it came back; as it was entered unless given.
        talk_form: how the units met the deputy.
        adoption: how far the suggestion was taken up.
        opinion: the deputy's words; the reason, when dissatisfied.

    Raises:
        FieldError: no reason, or as for entering it.
        UserError: it has not come back, or the suggestion went on by what it said.
    """
    feedback = get(tx.session, Feedback, feedback_id)
    suggestion = get(tx.session, Suggestion, feedback.suggestion_id)
    if feedback.returned_on is None:
        raise UserError("这份征询意见表还没有收回。", hint="请先登记收回。")
    why = filled("reason", reason, "更正理由")
    day = returned_on or feedback.returned_on
    was = needs_rehandling(feedback.attitude, feedback.result)
    now = needs_rehandling(attitude, result)
    if was != now or day != feedback.returned_on:
        _take_back(tx, feedback, suggestion, was_dissatisfied=was)
        feedback.returned_on = None
        feedbacks.receive(
            tx,
            feedback_id=feedback_id,
            attitude=attitude,
            result=result,
            returned_on=day,
            talk_form=talk_form,
            adoption=adoption,
            opinion=opinion,
        )
    else:
        said = filled("opinion", opinion, "不满意的理由") if now else opinion.strip()
        feedback.attitude, feedback.result, feedback.opinion = attitude, result, said
        feedback.talk_form, feedback.adoption = talk_form, adoption
    tx.about = f"{name_of(suggestion)}（{why}）"


def _take_back(
    tx: Tx, feedback: Feedback, suggestion: Suggestion, *, was_dissatisfied: bool
) -> None:
    """Have the suggestion wait for the form again, as before it came back.

    Not a step that anybody takes, so it does not stand in the flow.
    """
    if was_dissatisfied and suggestion.round > feedback.round:
        _end_round(tx, suggestion)
    elif was_dissatisfied and suggestion.state is SuggestionState.CLOSED:
        raise _gone_on("协调会已经决定办结")
    elif suggestion.state is SuggestionState.CLOSED:
        suggestion.closed_on = None
        _unsettle(tx, suggestion)
    elif suggestion.state is not SuggestionState.ANSWERED:
        raise _gone_on(f"{name_of(suggestion)}{suggestion.state.label}")
    suggestion.state = SuggestionState.ANSWERED


def _end_round(tx: Tx, suggestion: Suggestion) -> None:
    """Take back that the units got it again, if nothing has come of it yet."""
    given = tx.session.scalars(
        select(Assignment).where(
            Assignment.suggestion_id == suggestion.id, Assignment.round == suggestion.round
        )
    ).all()
    if suggestion.state is not SuggestionState.REHANDLE or _has_begun(tx, suggestion, given):
        raise _gone_on("承办单位已经在重新办理")
    for each in given:
        tx.session.delete(each)
    suggestion.round -= 1


def _has_begun(tx: Tx, suggestion: Suggestion, given: Sequence[Assignment]) -> bool:
    """Whether anything is written of the present round."""
    written = (
        *(
            select(kind.id).where(
                kind.suggestion_id == suggestion.id, kind.round == suggestion.round
            )
            for kind in (Reply, Talk)
        ),
        select(Extension.id).where(Extension.assignment_id.in_([each.id for each in given])),
        select(Urging.id).where(
            Urging.suggestion_id == suggestion.id,
            Urging.urged_on >= min(each.assigned_on for each in given),
        ),
    )
    assisted = any(each.assist_given_on for each in given)
    return assisted or any(tx.session.scalars(each.limit(1)).first() for each in written)


def _unsettle(tx: Tx, suggestion: Suggestion) -> None:
    raised = tx.session.scalars(select(Opinion).where(Opinion.suggestion_id == suggestion.id)).all()
    for opinion in raised:
        opinion.settled_on = None
        for merged in tx.session.scalars(select(Opinion).where(Opinion.merged_into == opinion.id)):
            merged.settled_on = None


def _gone_on(what: str) -> UserError:
    return UserError(
        f"{what}，这份表上满意不满意、收回日期不能再改。", hint="意见和其他各项可以更正。"
    )
