"""SQLAlchemy started lightly is SQLAlchemy all the same."""

import subprocess
import sys

LIGHT = "from deputydesk import light_sql\nlight_sql.load()\nlight_sql.load()\nimport sys\n"
QUERY = """
from sqlalchemy import create_engine, text
with create_engine("sqlite://").connect() as connection:
    print(connection.scalar(text("select 1")))
"""
LOADED = "print('asyncio' in sys.modules, 'importlib.metadata' in sys.modules)\n"


def test_a_query_needs_neither_event_loops_nor_what_is_installed() -> None:
    assert _told(LIGHT + QUERY + LOADED) == "1\nFalse False\n"


def test_event_loops_are_there_for_who_imports_them() -> None:
    code = """
import asyncio
async def answer():
    return 42
print(asyncio.run(answer()))
from sqlalchemy.util import concurrency
print(concurrency.is_exit_exception(asyncio.CancelledError()), concurrency.iscoroutine(1))
"""
    assert _told(LIGHT + code) == "42\nTrue False\n"


def test_sqlalchemy_reaches_them_by_itself() -> None:
    code = """
from sqlalchemy.util import concurrency
print(concurrency.is_exit_exception(ValueError()), concurrency.iscoroutine(1))
"""
    assert _told(LIGHT + code + LOADED) == "False False\nTrue False\n"


def test_a_driver_that_nobody_knows_is_looked_for_among_what_is_installed() -> None:
    code = """
import sqlalchemy
try:
    sqlalchemy.create_engine("nonsense://")
except sqlalchemy.exc.NoSuchModuleError as error:
    print(error)
from importlib.metadata import version
print(version("sqlalchemy") == sqlalchemy.__version__)
"""
    said = "Can't load plugin: sqlalchemy.dialects:nonsense\n"

    assert _told(LIGHT + code) == said + "True\n"


def test_what_is_there_already_stays_as_it_is() -> None:
    code = "import asyncio, sqlalchemy.util.compat as compat\nprint(compat.asyncio is asyncio)\n"

    assert _told("import asyncio\n" + LIGHT + code) == "True\n"


def _told(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
