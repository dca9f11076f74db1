"""Reading figures from the tables: totals, parts of totals, and the rows themselves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from deputydesk.operations.figures.measures import (
    GRAINS,
    Column,
    Condition,
    Dimension,
    Period,
    Source,
)
from deputydesk.operations.figures.namesakes import first_ones
from deputydesk.operations.figures.splits import Split, splits_of
from deputydesk.rules.choices import Choice
from deputydesk.rules.periods import key_of

Lines = Select[*tuple[Any, ...]]  # Any: whatever a query selects
Totals = Mapping[int, int]
"""The total of each source, by its Python identity: sources are made once and shared."""


def totals(session: Session, sources: Iterable[Source], period: Period) -> Totals:
    """All totals; sources of one table and one day are read together in one pass."""
    groups: dict[tuple[object, ...], dict[int, Source]] = defaultdict(dict)
    for source in sources:
        joined = tuple(id(on) for _, on in source.via)
        groups[source.model, id(source.day), joined][id(source)] = source
    found: dict[int, int] = {}
    for group in groups.values():
        members = list(group.values())
        row = session.execute(_pass(members, period)).one()
        found |= {id(source): int(value or 0) for source, value in zip(members, row, strict=True)}
    return found


def _pass(members: Sequence[Source], period: Period) -> Lines:
    """One query for the totals of several sources that differ only in their conditions."""
    conditions = [source.conditions(period) for source in members]
    common = conditions[0] if len(members) == 1 else []
    amounts = [
        _amount(source, [] if common else own)
        for source, own in zip(members, conditions, strict=True)
    ]
    return of_source(members[0], select(*amounts), period, common)


def _amount(source: Source, conditions: Sequence[Condition]) -> ColumnElement[int]:
    amount: Any = func.count() if source.weight is None else func.sum(source.weight)
    return amount.filter(and_(*conditions)) if conditions else amount


def of_source(
    source: Source, query: Lines, period: Period, conditions: Iterable[Condition]
) -> Lines:
    """The query, of the rows of a source."""
    query = query.select_from(source.model)
    for target, on in source.via:
        query = query.join(target, on)
    if source.day is not None:
        query = query.where(period.covers(source.day))
        if source.via:  # has a database begin with the days, not with what belongs to them
            query = query.where(source.day >= date.min)
    return query.where(*conditions)


def began(session: Session, sources: Iterable[Source]) -> date | None:
    """The first day on which there is a row of some sources."""
    found: list[date] = []
    for source in sources:
        day = day_of(source)
        query = of_source(source, select(day), Period(), source.conditions(Period()))
        found += session.scalars(query.order_by(day).limit(1))
    return min(found, default=None)


def parts(
    session: Session, sources: Iterable[Source], period: Period, by: Dimension
) -> dict[str, int]:
    """What each part of a dimension has of the rows of some sources together."""
    found: dict[str, int] = defaultdict(int)
    for source in sources:
        grain = GRAINS.get(by)
        split = Split(day_of(source)) if grain else splits_of(source.model)[by]
        firsts: Mapping[str, str] = {} if grain else first_ones(session, split)
        query = select(split.key, _amount(source, ()))
        query = of_source(source, joined(query, split), period, source.conditions(period))
        for key, value in session.execute(query.group_by(split.key)):
            part = key_of(key, grain) if grain else _text(key)
            found[firsts.get(part, part)] += int(value or 0)
    return dict(found)


def cells(
    session: Session, sources: Iterable[Source], period: Period, by: Dimension, columns: Dimension
) -> dict[tuple[str, str], int]:
    """As `parts`, each part by months, quarters or years as well, in one pass."""
    grain = GRAINS[columns]
    found: dict[tuple[str, str], int] = defaultdict(int)
    for source in sources:
        split, day = splits_of(source.model)[by], day_of(source)
        firsts = first_ones(session, split)
        query = joined(select(split.key, day, _amount(source, ())), split)
        query = of_source(source, query, period, source.conditions(period))
        for key, on, value in session.execute(query.group_by(split.key, day)):
            part = _text(key)
            found[firsts.get(part, part), key_of(on, grain)] += int(value or 0)
    return dict(found)


def joined(query: Lines, split: Split) -> Lines:
    """The query, with the tables in which the key of a split is found."""
    for target, on in split.joins:
        query = query.outerjoin(target, on)
    return query


def day_of(source: Source) -> Column:
    """The day of rows that have one."""
    assert source.day is not None, "only figures with a day are split by time"
    return source.day


def _text(key: object) -> str:
    if isinstance(key, Choice):
        return key.value
    return str(key or "")
