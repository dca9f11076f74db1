"""Whether a suggestion is handled: accepted, returned, not accepted, or merged with another."""

from datetime import date

from sqlalchemy import select

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Suggestion
from deputydesk.models.choices import RejectReason
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get, get_for
from deputydesk.operations.handling import advance, name_of, release_raised, step_day
from deputydesk.rules.suggestion_flow import SuggestionState, SuggestionStep

_S = SuggestionState
_MERGEABLE = (_S.REGISTERED, _S.ACCEPTED, _S.ASSIGNED, _S.HANDLING)


@operation(Right.HANDLE, "受理建议")
def accept(tx: Tx, *, suggestion_id: str, reviewed_on: date | None = None, note: str = "") -> None:
    """Find that a suggestion is to be handled."""
    _review(tx, suggestion_id, SuggestionStep.ACCEPT, reviewed_on, note)


@operation(Right.HANDLE, "退回修改")
def send_back(tx: Tx, *, suggestion_id: str, note: str, reviewed_on: date | None = None) -> None:
    """Return a suggestion to the deputy, saying what is to be changed."""
    note = filled("note", note, "需要修改的内容")
    _review(tx, suggestion_id, SuggestionStep.SEND_BACK, reviewed_on, note)


@operation(Right.HANDLE, "不予受理")
def reject(
    tx: Tx,
    *,
    suggestion_id: str,
    reason: RejectReason,
    note: str = "",
    reviewed_on: date | None = None,
    told_on: date | None = None,
) -> None:
    """Find that a suggestion is not to be handled, and why; the deputy must be told.

    Args:
        tx: the transaction.
        suggestion_id: the suggestion, which was registered.
        reason: one of the reasons in the rules.
        note: more about it.
        reviewed_on: the day; today unless given.
        told_on: the day the deputy was told, if that is done; else see `tell`.
    """
    if reason is RejectReason.NONE:
        raise FieldError("reason", "请选择不予受理的原因。")
    suggestion = _review(tx, suggestion_id, SuggestionStep.REJECT, reviewed_on, note)
    suggestion.reject_reason = reason
    release_raised(tx, suggestion)
    if told_on:
        _tell(tx, suggestion, told_on)


@operation(Right.HANDLE, "告知代表")
def tell(tx: Tx, *, suggestion_id: str, told_on: date | None = None) -> None:
    """Record that the deputy was told that the suggestion is not handled, or is merged."""
    suggestion = get(tx.session, Suggestion, suggestion_id)
    if suggestion.state not in (_S.REJECTED, _S.MERGED):
        raise UserError("只有不予受理、合并办理的建议才登记“告知代表”。")
    _tell(tx, suggestion, told_on)


@operation(Right.HANDLE, "合并办理")
def merge(
    tx: Tx, *, suggestion_id: str, into_id: str, reviewed_on: date | None = None, note: str = ""
) -> None:
    """Have a suggestion handled with another of the same content; each deputy is answered."""
    into = get_for(tx.session, Suggestion, "into_id", into_id)
    if into_id == suggestion_id:
        raise FieldError("into_id", "不能并入自己。", hint="请选择另一件建议。")
    if into.state not in _MERGEABLE:
        raise FieldError(
            "into_id",
            f"{name_of(into)}的状态是“{into.state.label}”，不能并入。",
            hint="请选择已登记、尚未答复的建议。",
        )
    suggestion = _review(tx, suggestion_id, SuggestionStep.MERGE, reviewed_on, note)
    suggestion.merged_into = into_id
    merged = select(Suggestion).where(Suggestion.merged_into == suggestion_id)
    for other in tx.session.scalars(merged):
        other.merged_into = into_id


def _review(
    tx: Tx, suggestion_id: str, step: SuggestionStep, reviewed_on: date | None, note: str
) -> Suggestion:
    suggestion = get(tx.session, Suggestion, suggestion_id)
    advance(tx, suggestion, step)
    suggestion.reviewed_on = step_day(
        tx, "reviewed_on", reviewed_on, "审核日期", ("登记日期", suggestion.registered_on)
    )
    suggestion.review_note = note.strip()
    return suggestion


def _tell(tx: Tx, suggestion: Suggestion, told_on: date | None) -> None:
    suggestion.told_on = step_day(
        tx, "told_on", told_on, "告知日期", ("审核日期", suggestion.reviewed_on)
    )
    tx.about = name_of(suggestion)
