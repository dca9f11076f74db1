"""The same data in another file: encrypted, or with another key, or open again."""

from contextlib import closing
from pathlib import Path

from deputydesk.database import data_keys
from deputydesk.database.copies import discard
from deputydesk.database.disk import disk_faults, sync_file, sync_folder
from deputydesk.database.driver import PLAIN, Connection, cipher, driver_of, literal
from deputydesk.database.faults import faults
from deputydesk.errors import UserError


def convert(source: Path, to: Path, key: bytes) -> None:
    """Write a whole database anew, proved like any copy before it gets its name.

    Args:
        source: nobody writes to it meanwhile; encrypted or not, and unlocked.
        to: where the new file goes; one that is there is replaced.
        key: of the new file; empty: it is not encrypted.

    Raises:
        UserError: it could not be made; nothing of it is left.
    """
    part = to.with_name(to.name + ".part")
    with disk_faults(to):
        discard(part)
    try:
        with faults(to):
            old = driver_of(source).key
            with closing(cipher(old).connect(source, "rw")) as read:
                read.execute(f'ATTACH DATABASE ? AS fresh KEY "{literal(key)}"', (str(part),))
                read.execute("SELECT sqlcipher_export('fresh')")
                before = _counts(read)
                read.execute("DETACH DATABASE fresh")
            with closing((cipher(key) if key else PLAIN).connect(part, "ro")) as again:
                is_sound = again.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
                if not is_sound or _counts(again) != before:
                    raise UserError(f"副本“{to}”没有通过检查。", hint="请换一个磁盘再试。")
        with disk_faults(to):
            sync_file(part)
            part.replace(to)
            sync_folder(to.parent)
    except BaseException:
        discard(part)
        raise
    data_keys.follow(to, key)


def replace(file: Path, key: bytes) -> None:
    """As `convert`, in the place of the file itself: it is what it was, or what it is to be.

    Raises:
        UserError: the disk refused; the file is as it was.
    """
    fresh = file.with_name(file.name + ".converted")
    try:
        convert(file, fresh, key)
        with disk_faults(file):
            fresh.replace(file)
            sync_folder(file.parent)
    finally:
        data_keys.follow(fresh, b"")
        discard(fresh)
    data_keys.follow(file, key)


def match(fresh: Path, data: Path) -> None:
    """Encrypt what will take the place of encrypted data, if it is not.

    Raises:
        NeedsPassword: nobody gave the password of the data.
        UserError: the disk refused.
    """
    if not data_keys.is_encrypted(fresh) and (key := data_keys.key_for_next(data)):
        replace(fresh, key)


def _counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    listed = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
    names = sorted(str(name) for (name,) in listed)
    count = "SELECT count(*) FROM main.[{}]"
    return {name: connection.execute(count.format(name)).fetchone()[0] for name in names}
