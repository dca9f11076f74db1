"""The board of a quarter as the entries give it now: who gained what, and in which order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Home, Mandate, Person, PointEntry
from deputydesk.models.choices import Level
from deputydesk.models.points import PointState
from deputydesk.operations import duty
from deputydesk.operations.duty_sources import TYPED
from deputydesk.operations.point_schemes import SchemeRow
from deputydesk.rules import points
from deputydesk.rules.choices import Choice
from deputydesk.rules.names import sort_key
from deputydesk.rules.points import Gain, Item, Measure, Scheme, Unit
from deputydesk.rules.quarters import Quarter, share

Key = tuple[str, str, str]
"""What an entry is known by: table, record and deputy."""


class Standing(Choice):
    """Whether a deputy has a rank."""

    RANKED = "", ""
    SUSPENDED = "suspended", "暂停"
    SHORT = "short", "任职时间短，不排名"


@dataclass(frozen=True)
class BoardRow:
    """A deputy on the board; `id` is the mandate."""

    id: str
    name: str
    level: Level
    town: str
    home: str
    standing: Standing
    rank: int | None
    items: Mapping[str, Decimal]
    base: Decimal
    cut: Decimal
    total: Decimal
    share: Fraction
    note: str
    pending: int = 0

    @property
    def place(self) -> str:
        """The rank, or why there is none."""
        return str(self.rank) if self.rank else self.standing.label


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
        held = (*self.before, (self.started_on, self.ended_on))
        return min(Fraction(1), sum((share(first, last, *span) for span in held), Fraction()))


@dataclass(frozen=True)
class People:
    """Who stands on boards, and to whom the duty done by any of a person's mandates goes."""

    deputies: Mapping[str, Deputy]
    main_of: Mapping[str, str]


def people(session: Session, last: date) -> People:
    """Everybody who had a main mandate by a day: what is done by another one counts there.

    A person stands on a board once: who was elected again by that day, by the newest seat.
    """
    found = session.execute(
        select(Mandate, Person.name, Home.name)
        .join(Person, Person.id == Mandate.person_id)
        .outerjoin(Home, Home.id == Mandate.home_id)
    ).all()
    mains: dict[str, Deputy] = {}
    for m, name, home in sorted(found, key=_oldest_first):
        if not m.main or (m.started_on and m.started_on > last):
            continue
        earlier = mains.get(m.person_id)
        before = (*earlier.before, (earlier.started_on, earlier.ended_on)) if earlier else ()
        mains[m.person_id] = Deputy(
            *(m.id, m.person_id, name, m.level, m.town, home or ""),
            *(m.started_on, m.ended_on, m.suspended, before),
        )
    main_of = {m.id: mains[m.person_id].id for m, *_ in found if m.person_id in mains}
    return People({deputy.id: deputy for deputy in mains.values()}, main_of)


def _oldest_first(line: Any) -> tuple[date, str]:  # Any: a row that starts with a mandate
    return line[0].started_on or date.min, line[0].id


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
    query = (
        select(*(getattr(PointEntry, name) for name in Word._fields))
        .where(PointEntry.earned_on >= first, PointEntry.earned_on <= last)
        .order_by(PointEntry.earned_on, PointEntry.id)
    )
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
    """Where entries of a kind and role of a deputy count, and how many plain ones there were."""

    deputy: Deputy
    item: Item
    factor: Decimal
    waits: bool
    """Without the clerk's word, such an entry does not count yet."""
    is_plain: bool
    """Every such entry is worth the same, whenever it was: it is enough to know how many."""
    months: list[int]
    """How many plain ones, by month."""


class Matcher:
    """Finds where entries count; each combination is looked for once."""

    def __init__(self, scheme: Scheme, who: People) -> None:
        self._scheme = scheme
        self._of = {mandate: who.deputies.get(main) for mandate, main in who.main_of.items()}
        self._known: dict[tuple[str, str, str], Taken | None] = {}

    def deputy(self, mandate_id: str) -> Deputy | None:
        """To whom duty done by a mandate goes."""
        return self._of.get(mandate_id)

    def take(self, mandate_id: str, kind: str, role: str) -> Taken | None:
        """Where an entry counts, if anywhere."""
        key = (mandate_id, kind, role)
        if key not in self._known:
            deputy = self._of.get(mandate_id)
            item = self._scheme.taking(kind, role, deputy.level) if deputy else None
            self._known[key] = _taken(deputy, item, role) if deputy and item else None
        return self._known[key]

    def all(self) -> Iterable[Taken]:
        """Everything that was looked for and counts somewhere."""
        return (taken for taken in self._known.values() if taken)


def _taken(deputy: Deputy, item: Item, role: str) -> Taken:
    is_plain = item.measure == Measure.TIMES and not item.roles
    waits = not counts(item, PointState.DRAFT)
    return Taken(deputy, item, item.factor(role), waits, is_plain, [0] * 13)


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
        key = (deputy, self._place(day.month), item)
        self._ordered.setdefault(key, []).append((day, ident, unit))

    def wait(self, deputy: str, day: date) -> None:
        """An entry waits for the clerk's word."""
        if self._place(day.month) == self._last:
            self._pending[deputy] = self._pending.get(deputy, 0) + 1

    def tallied(self, plain: Iterable[Taken]) -> Tallied:
        """All that was counted, the plain ones too."""
        for taken in plain:
            for month, number in enumerate(taken.months):
                if number:
                    quarter = self._units[taken.deputy.id][self._place(month)]
                    quarter.setdefault(taken.item.id, []).append(Unit(number))
        for (deputy, place, item), dated in self._ordered.items():
            dated.sort(key=lambda one: one[:2])
            self._units[deputy][place].setdefault(item, []).extend(unit for *_, unit in dated)
        return Tallied(self._units, self._pending)

    def _place(self, month: int) -> int:
        return (month + 2) // 3 - self._lead


def tally(session: Session, scheme: Scheme, who: People, quarters: Sequence[Quarter]) -> Tallied:
    """Count what all deputies did in these quarters of a year, in one pass."""
    first, last = quarters[0].first, quarters[-1].last
    said = words(session, first, last)
    matcher, counter = Matcher(scheme, who), _Counter(who, quarters)
    states = said.states
    kinds = frozenset(kind for item in scheme.items for kind in item.kinds)
    for ident, table, mandate, day, kind, role, met, hours, half_days in duty.briefs(
        session, first=first, last=last, kinds=kinds
    ):
        taken = matcher.take(mandate, kind, role)
        if taken is None:
            continue
        word = states.get((table, ident, mandate)) if states else None
        if not counts(taken.item, word.state) if word else taken.waits:
            if word is None or word.state == PointState.DRAFT:
                counter.wait(taken.deputy.id, day)
        elif taken.is_plain:
            taken.months[day.month] += 1
        else:
            many = amount(taken.item, people=met, hours=hours, half_days=half_days)
            unit = Unit(many, taken.factor)
            counter.count(taken.deputy.id, taken.item.id, day, ident, unit)
    _count_typed(said.typed, scheme, matcher, counter)
    return counter.tallied(matcher.all())


def _count_typed(
    typed: Iterable[Word], scheme: Scheme, matcher: Matcher, counter: _Counter
) -> None:
    for entry in typed:
        deputy, item = matcher.deputy(entry.mandate_id), scheme.item(entry.item)
        if deputy is None or item is None:
            continue
        if entry.state == PointState.VERIFIED:
            unit = Unit(entry.quantity, item.factor(entry.role))
            counter.count(deputy.id, item.id, entry.earned_on, entry.id, unit)
        elif entry.state == PointState.DRAFT:
            counter.wait(deputy.id, entry.earned_on)


def live(session: Session, quarter: Quarter, rules: SchemeRow) -> list[BoardRow]:
    """The board of a quarter as its entries give it now, the first rank first."""
    who, scheme = people(session, quarter.last), rules.scheme
    quarters = quarter.so_far if scheme.looks_back else (quarter,)
    tallied = tally(session, scheme, who, quarters)
    found: list[tuple[Deputy, Gain, Fraction]] = []
    for deputy in who.deputies.values():
        shares = [deputy.share(q.first, q.last) for q in quarters]
        if shares[-1]:
            gained = points.gain(scheme, tallied.units[deputy.id], shares)
            found.append((deputy, gained, shares[-1]))
    days = (quarter.last - quarter.first).days + 1
    return placed(scheme, found, days, tallied.pending)


def placed(
    scheme: Scheme,
    found: Sequence[tuple[Deputy, Gain, Fraction]],
    days: int,
    pending: Mapping[str, int],
) -> list[BoardRow]:
    """Rank them: the suspended and those in office for too short a time have no rank."""
    rows = [_row(scheme, *line, days, pending.get(line[0].id, 0)) for line in found]
    ranked = [row for row in rows if row.standing == Standing.RANKED]
    ranks = points.ranks([row.total for row in ranked])
    rank_of = dict(zip((row.id for row in ranked), ranks, strict=True))
    rows = [replace(row, rank=rank_of.get(row.id)) for row in rows]
    return sorted(rows, key=_order)


def _order(row: BoardRow) -> tuple[bool, int, tuple[object, ...], str]:
    return row.rank is None, row.rank or 0, (sort_key(row.name),), row.id


def _row(
    scheme: Scheme, deputy: Deputy, gained: Gain, part: Fraction, days: int, pending: int
) -> BoardRow:
    standing = Standing.RANKED
    if deputy.suspended:
        standing = Standing.SUSPENDED
    elif part * days < min(scheme.least_days, days):
        standing = Standing.SHORT
    return BoardRow(
        id=deputy.id,
        name=deputy.name,
        level=deputy.level,
        town=deputy.town,
        home=deputy.home,
        standing=standing,
        rank=None,
        items=gained.items,
        base=gained.base,
        cut=gained.cut,
        total=points.scaled(scheme, gained.total, part),
        share=part,
        note=_note(deputy, part),
        pending=pending,
    )


def _note(deputy: Deputy, part: Fraction) -> str:
    """Why the points are for a part of the time."""
    if part == 1:
        return ""
    begun = f"{deputy.started_on:%Y-%m-%d}起任职" if deputy.started_on else ""
    ended = f"{deputy.ended_on:%Y-%m-%d}终止" if deputy.ended_on else ""
    return "，".join(said for said in (begun, ended) if said)
