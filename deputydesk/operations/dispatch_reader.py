"""Reads the ledger as it stood on a day, from the days on which everything happened.

So a report of last week is the same whether it is made on Sunday or on Wednesday, and what is
entered later with a later day does not come into it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from deputydesk.models import (
    Assignment,
    Extension,
    Feedback,
    Mandate,
    Person,
    Reply,
    Suggestion,
    Urging,
)
from deputydesk.models.choices import HandbackOutcome
from deputydesk.operations.dispatch_events import Happened
from deputydesk.operations.dispatch_snapshot import (
    COUNTS,
    HAPPENED,
    SOON_DAYS,
    OpenLine,
    OverdueLine,
    Snapshot,
    UnitLine,
)
from deputydesk.operations.handling import ANSWERING, unit_names
from deputydesk.operations.suggestion_ledger import WITHHELD
from deputydesk.rules.dispatch_periods import DispatchPeriod
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.suggestion_flow import SuggestionState

Day = InstrumentedAttribute[date] | InstrumentedAttribute[date | None]
_ENDED = (SuggestionState.REJECTED, SuggestionState.RETURNED, SuggestionState.MERGED)
_JUDGED = {
    Satisfaction.SATISFIED: "satisfied",
    Satisfaction.MOSTLY: "mostly",
    Satisfaction.DISSATISFIED: "dissatisfied",
}


class _Head(NamedTuple):
    """What the ledger needs of a suggestion; as quick as the database gives it."""

    id: str
    number: int
    headline: str
    lead_id: str
    confidential: bool
    key: bool
    led_by: str
    state: SuggestionState
    reviewed_on: date | None
    closed_on: date | None
    withdrawn_on: date | None


class _Given(NamedTuple):
    """What it needs of an assignment."""

    id: str
    suggestion_id: str
    unit_id: str
    round: int
    assigned_on: date
    due_on: date
    first_due_on: date
    handback: HandbackOutcome
    handback_decided_on: date | None


@dataclass
class _Matter:
    """A suggestion with what had happened to it by the day: who answered, what was judged."""

    suggestion: _Head
    given: list[_Given] = field(default_factory=list[_Given])
    replies: set[str] = field(default_factory=set[str])
    judged: dict[int, Satisfaction] = field(default_factory=dict[int, Satisfaction])
    urged: Counter[str] = field(default_factory=Counter[str])

    @cached_property
    def newest(self) -> int:
        """The newest round."""
        return max((a.round for a in self.given), default=0)

    @cached_property
    def current(self) -> list[_Given]:
        """What the units of the newest round had."""
        return [a for a in self.given if a.round == self.newest]

    @property
    def judgement(self) -> str:
        """What the deputy said of the newest round, as the table counts it."""
        result = self.judged.get(self.newest)
        return _JUDGED.get(result, "") if result else ""


@dataclass
class Reader:
    """Reads one period."""

    session: Session
    period: DispatchPeriod
    as_of: date

    def read(self) -> Snapshot:
        """The ledger of the period, as it stood."""
        matters = self._matters()
        happened = Happened(self.session, self.period.first, self.as_of, self._names)
        changes = happened.lines()
        return Snapshot(
            kind=self.period.kind,
            first=self.period.first,
            last=self.period.last,
            as_of=self.as_of,
            units=tuple(self._units(matters)),
            open=tuple(self._open(matters)),
            overdue=tuple(sorted(self._overdue(matters), key=lambda row: (-row.days, row.number))),
            changes=tuple(changes),
            happened={name: happened.counts[name] for name in HAPPENED},
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        return unit_names(self.session)

    @cached_property
    def _wanted(self) -> list[ColumnElement[bool]]:
        """Registered by the day, and not over before the day's year began."""
        year = self.as_of.replace(month=1, day=1)
        return [
            Suggestion.registered_on.is_not(None),
            Suggestion.registered_on <= self.as_of,
            Suggestion.closed_on.is_(None) | (Suggestion.closed_on >= min(year, self.period.first)),
            Suggestion.withdrawn_on.is_(None) | (Suggestion.withdrawn_on >= self.period.first),
        ]

    def _matters(self) -> dict[str, _Matter]:
        wanted = self._wanted
        columns = [getattr(Suggestion, name) for name in _Head._fields]
        found = self.session.execute(
            select(*columns)
            .where(*wanted)
            .order_by(Suggestion.year, Suggestion.meeting_id, Suggestion.number, Suggestion.id)
        )
        matters = {line[0]: _Matter(_Head(*line)) for line in found}
        self._read_given(matters, self._until(Assignment.assigned_on))
        for owner, assignment in self._of(
            Reply.suggestion_id, Reply.assignment_id, day=Reply.replied_on
        ):
            matters[owner].replies.add(assignment)
        for owner, number, result in self._of(
            Feedback.suggestion_id, Feedback.round, Feedback.result, day=Feedback.returned_on
        ):
            matters[owner].judged[number] = result
        for owner, unit in self._of(Urging.suggestion_id, Urging.unit_id, day=Urging.urged_on):
            matters[owner].urged[unit] += 1
        return matters

    def _read_given(self, matters: dict[str, _Matter], until: ColumnElement[bool]) -> None:
        chosen = select(Suggestion.id).where(*self._wanted)
        columns = [getattr(Assignment, name) for name in _Given._fields]
        found = self.session.execute(
            select(*columns)
            .where(Assignment.suggestion_id.in_(chosen), Assignment.role.in_(ANSWERING), until)
            .order_by(Assignment.round, Assignment.id)
        )
        for a in map(_Given._make, found):
            left = a.handback is HandbackOutcome.AGREED and a.handback_decided_on
            if not (left and left <= self.as_of):
                matters[a.suggestion_id].given.append(a)

    def _until(self, column: Day) -> ColumnElement[bool]:
        return column.is_not(None) & (column <= self.as_of)

    def _of(
        self, owner: InstrumentedAttribute[str], *more: InstrumentedAttribute[Any], day: Day
    ) -> Iterable[Any]:  # Any: lines of these columns
        """What belongs to the suggestions and had happened by the day, in order."""
        chosen = select(Suggestion.id).where(*self._wanted)
        return self.session.execute(
            select(owner, *more)
            .where(owner.in_(chosen), self._until(day))
            .order_by(day, owner.class_.id)
        )

    @cached_property
    def _extended(self) -> dict[str, date]:
        """Until when more time had been granted, by assignment."""
        found = self.session.execute(
            select(Extension.assignment_id, Extension.new_due_on)
            .where(Extension.granted, self._until(Extension.decided_on))
            .order_by(Extension.decided_on, Extension.id)
        )
        return {assignment: due for assignment, due in found if due}

    @cached_property
    def _granted_later(self) -> set[str]:
        later = Extension.granted & (Extension.decided_on > self.as_of)
        return set(self.session.scalars(select(Extension.assignment_id).where(later)))

    def _due(self, a: _Given) -> date:
        """The day an answer was due, as it was known then."""
        return self._extended.get(a.id) or (
            a.first_due_on if a.id in self._granted_later else a.due_on
        )

    def _is_over(self, s: _Head) -> bool:
        days = (s.closed_on, s.withdrawn_on)
        if any(day and day <= self.as_of for day in days):
            return True
        return s.state in _ENDED and s.reviewed_on is not None and s.reviewed_on <= self.as_of

    def _units(self, matters: Mapping[str, _Matter]) -> Iterator[UnitLine]:
        counts: dict[str, Counter[str]] = {}
        for m in matters.values():
            withdrawn = m.suggestion.withdrawn_on
            if withdrawn and withdrawn <= self.as_of:
                continue
            for a in m.current:
                count = counts.setdefault(self._names.get(a.unit_id, ""), Counter())
                count["assigned"] += 1
                count["answered" if a.id in m.replies else self._nearness(a)] += 1
                if m.judgement and a.id in m.replies:
                    count[m.judgement] += 1
        order = sorted(counts.items(), key=lambda p: (-p[1]["overdue"], -p[1]["assigned"], p[0]))
        for unit, count in order:
            yield UnitLine(unit, **{name: count[name] for name in COUNTS})

    def _nearness(self, a: _Given) -> str:
        left = (self._due(a) - self.as_of).days
        if left < 0:
            return "overdue"
        return "soon" if left <= SOON_DAYS else "not_due"

    def _open(self, matters: Mapping[str, _Matter]) -> Iterator[OpenLine]:
        for m in matters.values():
            s = m.suggestion
            if self._is_over(s):
                continue
            waiting = [a for a in m.current if a.id not in m.replies]
            marks = ("重点督办" if s.key else "", f"{s.led_by}督办" if s.led_by else "")
            yield OpenLine(
                id=s.id,
                number=s.number,
                headline=s.headline,
                lead=WITHHELD if s.confidential else self._deputies.get(s.lead_id, ""),
                units="、".join(self._names.get(a.unit_id, "") for a in m.current),
                assigned_on=min((a.assigned_on for a in m.current), default=None),
                due_on=min((self._due(a) for a in waiting), default=None),
                state=_state(m, waiting),
                mark="，".join(mark for mark in marks if mark),
            )

    @cached_property
    def _deputies(self) -> dict[str, str]:
        found = select(Mandate.id, Person.name).join(Person, Person.id == Mandate.person_id)
        return dict(self.session.execute(found).all())

    def _overdue(self, matters: Mapping[str, _Matter]) -> Iterator[OverdueLine]:
        for m in matters.values():
            if self._is_over(m.suggestion):
                continue
            for a in m.current:
                due = self._due(a)
                if a.id not in m.replies and due < self.as_of:
                    yield OverdueLine(
                        number=m.suggestion.number,
                        headline=m.suggestion.headline,
                        unit=self._names.get(a.unit_id, ""),
                        due_on=due,
                        days=(self.as_of - due).days,
                        urged=m.urged[a.unit_id],
                    )


def _state(m: _Matter, waiting: list[_Given]) -> str:
    if not m.current:
        return "待交办"
    if not waiting:
        return "已答复"
    return "重新办理" if waiting[0].round > 1 else "办理中"
