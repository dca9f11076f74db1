"""Opinions of voters as lists and pages show them; who the voter is comes only when asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from deputydesk.models import Home, Mandate, Opinion, Person, Suggestion, Voter
from deputydesk.models.choices import Channel, Route, Sex
from deputydesk.operations.handling import Column, Head, unit_names
from deputydesk.rules.deadlines import Due, due_state
from deputydesk.rules.opinion_flow import OpinionState
from deputydesk.rules.satisfaction import Satisfaction

ORDER = (Opinion.heard_on.desc(), Opinion.number.desc(), Opinion.id.desc())
"""The newest first."""

_S = OpinionState
_COLUMNS = {
    _S.RECEIVED: Column.WAITING,
    _S.ANSWERED_ON_SPOT: Column.ANSWERED,
    _S.ASSIGNED: Column.HANDLING,
    _S.HANDLED: Column.ANSWERED,
    _S.FED_BACK: Column.ANSWERED,
}


MANY = 500
"""From so many ids on, all records are read rather than those named."""


@dataclass(frozen=True)
class VoterRow:
    """Who was heard; stays in the office."""

    name: str
    sex: Sex
    age: int | None
    phone: str
    address: str


NOBODY = VoterRow("", Sex.UNKNOWN, None, "", "")


@dataclass(frozen=True)
class OpinionRow:
    """One hearing as lists show it.

    `hearings` counts it and those merged into it (件次); `voter` is blank unless contacts were
    asked for.
    """

    id: str
    number: int
    heard_on: date
    channel: Channel
    visit_id: str
    home_id: str
    home: str
    deputy_id: str
    deputy: str
    voter: VoterRow
    confidential: bool
    matter: str
    detail: str
    category: str
    place: str
    spot_answer: str
    deputy_view: str
    state: OpinionState
    route: Route
    unit_id: str
    unit: str
    assigned_on: date | None
    due_on: date | None
    provisional: bool
    why: str
    handled_on: date | None
    outcome: str
    told_on: date | None
    told_how: str
    satisfaction: Satisfaction
    refused_why: str
    explanation: str
    sent_back: int
    settled_on: date | None
    hearings: int
    merged_into: str
    merged_number: int
    suggestion_id: str
    suggestion_number: int
    days_left: int | None
    tone: Due | None

    @property
    def code(self) -> str:
        """第3号（2026）: numbers begin anew each year."""
        return f"第{self.number}号（{self.heard_on.year}）"

    @property
    def state_label(self) -> str:
        """The state's Chinese name."""
        return self.state.label

    @property
    def settled(self) -> bool:
        """Whether it is done with."""
        return self.settled_on is not None

    @property
    def voter_name(self) -> str:
        """The voter's name; empty if it was not asked for or not given."""
        return self.voter.name


@dataclass(frozen=True)
class BoardColumn:
    """A column of the board: cards, the most urgent first, and heads of all that belong there."""

    column: Column
    rows: tuple[OpinionRow, ...]
    heads: tuple[Head, ...]


@dataclass(frozen=True)
class _Names:
    """What ids stand for, read once for a whole list."""

    homes: dict[str, str]
    deputies: dict[str, str]
    units: dict[str, str]
    merged: dict[str, int]
    hearings: dict[str, int]
    suggestions: dict[str, int]
    voters: dict[str, VoterRow]


@dataclass(frozen=True)
class Lists:
    """Reads rows of opinions, as they stand on a day; voters' data only with `contacts`."""

    session: Session
    today: date
    contacts: bool = False

    def rows(self, *where: ColumnElement[bool]) -> list[OpinionRow]:
        """The opinions that meet the conditions, the newest first."""
        found = self.session.scalars(select(Opinion).where(*where).order_by(*ORDER)).all()
        names = _Names(
            homes=self._pairs(select(Home.id, Home.name)),
            deputies=self._pairs(
                select(Mandate.id, Person.name).join(Person, Person.id == Mandate.person_id)
            ),
            units=unit_names(self.session),
            merged=self._numbers(Opinion, {o.merged_into for o in found}),
            hearings=self._hearings({o.id for o in found}),
            suggestions=self._numbers(Suggestion, {o.suggestion_id for o in found}),
            voters=self._voters(where) if self.contacts else {},
        )
        return [_row(o, names, self.today) for o in found]

    def board(self, most: int | None = None) -> list[BoardColumn]:
        """What is going on, and what was settled this month, in columns by state.

        Args:
            most: so many cards a column, the most urgent; all unless given.
        """
        settled = Opinion.settled_on.between(self.today.replace(day=1), self.today)
        found = self.session.execute(
            select(
                Opinion.id,
                Opinion.state,
                Opinion.sent_back,
                Opinion.due_on,
                Opinion.heard_on,
                Opinion.number,
            ).where(Opinion.state.in_(_COLUMNS) | settled)
        )
        columns: dict[Column, list[tuple[date, date, int, str, bool]]] = {c: [] for c in Column}
        for record_id, state, sent_back, due_on, heard_on, number in found:
            urgency = (due_on or date.max, heard_on, number, record_id, state is _S.ASSIGNED)
            columns[_column(state, sent_back)].append(urgency)
        shown = {c: [card[3] for card in sorted(cards)[:most]] for c, cards in columns.items()}
        wanted = [record_id for ids in shown.values() for record_id in ids]
        rows = {row.id: row for row in self.rows(Opinion.id.in_(wanted))}
        return [
            BoardColumn(
                column,
                tuple(rows[record_id] for record_id in ids),
                tuple(
                    Head(due if is_running and due < date.max else None)
                    for due, *_, is_running in columns[column]
                ),
            )
            for column, ids in shown.items()
        ]

    def _pairs(self, query: Select[str, str]) -> dict[str, str]:
        return dict(self.session.execute(query).all())

    def _numbers(self, model: type[Opinion] | type[Suggestion], ids: set[str]) -> dict[str, int]:
        wanted = ids - {""}
        numbers = select(model.id, model.number).where(model.id.in_(wanted))
        return dict(self.session.execute(numbers).all()) if wanted else {}

    def _hearings(self, ids: set[str]) -> dict[str, int]:
        merged = (
            select(Opinion.merged_into, func.count())
            .where(Opinion.merged_into.in_(ids) if len(ids) < MANY else Opinion.merged_into != "")
            .group_by(Opinion.merged_into)
        )
        return dict(self.session.execute(merged).all())

    def _voters(self, where: Sequence[ColumnElement[bool]]) -> dict[str, VoterRow]:
        found = self.session.scalars(
            select(Voter).where(Voter.id.in_(select(Opinion.voter_id).where(*where)))
        )
        return {v.id: VoterRow(v.name, v.sex, v.age, v.phone, v.address) for v in found}


def _column(state: OpinionState, sent_back: int) -> Column:
    if state is _S.ASSIGNED and sent_back:
        return Column.REHANDLE
    return _COLUMNS.get(state, Column.DONE)


def _row(o: Opinion, names: _Names, today: date) -> OpinionRow:
    running = o.due_on if o.state is _S.ASSIGNED else None
    return OpinionRow(
        id=o.id,
        number=o.number,
        heard_on=o.heard_on,
        channel=o.channel,
        visit_id=o.visit_id,
        home_id=o.home_id,
        home=names.homes.get(o.home_id, ""),
        deputy_id=o.mandate_id,
        deputy=names.deputies.get(o.mandate_id, ""),
        voter=names.voters.get(o.voter_id, NOBODY),
        confidential=o.confidential,
        matter=o.matter,
        detail=o.detail,
        category=o.category,
        place=o.place,
        spot_answer=o.spot_answer,
        deputy_view=o.deputy_view,
        state=o.state,
        route=o.route,
        unit_id=o.unit_id,
        unit=names.units.get(o.unit_id, ""),
        assigned_on=o.assigned_on,
        due_on=o.due_on,
        provisional=o.due_provisional,
        why=o.due_why,
        handled_on=o.handled_on,
        outcome=o.outcome,
        told_on=o.told_on,
        told_how=o.told_how,
        satisfaction=o.satisfaction,
        refused_why=o.refused_why,
        explanation=o.explanation,
        sent_back=o.sent_back,
        settled_on=o.settled_on,
        hearings=1 + names.hearings.get(o.id, 0),
        merged_into=o.merged_into,
        merged_number=names.merged.get(o.merged_into, 0),
        suggestion_id=o.suggestion_id,
        suggestion_number=names.suggestions.get(o.suggestion_id, 0),
        days_left=(running - today).days if running else None,
        tone=due_state(running, today) if running else None,
    )
