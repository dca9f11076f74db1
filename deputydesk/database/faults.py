"""Faults of SQLite and PostgreSQL as sentences for the user."""

import contextlib
from collections.abc import Generator
from pathlib import Path

from sqlalchemy.exc import DataError, DBAPIError, OperationalError

from deputydesk.database.disk import name_of
from deputydesk.database.driver import errors
from deputydesk.errors import Damaged, UserError

SQLITE = {
    "SQLITE_BUSY": ("正忙，刚才的内容没有保存", "请稍候再试；如果用别的程序打开了它，请先关闭。"),
    "SQLITE_LOCKED": ("正忙，刚才的内容没有保存", "请稍候再试；如果用别的程序打开了它，请先关闭。"),
    "SQLITE_READONLY": ("是只读的，不能保存", "请检查文件和文件夹的权限。"),
    "SQLITE_FULL": ("所在的磁盘已满，刚才的内容没有保存", "请清理磁盘后再试。"),
    "SQLITE_CORRUPT": ("已损坏，没有改动它", "请从最近的备份恢复。"),
    "SQLITE_NOTADB": ("不是数据文件，或已损坏，没有改动它", "请选择正确的文件，或从备份恢复。"),
    "SQLITE_CANTOPEN": ("打不开", "请检查文件是否还在、文件夹是否有权限。"),
    "SQLITE_IOERR": ("读写时磁盘出错，刚才的内容没有保存", "请检查磁盘后再试。"),
}
"""By the beginning of SQLite's error name."""
NOT_WHOLE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
"""Those that a backup helps against."""

SERVER = {
    "53100": ("服务器的磁盘已满，刚才的内容没有保存。", "请联系服务器的管理员。"),
    "42501": ("在服务器上没有权限这样做。", "请联系服务器的管理员。"),
    "25006": ("服务器上的数据库是只读的，不能保存。", "请联系服务器的管理员。"),
}
"""By PostgreSQL's SQLSTATE."""


def damaged(path: Path | None) -> UserError:
    """The sentence for a file that is not whole."""
    return Damaged(f"{name_of(path)}已损坏，没有改动它。", hint="请从最近的备份恢复。")


@contextlib.contextmanager
def faults(path: Path | None) -> Generator[None]:
    """Turn faults of the database into sentences about `path`; a fault of ours stays one."""
    try:
        yield
    except (*errors(), DBAPIError) as error:
        said = sentence(path, error)
        if said is None:
            raise
        raise said from error
    except UnicodeEncodeError as error:  # half a character, as a broken clipboard gives it
        raise _unfit() from error


def is_bad_page(error: BaseException | None) -> bool:
    """Whether SQLite stumbled over a page: it may be the reading that was bad, not the file."""
    return _name(error) in NOT_WHOLE


def is_of_disk(error: BaseException | None) -> bool:
    """Whether the disk refused, and not the content of the file."""
    return _name(error).startswith("SQLITE_IOERR")


def _name(error: BaseException | None) -> str:
    original = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(original, "sqlite_errorname", ""))


def sentence(path: Path | None, error: Exception) -> UserError | None:
    """What a fault means to the user; None if it is ours."""
    return _of_sqlite(path, error) or _of_server(error)


def _unfit() -> UserError:
    return UserError("有不能保存的内容，没有保存。", hint="请删去看不见的字符再试。")


def _of_sqlite(path: Path | None, error: Exception) -> UserError | None:
    original = error.orig if isinstance(error, DBAPIError) else error
    if "decode to UTF-8" in str(original):  # Python's own, without a name
        return damaged(path)
    if str(original).startswith("no such savepoint"):  # a fault of the disk had ended all
        return _of_sqlite(path, before) if (before := _before(original)) else None
    code = str(getattr(original, "sqlite_errorname", ""))
    for start, (what, hint) in SQLITE.items():
        if code.startswith(start):
            kind = Damaged if start in NOT_WHOLE else UserError
            return kind(f"{name_of(path)}{what}。", hint=hint)
    return None


def _before(error: BaseException | None) -> Exception | None:
    """What went wrong in SQLite before this did."""
    found = error.__context__ if error else None
    while found and not (isinstance(found, errors()) and "savepoint" not in str(found)):
        found = found.__context__
    return found if isinstance(found, errors()) else None


def _of_server(error: Exception) -> UserError | None:
    if not isinstance(error, DBAPIError) or isinstance(error.orig, errors()):
        return None
    state = str(getattr(error.orig, "sqlstate", ""))
    if state in SERVER:
        what, hint = SERVER[state]
        return UserError(what, hint=hint)
    if isinstance(error, DataError):  # NUL, or a number too large
        return _unfit()
    if isinstance(error, OperationalError):
        return UserError(
            "连接不上数据库服务器。", hint="请检查服务器是否已启动、地址和密码是否正确。"
        )
    return None
