"""A data file is open in one program at a time."""

import errno
import getpass
import json
import os
import socket
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from deputydesk.database.disk import disk_faults
from deputydesk.errors import UserError

_EFFECTIVE = os.access in os.supports_effective_ids


class FileLock:
    """A lock of the operating system on a file beside the data, which names its holder.

    SQLite's own exclusive mode would shut out our background reader as well.
    """

    def __init__(self, data: Path) -> None:
        self._path = data.with_name(data.name + ".lock")
        self._file: IO[bytes] | None = None

    def take(self, now: datetime) -> None:
        """Take the lock.

        Raises:
            UserError: another program has it (the sentence names who and since when), or the
                folder cannot be written.
        """
        with disk_faults(self._path.parent):
            file = self._path.open("ab+", buffering=0)
            if not os.access(self._path.parent, os.W_OK, effective_ids=_EFFECTIVE):
                file.close()  # SQLite keeps its journal there
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        try:
            _lock_file(file)
        except OSError as error:
            with file:
                file.seek(0)
                holder = _holder(file.read())
            raise UserError(
                f"数据文件已在别处打开{holder}。", hint="请先关闭那里的程序，再重新打开。"
            ) from error
        about = {"user": _user(), "host": socket.gethostname(), "pid": os.getpid()}
        about["since"] = now.isoformat(sep=" ", timespec="minutes")
        with suppress(OSError):  # a full disk: the lock holds all the same
            file.truncate(0)
            file.write(json.dumps(about, ensure_ascii=False).encode())
        self._file = file

    def release(self) -> None:
        """Give the lock back."""
        if self._file:
            self._file.close()
            self._file = None


if sys.platform == "win32":  # pragma: no cover - the other system's branch
    import msvcrt

    _FAR = 1 << 30  # a locked byte cannot be read there: lock one beyond the text

    def _lock_file(file: IO[bytes]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
else:
    import fcntl

    def _lock_file(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _holder(told: bytes) -> str:
    try:
        about = json.loads(told)
        return f"（{about['host']} 上的 {about['user']}，{about['since']} 起）"
    except (ValueError, KeyError, TypeError):
        return ""
