"""Encrypted data without a window: its password comes from the environment, a file, or is typed."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.cli import users
from deputydesk.database import data_keys
from deputydesk.errors import FieldError, UserError
from deputydesk.exchange import encryption
from deputydesk.office import Right, refuse_without
from deputydesk.operations import accounts

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context

VARIABLE, FILE = "DEPUTYDESK_PASSWORD", "DEPUTYDESK_PASSWORD_FILE"
"""Where a program may leave the password: never as an argument, which every user can see."""

ENCRYPT: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (  # Any: options of argparse
    (
        ("what",),
        {
            "choices": ["state", "on", "off", "password", "paper", "recover"],
            "help": "看看是否加密、加密、取消加密、换密码、换恢复密钥、用恢复密钥设新密码",
        },
    ),
)


def unlock(target: Path | str) -> None:
    """Open an encrypted file for this run of the program.

    Raises:
        UserError: the password is wrong, or its file cannot be read.
    """
    if isinstance(target, Path) and target.exists():
        unlock_named(target, "数据密码：")


def unlock_named(file: Path, asked: str) -> None:
    """As `unlock`, of one of several files: the words that ask, and the refusal, name it.

    Of a file that is gone, the password is asked for if what takes its place is to be encrypted.
    """
    if data_keys.needs_password(file):
        try:
            data_keys.unlock(file, _given() or users.password(asked))
        except FieldError as error:
            said = f"“{file.name}”的{error.message}"
            raise FieldError(error.field, said, hint=error.hint) from error


def go_on(target: Path | str) -> None:
    """Do what a power cut left undone beside encrypted data that nobody has open."""
    if isinstance(target, Path):
        encryption.go_on(target)


def prepare(target: Path | str) -> None:
    """Have the file that will be made here encrypted.

    Raises:
        UserError: it is a server's, or the password is too weak.
    """
    if not isinstance(target, Path):
        raise UserError("数据库服务器上的数据不能这样加密。", hint="请由服务器的磁盘加密。")
    if target.exists():
        return  # refused in a moment, and it keeps its key
    data_keys.refuse_weak(password := _given() or users.new_password("新的数据密码："))
    target.parent.mkdir(parents=True, exist_ok=True)
    data_keys.prepare(target, password)


def encrypt(ctx: "Context") -> None:
    """Encrypt the data, or no more; change what opens it."""
    if not isinstance(ctx.target, Path):
        raise UserError("数据库服务器上的数据不能这样加密。", hint="请由服务器的磁盘加密。")
    data, *lines = _WAYS[ctx.args.what](ctx, ctx.target)
    ctx.out.show(data, *lines)


def _given() -> str:
    if said := os.environ.get(VARIABLE):
        return said
    if named := os.environ.get(FILE):
        try:
            return Path(named).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, ValueError) as error:
            raise UserError(f"读不了密码文件“{named}”。", hint="请检查路径和权限。") from error
    return ""


Told = tuple[Any, *tuple[str, ...]]  # Any: as JSON


def _state(_ctx: "Context", data: Path) -> Told:
    is_on = data_keys.is_encrypted(data)
    paper = bool(is_on and data_keys.paper_of(data))
    left = encryption.unlike(data)
    said = "还没有加密；已损坏的请删除" if is_on else "仍加密，恢复时要输入当时的数据密码"
    return (
        {"encrypted": is_on, "paper": paper, "unlike_backups": left},
        f"数据{'加了密' if is_on else '没有加密'}。",
        *(["还没有恢复密钥：忘了密码，数据就打不开了。"] if is_on and not paper else []),
        *([f"有 {left} 份以前的备份{said}。"] if left else []),
    )


def _on(ctx: "Context", data: Path) -> Told:
    with ctx.office() as office:
        refuse_without(Right.MANAGE, "给数据加密", office.user)
        paper = office.ask(accounts.recovery)
    stay = encryption.turn_on(
        data, users.new_password("新的数据密码："), clock=ctx.clock, paper=paper
    )
    paper_line = "以前的恢复密钥也能打开。" if paper else "请用 encrypt paper 做恢复密钥。"
    return {"left_open": stay}, f"数据已加密。{paper_line}", *_stay(stay, "没有加密")


def _off(ctx: "Context", data: Path) -> Told:
    with ctx.office() as office:
        refuse_without(Right.MANAGE, "取消加密", office.user)
    stay = encryption.turn_off(data, users.password("请再输入一次数据密码："), clock=ctx.clock)
    return {"left_encrypted": stay}, "数据已取消加密，谁都能打开。", *_stay(stay, "仍加密")


def _stay(count: int, how: str) -> list[str]:
    return [f"有 {count} 份以前的备份打不开或已损坏，{how}，原样留着。"] if count else []


def _password(ctx: "Context", data: Path) -> Told:
    with ctx.office() as office:
        refuse_without(Right.MANAGE, "修改数据密码", office.user)
    old, new = users.password("现在的数据密码："), users.new_password("新的数据密码：")
    data_keys.change_password(data, old, new)
    return {}, "数据密码已修改，本机的备份也用新密码。"


def _paper(ctx: "Context", _data: Path) -> Told:
    with ctx.office() as office:
        refuse_without(Right.MANAGE, "更换恢复密钥", office.user)
        groups = users.paper(office)
    return {"paper": list(groups)}, users.PAPER, " ".join(groups)


def _recover(_ctx: "Context", data: Path) -> Told:
    typed, new = users.password("恢复密钥的十组数字："), users.new_password("新的数据密码：")
    data_keys.unlock_with_paper(data, typed, new)
    return {}, "数据密码已换成新的。"


_WAYS: Mapping[str, Callable[["Context", Path], Told]] = {
    "state": _state,
    "on": _on,
    "off": _off,
    "password": _password,
    "paper": _paper,
    "recover": _recover,
}
