"""What the columns of a long list show, said in SQL: to sort by them, and to find a cell's like."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    case,
    false,
    func,
    not_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from deputydesk.journal.values import table_of
from deputydesk.late import dataclass
from deputydesk.models import Mandate, Person
from deputydesk.models.base import Record
from deputydesk.operations.years import Day
from deputydesk.rules.cell_filters import Arrangement
from deputydesk.rules.choices import Choice
from deputydesk.rules.record_ids import BETWEEN, RecordIds
from deputydesk.search.query import condition, newest_ids

Condition = ColumnElement[bool]
MOST_NAMES = 300
"""To so few referred records the first page of a list may be held, in a question."""
AHEAD = 8
"""So many first pages of the newest records that hold the words are tried if more is asked."""


@dataclass(frozen=True)
class Shown:
    """A column of a list.

    Args:
        order: what it is sorted by.
        says: the condition under which a cell shows exactly this text.
        of: the column that alone decides what is shown, if an index leads from it to the records.
    """

    order: SQLColumnExpression[Any]  # Any: columns of any type
    says: Callable[[str], Condition]
    of: SQLColumnExpression[str] | None = None


Columns = dict[str, Shown]
"""The columns of a list by their headings."""


def text(column: InstrumentedAttribute[str]) -> Shown:
    """A text as it is kept."""
    return Shown(column, lambda said: column == said)


def day(column: Day) -> Shown:
    """A day as lists write it: 2026-03-05."""

    def says(said: str) -> Condition:
        try:
            return column == date.fromisoformat(said)
        except ValueError:
            return false() if said else column.is_(None)

    return Shown(column, says)


def number(column: SQLColumnExpression[int], form: str = "", *, blank: str = "0") -> Shown:
    """A whole number; `form` as `format` takes it, `blank` what is shown for none."""

    def says(said: str) -> Condition:
        if said == blank:
            return column == 0
        is_so = said.isascii() and said.isdigit() and f"{int(said):{form}}" == said
        return column == int(said) if is_so else false()

    return Shown(column, says)


def money(column: SQLColumnExpression[int]) -> Shown:
    """An amount, kept in 分 and shown in 元: 1,200.50."""

    def says(said: str) -> Condition:
        try:
            return column == int(Decimal(said.replace(",", "")) * 100)
        except InvalidOperation:
            return false()

    return Shown(column, says)


def choice(column: InstrumentedAttribute[Any], names: type[Choice]) -> Shown:  # Any: of the choice
    """The Chinese name of what was chosen."""
    order = case({one: one.label for one in names}, value=column, else_="")
    return Shown(order, lambda said: column.in_([one for one in names if one.label == said]))


def named(column: InstrumentedAttribute[str], name: InstrumentedAttribute[str]) -> Shown:
    """The name of the record that a column refers to; nothing where there is none."""
    found = name.class_
    order = _name(column, select(name).where(found.id == column))

    def says(said: str) -> Condition:
        if said:
            return column.in_(select(found.id).where(name == said))
        return column.not_in(select(found.id).where(name != ""))

    return Shown(order, says, _if_indexed(column))


def deputy(column: InstrumentedAttribute[str]) -> Shown:
    """The name of the deputy whose mandate a column refers to."""
    seats = select(Mandate.id).join(Person, Person.id == Mandate.person_id)
    name = select(Person.name).join(Mandate, Mandate.person_id == Person.id)
    order = _name(column, name.where(Mandate.id == column))

    def says(said: str) -> Condition:
        if said:
            return column.in_(seats.where(Person.name == said))
        return column.not_in(seats)

    return Shown(order, says, _if_indexed(column))


def _name(column: InstrumentedAttribute[str], name: Select[str]) -> SQLColumnExpression[str]:
    """The name that is found for a column; where the column is empty, none is looked for."""
    return case((column == "", ""), else_=func.coalesce(name.scalar_subquery(), ""))


def _if_indexed(column: InstrumentedAttribute[str]) -> SQLColumnExpression[str] | None:
    table = table_of(cast("type[Record]", column.class_))
    leading = (next(iter(index.columns)).key for index in table.indexes)
    return column if column.key in leading else None


def conditions(columns: Columns, arrangement: Arrangement) -> list[Condition]:
    """What the cells of a row must say and must not say."""
    found = [(f, columns[f.column].says(f.text)) for f in arrangement.filters]
    return [func.coalesce(not_(said), True) if f.is_out else said for f, said in found]


def ordered(
    columns: Columns, arrangement: Arrangement, given: tuple[SQLColumnExpression[Any], ...]
) -> tuple[SQLColumnExpression[Any], ...]:  # Any: columns of any type
    """The order of a list: by the column that was asked for, then as it is otherwise."""
    if not arrangement.column:
        return given
    by = columns[arrangement.column].order
    return (by.desc() if arrangement.is_down else by.asc(), *given)


@dataclass(frozen=True)
class Looked:
    """What is looked for in records of a kind.

    Args:
        model: the kind.
        words: must all stand in a record.
        by: the column by which the list is sorted; None: the newest stands first.
        is_down: whether it is sorted downwards.
    """

    model: type[Record]
    words: tuple[str, ...]
    by: Shown | None = None
    is_down: bool = False


def looked(
    model: type[Record], words: tuple[str, ...], columns: Columns, arrangement: Arrangement
) -> Looked:
    """What is looked for in a list that is arranged so."""
    return Looked(model, words, columns.get(arrangement.column), arrangement.is_down)


def found_ids(session: Session, query: Select[str], looked: Looked, limit: int | None) -> RecordIds:
    """The ids that a query in order gives of the records in which the words stand.

    For a first page the newest records that hold the words are tried, as the index gives them at
    once; a word that is everywhere would take long otherwise.
    """
    column = table_of(looked.model).c.id
    if looked.words and limit is not None and looked.by is None:
        tried = limit if query.whereclause is None else limit * AHEAD
        newest, asked = newest_ids(session, looked.model, looked.words, tried)
        found = session.connection().execute(_first(query, column, newest, limit), asked).all()
        is_all = found[0][1] < tried if found else query.whereclause is None
        if len(found) == limit or is_all:
            return RecordIds.of(record_id for record_id, _ in found)
    if looked.words:
        query = query.where(condition(session, looked.model, looked.words))
    if limit is not None and looked.by is not None and looked.by.of is not None:
        query = _of_first_names(session, query, looked.by, looked.by.of, limit, looked.is_down)
    return record_ids(session, query.limit(limit).subquery(), limit)


@lru_cache(maxsize=64)
def _first(query: Select[str], column: Column[str], newest: CTE, limit: int) -> Select[str, int]:
    """The first of the newest records, and how many the newest are; put together once."""
    many = select(func.count()).select_from(newest).scalar_subquery()
    return query.add_columns(many).where(column.in_(select(newest.c.pk))).limit(limit)


def _of_first_names(
    session: Session,
    query: Select[str],
    by: Shown,
    of: SQLColumnExpression[str],
    limit: int,
    is_down: bool,  # noqa: FBT001 - called once
) -> Select[str]:
    """The query, asked only of the records whose names come first: an index leads to them.

    A name is looked up once for all records that refer to it, and not for each of them.
    """
    many = query.with_only_columns(of, by.order, func.count()).order_by(None).group_by(of)
    ordered = many.order_by(by.order.desc() if is_down else by.order)
    first: list[str] = []
    last, count = None, 0
    for value, name, of_it in session.execute(ordered):
        if count >= limit and name != last:
            break
        first.append(value)
        last, count = name, count + of_it
    return query.where(of.in_(first)) if len(first) <= MOST_NAMES else query


def record_ids(session: Session, found: Subquery, limit: int | None) -> RecordIds:
    """The ids that a query in order gives, in one text: nothing is made of each on its way here.

    Args:
        session: the session.
        found: the query, with a column `id`.
        limit: how many there can be at most, if few.
    """
    if limit is not None:
        return RecordIds.of(session.scalars(select(found.c.id)))
    return RecordIds(session.scalar(select(func.aggregate_strings(found.c.id, BETWEEN))) or "")
