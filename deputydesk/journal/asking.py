"""Asking for many records by their ids: one value goes along, however many they are.

A statement with a mark for each id is put together anew for each number of ids, which takes longer
than its answer.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, Text, any_, bindparam, func, select


def is_server(connection: Connection) -> bool:
    """Whether it is PostgreSQL."""
    return connection.dialect.name == "postgresql"


def among(column: ColumnElement[Any], name: str, *, on_server: bool) -> ColumnElement[bool]:
    """That a column is one of the ids which `ids_of` gives under a name.

    Args:
        column: of texts; Any: as SQLAlchemy types what may be none.
        name: of the value that goes along.
        on_server: whether PostgreSQL is asked.
    """
    if on_server:
        return column == any_(bindparam(name, type_=ARRAY(Text)))
    each = func.json_each(bindparam(name, type_=Text)).table_valued("value")
    return column.in_(select(each.c.value))


def ids_of(ids: Iterable[str], *, on_server: bool) -> list[str] | str:
    """The ids as the value that goes along."""
    some = list(ids)
    return some if on_server else json.dumps(some)
