"""Where an opinion goes that no unit handles: elsewhere, into another, into a suggestion."""

from datetime import date

from sqlalchemy import select

from deputydesk.errors import FieldError
from deputydesk.models import Opinion
from deputydesk.models.choices import Route
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import suggestions
from deputydesk.operations.checks import filled, get_for
from deputydesk.operations.handling import move_opinion, opinion_name, settle, step_day
from deputydesk.rules.opinion_flow import OpinionState, OpinionStep

_S = OpinionState
_OPEN = (_S.RECEIVED, _S.ASSIGNED, _S.HANDLED, _S.FED_BACK, _S.RAISED)


@operation(Right.HANDLE, "引导到其他渠道")
def redirect(
    tx: Tx,
    *,
    opinion_id: str,
    explanation: str,
    told_how: str = "当面",
    told_on: date | None = None,
) -> None:
    """Point a voter to petition or court, told why; that settles it here."""
    opinion = move_opinion(tx, opinion_id, OpinionStep.REDIRECT)
    opinion.explanation = filled("explanation", explanation, "引导的去向和理由")
    earlier = ("反映日期", opinion.heard_on), ("转办日期", opinion.assigned_on)
    day = step_day(tx, "told_on", told_on, "告知日期", *earlier)
    opinion.told_on, opinion.told_how = day, filled("told_how", told_how, "告知方式")
    opinion.route = Route.REDIRECTED
    settle(tx, opinion, day)


@operation(Right.HANDLE, "留作参考")
def keep(tx: Tx, *, opinion_id: str, note: str = "", kept_on: date | None = None) -> None:
    """Keep an opinion for reference; that settles it."""
    opinion = move_opinion(tx, opinion_id, OpinionStep.KEEP)
    day = step_day(tx, "kept_on", kept_on, "日期", ("反映日期", opinion.heard_on))
    opinion.explanation, opinion.route = note.strip(), Route.REFERENCE
    settle(tx, opinion, day)


@operation(Right.HANDLE, "合并选民意见")
def merge(tx: Tx, *, opinion_id: str, into_id: str) -> None:
    """Handle an opinion with another of the same matter; it stays counted as heard."""
    opinion = move_opinion(tx, opinion_id, OpinionStep.MERGE)
    into = get_for(tx.session, Opinion, "into_id", into_id)
    if into_id == opinion_id:
        raise FieldError("into_id", "不能并入自己。", hint="请选择另一件意见。")
    if into.state not in _OPEN:
        raise FieldError(
            "into_id",
            f"{opinion_name(into)}的状态是“{into.state.label}”，不能并入。",
            hint="请选择还没有办结的意见。",
        )
    opinion.merged_into = into_id
    merged = select(Opinion).where(Opinion.merged_into == opinion_id)
    for other in tx.session.scalars(merged):
        other.merged_into = into_id


@operation(Right.HANDLE, "转为代表建议")
def raise_suggestion(
    tx: Tx,
    *,
    opinion_id: str,
    headline: str,
    lead_id: str = "",
    reason: str = "",
    proposal: str = "",
    category: str = "",
) -> str:
    """Have a deputy make a suggestion of an opinion; returns the draft's id.

    Args:
        tx: the transaction.
        opinion_id: the opinion; it is settled when the suggestion is closed.
        headline: what the suggestion is called.
        lead_id: the deputy; the one who heard it unless given.
        reason: the circumstances; what the voter said unless given.
        proposal: what is to be done.
        category: the opinion's unless given.
    """
    opinion = move_opinion(tx, opinion_id, OpinionStep.RAISE)
    opinion.route = Route.SUGGESTION
    opinion.suggestion_id = suggestions.create(
        tx,
        headline=headline,
        lead_id=lead_id or opinion.mandate_id,
        reason=reason or opinion.detail or opinion.matter,
        proposal=proposal or opinion.deputy_view,
        category=category or opinion.category,
    )
    tx.about = opinion_name(opinion)
    return opinion.suggestion_id
