"""Writing many rows at once, past what SQLAlchemy does for each value of each row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Dialect, Table, insert

from deputydesk.journal.values import Value, decode, table_of
from deputydesk.models.base import JsonType, Record

Row = tuple[Any, ...]  # Any: a value of each column, as the driver takes it
_Bound = Callable[[Value], Any]  # Any: the same


class _Insert(NamedTuple):
    """A statement that inserts a row, and whether its values go by their places."""

    text: str
    names: tuple[str, ...]
    by_place: bool


class _Columns(NamedTuple):
    """How a record's values are got at, and which of them the driver takes in another form."""

    values_of: Callable[[Mapping[str, Value]], Row]
    bound: tuple[tuple[int, _Bound], ...]


def insert_plain(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, each a value of every column in the table's order, as the driver takes it."""
    if not rows:
        return
    made = _insert(table, connection.dialect)
    told: Any = rows if made.by_place else [dict(zip(made.names, row, strict=True)) for row in rows]
    connection.exec_driver_sql(made.text, told)


def stored(
    connection: Connection, model: type[Record], rows: Iterable[tuple[str, Mapping[str, Value]]]
) -> list[Row]:
    """Records as `insert_plain` takes them.

    Args:
        connection: where they are written.
        model: their kind.
        rows: id and fields of each, as the log writes values.
    """
    columns = _columns(table_of(model), connection.dialect)
    found: list[Row] = []
    for pk, values in rows:
        row = [pk, *columns.values_of(values)]
        for place, bound in columns.bound:
            row[place] = bound(row[place])
        found.append(tuple(row))
    return found


@lru_cache(maxsize=1000)
def _insert(table: Table, dialect: Dialect) -> _Insert:
    names = tuple(table.columns.keys())
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    places = compiled.positiontup
    assert places is None or tuple(places) == names, "values stand in the order of the columns"
    return _Insert(str(compiled), names, by_place=places is not None)


@lru_cache(maxsize=1000)
def _columns(table: Table, dialect: Dialect) -> _Columns:
    first, *others = table.columns
    assert first.primary_key, "a record's id comes first"
    assert len(others) > 1, "else `itemgetter` gives no tuple"
    bound = [(place, _bound(column, dialect)) for place, column in enumerate(others, 1)]
    return _Columns(
        itemgetter(*(column.key for column in others)),
        tuple((place, way) for place, way in bound if way is not None),
    )


def _bound(column: Column[Any], dialect: Dialect) -> _Bound | None:  # Any: of any type
    """How the driver takes what the log says of a column; None if it takes it as it is."""
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    is_as_it_is = process is None and column.type.python_type in (str, int, bool)
    if is_as_it_is:
        return None

    def bound(value: Value) -> Any:  # Any: as the driver takes it
        held = decode(column, value)
        return process(held) if process else held

    if isinstance(column.type, JsonType):
        return bound
    return lru_cache(maxsize=10_000, typed=True)(bound)  # days and choices are few
