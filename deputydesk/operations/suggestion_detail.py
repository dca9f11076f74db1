"""Everything about one suggestion: what its page and its papers show."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.late import dataclass
from deputydesk.models import (
    Assignment,
    Commitment,
    Cosigner,
    Extension,
    Feedback,
    Mandate,
    Person,
    Suggestion,
    Urging,
)
from deputydesk.operations import (
    assignments,
    commitments,
    extensions,
    feedbacks,
    replies,
    scan_corrections,
    talks,
    urgings,
)
from deputydesk.operations.checks import get
from deputydesk.operations.handling import Writers
from deputydesk.operations.suggestion_contents import Detail, MergedRow, SignerRow, Texts
from deputydesk.operations.suggestion_events import events, written_by_office
from deputydesk.operations.suggestion_rows import Lists
from deputydesk.operations.suggestion_steps import steps
from deputydesk.rules.names import sort_key

_KINDS = (Suggestion, Assignment, Extension, Urging, Feedback, Commitment)


@dataclass(frozen=True)
class File:
    """Reads all that belongs to one suggestion."""

    session: Session
    today: date

    def read(self, suggestion_id: str) -> Detail:
        """Everything about the suggestion.

        Raises:
            UserError: there is none with this id.
        """
        session, today = self.session, self.today
        texts = _texts(get(session, Suggestion, suggestion_id))
        forms = tuple(feedbacks.rows(session, suggestion_id=suggestion_id, today=today))
        found = Detail(
            row=Lists(session, today).rows(Suggestion.id == suggestion_id)[0],
            texts=texts,
            cosigners=_cosigners(session, suggestion_id),
            merged=_merged(session, suggestion_id),
            assignments=tuple(assignments.rows(session, suggestion_id=suggestion_id)),
            talks=tuple(talks.rows(session, suggestion_id=suggestion_id)),
            extensions=tuple(extensions.rows(session, suggestion_id=suggestion_id)),
            urgings=tuple(urgings.rows(session, suggestion_id=suggestion_id)),
            replies=tuple(replies.rows(session, suggestion_id=suggestion_id)),
            feedbacks=forms,
            commitments=tuple(commitments.rows(session, suggestion_id=suggestion_id, today=today)),
            corrections=scan_corrections.of_records(session, Feedback, [f.id for f in forms]),
        )
        wrote = Writers(session).of(_KINDS, written_by_office(found))
        return replace(found, events=events(found, wrote), steps=steps(found))


def _cosigners(session: Session, suggestion_id: str) -> tuple[SignerRow, ...]:
    """Who signed with the lead, in the official order of names."""
    found = session.execute(
        select(Cosigner.mandate_id, Person.name)
        .join(Mandate, Mandate.id == Cosigner.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
        .where(Cosigner.suggestion_id == suggestion_id)
        .order_by(Cosigner.id)
    )
    return tuple(sorted((SignerRow(*line) for line in found), key=lambda one: sort_key(one.name)))


def _merged(session: Session, suggestion_id: str) -> tuple[MergedRow, ...]:
    found = session.execute(
        select(Suggestion.id, Suggestion.number, Suggestion.headline, Person.name)
        .join(Mandate, Mandate.id == Suggestion.lead_id)
        .join(Person, Person.id == Mandate.person_id)
        .where(Suggestion.merged_into == suggestion_id)
        .order_by(Suggestion.number, Suggestion.id)
    )
    return tuple(MergedRow(*line) for line in found)


def _texts(s: Suggestion) -> Texts:
    return Texts(
        reason=s.reason,
        proposal=s.proposal,
        wished_unit=s.wished_unit,
        wishes_talk=s.wishes_talk,
        reviewed_on=s.reviewed_on,
        review_note=s.review_note,
        reject_reason=s.reject_reason,
        told_on=s.told_on,
        withdrawn_on=s.withdrawn_on,
        withdrawal_agreed=s.withdrawal_agreed,
        withdrawal_note=s.withdrawal_note,
        decision=s.decision,
        pages=s.pages,
    )
