"""Registers that are too long to be read at once: which records, in which order, and how many.

Only ids and totals are read here; a list reads the rows that are in sight (`ui/paged_rows.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    case,
    func,
    select,
)
from sqlalchemy.orm import Session

from deputydesk.journal.values import table_of
from deputydesk.late import dataclass
from deputydesk.models.base import Record
from deputydesk.operations import shown
from deputydesk.operations.years import Day, in_year
from deputydesk.rules.cell_filters import AS_GIVEN, Arrangement
from deputydesk.rules.record_ids import RecordIds
from deputydesk.search.query import condition

Condition = ColumnElement[bool]
Part = Callable[[date], Condition]
"""The condition under which a record belongs to a part of the list, on a day."""
Number = SQLColumnExpression[Any]  # Any: a sum or a count


@dataclass(frozen=True, eq=False)
class Listing:
    """How records of a kind are listed.

    Args:
        model: the kind of record.
        day: the day that says to which year a record belongs.
        order: what comes first.
        parts: parts of the list that are seen alone, by name.
        sums: what is worked out of the records in sight, by name: `func.sum(…)`.
        columns: what its columns show, by headings; by others the database can neither sort
            nor filter.
    """

    model: type[Record]
    day: Day
    order: tuple[SQLColumnExpression[Any], ...]  # Any: columns of any type
    parts: Mapping[str, Part] = field(default_factory=dict[str, Part])
    sums: Mapping[str, Number] = field(default_factory=dict[str, Number])
    columns: shown.Columns = field(default_factory=dict[str, shown.Shown])


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    Args:
        today: the present day.
        year: the year; None: all years.
        part: the part of the list; empty: the whole.
        words: words that must all stand in a record.
        arrangement: what cells must say, and by which column the records are sorted.
    """

    today: date
    year: int | None = None
    part: str = ""
    words: tuple[str, ...] = ()
    arrangement: Arrangement = AS_GIVEN


@dataclass(frozen=True)
class Totals:
    """How many records there are, and what they come to."""

    count: int
    sums: Mapping[str, int]


def ids(session: Session, listing: Listing, wanted: Wanted, limit: int | None = None) -> RecordIds:
    """The records that are looked for, in the order of the list; the first ones if limited."""
    query = _in_order(listing, replace(wanted, words=()))
    looked = shown.looked(listing.model, wanted.words, listing.columns, wanted.arrangement)
    return shown.found_ids(session, query, looked, limit)


@lru_cache(maxsize=64)
def _in_order(listing: Listing, wanted: Wanted) -> Select[str]:
    """All records that are wanted, whatever words stand in them; put together once, not each time.

    To put a question together takes longer than to answer it, and one is asked at every key.
    """
    where = _conditions(listing, wanted)
    order = shown.ordered(listing.columns, wanted.arrangement, listing.order)
    return select(table_of(listing.model).c.id).where(*where).order_by(*order)


def size(session: Session, listing: Listing, year: int | None) -> int:
    """How many records a year has."""
    query = select(func.count()).select_from(listing.model).where(*_of_year(listing, year))
    return session.scalar(query) or 0


def totals(session: Session, listing: Listing, wanted: Wanted) -> Totals:
    """How many records that are looked for there are, and what they come to."""
    where = _conditions(listing, wanted)
    if wanted.words:
        where.append(condition(session, listing.model, wanted.words))
    query = select(func.count(), *listing.sums.values()).select_from(listing.model).where(*where)
    count, *found = session.execute(query).one()
    return Totals(count, {name: int(n or 0) for name, n in zip(listing.sums, found, strict=True)})


def counts(session: Session, listing: Listing, wanted: Wanted) -> dict[str, int]:
    """How many records of the year each part has; the whole under the empty name."""
    parts = [func.sum(case((part(wanted.today), 1), else_=0)) for part in listing.parts.values()]
    query = select(func.count(), *parts).select_from(listing.model)
    found = session.execute(query.where(*_of_year(listing, wanted.year))).one()
    names = ("", *listing.parts)
    return {name: int(number or 0) for name, number in zip(names, found, strict=True)}


def _of_year(listing: Listing, year: int | None) -> list[Condition]:
    return [] if year is None else [in_year(listing.day, year)]


def _conditions(listing: Listing, wanted: Wanted) -> list[Condition]:
    where = _of_year(listing, wanted.year)
    if wanted.part:
        where.append(listing.parts[wanted.part](wanted.today))
    return where + shown.conditions(listing.columns, wanted.arrangement)
