"""Suggestions as lists, the board and the ledger show them, read in a handful of statements."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, defer

from deputydesk.late import dataclass
from deputydesk.models import (
    Assignment,
    Feedback,
    Mandate,
    Meeting,
    Person,
    Reply,
    Suggestion,
)
from deputydesk.models.choices import CommitmentState, HandbackOutcome, UnitRole
from deputydesk.operations.handling import ANSWERING, Column, Head, unit_names
from deputydesk.operations.suggestion_parts import Around, Belongings
from deputydesk.rules.deadlines import Due, due_state
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.suggestion_flow import SuggestionState

BETWEEN = "闭会期间"
"""Where a suggestion belongs that was not made at a meeting."""

ORDER = (
    (Suggestion.number == 0).desc(),
    Suggestion.year.desc(),
    Suggestion.meeting_id.desc(),
    Suggestion.number.desc(),
    Suggestion.id.desc(),
)
"""The newest first; those without a number before them."""

_S = SuggestionState
AT_UNITS = (_S.ASSIGNED, _S.HANDLING, _S.REASSIGN, _S.REHANDLE)
_COLUMNS: Mapping[SuggestionState, Column] = {
    _S.DRAFT: Column.WAITING,
    _S.RETURNED: Column.WAITING,
    _S.SUBMITTED: Column.WAITING,
    _S.REGISTERED: Column.WAITING,
    _S.ACCEPTED: Column.WAITING,
    _S.ASSIGNED: Column.HANDLING,
    _S.HANDLING: Column.HANDLING,
    _S.REASSIGN: Column.HANDLING,
    _S.ANSWERED: Column.ANSWERED,
    _S.REHANDLE: Column.REHANDLE,
}


@dataclass(frozen=True)
class SuggestionRow:
    """A suggestion as lists show it.

    `due_on` is the (last extended) day of the present round's answer, `next_due` what is waited
    for now: the answer, or the form that is with the deputy.
    """

    id: str
    number: int
    year: int
    headline: str
    category: str
    meeting_id: str
    meeting: str
    lead_id: str
    lead: str
    cosigners: int
    separate: bool
    units: tuple[str, ...]
    unit_ids: tuple[str, ...]
    assist_units: tuple[str, ...]
    state: SuggestionState
    round: int
    submitted_on: date | None
    registered_on: date | None
    assigned_on: date | None
    due_on: date | None
    first_due_on: date | None
    provisional: bool
    talked: bool
    replied_on: date | None
    answer_class: str
    in_time: bool | None
    attitude: Satisfaction | None
    result: Satisfaction | None
    first_attitude: Satisfaction | None
    first_result: Satisfaction | None
    commitments: int
    open_commitments: int
    broken_commitments: int
    key: bool
    led_by: str
    public: bool
    confidential: bool
    repeated: bool
    conversion: str
    merged_into: str
    merged_number: int
    closed_on: date | None
    archived_on: date | None
    file_no: str
    next_due: date | None
    days_left: int | None
    tone: Due | None

    @property
    def code(self) -> str:
        """第3号; a dash before it is registered."""
        return f"第{self.number}号" if self.number else "—"

    @property
    def state_label(self) -> str:
        """The state's Chinese name."""
        return self.state.label

    @property
    def main_unit(self) -> str:
        """The unit or units that answer."""
        return "、".join(self.units)

    @property
    def rehandled(self) -> bool:
        """Whether it was sent back to the units."""
        return self.round > 1

    @property
    def extended(self) -> bool:
        """Whether more time was granted."""
        return self.due_on != self.first_due_on

    @property
    def open_commitment(self) -> bool:
        """Whether a promise is still owed."""
        return self.open_commitments > 0


@dataclass(frozen=True)
class BoardColumn:
    """A column of the board: cards, the most urgent first, and heads of all that belong there."""

    column: Column
    rows: tuple[SuggestionRow, ...]
    heads: tuple[Head, ...]


@dataclass(frozen=True)
class _Names:
    """What ids stand for, read once for a whole list."""

    deputies: dict[str, str]
    meetings: dict[str, str]
    units: dict[str, str]
    merged: dict[str, int]


@dataclass(frozen=True)
class Lists:
    """Reads rows of suggestions, as they stand on a day."""

    session: Session
    today: date

    def rows(self, *where: ColumnElement[bool]) -> list[SuggestionRow]:
        """The suggestions that meet the conditions, the newest first."""
        found = self.session.scalars(
            select(Suggestion)
            .options(defer(Suggestion.reason), defer(Suggestion.proposal))
            .where(*where)
            .order_by(*ORDER)
        ).all()
        belonging = Belongings(self.session, where).by_suggestion()
        names = self._names(found)
        return [_row(s, belonging.get(s.id, Around()), names, self.today) for s in found]

    def board(self, most: int | None = None) -> list[BoardColumn]:
        """What is going on, and what was closed this month, in columns by state.

        Args:
            most: so many cards a column, the most urgent; all unless given.
        """
        closed = Suggestion.closed_on.between(self.today.replace(day=1), self.today)
        found = self.session.execute(
            select(
                Suggestion.id,
                Suggestion.state,
                Suggestion.number,
                Suggestion.key | (Suggestion.led_by != ""),
                _waited_for(),
            ).where(Suggestion.state.in_(_COLUMNS) | closed)
        )
        columns: dict[Column, list[tuple[date, int, str, bool]]] = {c: [] for c in Column}
        for record_id, state, number, is_key, due_on in found:
            urgency = (due_on or date.max, -number, record_id, is_key)
            columns[_COLUMNS.get(state, Column.DONE)].append(urgency)
        shown = {c: [card[2] for card in sorted(cards)[:most]] for c, cards in columns.items()}
        wanted = [record_id for ids in shown.values() for record_id in ids]
        rows = {row.id: row for row in self.rows(Suggestion.id.in_(wanted))}
        return [
            BoardColumn(
                column,
                tuple(rows[record_id] for record_id in ids),
                tuple(
                    Head(due if due < date.max else None, is_key)
                    for due, _, _, is_key in columns[column]
                ),
            )
            for column, ids in shown.items()
        ]

    def _names(self, found: Iterable[Suggestion]) -> _Names:
        leads = select(Mandate.id, Person.name).join(Person, Person.id == Mandate.person_id)
        merged_into = {s.merged_into for s in found if s.merged_into}
        numbers = select(Suggestion.id, Suggestion.number).where(Suggestion.id.in_(merged_into))
        return _Names(
            deputies=dict(self.session.execute(leads).all()),
            meetings=dict(self.session.execute(select(Meeting.id, Meeting.name)).all()),
            units=unit_names(self.session),
            merged=dict(self.session.execute(numbers).all()) if merged_into else {},
        )


def _waited_for() -> ColumnElement[date | None]:
    """In SQL what `_next_due` finds: the day of the answer, or of the form with the deputy."""
    answered = select(Reply.id).where(Reply.assignment_id == Assignment.id).exists()
    given = (
        Assignment.suggestion_id == Suggestion.id,
        Assignment.round == Suggestion.round,
        Assignment.role.in_(ANSWERING),
        Assignment.handback != HandbackOutcome.AGREED,
    )
    waiting = select(func.min(Assignment.due_on)).where(*given, ~answered)
    last = select(func.max(Assignment.due_on)).where(*given)
    form = select(func.min(Feedback.due_on)).where(
        Feedback.suggestion_id == Suggestion.id,
        Feedback.round == Suggestion.round,
        Feedback.returned_on.is_(None),
    )
    return case(
        (
            Suggestion.state.in_(AT_UNITS),
            func.coalesce(waiting.scalar_subquery(), last.scalar_subquery()),
        ),
        (Suggestion.state == _S.ANSWERED, form.scalar_subquery()),
    )


def _row(s: Suggestion, a: Around, names: _Names, today: date) -> SuggestionRow:
    given, due = a.answering(s.round), a.waited_for(s.round)
    answers = a.last_answers(s.round)
    forms = [form for form in a.forms if form.returned_on]
    first = next((form for form in forms if form.round == 1), None)
    next_due = _next_due(s, a)
    return SuggestionRow(
        id=s.id,
        number=s.number,
        year=s.year,
        headline=s.headline,
        category=s.category,
        meeting_id=s.meeting_id,
        meeting=names.meetings.get(s.meeting_id, "") if s.meeting_id else BETWEEN,
        lead_id=s.lead_id,
        lead=names.deputies.get(s.lead_id, ""),
        cosigners=a.cosigners,
        separate=any(g.role is UnitRole.SEPARATE for g in given),
        units=tuple(names.units.get(g.unit_id, "") for g in given),
        unit_ids=tuple(g.unit_id for g in given),
        assist_units=tuple(names.units.get(g.unit_id, "") for g in a.assisting),
        state=s.state,
        round=s.round,
        submitted_on=s.submitted_on,
        registered_on=s.registered_on,
        assigned_on=min((g.assigned_on for g in a.answering(1)), default=None),
        due_on=due.due_on if due else None,
        first_due_on=due.first_due_on if due else None,
        provisional=due.provisional if due else False,
        talked=a.talked,
        replied_on=max((answer.replied_on for answer in answers), default=None),
        answer_class="、".join(dict.fromkeys(answer.answer_class for answer in answers)),
        in_time=a.in_time if answers else None,
        attitude=forms[-1].attitude if forms else None,
        result=forms[-1].result if forms else None,
        first_attitude=first.attitude if first else None,
        first_result=first.result if first else None,
        commitments=len(a.promises),
        open_commitments=a.promises.count(CommitmentState.OPEN),
        broken_commitments=a.promises.count(CommitmentState.BROKEN),
        key=s.key,
        led_by=s.led_by,
        public=s.public,
        confidential=s.confidential,
        repeated=s.repeated,
        conversion=s.conversion,
        merged_into=s.merged_into,
        merged_number=names.merged.get(s.merged_into, 0),
        closed_on=s.closed_on,
        archived_on=s.archived_on,
        file_no=s.file_no,
        next_due=next_due,
        days_left=(next_due - today).days if next_due else None,
        tone=due_state(next_due, today) if next_due else None,
    )


def _next_due(s: Suggestion, a: Around) -> date | None:
    """The day that is waited for now: of the answer, or of the form that is with the deputy."""
    if s.state in AT_UNITS:
        due = a.waited_for(s.round)
        return due.due_on if due else None
    if s.state is not _S.ANSWERED:
        return None
    waiting = (form for form in a.forms if form.round == s.round and not form.returned_on)
    return next((form.due_on for form in waiting), None)
