"""Encrypting an office's data later on, or no more: the file, and its backups with it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from deputydesk.database import (
    FileLock,
    Why,
    data_keys,
    disk_faults,
    encrypting,
    keep_copy,
    key_files,
    remove_copy,
)
from deputydesk.database.engines import data_engine, refuse_damaged
from deputydesk.errors import Cancelled, FieldError, UserError
from deputydesk.exchange import backup
from deputydesk.office import Office
from deputydesk.operations import accounts
from deputydesk.progress import SILENT, Progress
from deputydesk.security import veil
from deputydesk.security.veil import Veil

Clock = Callable[[], datetime]


def turn_on(
    data: Path, password: str, *, clock: Clock, paper: str = "", progress: Progress = SILENT
) -> int:
    """Encrypt a data file that nobody has open, and its backups; returns how many stay open.

    A backup is kept before. Until the last step the data is as it was: the key is on the disk
    before the file that needs it.

    Args:
        data: the file.
        password: opens it from now on.
        clock: the present time.
        paper: the public key of a paper that opens it as well; empty: none.
        progress: told of each file; not to be stopped.

    Raises:
        FieldError: the password is too weak.
        UserError: the data is damaged, or the disk refused; it is as it was.
    """
    if data_keys.is_encrypted(data):
        raise UserError("数据已经加了密。")
    data_keys.refuse_weak(password)
    lock = FileLock(data)
    lock.take(clock())
    try:
        kept = _kept(data, clock())
        try:
            key = data_keys.prepare(data, password, paper)
            encrypting.replace(data, key)
        except BaseException:
            data_keys.settle(data)
            if key_files.needs_no_key(data):  # else the copy may be all that there is
                remove_copy(kept)
            raise
        data_keys.settle(data)
        with suppress(OSError):  # else the next opening does it
            veil.reseal(data.parent, veil.OPEN, Veil.of(key))
        veil.sweep(data.parent)
        return _convert_backups(data, key, progress)
    finally:
        lock.release()


def turn_off(data: Path, password: str, *, clock: Clock, progress: Progress = SILENT) -> int:
    """Have a data file and its backups open to all again; returns how many backups stay encrypted.

    The data comes last: were the power to go before, all is encrypted again at the next closing,
    with the password that there was.

    Raises:
        FieldError: the password is wrong.
        UserError: the data is damaged, or the disk refused; it is as it was.
    """
    if not data_keys.is_encrypted(data):
        raise UserError("数据没有加密。")
    if not data_keys.is_password(data, password):
        raise FieldError("password", "密码不对。", hint="请检查大小写。")
    data_keys.unlock(data, password)
    sealing = Veil.of(data_keys.key_of(data))
    lock = FileLock(data)
    lock.take(clock())
    try:
        kept = _kept(data, clock())
        try:
            stay = _convert_backups(data, b"", progress)
            with disk_faults(data.parent):
                veil.reseal(data.parent, sealing, veil.OPEN)
            encrypting.replace(data, b"")
        except BaseException:
            remove_copy(kept)
            go_on(data)
            raise
        data_keys.settle(data)
        return stay
    finally:
        lock.release()


def unlike(data: Path) -> int:
    """How many backups are open beside encrypted data, or encrypted beside data that is not."""
    is_on = data_keys.is_encrypted(data)
    return sum(data_keys.is_encrypted(row.path) != is_on for row in backup.beside(data))


def go_on(data: Path) -> None:
    """Encrypt what a power cut, or a full disk, left open beside encrypted data.

    Args:
        data: unlocked, if it is encrypted.
    """
    key = data_keys.key_of(data)
    if not key:
        return
    with suppress(OSError):  # what is in use now is sealed at the next opening
        veil.reseal(data.parent, veil.OPEN, Veil.of(key))
    if unlike(data):
        _convert_backups(data, key, SILENT)


def new_paper(office: Office, digits: str) -> None:
    """Let the paper with these digits open what is locked here: accounts, data; older ones no more.

    Raises:
        UserError: nothing is locked here, or the disk refused.
    """
    from deputydesk.operations import sign_in  # its cryptography costs time, at every start
    from deputydesk.security import paper_key

    data = office.data.path
    is_encrypted = data is not None and data_keys.is_encrypted(data)
    if data is not None and is_encrypted:  # first: whoever can open it can make another paper
        data_keys.set_paper(data, paper_key.recipient(digits))
    if office.ask(accounts.is_on) or not is_encrypted:
        sign_in.new_paper(office, digits)


def _kept(data: Path, now: datetime) -> Path:
    engine = data_engine(data)
    try:
        refuse_damaged(engine, data)
        return keep_copy(engine, data, now=now, why=Why.ENCRYPT, folder=None)
    finally:
        engine.dispose()


def _convert_backups(data: Path, key: bytes, progress: Progress) -> int:
    """A backup that is damaged, or has another key, stays as it is."""
    found = backup.beside(data)
    stay = 0
    for done, row in enumerate(found):
        with suppress(Cancelled):  # the data is converted: who wants to stop waits for the end
            progress.step(done, len(found), "正在处理以前的备份")
        try:
            _convert_backup(data, row.path, key)
        except UserError:
            stay += 1
    return stay


def _convert_backup(data: Path, file: Path, key: bytes) -> None:
    if bool(key) == data_keys.is_encrypted(file):
        return
    data_keys.lay_beside(data, key, file)
    try:
        encrypting.replace(file, key)
    finally:
        data_keys.settle(file)  # who is not encrypted needs none
