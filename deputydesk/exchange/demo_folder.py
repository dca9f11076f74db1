"""The folder of the demo office: whether it is there, whether it is open, taking it away."""

import shutil
from datetime import datetime
from pathlib import Path

from deputydesk.database import disk_faults
from deputydesk.database.lock import FileLock
from deputydesk.errors import UserError
from deputydesk.exchange.demo_day import MARK


def is_demo(folder: Path) -> bool:
    """Whether a folder holds a demo office."""
    return (folder / MARK).exists()


def is_open(data: Path, now: datetime) -> bool:
    """Whether a program has a data file open."""
    if not data.exists():
        return False
    lock = FileLock(data)
    try:
        lock.take(now)
    except UserError:
        return True
    lock.release()
    return False


def remove(folder: Path, data: Path, now: datetime) -> None:
    """Take away a demo office, with everything in its folder; other folders stay.

    Raises:
        UserError: it is open, or the disk does not let go of it.
    """
    if not is_demo(folder):
        return
    if is_open(data, now):
        raise UserError("示范单位正开着。", hint="请先关闭它的窗口，再删除。")
    with disk_faults(folder):
        shutil.rmtree(folder)
