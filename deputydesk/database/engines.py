"""SQLAlchemy engines for a data file and for PostgreSQL."""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.pool import QueuePool

from deputydesk.database.driver import Connection as FileConnection
from deputydesk.database.driver import Driver, driver_of, errors
from deputydesk.database.faults import damaged, is_of_disk
from deputydesk.database.proof import surely
from deputydesk.errors import UserError

Columns = Mapping[str, Sequence[str]]
"""Names of columns by the name of their table."""
PRAGMAS = (
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "busy_timeout=5000",
)
_CODE = re.compile(r"error code=(\d+)")


def data_engine(path: Path, *, new: Driver | None = None) -> Engine:
    """An engine on a data file.

    Args:
        path: of the file.
        new: how to make the file, which is not there yet; None: it is never made.

    Raises:
        NeedsPassword: it is encrypted, and nobody has given its password.
    """
    driver = new or driver_of(path)

    def connect() -> FileConnection:
        connection = driver.connect(path, "rwc" if new else "rw")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    made = create_engine(
        "sqlite+pysqlite://", module=driver.module, creator=connect, poolclass=QueuePool
    )
    engine = driver.marked(made)
    event.listen(engine, "begin", _begin)
    return engine


def server_engine(url: str) -> Engine:
    """An engine on a PostgreSQL database.

    Raises:
        UserError: the URL cannot be read.
    """
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise UserError(
            "数据库地址写得不对。", hint="应写成 postgresql://用户:密码@服务器/数据库。"
        ) from error
    return create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": 10})


def reading(engine: Engine) -> Engine:
    """The engine for queries: every query sees one moment, whatever others write meanwhile."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(reading=True)


def keep_one_file(engine: Engine) -> None:
    """Have SQLite keep all in the one file, so that copying it in Explorer copies everything."""
    with closing(engine.raw_connection()) as raw:
        raw.cursor().execute("PRAGMA journal_mode=DELETE")


def refuse_damaged(engine: Engine, path: Path, tables: Columns = MappingProxyType({})) -> None:
    """Refuse a file that is damaged; a bad read is no proof.

    Args:
        engine: on the file.
        path: of the file, for the sentence.
        tables: must be there with all these columns.

    Raises:
        UserError: it is damaged; or the disk does not let itself be read.
    """
    surely(engine, path, partial(refuse_unsound, path, tables))


def refuse_unsound(path: Path, tables: Columns, engine: Engine) -> None:
    """Refuse what SQLite finds damaged at this one look, of a file or of its content in memory."""
    if not _is_sound(engine, tables):
        raise damaged(path)


def _is_sound(engine: Engine, tables: Columns) -> bool:
    try:
        with closing(engine.raw_connection()) as raw:
            cursor = (
                raw.cursor()
            )  # past SQLAlchemy: there are many tables, and nothing to put together
            for table, columns in tables.items():
                names = ", ".join(f"[{name}]" for name in columns)
                cursor.execute(f"SELECT {names} FROM [{table}] LIMIT 0")  # noqa: S608 - our own names
            cursor.execute("PRAGMA quick_check(1)")
            said = str(*(cursor.fetchone() or ()))
    except UnicodeDecodeError:  # SQLite quotes the broken place
        return False
    except (*errors(), DatabaseError) as error:
        if is_of_disk(error):
            raise
        return False
    if any(int(code) & 0xFF == sqlite3.SQLITE_IOERR for code in _CODE.findall(said)):
        unread = sqlite3.OperationalError(said)  # told as an answer, not as a fault
        unread.sqlite_errorname = "SQLITE_IOERR_READ"
        raise unread
    return said == "ok"


def compact(engine: Engine) -> None:
    """Write the whole database anew, so that no page holds what was removed from it."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM FULL")
        return
    with closing(engine.raw_connection()) as raw:  # SQLAlchemy would begin a transaction
        raw.cursor().execute("VACUUM")


def _begin(connection: Connection) -> None:
    """Begin ourselves: Python's driver leaves DDL out of its transactions."""
    reads = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
