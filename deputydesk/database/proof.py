"""Whether a file is damaged, or was only read badly.

A disk that fails now and then has SQLite stumble over pages that are sound. So what SQLite says of
a file is believed only of bytes that the disk gave twice alike, and that lie in memory when it
looks at them: there nothing can be read badly.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from io import BufferedReader
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, StaticPool, create_engine

from deputydesk.database.copies import journal_of
from deputydesk.database.driver import PLAIN, driver_in
from deputydesk.database.faults import faults, is_of_disk, name_of
from deputydesk.errors import Damaged, UserError

T = TypeVar("T")
LOOKS = 3
"""So often is a file opened anew that cannot be read, and that may be sound."""


def surely(engine: Engine, path: Path, look: Callable[[Engine], T]) -> T:
    """What a look into a file gives; it is looked at again where only the reading may be bad.

    Args:
        engine: on the file.
        path: of the file.
        look: gets an engine: that one, or one on what the file holds, in memory.

    Raises:
        Damaged: the bytes that were read are.
        UserError: what `look` refuses; or the disk does not let itself be read.
    """
    trouble = _unreadable(path)
    for _ in range(LOOKS):
        try:
            with faults(path):
                return look(engine)
        except Damaged as error:
            trouble = _unreadable(path)
            engine.dispose()  # what was read wrongly is kept in its connections
            if _is_proven(engine, path, look):
                raise
            trouble.__cause__ = error
        except UserError as error:
            if not is_of_disk(error.__cause__):
                raise
            trouble = error
            engine.dispose()
    raise trouble


def _is_proven(engine: Engine, path: Path, look: Callable[[Engine], object]) -> bool:
    """Whether what the disk gives, twice alike, is damaged; False as well if it does not."""
    if _is_half_written(path):
        return False  # what lies there is not what it will be when SQLite has rolled it back
    try:
        with _from_disk(path) as file:
            first = hashlib.file_digest(file, "sha256")
        with _from_disk(path) as file:
            content = file.read()
        if hashlib.sha256(content).digest() != first.digest():
            return False
        if driver_in(engine) is not PLAIN:  # another driver's file is none in memory
            return all(_is_damaged(engine, path, look) for _ in range(LOOKS))
        with closing(sqlite3.connect(":memory:", check_same_thread=False)) as memory:
            memory.deserialize(content)
            del content
            held = create_engine("sqlite+pysqlite://", creator=lambda: memory, poolclass=StaticPool)
            return _is_damaged(held, path, look)
    except OSError:
        return False
    except MemoryError:  # all could be read: there is no better proof to be had
        return True


def _is_damaged(engine: Engine, path: Path, look: Callable[[Engine], object]) -> bool:
    try:
        with faults(path):
            look(engine)
    except Damaged:
        return True
    except UserError:  # it is refused for something else: so it will be the next time
        return False
    finally:
        engine.dispose()
    return False


def _is_half_written(path: Path) -> bool:
    """Whether a journal waits to be rolled back: one that SQLite is done with begins with 0."""
    try:
        with journal_of(path).open("rb") as journal:
            return journal.read(1) not in {b"", b"\0"}
    except FileNotFoundError:
        return False
    except OSError:
        return True


@contextmanager
def _from_disk(path: Path) -> Generator[BufferedReader]:
    """Open a file that is read from the disk, not from memory, where the system can be told so."""
    with path.open("rb") as file:
        if advise := getattr(os, "posix_fadvise", None):
            advise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        yield file


def _unreadable(path: Path) -> UserError:
    return UserError(
        f"{name_of(path)}读不出来：磁盘时好时坏，没有改动它。",
        hint="请再试一次。如果常常这样，请把它拷贝到别的磁盘上再打开，并检查这块磁盘。",
    )
