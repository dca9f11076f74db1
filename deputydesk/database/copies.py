"""Whole copies of the data file, each proved before it gets its name."""

import hashlib
import shutil
from contextlib import closing, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Engine

from deputydesk.database import data_keys
from deputydesk.database.disk import disk_faults, sync_file, sync_folder
from deputydesk.database.driver import driver_in
from deputydesk.database.faults import faults
from deputydesk.errors import Damaged, UserError
from deputydesk.paths import key_file
from deputydesk.rules.choices import Choice


class Why(Choice):
    """What a copy was made for; it is a part of the copy's name."""

    CLOSE = "close", "退出时"
    HAND = "hand", "手动"
    UPGRADE = "upgrade", "升级前"
    REBUILD = "rebuild", "重建前"
    RESTORE = "restore", "恢复前"
    RECEIVE = "receive", "收入前"
    ENCRYPT = "encrypt", "加密前"


def keep_copy(source: Engine, of: Path, *, now: datetime, why: Why, folder: Path | None) -> Path:
    """Copy the data file `of` into the folder of backups under a new name; returns its path.

    The name says what, when and why: `office-20261123-090000-close.db`. No file is replaced.
    """
    to = _new_name(of, now, why, folder or of.parent / "backups")
    try:
        data_keys.lay_beside(of, driver_in(source).key, to)
        copy_to(source, to)
    except BaseException:
        with suppress(OSError):  # what was wrong is what is told
            remove_copy(to)
        raise
    return to


def keep_bytes(of: Path, *, now: datetime, why: Why) -> Path:
    """As `keep_copy`, of a file that nobody has open and that need not be one that can be opened.

    Raises:
        UserError: the copy is not what was read; nothing of it is left.
    """
    to = _new_name(of, now, why, of.parent / "backups")
    try:
        data_keys.take_along(of, to)
        with disk_faults(to):
            to.parent.mkdir(exist_ok=True)
            copy_bytes(of, to)
            is_same = _digest(of) == _digest(to)
        if not is_same:
            raise _unfit(to)
    except BaseException:
        with suppress(OSError):  # what was wrong is what is told
            remove_copy(to)
        raise
    return to


def _new_name(of: Path, now: datetime, why: Why, folder: Path) -> Path:
    start = f"{of.stem}-{now:%Y%m%d-%H%M%S}-{why}"
    names = (f"{start}{'' if n == 1 else f'-{n}'}.db" for n in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def _digest(file: Path) -> bytes:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()


def remove_copy(file: Path) -> None:
    """Remove a copy, and its key after it."""
    discard(file)
    key_file(file).unlink(missing_ok=True)


def copy_to(source: Engine, to: Path) -> None:
    """Copy the whole database into a file, read again and checked before it gets its name.

    Raises:
        UserError: the copy could not be made; nothing of it is left.
    """
    part, driver = to.with_name(to.name + ".part"), driver_in(source)
    with disk_faults(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        discard(part)
    try:
        with faults(to):
            with (
                closing(source.raw_connection()) as raw,
                closing(driver.connect(part, "rwc")) as copy,
            ):
                connection = raw.driver_connection
                assert connection, "just opened"
                connection.backup(copy)
            with closing(driver.connect(part, "ro")) as again:
                answer = again.execute("PRAGMA integrity_check(1)").fetchone()
        if answer != ("ok",):
            raise _unfit(to)
        with disk_faults(to):
            sync_file(part)
            part.replace(to)
            sync_folder(to.parent)
    except Damaged as error:  # the copy is, or was read badly: nothing is said of the file
        discard(part)
        raise _unfit(to) from error
    except BaseException:
        discard(part)
        raise
    data_keys.follow(to, driver.key)


def _unfit(to: Path) -> UserError:
    return UserError(f"副本“{to}”没有通过检查。", hint="请再试一次；总是这样就换一个磁盘。")


def copy_as_it_is(source: Path, to: Path) -> None:
    """Copy a database file that nobody has open, with what a power cut left to be rolled back.

    Raises:
        NeedsPassword: it is encrypted, and nobody has given its password.
    """
    data_keys.follow(to, data_keys.key_of(source) or b"")
    copy_bytes(source, to)


def copy_bytes(source: Path, to: Path) -> None:
    """As `copy_as_it_is`, whether or not it could be opened."""
    shutil.copyfile(source, to)
    sync_file(to)
    if (journal := journal_of(source)).exists():
        shutil.copyfile(journal, journal_of(to))
        sync_file(journal_of(to))
    sync_folder(to.parent)


def journal_of(file: Path) -> Path:
    """Where SQLite keeps what it needs to roll back; there only in the middle of a write."""
    return file.with_name(file.name + "-journal")


def discard(file: Path) -> None:
    """Remove a database file that came to nothing."""
    file.unlink(missing_ok=True)
    journal_of(file).unlink(missing_ok=True)
