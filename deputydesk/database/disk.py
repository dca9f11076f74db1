"""Faults of the disk as sentences for the user, and what makes sure of what lies on it."""

import contextlib
import errno
import os
from collections.abc import Generator
from pathlib import Path

from deputydesk.errors import UserError

_NO_RIGHT = ("没有权限写入", "请检查文件夹的权限，或换一个文件夹。")
_NO_FOLDER = ("不能写入，没有这个文件夹", "请换一个文件夹。")
DISK = {
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: ("所在的磁盘是只读的，不能写入", "请换一个可以写入的文件夹。"),
    errno.ENOSPC: ("所在的磁盘已满，不能写入", "请清理磁盘后再试。"),
    errno.EISDIR: ("不能写入，那里有一个同名的文件夹", "请另选一个文件名。"),
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
}
"""What the operating system's error numbers mean to a person."""


def name_of(path: Path | None) -> str:
    """How a sentence calls the data."""
    return f"“{path}”" if path else "该数据库"


@contextlib.contextmanager
def disk_faults(path: Path | None) -> Generator[None]:
    """Turn faults of the disk into sentences about `path`."""
    try:
        yield
    except OSError as error:
        what, hint = DISK.get(error.errno or 0, ("不能写入，磁盘出错", "请检查磁盘后再试。"))
        raise UserError(f"{name_of(path)}{what}。", hint=hint) from error


def sync_file(file: Path) -> None:
    """Have the content of a file on the disk, not only in the system's memory."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Have new names in a folder on the disk; Windows does so by itself."""
    if os.name == "nt":  # pragma: no cover - the other system's branch
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
