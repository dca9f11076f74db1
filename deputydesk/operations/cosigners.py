"""Deputies who sign a suggestion with its lead."""

from collections.abc import Sequence

from sqlalchemy import select

from deputydesk.errors import FieldError
from deputydesk.models import Cosigner, Mandate, Suggestion
from deputydesk.office import Tx
from deputydesk.operations.checks import get_for
from deputydesk.operations.deputies import in_office
from deputydesk.rules.suggestion_flow import SuggestionState

_S = SuggestionState
_UNREVIEWED = (_S.DRAFT, _S.SUBMITTED, _S.REGISTERED, _S.RETURNED)


def of(tx: Tx, suggestion_id: str) -> Sequence[Cosigner]:
    """The cosigners of a suggestion, in the order they were written down."""
    wanted = select(Cosigner).where(Cosigner.suggestion_id == suggestion_id)
    return tx.session.scalars(wanted.order_by(Cosigner.id)).all()


def put(tx: Tx, suggestion: Suggestion, mandate_ids: Sequence[str]) -> None:
    """Make these the cosigners.

    Raises:
        FieldError: somebody is named twice, or is the lead, or is not there.
    """
    if suggestion.lead_id in mandate_ids:
        raise FieldError("cosigner_ids", "领衔代表不能同时是附议人。")
    if len(set(mandate_ids)) < len(mandate_ids):
        raise FieldError("cosigner_ids", "同一名附议人填了两次。")
    present = {cosigner.mandate_id: cosigner for cosigner in of(tx, suggestion.id)}
    for mandate_id, cosigner in present.items():
        if mandate_id not in mandate_ids:
            tx.session.delete(cosigner)
    for mandate_id in mandate_ids:
        get_for(tx.session, Mandate, "cosigner_ids", mandate_id)
        if mandate_id not in present:
            tx.session.add(Cosigner(suggestion_id=suggestion.id, mandate_id=mandate_id))


def change(
    tx: Tx,
    suggestion: Suggestion,
    *,
    lead_id: str | None,
    mandate_ids: Sequence[str] | None,
) -> None:
    """Change who signed, until the suggestion is reviewed; what is None stays.

    Raises:
        FieldError: it is too late, or somebody cannot sign.
    """
    present = tuple(cosigner.mandate_id for cosigner in of(tx, suggestion.id))
    lead = suggestion.lead_id if lead_id is None else lead_id
    others = present if mandate_ids is None else tuple(mandate_ids)
    if lead == suggestion.lead_id and sorted(others) == sorted(present):
        return
    if suggestion.state not in _UNREVIEWED:
        field = "cosigner_ids" if lead == suggestion.lead_id else "lead_id"
        raise FieldError(field, f"建议{suggestion.state.label}，不能再更换签名的代表。")
    get_for(tx.session, Mandate, "lead_id", lead)
    suggestion.lead_id = lead
    put(tx, suggestion, others)
    if suggestion.submitted_on:
        check_in_office(tx, suggestion)


def check_in_office(tx: Tx, suggestion: Suggestion) -> None:
    """Refuse a suggestion of somebody who was not a deputy on the day it was submitted.

    Raises:
        FieldError: names the deputy.
    """
    day = suggestion.submitted_on or tx.today
    in_office(tx, "lead_id", suggestion.lead_id, day)
    for cosigner in of(tx, suggestion.id):
        in_office(tx, "cosigner_ids", cosigner.mandate_id, day)
