"""The cockpit: the office's slogans with their figures, trends, units and homes at a glance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Home
from deputydesk.operations import figures, units
from deputydesk.operations.figures import Dimension, Figure
from deputydesk.operations.local_rules import current
from deputydesk.rules.local_rules import Rule
from deputydesk.rules.periods import (
    Grain,
    Span,
    around,
    before,
    keys_between,
    span_of,
    year_before,
)

KIND = "cockpit"
"""The kind of rule that says what the cockpit shows."""

BETWEEN = "、"
"""Between the ids of figures in one field of the rule."""

HOMES_BY = "home_activities.total"
"""What the coverage of the homes counts."""

MONTHS = 12
"""So many months of the homes' coverage are shown, up to the end of the period."""

MOST_POINTS = 24
"""A trend of more parts than this is shown in longer ones."""


@dataclass(frozen=True)
class Tile:
    """A slogan, what it means, and the figures that stand for it."""

    name: str
    about: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Card:
    """A key figure, what it was before, and how it went.

    `before` is None for all time and for rates; `trend` is empty for what has none.
    """

    figure: Figure
    before: Figure | None
    trend: tuple[int, ...]


@dataclass(frozen=True)
class Line:
    """A figure by the parts of the period."""

    id: str
    name: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class HomeLine:
    """A home and what was held there in each month."""

    id: str
    name: str
    values: tuple[int, ...]

    @property
    def short_name(self) -> str:
        """The name without what all homes are called."""
        return self.name.replace("人大代表之家", "").replace("代表之家", "") or self.name


@dataclass(frozen=True)
class Board:
    """Everything in the cockpit for one period.

    Args:
        span: the period; None is all time.
        tiles: the slogans.
        cards: the key figures.
        by: what the parts of the trends are.
        keys: the parts of the trends, named by `names`.
        trends: one or two figures, part by part.
        units: what the units have done, are doing, are late with.
        months: the months of the homes' coverage, named by `month_names`.
        homes: the coverage, the home with the least first.
    """

    span: Span | None
    tiles: tuple[Tile, ...]
    cards: tuple[Card, ...]
    by: Dimension
    keys: tuple[str, ...]
    trends: tuple[Line, ...]
    units: tuple[units.UnitLoad, ...]
    months: tuple[str, ...]
    homes: tuple[HomeLine, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The parts of the trends as people read them, short."""
        return _short(self.keys)

    @property
    def month_names(self) -> tuple[str, ...]:
        """The months of the coverage as people read them, short."""
        return _short(self.months)


def board(session: Session, *, span: Span | None, today: date) -> Board:
    """The cockpit of a period; of all time if there is none."""
    rule = current(session, KIND, today).rule
    shown = span or _all_time(session, today)
    by = _grain(shown)
    keys = _parts(shown, by, today)
    trends = {i: _line(session, i, shown, by, keys) for i in _known(rule["trend"])}
    months = _parts(shown, Dimension.MONTH, today)[-MONTHS:]
    cards = _known(rule["cards"])
    wanted = [*cards, *(ident for row in rule["tiles"] for ident in _shown_by(row))]
    found = _figures(session, wanted, span)
    return Board(
        span=span,
        tiles=_tiles(rule, found),
        cards=_cards(session, [found[ident] for ident in cards], span, trends),
        by=by,
        keys=tuple(keys),
        trends=tuple(trends.values()),
        units=tuple(units.loads(session, first=shown.first, last=shown.last, today=today)),
        months=tuple(months),
        homes=_homes(session, months),
    )


def _known(ids: Sequence[str]) -> list[str]:
    """Those that the catalogue has: a rule may come from a newer program, or be misspelt."""
    return [ident.strip() for ident in ids if ident.strip() in figures.CATALOGUE]


def _tiles(rule: Rule, found: Mapping[str, Figure]) -> tuple[Tile, ...]:
    return tuple(
        Tile(row["name"], row["about"], tuple(found[ident] for ident in _shown_by(row)))
        for row in rule["tiles"]
    )


def _shown_by(row: Rule) -> list[str]:
    """The figures of a tile."""
    return _known(row["figures"].split(BETWEEN))


def _figures(session: Session, ids: Iterable[str], span: Span | None) -> Mapping[str, Figure]:
    first, last = (span.first, span.last) if span else (None, None)
    wanted = tuple(dict.fromkeys(ids))
    return {f.id: f for f in figures.figures(session, first=first, last=last, ids=wanted)}


def _cards(
    session: Session,
    this: Sequence[Figure],
    span: Span | None,
    trends: Mapping[str, Line],
) -> tuple[Card, ...]:
    """The key figures; those that only count stand beside the period before."""
    counts = [figure.id for figure in this if figure.numerator is None]
    earlier: Mapping[str, Figure] = _figures(session, counts, before(span)) if span else {}
    return tuple(
        Card(f, earlier.get(f.id), trends[f.id].values if f.id in trends else ()) for f in this
    )


def _line(session: Session, ident: str, shown: Span, by: Dimension, keys: Sequence[str]) -> Line:
    parts = figures.compare(session, ident, by=by, first=shown.first, last=shown.last)
    values = {part.key: part.figure.numerator or part.figure.value or 0 for part in parts}
    return Line(ident, figures.measure(ident).name, tuple(values.get(key, 0) for key in keys))


def _all_time(session: Session, today: date) -> Span:
    """From the first activity or opinion to today."""
    ids = ("home_activities.total", "opinions.heard", "suggestions.total")
    days = [day for ident in ids if (day := figures.began(session, ident))]
    first = around(min(days, default=today), Grain.YEAR).first
    return Span(first, max(today, first))


def _grain(span: Span) -> Dimension:
    """The shortest parts of which there are not too many."""
    for by in (Dimension.MONTH, Dimension.QUARTER):
        if len(keys_between(span.first, span.last, figures.GRAINS[by])) <= MOST_POINTS:
            return by
    return Dimension.YEAR


def _parts(span: Span, by: Dimension, today: date) -> list[str]:
    """The parts of the period that have begun."""
    last = min(span.last, max(today, span.first))
    return keys_between(span.first, last, figures.GRAINS[by])


def _homes(session: Session, months: Sequence[str]) -> tuple[HomeLine, ...]:
    """What was held in each home in each of the months, the home with the least first."""
    held = figures.matrix(
        session,
        HOMES_BY,
        by=Dimension.HOME,
        columns=Dimension.MONTH,
        first=span_of(months[0]).first,
        last=span_of(months[-1]).last,
    )
    homes = session.execute(select(Home.id, Home.name))
    lines = [
        HomeLine(home, name, tuple(held.get((home, month), 0) for month in months))
        for home, name in homes
    ]
    return tuple(sorted(lines, key=_emptiest_first))


def _emptiest_first(line: HomeLine) -> tuple[int, str]:
    return sum(line.values), line.name


def _short(keys: Sequence[str]) -> tuple[str, ...]:
    """7月, 3季度, 2026; over several years 26.7, 26年3季度."""
    is_one_year = len({key.partition("-")[0] for key in keys}) == 1
    return tuple(_short_name(key, is_one_year=is_one_year) for key in keys)


def _short_name(key: str, *, is_one_year: bool) -> str:
    year, _, part = key.partition("-")
    if not part:
        return year
    if part.startswith("Q"):
        said = f"{part[1:]}季度"
        return said if is_one_year else f"{year[2:]}年{said}"
    return f"{int(part)}月" if is_one_year else f"{year[2:]}.{int(part)}"


@dataclass(frozen=True)
class ComparedPart:
    """One part of a figure now, in the period before, and a year earlier (None: not compared)."""

    key: str
    name: str
    this: Figure
    before: Figure | None
    year_before: Figure | None

    @property
    def id(self) -> str:
        """The part, as lists know it."""
        return self.key


def compared(
    session: Session, figure_id: str, *, by: Dimension, span: Span | None
) -> list[ComparedPart]:
    """A figure split by a dimension, each part beside last quarter's and last year's.

    Parts of the period itself, and all time, have nothing beside them.

    Raises:
        UserError: the figure cannot be split so.
    """
    if span is None or by in figures.GRAINS:
        first, last = (span.first, span.last) if span else (None, None)
        parts = figures.compare(session, figure_id, by=by, first=first, last=last, empty=True)
        return [ComparedPart(p.key, p.name, p.figure, None, None) for p in parts]
    this, earlier, last_year = (
        {
            p.key: p
            for p in figures.compare(
                session, figure_id, by=by, first=one.first, last=one.last, empty=one is span
            )
        }
        for one in (span, before(span), year_before(span))
    )
    found = dict(this)
    for part in (*earlier.values(), *last_year.values()):
        found.setdefault(part.key, part)
    none = figures.nothing(figure_id)
    return [
        ComparedPart(
            key,
            part.name,
            this[key].figure if key in this else none,
            earlier[key].figure if key in earlier else none,
            last_year[key].figure if key in last_year else none,
        )
        for key, part in found.items()
    ]
