"""The cockpit: the office's slogans with their figures, trends, units and homes at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from deputydesk.operations import figures, units
from deputydesk.operations.figures import Comparison, Dimension, Figure
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

    `before` and `year_before` are None for all time; `trend` is empty for what has no days.
    """

    figure: Figure
    before: Figure | None
    year_before: Figure | None
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
    trends = [_line(session, ident, shown, by, keys) for ident in _known(rule["trend"])]
    months = _parts(shown, Dimension.MONTH, today)[-MONTHS:]
    return Board(
        span=span,
        tiles=_tiles(session, rule, span),
        cards=tuple(_card(session, i, span, shown, by, keys) for i in _known(rule["cards"])),
        by=by,
        keys=tuple(keys),
        trends=tuple(trends),
        units=tuple(units.loads(session, first=shown.first, last=shown.last, today=today)),
        months=tuple(months),
        homes=_homes(session, months),
    )


def _known(ids: Sequence[str]) -> list[str]:
    """Those that the catalogue has: a rule may come from a newer program, or be misspelt."""
    return [ident.strip() for ident in ids if ident.strip() in figures.CATALOGUE]


def _tiles(session: Session, rule: Rule, span: Span | None) -> tuple[Tile, ...]:
    named = {row["name"]: _known(row["figures"].split(BETWEEN)) for row in rule["tiles"]}
    wanted = [ident for ids in named.values() for ident in ids]
    found = {f.id: f for f in _figures(session, wanted, span)}
    return tuple(
        Tile(row["name"], row["about"], tuple(found[ident] for ident in named[row["name"]]))
        for row in rule["tiles"]
    )


def _figures(session: Session, ids: Sequence[str], span: Span | None) -> list[Figure]:
    first, last = (span.first, span.last) if span else (None, None)
    return figures.figures(session, first=first, last=last, ids=ids)


def _card(
    session: Session,
    ident: str,
    span: Span | None,
    shown: Span,
    by: Dimension,
    keys: Sequence[str],
) -> Card:
    trend: tuple[int, ...] = ()
    if by in figures.dimensions(ident):
        trend = _line(session, ident, shown, by, keys).values
    if span is None:
        return Card(_figures(session, (ident,), None)[0], None, None, trend)
    found: Comparison = figures.against(session, ident, first=span.first, last=span.last)
    return Card(found.this, found.before, found.year_before, trend)


def _line(session: Session, ident: str, shown: Span, by: Dimension, keys: Sequence[str]) -> Line:
    parts = figures.compare(session, ident, by=by, first=shown.first, last=shown.last)
    values = {part.key: part.figure.numerator or part.figure.value or 0 for part in parts}
    return Line(ident, figures.measure(ident).name, tuple(values.get(key, 0) for key in keys))


def _all_time(session: Session, today: date) -> Span:
    """From the first activity or opinion to today."""
    parts = [
        part
        for ident in ("home_activities.total", "opinions.heard", "suggestions.total")
        for part in figures.compare(session, ident, by=Dimension.YEAR)
    ]
    years = [part.key for part in parts]
    first = span_of(min(years)).first if years else around(today, Grain.YEAR).first
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
    totals: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for place, month in enumerate(months):
        span = span_of(month)
        for part in figures.compare(
            session, HOMES_BY, by=Dimension.HOME, first=span.first, last=span.last, empty=True
        ):
            names[part.key] = part.name
            totals.setdefault(part.key, [0] * len(months))[place] = part.figure.value or 0
    lines = [HomeLine(key, names[key], tuple(values)) for key, values in totals.items() if key]
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
