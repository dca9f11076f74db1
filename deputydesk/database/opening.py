"""Making and opening an office's data."""

import contextlib
import re
import secrets
import sys
from collections.abc import Generator
from dataclasses import field
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, false, inspect, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from deputydesk.database import data_keys
from deputydesk.database.copies import discard
from deputydesk.database.disk import disk_faults, name_of
from deputydesk.database.driver import PLAIN, cipher, driver_in
from deputydesk.database.engines import (
    data_engine,
    keep_one_file,
    reading,
    refuse_damaged,
    refuse_unsound,
    server_engine,
)
from deputydesk.database.faults import (
    damaged,
    faults,
    is_bad_page,
    sentence,
)
from deputydesk.database.lock import FileLock
from deputydesk.database.proof import surely
from deputydesk.database.upgrading import upgrade, upgrade_file, upgrade_server
from deputydesk.errors import Damaged, FieldError, UserError
from deputydesk.journal.tables import FORMAT, SyncSelf
from deputydesk.late import dataclass
from deputydesk.models import migrations
from deputydesk.models.base import described_columns
from deputydesk.rules.office_codes import is_code
from deputydesk.search import index
from deputydesk.search.store import FTS

BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass
class Database:
    """An open data file (or PostgreSQL database); close it when done."""

    engine: Engine
    path: Path | None = None
    _lock: FileLock | None = None
    reader: Engine = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the engine that queries use."""
        self.reader = reading(self.engine)

    @property
    def key(self) -> bytes:
        """The key of an encrypted file; empty where nothing is encrypted here."""
        return driver_in(self.engine).key if self.path else b""

    @contextlib.contextmanager
    def faults(self) -> Generator[None]:
        """Say faults in sentences; a file is damaged only if it is so when opened anew.

        Raises:
            UserError: a bad read, a full disk, another program; `Damaged` if it is that.
        """
        try:
            with faults(self.path):
                yield
        except Damaged as error:
            if self.path is None or not is_bad_page(error.__cause__):
                raise
            self.engine.dispose()  # what was read wrongly is kept in its connections
            refuse_damaged(self.engine, self.path)  # or says that the disk cannot be read
            raise UserError(
                f"读{name_of(self.path)}时磁盘出错，刚才的操作没有完成；再读一遍，数据是好的。",
                hint="请再试一次。如果常常这样，请先备份到别的磁盘，再检查这块磁盘。",
            ) from error

    def close(self) -> None:
        """Let go of the file, so that another program may open it."""
        self.engine.dispose()
        if self._lock:
            self._lock.release()


def is_url(target: Path | str) -> bool:
    """Whether the target is a PostgreSQL URL rather than a file."""
    return isinstance(target, str) and bool(re.match(r"postgres(ql)?(\+\w+)?:", target))


def create(target: Path | str, *, office: str, now: datetime) -> Database:
    """Make a new data file, or fill an empty PostgreSQL database.

    Args:
        target: path of the file, or a PostgreSQL URL.
        office: code of the office (`rules.office_codes`); every record's id begins with it.
        now: the present time.

    Raises:
        UserError: there is data already, or it cannot be made; nothing is left.
    """
    if not is_code(office):
        raise FieldError("code", "单位代码应为1至12位字母或数字。", hint="请按上级给的代码填写。")
    if is_url(target):
        engine = server_engine(str(target))
        with _or_closed(engine, None):
            _fill(engine, office)
        return Database(engine)
    path = Path(target)
    with disk_faults(path):
        if path.exists():
            raise UserError(f"“{path}”已经存在。", hint="请换一个文件夹，或直接打开它。")
        path.parent.mkdir(parents=True, exist_ok=True)
    lock = _locked(path, now)
    try:
        _create_file(path, office)
    except BaseException:
        lock.release()
        raise
    return Database(data_engine(path), path, lock)


def open_database(target: Path | str, *, now: datetime, backup_to: Path | None = None) -> Database:
    """Open a data file, moving it to this version's form on a copy if it is older.

    Args:
        target: path of the file, or a PostgreSQL URL.
        now: the present time.
        backup_to: folder for the copy kept before a migration; beside the file if None.

    Raises:
        UserError: missing, in use, read-only, damaged, foreign, or newer than this program; the
            file is as it was.
    """
    if is_url(target):
        engine = server_engine(str(target))
        with _or_closed(engine, None):
            if _version(engine, None) != migrations.HEAD:
                upgrade_server(engine)
        return Database(engine)
    path = Path(target)
    with disk_faults(path):
        if not path.is_file():
            raise UserError(f"找不到数据文件“{path}”。", hint="请检查路径，或从备份恢复。")
    lock = _locked(path, now)
    try:
        engine = data_engine(path)
    except UserError:
        lock.release()
        raise
    with _or_closed(engine, path, lock):
        if surely(engine, path, partial(_look, path)) != migrations.HEAD:
            upgrade_file(engine, path, now, backup_to)
    return Database(engine, path, lock)


@contextlib.contextmanager
def _or_closed(engine: Engine, path: Path | None, lock: FileLock | None = None) -> Generator[None]:
    """Say faults in sentences, and let go of everything."""
    try:
        with faults(path):
            yield
    except BaseException:
        engine.dispose()
        if lock:
            lock.release()
        raise


def _create_file(path: Path, office: str) -> None:
    part = path.with_name(path.name + ".part")
    with disk_faults(path):
        discard(part)
    key = data_keys.key_for_new(path)
    engine = data_engine(part, new=cipher(key) if key else PLAIN)
    try:
        with faults(path):
            _fill(engine, office)
        engine.dispose()
        with disk_faults(path):
            part.replace(path)
        if key:
            data_keys.settle(path)
    except BaseException:
        engine.dispose()
        discard(part)
        raise


def _fill(engine: Engine, office: str) -> None:
    """Make all tables and say who this is, in one transaction."""
    with engine.begin() as connection:
        if inspect(connection).has_table("sync_self"):
            raise UserError("该数据库中已有数据。", hint="请直接打开它。")
        upgrade(connection)
        device = "".join(secrets.choice(BASE32) for _ in range(10))
        with Session(connection) as session:
            session.add(SyncSelf(id=1, device=device, office=office, lam=0, fmt=FORMAT))
            index.rebuild(session)
            session.flush()


def _look(path: Path, engine: Engine) -> str:
    """The form of a file that is ours, may be written and is sound."""
    try:
        version = _version(engine, path)  # before anything could touch a file that is not ours
    except OperationalError as error:
        raise (sentence(path, error) or damaged(path)) from error
    except UnicodeDecodeError as error:  # SQLite quotes the broken place
        raise damaged(path) from error
    with engine.begin() as connection:  # refuse a read-only file now, not when a form was filled in
        connection.execute(update(SyncSelf).where(false()).values(lam=SyncSelf.lam))
    keep_one_file(engine)
    ours = {**described_columns(), FTS.name: list(FTS.columns.keys())}
    refuse_unsound(path, ours if version == migrations.HEAD else {}, engine)
    return version


def _locked(path: Path, now: datetime) -> FileLock:
    _refuse_far(path)
    lock = FileLock(path)
    lock.take(now)
    return lock


if sys.platform == "win32":  # pragma: no cover - the other system's branch
    import ctypes

    _REMOVABLE, _REMOTE = 2, 4

    def _refuse_far(path: Path) -> None:
        """Refuse what may vanish or be written by two at once: a stick, a network share."""
        drive = path.resolve().anchor
        if drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) in {
            _REMOVABLE,
            _REMOTE,
        }:
            raise UserError(
                f"“{path}”在U盘或网络盘上，数据放在那里不安全。", hint="请放在本机硬盘上。"
            )
else:

    def _refuse_far(path: Path) -> None:
        del path  # told apart on Windows only


def _version(engine: Engine, path: Path | None) -> str:
    """The form of the data.

    Raises:
        UserError: not ours, or newer than this program.
    """
    with reading(engine).connect() as connection:
        if not {"alembic_version", "sync_self"} <= set(inspect(connection).get_table_names()):
            raise _foreign(path)
        fmt = connection.scalar(select(SyncSelf.fmt))
        version = connection.scalar(text("select version_num from alembic_version"))
    if not (isinstance(fmt, int) and isinstance(version, str)):
        raise _foreign(path)
    if fmt > FORMAT or version > migrations.HEAD:
        raise UserError(
            f"{name_of(path)}是由更新版本的程序保存的，本程序不能打开，没有改动它。",
            hint="请安装新版程序后再打开。",
        )
    return version


def _foreign(path: Path | None) -> UserError:
    return UserError(f"{name_of(path)}不是代表履职工作台的数据。", hint="请选择正确的数据文件。")
