"""Files of wrapped keys, `office.db.key`: read and written whole, and proved by a checksum.

A file that was altered, cut short or lost is none: then it is never the password that is wrong.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from deputydesk.database.disk import disk_faults, sync_file, sync_folder
from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.paths import key_file

MAGIC = b"SQLite format 3\0"
"""How a file begins that is not encrypted."""
_NOTE = "这是加密数据的钥匙文件，没有密码打不开。请不要删除，复制数据或备份时一起带走。"
_PAGE = 4096
"""Bytes of a page of an encrypted file."""
_MOST_ASIDE = 8
"""So many keys are laid aside: each takes a password a moment to try."""
_MIXED = 240
"""So many of the 256 bytes are at least among those of an encrypted page."""


@dataclass(frozen=True)
class Wrapped:
    """A key, as a password and the paper give it back.

    Args:
        id: tells the key from others; it does not say it.
        verifier: proves the password.
        sealed: the key, which only the password opens.
        paper: the public key of the paper in the safe; empty if there is none.
        rescue: the key, which only the paper opens; empty if there is none.
    """

    id: str
    verifier: str
    sealed: str
    paper: str = ""
    rescue: str = ""


def read(file: Path) -> list[Wrapped]:
    """The wrapped keys in a file; none if it is not there, or not as it was written."""
    try:
        told: Any = json.loads(file.read_text(encoding="utf-8"))
        found = [Wrapped(**one) for one in told["keys"]]
        return found if told["sum"] == _sum(map(_told, found)) else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def write(file: Path, keys: Iterable[Wrapped]) -> None:
    """Write a file whole, by one rename.

    Raises:
        UserError: the disk refused; the file is as it was.
    """
    listed = [_told(one) for one in keys]
    told = {"note": _NOTE, "keys": listed, "sum": _sum(listed)}
    part = file.with_name(file.name + ".part")
    try:
        with disk_faults(file):
            part.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
            sync_file(part)
            part.replace(file)
            sync_folder(file.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def laid_aside(data: Path) -> Path:
    """The file of the keys that a data file needs no more; data of another name may need them."""
    file = key_file(data)
    return file.with_name(file.name + ".old")


def lay_aside(data: Path, keys: Iterable[Wrapped]) -> None:
    """Keep keys that the file of keys is about to drop: a key that is gone is data that is gone.

    Raises:
        UserError: the disk refused.
    """
    file = laid_aside(data)
    kept = read(file)
    known = {one.id for one in kept}
    if new := [one for one in keys if one.id not in known]:
        write(file, [*kept, *new][-_MOST_ASIDE:])


def beside(data: Path) -> list[Path]:
    """The files of keys of the backups here, newest first."""
    folders = (data.parent / "backups", data.parent)
    found = (file for folder in folders for file in folder.glob("*.db.key"))
    return sorted((file for file in found if file != key_file(data)), reverse=True)


def is_open(data: Path) -> bool:
    """Whether a file says in clear that it is SQLite's, or is not there at all."""
    try:
        with data.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError:
        return True
    return head in {b"", MAGIC}


def is_gone(data: Path) -> bool:
    """Whether a file surely is not there."""
    try:
        data.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def needs_no_key(data: Path) -> bool:
    """Whether a file surely is open to all, or gone: what cannot be read now may need its key."""
    try:
        with data.open("rb") as file:
            return file.read(len(MAGIC)) in {b"", MAGIC}
    except FileNotFoundError:
        return True
    except OSError:
        return False


def looks_encrypted(data: Path) -> bool:
    """Whether a file is whole pages, the first as mixed as only encryption makes it."""
    try:
        with data.open("rb") as file:
            page = file.read(_PAGE)
        return data.stat().st_size % _PAGE == 0 and len(set(page)) > _MIXED
    except OSError:
        return False


def lost(data: Path) -> UserError:
    """The sentence for an encrypted file without its key: nothing says that it is damaged."""
    to = key_file(data)
    what = "已损坏" if to.exists() else "不在旁边"
    return UserError(
        f"“{data.name}”加了密，它的钥匙文件“{to.name}”{what}，本机的备份旁边也没有。",
        hint=f"数据没有改动。请把完好的钥匙文件（可能叫“{laid_aside(data).name}”，在数据以前的文件夹里）放回"
        f"“{data.parent}”，或另选一份备份。",
    )


def _told(one: Wrapped) -> dict[str, str]:
    return {name: getattr(one, name) for name in _FIELDS}


_FIELDS = ("id", "verifier", "sealed", "paper", "rescue")


def _sum(keys: Iterable[dict[str, str]]) -> str:
    lines = sorted(json.dumps(one, sort_keys=True) for one in keys)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
