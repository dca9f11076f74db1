"""The backup that the installer asks the old program for, before it is replaced."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from deputydesk import database
from deputydesk.database import FileLock, Why, data_keys, disk_faults, keep_bytes, keep_copy
from deputydesk.database.engines import data_engine
from deputydesk.errors import UserError
from deputydesk.exchange import attachments
from deputydesk.exchange.attachments import Store
from deputydesk.paths import attachments_folder

SAID = "upgrade-backup.txt"
"""In the data folder: how it went, in a sentence. A program with a window has no console."""


def run(target: Path | str, folder: Path, clock: Callable[[], datetime]) -> int:
    """Back up a data file of whatever version; returns the exit code, 0 if all is well.

    Args:
        target: the data file; the data of a server is backed up there.
        folder: where the sentence is written.
        clock: the present time.
    """
    try:
        said, code = _made(target, clock()), 0
    except UserError as error:
        said, code = f"没有备份成功：{error}", 1
    try:
        with disk_faults(folder):
            if folder.is_dir():
                # the installer reads UTF-16, and so does Windows' own editor
                (folder / SAID).write_text(said, encoding="utf-16")
    except UserError:
        return 1
    return code


def _made(target: Path | str, now: datetime) -> str:
    if database.is_url(target):
        return "数据在数据库服务器上，由服务器备份。"
    data = Path(target)
    if not data.exists():
        return "还没有数据，不需要备份。"
    lock = FileLock(data)
    lock.take(now)
    try:
        made = _copied(data, now)
        attachments.back_up(Store(attachments_folder(data)), made.parent)
    finally:
        lock.release()
    return f"已备份到 {made}。"


def _copied(data: Path, now: datetime) -> Path:
    if data_keys.is_encrypted(data):  # nobody gave its password
        return keep_bytes(data, now=now, why=Why.UPGRADE)
    engine = data_engine(data)
    try:
        return keep_copy(engine, data, now=now, why=Why.UPGRADE, folder=None)
    finally:
        engine.dispose()
