"""Who gains points, what the clerk said of their entries, and how many of these count."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from deputydesk.late import dataclass
from deputydesk.models import Home, Mandate, Person, PointEntry
from deputydesk.models.choices import Level
from deputydesk.models.points import TYPED, PointState
from deputydesk.operations import duty
from deputydesk.rules.points import ANY_ROLE, ZERO, Item, Measure, Scheme, Unit
from deputydesk.rules.quarters import Quarter, share

Key = tuple[str, str, str]
"""What an entry is known by: table, record and deputy."""


@dataclass(frozen=True)
class Deputy:
    """Whoever stands on the board, with the time in office."""

    id: str
    person_id: str
    name: str
    level: Level
    town: str
    home: str
    started_on: date | None
    ended_on: date | None
    suspended: bool
    before: tuple[tuple[date | None, date | None], ...] = ()
    """From when to when the person held the main seats before this one."""

    def share(self, first: date, last: date) -> Fraction:
        """What part of the days the deputy was in office; who was elected again, in either seat."""
        return share(first, last, *self.before, (self.started_on, self.ended_on))


@dataclass(frozen=True)
class People:
    """Who stands on boards, and to whom the duty done by any of a person's mandates goes."""

    deputies: Mapping[str, Deputy]
    main_of: Mapping[str, str]


def people(session: Session, last: date, mandate_id: str = "") -> People:
    """Everybody who had a main mandate by a day: what is done by another one counts there.

    A person stands on a board once: by the newest of the seats still held after that day, or if
    all had ended, the newest of them.

    Args:
        session: the session.
        last: the day.
        mandate_id: only the person of this mandate; all unless given.
    """
    m = Mandate
    query = (
        select(m.id, m.person_id, m.level, m.town, m.started_on, m.ended_on, m.suspended, m.main)
        .add_columns(Person.name, Home.name.label("home"))
        .join(Person, Person.id == Mandate.person_id)
        .outerjoin(Home, Home.id == Mandate.home_id)
    )
    if mandate_id:
        one = aliased(Mandate)
        query = query.join(one, one.person_id == Person.id).where(one.id == mandate_id)
    found = session.execute(query).all()
    mains: dict[str, Deputy] = {}
    for seat in sorted(found, key=lambda seat: _order(seat, last)):
        if not seat.main or (seat.started_on and seat.started_on > last):
            continue
        earlier = mains.get(seat.person_id)
        before = (*earlier.before, (earlier.started_on, earlier.ended_on)) if earlier else ()
        mains[seat.person_id] = Deputy(
            *(seat.id, seat.person_id, seat.name, seat.level, seat.town, seat.home or ""),
            *(seat.started_on, seat.ended_on, seat.suspended, before),
        )
    main_of = {seat.id: mains[seat.person_id].id for seat in found if seat.person_id in mains}
    return People({deputy.id: deputy for deputy in mains.values()}, main_of)


def _order(seat: Any, last: date) -> tuple[bool, date, str]:  # Any: a row of mandates' columns
    """The oldest first, and those that had ended by a day before those that had not."""
    return seat.ended_on is None or seat.ended_on > last, seat.started_on or date.min, seat.id


class Word(NamedTuple):
    """What the clerk said of an entry, or typed; as quick as the database gives it."""

    id: str
    mandate_id: str
    item: str
    earned_on: date
    quantity: int
    role: str
    source_kind: str
    source_id: str
    evidence: str
    state: PointState
    note: str


@dataclass(frozen=True)
class Words:
    """What the clerk has said: of derived entries, and the entries typed by hand."""

    states: Mapping[Key, Word]
    typed: Sequence[Word]


def words(
    session: Session, first: date, last: date, mandate_ids: Collection[str] | None = None
) -> Words:
    """What the clerk said of entries of these days, of the deputies named or of all."""
    query = _said(*(getattr(PointEntry, name) for name in Word._fields), first=first, last=last)
    if mandate_ids is not None:
        query = query.where(PointEntry.mandate_id.in_(mandate_ids))
    found = [Word(*line) for line in session.execute(query)]
    return Words(
        {
            (e.source_kind, e.source_id, e.mandate_id): e
            for e in found
            if e.source_kind not in TYPED
        },
        [e for e in found if e.source_kind in TYPED],
    )


def _said(*columns: Any, first: date, last: date) -> duty.Lines:  # Any: whatever is selected
    """Of two words on the same entry, which two PCs may have said, the later comes later."""
    e = PointEntry
    return select(*columns).where(e.earned_on.between(first, last)).order_by(e.earned_on, e.id)


States = Mapping[Key, PointState]
"""What the clerk said of derived entries."""


def _states(session: Session, first: date, last: date) -> States:
    """What the clerk said of derived entries, without the words."""
    e = PointEntry
    query = _said(e.source_kind, e.source_id, e.mandate_id, e.state, first=first, last=last)
    found = session.execute(query.where(e.source_kind.not_in(TYPED)))
    return {(kind, ident, mandate): state for kind, ident, mandate, state in found}


class Typed(NamedTuple):
    """What counting needs to know of an entry typed by hand."""

    id: str
    mandate_id: str
    item: str
    earned_on: date
    quantity: int
    role: str
    state: PointState


def _typed(session: Session, first: date, last: date) -> list[Typed]:
    """The entries typed by hand."""
    query = _said(*(getattr(PointEntry, name) for name in Typed._fields), first=first, last=last)
    found = session.execute(query.where(PointEntry.source_kind.in_(TYPED)))
    return [Typed(*line) for line in found]


def counts(item: Item, state: PointState) -> bool:
    """Whether a derived entry counts: what needs evidence waits for the clerk's word."""
    if item.evidence:
        return state == PointState.VERIFIED
    return state != PointState.REFUSED


def amount(item: Item, *, people: int, hours: int, half_days: int) -> int:
    """How often an entry counts in an item; once at least, where nothing was filled in."""
    if item.measure == Measure.TIMES:
        return 1
    many = {Measure.HOURS: hours, Measure.HALF_DAYS: half_days, Measure.PEOPLE: people}
    return max(1, many.get(item.measure, 1))


@dataclass(slots=True)
class Taken:
    """Where entries of a kind and role of a deputy count, and how many that need not be read."""

    deputy: Deputy
    item: Item
    factor: Decimal
    waits: bool
    """Without the clerk's word, such an entry does not count yet."""
    counted: list[int]
    """How many of the deputy's counted in the item, in each quarter."""


class Matcher:
    """Finds where entries count; each combination is looked for once."""

    def __init__(self, scheme: Scheme, who: People, quarters: int = 0) -> None:
        self._scheme = scheme
        self._quarters = quarters
        self._of = {mandate: who.deputies.get(main) for mandate, main in who.main_of.items()}
        self._items: dict[tuple[Level, str, str], Item | None] = {}
        self._known: dict[tuple[str, str, str], Taken | None] = {}
        self._first: dict[tuple[str, str], Taken] = {}

    def deputy(self, mandate_id: str) -> Deputy | None:
        """To whom duty done by a mandate goes."""
        return self._of.get(mandate_id)

    def take(self, mandate_id: str, kind: str, role: str) -> Taken | None:
        """Where an entry counts, if anywhere."""
        key = (mandate_id, kind, role)
        if key not in self._known:
            self._known[key] = self._taken(*key)
        return self._known[key]

    def all(self) -> Iterable[Taken]:
        """One of each deputy and item that was looked for."""
        return self._first.values()

    def _taken(self, mandate_id: str, kind: str, role: str) -> Taken | None:
        deputy = self._of.get(mandate_id)
        if deputy is None:
            return None
        key = (deputy.level, kind, role)
        if key not in self._items:
            self._items[key] = self._scheme.taking(kind, role, deputy.level)
        item = self._items[key]
        if item is None:
            return None
        first, factor = self._first.get((deputy.id, item.id)), item.factor(role)
        if first is None:
            waits = not counts(item, PointState.DRAFT)
            first = Taken(deputy, item, factor, waits, [0] * self._quarters)
            self._first[deputy.id, item.id] = first
        if first.factor == factor:
            return first
        return Taken(deputy, item, factor, first.waits, first.counted)


Tally = dict[str, list[dict[str, list[Unit]]]]
"""By deputy, for each quarter: what counts in each item, the earliest first."""


@dataclass(frozen=True)
class Tallied:
    """What counts of some quarters, and how many entries of the last one wait for a word."""

    units: Tally
    pending: Mapping[str, int]


class _Counter:
    """Counts entries into quarters; what is not worth the same each time is put in order."""

    def __init__(self, who: People, quarters: Sequence[Quarter]) -> None:
        self._units: Tally = {d: [{} for _ in quarters] for d in who.deputies}
        self._pending: dict[str, int] = {}
        self._lead = quarters[0].number
        self._last = len(quarters) - 1
        self._ordered: dict[tuple[str, int, str], list[tuple[date, str, Unit]]] = {}

    def count(self, deputy: str, item: str, day: date, ident: str, unit: Unit) -> None:
        """An entry counts."""
        key = (deputy, self.place(day), item)
        self._ordered.setdefault(key, []).append((day, ident, unit))

    def wait_last(self, deputy: str, until: Sequence[int]) -> None:
        """So many entries as there were by the end of each quarter wait for the clerk's word."""
        self.wait(deputy, self._last, until[-1] - (until[-2] if len(until) > 1 else 0))

    def wait(self, deputy: str, place: int, number: int = 1) -> None:
        """Entries wait for the clerk's word."""
        if place == self._last:
            self._pending[deputy] = self._pending.get(deputy, 0) + number

    def tallied(self, plain: Iterable[Taken]) -> Tallied:
        """All that was counted, the plain ones too."""
        for taken in plain:
            for place, number in enumerate(taken.counted):
                if number:
                    quarter = self._units[taken.deputy.id][place]
                    quarter.setdefault(taken.item.id, []).append(Unit(number, taken.factor))
        for (deputy, place, item), dated in self._ordered.items():
            dated.sort(key=lambda one: one[:2])
            self._units[deputy][place].setdefault(item, []).extend(unit for *_, unit in dated)
        return Tallied(self._units, self._pending)

    def place(self, day: date) -> int:
        """Which of the quarters."""
        return (day.month + 2) // 3 - self._lead


def tally(session: Session, scheme: Scheme, who: People, quarters: Sequence[Quarter]) -> Tallied:
    """Count what all deputies did in these quarters of a year.

    Entries of which each is worth the same are counted by the database; only those are read that
    differ, or of which the clerk has said something.
    """
    first, last = quarters[0].first, quarters[-1].last
    states, typed = _states(session, first, last), _typed(session, first, last)
    matcher, counter = Matcher(scheme, who, len(quarters)), _Counter(who, quarters)
    kinds = frozenset(kind for item in scheme.items for kind in item.kinds)
    plain = kinds - frozenset(
        kind for item in scheme.items for kind in item.kinds if not _is_plain(item, typed)
    )
    _count_plain(duty.totals(session, quarters=quarters, kinds=plain), matcher, counter)
    if states:
        tables = frozenset(table for table, *_ in states)
        judged = duty.judged(session, first=first, last=last, kinds=plain, tables=tables)
        _count_judged(judged, states, matcher, counter)
    if plain != kinds:
        briefs = duty.briefs(session, first=first, last=last, kinds=kinds - plain)
        _count_read(briefs, states, matcher, counter)
    _count_typed(typed, scheme, matcher, counter)
    return counter.tallied(matcher.all())


def _is_plain(item: Item, typed: Sequence[Typed]) -> bool:
    """Every entry is worth the same, whenever it was: it is enough to know how many."""
    if item.measure != Measure.TIMES:
        return False
    if not item.roles:
        return True
    factors = {item.factor(role) for role in (*item.roles, ANY_ROLE)} - {ZERO}
    return len(factors) <= 1 and not any(word.item == item.id for word in typed)


def _count_plain(lines: Iterable[duty.Total], matcher: Matcher, counter: _Counter) -> None:
    for mandate, kind, role, *until in lines:
        taken = matcher.take(mandate, kind, role)
        if taken is None:
            continue
        if taken.waits:
            counter.wait_last(taken.deputy.id, until)
            continue
        before = 0
        for place, number in enumerate(until):
            taken.counted[place] += number - before
            before = number


def _count_judged(
    briefs: Iterable[duty.Brief], states: States, matcher: Matcher, counter: _Counter
) -> None:
    """Where the clerk's word makes a difference, put right what was counted without it."""
    for ident, table, mandate, day, kind, role, *_ in briefs:
        taken, state = matcher.take(mandate, kind, role), states.get((table, ident, mandate))
        if taken is None or state is None:
            continue
        place = counter.place(day)
        if taken.waits and state != PointState.DRAFT:
            counter.wait(taken.deputy.id, place, -1)
        taken.counted[place] += counts(taken.item, state) - (not taken.waits)


def _count_read(
    briefs: Iterable[duty.Brief], states: States, matcher: Matcher, counter: _Counter
) -> None:
    for ident, table, mandate, day, kind, role, met, hours, half_days in briefs:
        taken = matcher.take(mandate, kind, role)
        if taken is None:
            continue
        state = states.get((table, ident, mandate), PointState.DRAFT)
        if not counts(taken.item, state):
            if state == PointState.DRAFT:
                counter.wait(taken.deputy.id, counter.place(day))
        else:
            many = amount(taken.item, people=met, hours=hours, half_days=half_days)
            unit = Unit(many, taken.factor)
            counter.count(taken.deputy.id, taken.item.id, day, ident, unit)


def _count_typed(
    typed: Iterable[Typed], scheme: Scheme, matcher: Matcher, counter: _Counter
) -> None:
    for entry in typed:
        deputy, item = matcher.deputy(entry.mandate_id), scheme.item(entry.item)
        if deputy is None or item is None:
            continue
        if entry.state == PointState.VERIFIED:
            unit = Unit(entry.quantity, item.factor(entry.role))
            counter.count(deputy.id, item.id, entry.earned_on, entry.id, unit)
        elif entry.state == PointState.DRAFT:
            counter.wait(deputy.id, counter.place(entry.earned_on))
