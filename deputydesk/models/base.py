"""What every table has: an id that carries its scope, and Chinese names of its columns."""

import secrets
import threading
import time
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date
from functools import partial
from typing import Any, ClassVar, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DefaultClause,
    Dialect,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

from deputydesk.models.mapping import Waiting, columns_named, wait
from deputydesk.rules.choices import Choice
from deputydesk.rules.office_codes import COMMON

C = TypeVar("C", bound=Choice)

NO_DATE = date(1900, 1, 1)
"""A date that must be there, in a row of which only a part has arrived."""

office_scope: ContextVar[str] = ContextVar("office_scope")
"""Code of the office whose records are being written; `Office` sets it."""


def label(
    name: str, *, required: bool = False, hint: str = "", refers: str = ""
) -> dict[str, Any]:  # Any: the type that SQLAlchemy gives `info`
    """Say a column's Chinese name; forms, headings, sheets, journal and print read it.

    Args:
        name: the Chinese name.
        required: whether people must fill it in.
        hint: what to type, shown in the empty field.
        refers: the table whose id the column holds; sheets show that record's name instead.
    """
    return {"label": name, "required": required, "hint": hint, "refers": refers}


_OWNERS = ("assignment_id", "suggestion_id", "owner_id")
"""Columns by which a new record goes home with another office's: what is done with a suggestion."""

_made = threading.local()


def new_id(scope: str) -> str:
    """A record id `scope-uuid7hex`: unique on every PC, in order of making, its scope in front."""
    number = (time.time_ns() // 1_000_000 << 80) | (7 << 76) | (secrets.randbits(12) << 64)
    number |= (2 << 62) | secrets.randbits(62)
    # Two made within one millisecond still stand in order.
    _made.last = max(number, getattr(_made, "last", 0) + 1)
    return f"{scope}-{_made.last:032x}"


def scope_of(record_id: str) -> str:
    """The scope that an id carries in front."""
    return record_id.rpartition("-")[0]


def _scope_for(values: Mapping[str, Any]) -> str:  # Any: values of the columns
    """The scope of a new record: a reply to a township's suggestion goes home with it."""
    own = office_scope.get()
    for name in _OWNERS:
        scope = scope_of(values.get(name) or "").partition(".")[0]
        if scope and scope not in {own, COMMON}:
            return scope
    return own


class ChoiceType(TypeDecorator[C]):
    """Keeps the value of a `Choice`; a value unknown to this version comes back as its text."""

    impl = String
    cache_ok = True

    def __init__(self, choice: type[C]) -> None:
        super().__init__()
        self.choice = choice

    @override
    def process_bind_param(self, value: C | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value.value)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> C | None:
        return None if value is None else self.choice.stored(value)


class JsonType(TypeDecorator[Any]):  # Any: whatever JSON holds
    """A small list or dict, kept as JSON text."""

    impl = JSON
    cache_ok = True


class Money(TypeDecorator[int]):
    """An amount of money, kept in 分; people read and type 元."""

    impl = BigInteger
    cache_ok = True


class Base(DeclarativeBase, metaclass=Waiting):
    """All tables of a data file."""

    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {  # type: ignore[misc]  # SQLAlchemy's own declaration
        str: Text(),
        date: Date(),
        int: Integer(),
        bool: Boolean(),
        list[str]: JsonType(),
        dict[str, Any]: JsonType(),
    }


def blank(column: Column[Any]) -> Any:  # Any: a value of the column's own type
    """The value of a column that nobody has filled in: None, or empty of its type."""
    if column.nullable:
        return None
    kind = column.type
    if isinstance(kind, ChoiceType):
        choice: type[Choice] = kind.choice
        return next(iter(choice))
    if isinstance(kind, JsonType):
        return {} if column.info.get("mapping") else []
    if isinstance(kind, Date):
        return NO_DATE
    if isinstance(kind, Money):
        return 0
    return kind.python_type()


KINDS: dict[str, "type[Record]"] = {}
"""Every kind of record by the name of its table; mapped when it is first used."""


class Record(Base):
    """A row that the journal records and that may travel to another office.

    No UNIQUE, no enforced foreign key, no NOT NULL without a default: a row may come before its
    parent, and two PCs may give the same number (lists shown to a person, not import errors).
    """

    __abstract__ = True
    title: ClassVar[str]
    scope_suffix: ClassVar[str] = ""
    tells_of_the_past: ClassVar[bool] = False
    """Whether it only tells of what happened: what it names may be taken back all the same."""

    id: Mapped[str] = mapped_column(
        String(64), primary_key=True, info=label("记录号"), sort_order=-1
    )

    def __init__(self, **values: Any) -> None:  # Any: values of the columns
        if "id" not in values:
            values["id"] = new_id(_scope_for(values) + self.scope_suffix)
        for column in columns_of(type(self)):
            if column.key not in values:
                values[column.key] = blank(column)
        super().__init__(**values)

    @override
    def __init_subclass__(cls, **kw: Any) -> None:  # Any: passed on
        KINDS[cls.__tablename__] = cls
        wait(cls, partial(cls._map, **kw))

    @classmethod
    def _map(cls, **kw: Any) -> None:  # Any: passed on
        super().__init_subclass__(**kw)
        for column in columns_of(cls):
            if not column.nullable and not column.primary_key:
                column.server_default = DefaultClause(text(_blank_in_sql(column)))


def _blank_in_sql(column: Column[Any]) -> str:  # Any: a column of any type
    empty = blank(column)
    if isinstance(empty, bool):
        return "false"
    if isinstance(empty, int):
        return str(empty)
    if isinstance(empty, Choice):
        return f"'{empty.value}'"
    return "'" + ("" if empty == "" else str(empty)) + "'"


def columns_of(model: type[Record]) -> list[Column[Any]]:  # Any: columns of all types
    """The columns of a record kind, in the order of the model."""
    table = model.__table__
    assert isinstance(table, Table), "a record is mapped to one table"
    return [*table.columns]


def described_columns() -> dict[str, list[str]]:
    """Names of the columns of every table, by its name; nothing is mapped for it."""
    known: MetaData = type.__getattribute__(Base, "metadata")
    waiting = {
        table: ["id", *columns_named(kind)]
        for table, kind in KINDS.items()
        if table not in known.tables
    }
    return waiting | {table.name: table.columns.keys() for table in known.sorted_tables}


def labels(model: type[Record]) -> dict[str, str]:
    """Chinese name of each column, by identifier, in the order of the model."""
    return {column.key: column.info["label"] for column in columns_of(model)}
