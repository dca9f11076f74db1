"""What the page and the papers of one suggestion are filled from."""

from datetime import date

from deputydesk.late import dataclass
from deputydesk.models.choices import HandbackOutcome, RejectReason
from deputydesk.operations.assignments import AssignmentRow
from deputydesk.operations.commitments import CommitmentRow
from deputydesk.operations.extensions import ExtensionRow
from deputydesk.operations.feedbacks import FeedbackRow
from deputydesk.operations.handling import Event, StepRow
from deputydesk.operations.replies import ReplyRow
from deputydesk.operations.scan_corrections import Correction
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.operations.talks import TalkRow
from deputydesk.operations.urgings import UrgingRow


@dataclass(frozen=True)
class SignerRow:
    """A deputy who signed with the lead."""

    mandate_id: str
    name: str


@dataclass(frozen=True)
class MergedRow:
    """A suggestion that is handled with this one."""

    id: str
    number: int
    headline: str
    lead: str


@dataclass(frozen=True)
class Texts:
    """The long texts and notes of a suggestion."""

    reason: str
    proposal: str
    wished_unit: str
    wishes_talk: bool
    reviewed_on: date | None
    review_note: str
    reject_reason: RejectReason
    told_on: date | None
    withdrawn_on: date | None
    withdrawal_agreed: bool
    withdrawal_note: str
    decision: str
    pages: int | None


@dataclass(frozen=True)
class Detail:
    """A suggestion with all that belongs to it, what happened, and what can be done now."""

    row: SuggestionRow
    texts: Texts
    cosigners: tuple[SignerRow, ...]
    merged: tuple[MergedRow, ...]
    assignments: tuple[AssignmentRow, ...]
    talks: tuple[TalkRow, ...]
    extensions: tuple[ExtensionRow, ...]
    urgings: tuple[UrgingRow, ...]
    replies: tuple[ReplyRow, ...]
    feedbacks: tuple[FeedbackRow, ...]
    commitments: tuple[CommitmentRow, ...]
    corrections: tuple[Correction, ...]
    """What was corrected of feedback forms that were scanned and booked."""
    events: tuple[Event, ...] = ()
    steps: tuple[StepRow, ...] = ()

    @property
    def at_work(self) -> tuple[AssignmentRow, ...]:
        """Assignments of the present round that were not handed back."""
        return tuple(
            a
            for a in self.assignments
            if a.round == self.row.round and a.handback is not HandbackOutcome.AGREED
        )

    @property
    def form(self) -> FeedbackRow | None:
        """The feedback form of the present round, once it was sent."""
        return next((f for f in self.feedbacks if f.round == self.row.round), None)
