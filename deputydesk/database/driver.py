"""Which module reads a data file, and which errors are SQLite's."""

import sqlite3
from pathlib import Path
from types import ModuleType

from sqlalchemy import Engine

from deputydesk.late import dataclass

Connection = sqlite3.Connection
_OPTION = "driver"


@dataclass(frozen=True)
class Driver:
    """One way to read a data file.

    Args:
        module: of Python's database interface.
    """

    module: ModuleType

    def connect(self, path: Path, mode: str) -> Connection:
        """Open a file.

        Args:
            path: of the file.
            mode: `ro` to read, `rw` to write too, `rwc` to make the file if it is not there.
        """
        where = f"{path.resolve().as_uri()}?mode={mode}"
        return self.module.connect(where, uri=True, isolation_level=None, check_same_thread=False)

    def marked(self, engine: Engine) -> Engine:
        """Note on an engine which driver it has."""
        engine.update_execution_options(**{_OPTION: self})
        return engine


PLAIN = Driver(sqlite3)
"""Python's own SQLite."""


def errors() -> tuple[type[Exception], ...]:
    """What SQLite's modules raise."""
    return (sqlite3.Error,)


def driver_of(path: Path) -> Driver:
    """The driver that reads a file."""
    del path
    return PLAIN


def driver_in(engine: Engine) -> Driver:
    """The driver of an engine on a file."""
    found = engine.get_execution_options()[_OPTION]
    assert isinstance(found, Driver), "an engine on a file has one"
    return found
