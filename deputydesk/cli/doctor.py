"""A look at an office's data and this PC: what is well, and what is not."""

import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk import __version__, database
from deputydesk.exchange import backup, checking, unfinished
from deputydesk.journal.tables import SyncChange, SyncSelf
from deputydesk.models.migrations import HEAD
from deputydesk.office import Office, User
from deputydesk.operations import presets

LITTLE = 1 << 30
"""Bytes; less free space than this is said."""


@dataclass(frozen=True)
class Report:
    """What was found, in sentences; healthy if nothing needs doing."""

    healthy: bool
    lines: tuple[str, ...]


def examine(target: Path | str, clock: Callable[[], datetime], user: User) -> Report:
    """Look at everything; the data is not changed.

    Raises:
        UserError: the data cannot be opened; the sentence says why.
    """
    office = Office.open(target, clock=clock, user=user)
    try:
        device, changes = office.ask(_identity)
        faults = checking.faults(office, deep=False)
        kept = backup.rows(office)
        stays = unfinished.rest(office)
    finally:
        office.close()
    lines = [
        f"程序版本 {__version__}，数据格式 {HEAD}，Python {platform.python_version()}",
        f"数据：{target}，单位代码 {office.code}，设备 {device}，日志 {changes} 条",
        f"节假日表：已知到 {presets.calendar().known_until}",
    ]
    well = not faults and not stays
    lines += [f"需处理：{fault.where}：{fault.message}" for fault in faults]
    if stays:
        lines.append(f"需处理：{unfinished.sentence(stays)}")
    if not faults:
        lines.append("数据与日志一致")
    if not database.is_url(target):
        free = shutil.disk_usage(Path(target).parent).free
        lines.append(
            f"磁盘剩余 {free // (1 << 20)} MB" + ("，空间不足，请清理" if free < LITTLE else "")
        )
        well = well and free >= LITTLE
        lines.append(f"最近备份：{kept[0].path.name}" if kept else "还没有备份")
    return Report(well, tuple(lines))


def _identity(session: Session) -> tuple[str, int]:
    device = session.scalars(select(SyncSelf.device)).one()
    return device, session.scalar(select(func.count()).select_from(SyncChange)) or 0
