"""What belongs to suggestions, read for a whole list at once: six statements, however long."""

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from deputydesk.late import dataclass
from deputydesk.models import Assignment, Commitment, Cosigner, Feedback, Reply, Suggestion, Talk
from deputydesk.models.choices import CommitmentState, HandbackOutcome, TalkForm, UnitRole
from deputydesk.operations.handling import ANSWERING
from deputydesk.rules.satisfaction import Satisfaction


@dataclass(frozen=True)
class Given:
    """An assignment, as much as lists need."""

    id: str
    unit_id: str
    role: UnitRole
    round: int
    assigned_on: date
    due_on: date
    first_due_on: date
    provisional: bool
    handed_back: bool


@dataclass(frozen=True)
class Answer:
    """An answer, as much as lists need."""

    assignment_id: str
    replied_on: date
    answer_class: str


@dataclass(frozen=True)
class Form:
    """A feedback form, as much as lists need."""

    round: int
    due_on: date
    returned_on: date | None
    attitude: Satisfaction
    result: Satisfaction


@dataclass
class Around:
    """What belongs to one suggestion, in the order it came."""

    given: list[Given] = field(default_factory=list[Given])
    answers: list[Answer] = field(default_factory=list[Answer])
    forms: list[Form] = field(default_factory=list[Form])
    promises: list[CommitmentState] = field(default_factory=list[CommitmentState])
    cosigners: int = 0
    talked: bool = False

    def answering(self, number: int) -> list[Given]:
        """What the units that answer were given in a round, and did not hand back."""
        return [
            g for g in self.given if g.round == number and g.role in ANSWERING and not g.handed_back
        ]

    @property
    def assisting(self) -> list[Given]:
        """What assisting units were given."""
        return [g for g in self.given if g.role is UnitRole.ASSIST and not g.handed_back]

    def answers_of(self, number: int) -> list[Answer]:
        """The answers of a round; none until every unit has answered."""
        wanted = {g.id for g in self.answering(number)}
        found = [answer for answer in self.answers if answer.assignment_id in wanted]
        return found if len(found) == len(wanted) else []

    def last_answers(self, number: int) -> list[Answer]:
        """The answers of a round, or of the newest before it that was answered."""
        while number and not self.answers_of(number):
            number -= 1
        return self.answers_of(number)

    def waited_for(self, number: int) -> Given | None:
        """The assignment of a round that is due next; the one due last when all have answered."""
        given = self.answering(number)
        answered = {answer.assignment_id for answer in self.answers}
        waiting = [g for g in given if g.id not in answered]
        if waiting:
            return min(waiting, key=_due)
        return max(given, key=_due, default=None)

    @property
    def in_time(self) -> bool:
        """Whether every answer came by the day it was due, extensions counted."""
        due = {g.id: g.due_on for g in self.given}
        return all(answer.replied_on <= due[answer.assignment_id] for answer in self.answers)


def _due(given: Given) -> date:
    return given.due_on


@dataclass(frozen=True)
class Belongings:
    """Reads what belongs to the suggestions that meet some conditions."""

    session: Session
    where: Sequence[ColumnElement[bool]]

    def by_suggestion(self) -> dict[str, Around]:
        """What belongs to the suggestions, by their id; six statements, however many they are."""
        found: dict[str, Around] = {}
        for sid, given in self._given():
            found.setdefault(sid, Around()).given.append(given)
        for sid, answer in self._answers():
            found.setdefault(sid, Around()).answers.append(answer)
        for sid, form in self._forms():
            found.setdefault(sid, Around()).forms.append(form)
        promises = select(Commitment.suggestion_id, Commitment.state).where(
            *self._of(Commitment.suggestion_id)
        )
        for sid, state in self.session.execute(promises):
            found.setdefault(sid, Around()).promises.append(state)
        signers = (
            select(Cosigner.suggestion_id, func.count())
            .where(*self._of(Cosigner.suggestion_id))
            .group_by(Cosigner.suggestion_id)
        )
        for sid, count in self.session.execute(signers):
            found.setdefault(sid, Around()).cosigners = count
        talked = select(Talk.suggestion_id).where(
            Talk.form != TalkForm.NONE, *self._of(Talk.suggestion_id)
        )
        for sid in self.session.scalars(talked.distinct()):
            found.setdefault(sid, Around()).talked = True
        return found

    def _of(self, column: InstrumentedAttribute[str]) -> list[ColumnElement[bool]]:
        """The condition that a row belongs to one of the suggestions; none when all are wanted."""
        return [column.in_(select(Suggestion.id).where(*self.where))] if self.where else []

    def _given(self) -> Iterable[tuple[str, Given]]:
        found = self.session.execute(
            select(
                Assignment.suggestion_id,
                Assignment.id,
                Assignment.unit_id,
                Assignment.role,
                Assignment.round,
                Assignment.assigned_on,
                Assignment.due_on,
                Assignment.first_due_on,
                Assignment.due_provisional,
                Assignment.handback == HandbackOutcome.AGREED,
            )
            .where(*self._of(Assignment.suggestion_id))
            .order_by(Assignment.id)
        )
        return [(line[0], Given(*line[1:])) for line in found]

    def _answers(self) -> Iterable[tuple[str, Answer]]:
        found = self.session.execute(
            select(Reply.suggestion_id, Reply.assignment_id, Reply.replied_on, Reply.answer_class)
            .where(*self._of(Reply.suggestion_id))
            .order_by(Reply.id)
        )
        return [(line[0], Answer(*line[1:])) for line in found]

    def _forms(self) -> Iterable[tuple[str, Form]]:
        found = self.session.execute(
            select(
                Feedback.suggestion_id,
                Feedback.round,
                Feedback.due_on,
                Feedback.returned_on,
                Feedback.attitude,
                Feedback.result,
            )
            .where(*self._of(Feedback.suggestion_id))
            .order_by(Feedback.round)
        )
        return [(line[0], Form(*line[1:])) for line in found]
