"""The catalogue of figures: each number with its definition, and the rows it is made of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.models import Mandate
from deputydesk.office import TODAY
from deputydesk.operations import offices, seats
from deputydesk.operations.figures import counting, namesakes, rows
from deputydesk.operations.figures.catalogue import CATALOGUE, CHAPTERS, measure
from deputydesk.operations.figures.figure import Figure, made
from deputydesk.operations.figures.measures import (
    GRAINS,
    Dimension,
    Measure,
    Period,
    Source,
    Unit,
)
from deputydesk.operations.figures.opinions import RECEIVING
from deputydesk.operations.figures.rows import FigureRow, Part
from deputydesk.operations.figures.splits import adds_up, shared, splits_of
from deputydesk.operations.naming import naming
from deputydesk.rules.choices import Choice
from deputydesk.rules.periods import Span, before, keys_between, name_of, span_of, year_before

__all__ = [
    "CATALOGUE",
    "CHAPTERS",
    "GRAINS",
    "RECEIVING",
    "Comparison",
    "Dimension",
    "Figure",
    "FigurePart",
    "FigureRow",
    "Period",
    "Side",
    "Unit",
    "against",
    "began",
    "compare",
    "dimensions",
    "figures",
    "makes_whole",
    "matrix",
    "measure",
    "nothing",
    "rows_of",
]

UNFILLED = "未填写"
"""The name of the part of rows in which nothing was filled in."""


class Side(Choice):
    """Which rows of a rate."""

    COUNTED = "counted", "分子"
    OUT_OF = "out_of", "分母"
    REST = "rest", "其余"


@dataclass(frozen=True)
class FigurePart:
    """What one part of a dimension has: 五当召镇, 12件, or 3 of 4."""

    key: str
    name: str
    figure: Figure


@dataclass(frozen=True)
class Comparison:
    """A figure beside the period just before and the same period of last year."""

    this: Figure
    before: Figure
    year_before: Figure
    span: Span
    span_before: Span
    span_year_before: Span


def figures(
    session: Session,
    *,
    first: date | None = None,
    last: date | None = None,
    ids: Sequence[str] | None = None,
) -> list[Figure]:
    """Figures of a period (all time if open), in the order of reports.

    Args:
        session: the office's data.
        first: the first day.
        last: the last day; what merely stands, such as homes, is counted as of this day.
        ids: only these, in this order; all if not given.

    Raises:
        UserError: there is no figure of this name.
    """
    wanted = list(CATALOGUE.values()) if ids is None else [measure(i) for i in ids]
    sources = {id(source): source for m in wanted for source in m.sources}
    total = counting.totals(session, sources.values(), _period(session, first, last))
    return [made(m, _sum(total, m.counted), _sum(total, m.out_of)) for m in wanted]


def _period(session: Session, first: date | None, last: date | None) -> Period:
    return Period(first, last, session.info.get(TODAY))


def _sum(total: counting.Totals, sources: Iterable[Source]) -> int:
    return sum(total[id(source)] for source in sources)


def nothing(figure_id: str) -> Figure:
    """A figure of no rows."""
    return made(measure(figure_id), 0, 0)


def dimensions(figure_id: str) -> list[Dimension]:
    """By what a figure may be split."""
    return shared(measure(figure_id))


def makes_whole(figure_id: str, by: Dimension) -> bool:
    """Whether the parts of a figure add up to it; several deputies at one visit do not."""
    return adds_up(measure(figure_id), by)


def rows_of(
    session: Session,
    figure_id: str,
    *,
    first: date | None = None,
    last: date | None = None,
    side: Side = Side.COUNTED,
    by: Dimension | None = None,
    key: str = "",
    limit: int | None = None,
) -> list[FigureRow]:
    """The rows that a figure counts; their weights add up to the figure, or to one part of it.

    Args:
        session: the office's data.
        figure_id: the figure.
        first: the first day of the period.
        last: the last day.
        side: of a rate: the numerator, the denominator, or what is in this but not in that.
        by: only one part of this dimension: the one with the key.
        key: as `compare` names it; empty for rows in which nothing was filled in.
        limit: no more than so many.

    Raises:
        UserError: there is no such figure, or it cannot be split so.
    """
    of, period = measure(figure_id), _period(session, first, last)
    part = None if by is None else Part(_splittable(of, by), key)
    if side is Side.COUNTED:
        return rows.read(session, of.counted, period, part, limit)
    whole = rows.read(session, of.out_of, period, part, limit if side is Side.OUT_OF else None)
    if side is Side.OUT_OF:
        return whole
    counted = {(r.table, r.id) for r in rows.read(session, of.counted, period, part)}
    return [r for r in whole if (r.table, r.id) not in counted][:limit]


def compare(
    session: Session,
    figure_id: str,
    *,
    by: Dimension,
    first: date | None = None,
    last: date | None = None,
    empty: bool = False,
) -> list[FigurePart]:
    """A figure split by a dimension, the largest first; parts of the period in their order.

    Args:
        session: the office's data.
        figure_id: the figure.
        by: what it is split by.
        first: the first day of the period.
        last: the last day.
        empty: also the parts that have nothing: homes without a visit, months without a row.

    Raises:
        UserError: there is no such figure, or it cannot be split so.
    """
    of, period = measure(figure_id), _period(session, first, last)
    _splittable(of, by)
    counted = counting.parts(session, of.counted, period, by)
    out_of = counting.parts(session, of.out_of, period, by)
    keys = dict.fromkeys([*counted, *out_of])
    if empty:
        keys |= dict.fromkeys(_all_keys(session, of, by, period, list(keys)))
    named = _part_names(session, of, by, list(keys))
    parts = [
        FigurePart(k, named.get(k, k) or UNFILLED, made(of, counted.get(k, 0), out_of.get(k, 0)))
        for k in keys
    ]
    if by in GRAINS:
        return sorted(parts, key=_key)
    return sorted(parts, key=_largest_first)


def matrix(
    session: Session,
    figure_id: str,
    *,
    by: Dimension,
    columns: Dimension,
    first: date | None = None,
    last: date | None = None,
) -> Mapping[tuple[str, str], int]:
    """What a figure counts in each part of a dimension and of the period: by home and month.

    Cells without anything are left out.

    Raises:
        UserError: there is no such figure, or it cannot be split so.
    """
    of = measure(figure_id)
    _splittable(of, by)
    _splittable(of, columns)
    return counting.cells(session, of.counted, _period(session, first, last), by, columns)


def began(session: Session, figure_id: str) -> date | None:
    """The first day on which a figure counts anything."""
    return counting.began(session, measure(figure_id).counted)


def against(session: Session, figure_id: str, *, first: date, last: date) -> Comparison:
    """A figure beside the period just before (last quarter) and the same period of last year."""
    this = Span(first, last)
    earlier, last_year = before(this), year_before(this)
    return Comparison(
        this=_one(session, figure_id, this),
        before=_one(session, figure_id, earlier),
        year_before=_one(session, figure_id, last_year),
        span=this,
        span_before=earlier,
        span_year_before=last_year,
    )


def _one(session: Session, figure_id: str, span: Span) -> Figure:
    return figures(session, first=span.first, last=span.last, ids=(figure_id,))[0]


def _key(part: FigurePart) -> str:
    return part.key


def _largest_first(part: FigurePart) -> tuple[bool, int, int, str]:
    figure = part.figure
    return (
        not part.key,
        -(figure.numerator or figure.value or 0),
        -(figure.denominator or 0),
        part.name,
    )


def _splittable(of: Measure, by: Dimension) -> Dimension:
    can = shared(of)
    if by not in can:
        raise UserError(
            f"“{of.name}”不能按{by.label}分。",
            hint=f"可以按：{'、'.join(d.label for d in can)}。" if can else "这个数字不能再分。",
        )
    return by


def _all_keys(
    session: Session, of: Measure, by: Dimension, period: Period, found: Sequence[str]
) -> list[str]:
    """Every part that could have something."""
    if by in GRAINS:
        days = sorted(found)
        if not days and not (period.first and period.last):
            return []
        first = period.first or span_of(days[0]).first
        last = period.last or span_of(days[-1]).last
        return keys_between(first, last, GRAINS[by])
    if by is Dimension.OFFICE:
        return [*offices.names(session)]
    split = splits_of(of.counted[0].model)[by]
    if split.choice:
        return [member.value for member in split.choice if member.value]
    if split.table == Mandate.__tablename__:
        active = select(Mandate.id).where(seats.counted(period.first, period.last))
        return list(session.scalars(active))
    named = session.execute(naming(split.table)) if split.table else ()
    return namesakes.gathered(session, split, (record_id for record_id, _ in named))


def _part_names(
    session: Session, of: Measure, by: Dimension, keys: Sequence[str]
) -> Mapping[str, str]:
    if by in GRAINS:
        return {key: name_of(key) for key in keys}
    if by is Dimension.OFFICE:
        return offices.names(session)
    split = splits_of(of.counted[0].model)[by]
    if split.choice:
        return {key: split.choice.stored(key).label for key in keys}
    if split.table:
        return rows.names_in(session, split.table, keys)
    return {}
