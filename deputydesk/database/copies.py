"""Whole copies of the data file, each proved before it gets its name."""

import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Engine

from deputydesk.database.faults import disk_faults, faults
from deputydesk.errors import UserError
from deputydesk.rules.choices import Choice


class Why(Choice):
    """What a copy was made for; it is a part of the copy's name."""

    CLOSE = "close", "退出时"
    HAND = "hand", "手动"
    UPGRADE = "upgrade", "升级前"
    REBUILD = "rebuild", "重建前"
    RESTORE = "restore", "恢复前"
    RECEIVE = "receive", "收入前"


def keep_copy(source: Engine, of: Path, *, now: datetime, why: Why, folder: Path | None) -> Path:
    """Copy the data file `of` into the folder of backups under a new name; returns its path.

    The name says what, when and why: `office-20261123-090000-close.db`. No file is replaced.
    """
    folder = folder or of.parent / "backups"
    start = f"{of.stem}-{now:%Y%m%d-%H%M%S}-{why}"
    names = (f"{start}{'' if n == 1 else f'-{n}'}.db" for n in count(1))
    to = next(folder / name for name in names if not (folder / name).exists())
    copy_to(source, to)
    return to


def copy_to(source: Engine, to: Path) -> None:
    """Copy the whole database into a file, read again and checked before it gets its name.

    Raises:
        UserError: the copy could not be made; nothing of it is left.
    """
    part = to.with_name(to.name + ".part")
    with disk_faults(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        discard(part)
    try:
        with faults(to):
            with closing(source.raw_connection()) as raw, closing(sqlite3.connect(part)) as copy:
                connection = raw.driver_connection
                assert isinstance(connection, sqlite3.Connection), "only a file is copied"
                connection.backup(copy)
            with closing(sqlite3.connect(f"{part.resolve().as_uri()}?mode=ro", uri=True)) as again:
                answer = again.execute("PRAGMA integrity_check(1)").fetchone()
        if answer != ("ok",):
            raise UserError(f"副本“{to}”没有通过检查。", hint="请换一个磁盘再试。")
        with disk_faults(to):
            part.replace(to)
    except BaseException:
        discard(part)
        raise


def discard(file: Path) -> None:
    """Remove a database file that came to nothing."""
    file.unlink(missing_ok=True)
    file.with_name(file.name + "-journal").unlink(missing_ok=True)
