"""What happened to suggestions in a period, in words, one line for each suggestion."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from deputydesk.models import (
    Assignment,
    Commitment,
    Extension,
    Feedback,
    Reply,
    Suggestion,
    Urging,
)
from deputydesk.models.choices import CommitmentState, HandbackOutcome, UnitRole
from deputydesk.operations.dispatch_snapshot import ChangeLine

_Day = InstrumentedAttribute[date] | InstrumentedAttribute[date | None]
_Event = tuple[date | None, int, str, str, str]
"""Day, place among the events of a day, suggestion, kind (or none), words."""


@dataclass
class Happened:
    """Reads what happened to suggestions from first to last.

    Args:
        session: where to read.
        first: the first day.
        last: the last day.
        units: names of units.
    """

    session: Session
    first: date
    last: date
    units: Mapping[str, str]
    counts: Counter[str] = field(default_factory=Counter[str])

    def lines(self) -> list[ChangeLine]:
        """A line for each suggestion to which something happened, by number; counts as it goes."""
        seen: set[tuple[str, str]] = set()
        words: dict[str, list[tuple[date, str]]] = {}
        for day, _, suggestion_id, kind, text in sorted(self._events(), key=_when):
            assert day, "only days within the period were asked for"
            words.setdefault(suggestion_id, []).append((day, text))
            if kind and (kind, suggestion_id) not in seen:
                seen.add((kind, suggestion_id))
                self.counts[kind] += 1
        found = self.session.execute(
            select(Suggestion.id, Suggestion.number, Suggestion.headline)
            .where(Suggestion.id.in_(words))
            .order_by(Suggestion.year, Suggestion.meeting_id, Suggestion.number, Suggestion.id)
        )
        return [ChangeLine(number, headline, _told(words[i])) for i, number, headline in found]

    def _events(self) -> Iterator[_Event]:
        yield from self._of_suggestions()
        yield from self._of_units()
        replies = (
            select(Reply.replied_on, Reply.suggestion_id, Assignment.unit_id, Reply.answer_class)
            .join(Assignment, Assignment.id == Reply.assignment_id)
            .where(self._in(Reply.replied_on))
        )
        for day, sid, unit, answer_class in self.session.execute(replies):
            yield day, 6, sid, "answered", f"{self._unit(unit)}答复（{answer_class}类）"
        forms = select(Feedback.returned_on, Feedback.suggestion_id, Feedback.result).where(
            self._in(Feedback.returned_on)
        )
        for day, sid, result in self.session.execute(forms):
            yield day, 7, sid, "returned", f"代表反馈：{result.label}"
        promises = select(
            Commitment.settled_on, Commitment.suggestion_id, Commitment.state, Commitment.unit_id
        ).where(self._in(Commitment.settled_on))
        for day, sid, state, unit in self.session.execute(promises):
            kind = "kept" if state is CommitmentState.KEPT else ""
            yield day, 9, sid, kind, f"{self._unit(unit)}承诺{state.label}"

    def _of_suggestions(self) -> Iterator[_Event]:
        s = Suggestion
        days = (s.registered_on, s.closed_on, s.withdrawn_on)
        told = ((0, "registered", "登记"), (8, "closed", "办结"), (8, "", "撤回"))
        found = self.session.execute(
            select(s.id, *days).where(or_(*(self._in(day) for day in days)))
        )
        for sid, *happened in found:
            for day, (place, kind, text) in zip(happened, told, strict=True):
                if day and self.first <= day <= self.last:
                    yield day, place, sid, kind, text

    def _of_units(self) -> Iterator[_Event]:
        a = Assignment
        main = a.role != UnitRole.ASSIST
        given = (
            select(a.assigned_on, a.suggestion_id, a.unit_id, a.round)
            .where(self._in(a.assigned_on))
            .where(main)
        )
        for day, sid, unit, round_ in self.session.execute(given):
            again = "重新" if round_ > 1 else ""
            yield day, 2, sid, "assigned", f"{again}交{self._unit(unit)}办理"
        left = (
            select(a.handback_decided_on, a.suggestion_id, a.unit_id)
            .where(self._in(a.handback_decided_on))
            .where(a.handback == HandbackOutcome.AGREED)
        )
        for day, sid, unit in self.session.execute(left):
            yield day, 1, sid, "", f"{self._unit(unit)}退办"
        extended = (
            select(Extension.decided_on, a.suggestion_id, a.unit_id, Extension.new_due_on)
            .where(self._in(Extension.decided_on))
            .join(a, a.id == Extension.assignment_id)
            .where(Extension.granted)
        )
        for day, sid, unit, due in self.session.execute(extended):
            until = f"至{due.month}月{due.day}日" if due else ""
            yield day, 3, sid, "extended", f"{self._unit(unit)}延期{until}"
        urged = select(
            Urging.urged_on, Urging.suggestion_id, Urging.unit_id, Urging.by_letter
        ).where(self._in(Urging.urged_on))
        for day, sid, unit, by_letter in self.session.execute(urged):
            how = "向{}发督办通知" if by_letter else "催办{}"
            yield day, 4, sid, "urged", how.format(self._unit(unit))

    def _in(self, day: _Day) -> ColumnElement[bool]:
        return day.between(self.first, self.last)

    def _unit(self, unit_id: str) -> str:
        return self.units.get(unit_id, "") or "单位"


def _when(event: _Event) -> tuple[date, int]:
    return event[0] or date.min, event[1]


def _told(events: list[tuple[date, str]]) -> str:
    """1月30日交区教育局办理；4月14日答复: the day is said once."""
    parts: list[str] = []
    before: date | None = None
    for day, text in events:
        parts.append(text if day == before else f"{day.month}月{day.day}日{text}")
        before = day
    return "；".join(parts)
