"""Statements are compiled once for all the engines of a run, not once for those of each test.

SQLAlchemy keeps what it compiled with the engine; a program has one, a run of the tests thousands,
and compiling took a fifth of its time. All of them speak the same SQLite.
"""

from typing import Any

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

_KEPT: LRUCache[Any, Any] = LRUCache(5000)  # Any: SQLAlchemy's own keys


def compile_once() -> None:
    """From now on the engines of SQLite files share what they compile."""
    begin = Engine.__init__

    def shared(self: Engine, *given: Any, **named: Any) -> None:  # Any: as SQLAlchemy takes them
        begin(self, *given, **named)
        if self.dialect.name == "sqlite":
            self._compiled_cache = _KEPT  # pyright: ignore[reportPrivateUsage]

    def is_alike(self: object, other: object) -> bool:
        return type(self) is type(other)

    def number(self: object) -> int:
        return id(type(self))

    dialect: Any = SQLiteDialect_pysqlite  # Any: a class is given other methods
    dialect.__eq__, dialect.__hash__ = is_alike, number
    engine: Any = Engine  # Any: as above
    engine.__init__ = shared
