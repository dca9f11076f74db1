"""Which module reads a data file, and which errors are SQLite's.

Python's own SQLite reads what is not encrypted; the rest SQLCipher's module, which is imported for
the first encrypted file. Its errors are no subclasses of Python's.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType

from sqlalchemy import Engine

from deputydesk.database import data_keys
from deputydesk.errors import UserError
from deputydesk.late import dataclass, field

Connection = sqlite3.Connection
"""What both modules give: the other's has the same methods."""
_OPTION = "driver"
_CIPHER = "sqlcipher3.dbapi2"


@dataclass(frozen=True)
class Driver:
    """One way to read a data file.

    Args:
        module: of Python's database interface.
        key: of the file; empty if it is not encrypted.
    """

    module: ModuleType
    key: bytes = field(default=b"", repr=False)

    def connect(self, path: Path, mode: str) -> Connection:
        """Open a file.

        Args:
            path: of the file.
            mode: `ro` to read, `rw` to write too, `rwc` to make the file if it is not there.
        """
        where = f"{path.resolve().as_uri()}?mode={mode}"
        made = self.module.connect(where, uri=True, isolation_level=None, check_same_thread=False)
        if self.key:
            made.execute("PRAGMA cipher_log_level=NONE")  # a damaged page is told as an error
            made.execute(f'PRAGMA key="{literal(self.key)}"')
            made.execute("PRAGMA temp_store=MEMORY")
        return made

    def marked(self, engine: Engine) -> Engine:
        """Note on an engine which driver it has."""
        engine.update_execution_options(**{_OPTION: self})
        return engine


PLAIN = Driver(sqlite3)
"""Python's own SQLite."""


def errors() -> tuple[type[Exception], ...]:
    """What SQLite's modules raise."""
    loaded = sys.modules.get(_CIPHER)
    return (sqlite3.Error, loaded.Error) if loaded else (sqlite3.Error,)


def cipher(key: bytes = b"") -> Driver:
    """The driver that reads a file with this key, and attaches others with theirs.

    Raises:
        UserError: the program was made without SQLCipher.
    """
    try:
        from sqlcipher3 import dbapi2  # not at every start
    except ImportError as error:
        raise UserError(
            "数据加了密，这个程序没有打开它的部件。", hint="请安装完整的程序后再打开。"
        ) from error
    return Driver(dbapi2, key)


def driver_of(path: Path) -> Driver:
    """The driver that reads a file.

    Raises:
        NeedsPassword: it is encrypted, and nobody has given its password.
        UserError: its file of keys is lost, or the program was made without SQLCipher.
    """
    key = data_keys.key_of(path)
    return cipher(key) if key else PLAIN


def driver_in(engine: Engine) -> Driver:
    """The driver of an engine on a file."""
    found = engine.get_execution_options()[_OPTION]
    assert isinstance(found, Driver), "an engine on a file has one"
    return found


def literal(key: bytes) -> str:
    """A key as SQLCipher takes it without deriving another from it."""
    return f"x'{key.hex()}'" if key else ""


def opens(driver: Driver, path: Path) -> bool:
    """Whether a driver can read a file, which a wrong one leaves as it is.

    Else SQLite would roll its journal back with a key that may be wrong, and remove it.
    """
    try:
        with closing(driver.connect(path, "ro&immutable=1")) as opened:
            opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except errors():
        return False
    return True
