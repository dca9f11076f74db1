"""Accounts without a window: who signs in; passwords are asked for, never given as arguments."""

import getpass
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.operations import accounts
from deputydesk.operations.accounts import AccountRow, Role
from deputydesk.paths import data_folder

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context

USERS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (  # Any: options of argparse
    (
        ("what",),
        {
            "choices": ["list", "add", "role", "reset", "stop", "resume", "paper", "log", "off"],
            "help": "列出、增加、改角色、重设密码、停用、恢复、换恢复密钥、变动记录、全部停用",
        },
    ),
    (("name",), {"nargs": "?", "default": "", "help": "姓名"}),
    (
        ("--role",),
        {
            "default": "",
            "choices": ["", *Role],
            "help": "角色：经办人 clerk，负责人 head，查看 viewer",
        },
    ),
)


PAPER = (
    "恢复密钥（请抄在纸上，放进保险柜；只显示这一次；"
    "以前的打不开现在的数据，以前的备份有的还要用它）："
)


def sign_in(office: Office, name: str) -> None:
    """Have the one named sign in, where one does; the password is asked for.

    Raises:
        UserError: nobody is named, or the password is wrong.
    """
    if not office.ask(accounts.is_on):
        return
    from deputydesk.operations import sign_in as door  # its cryptography costs time

    accounts.lock(office)
    if not name:
        raise UserError("这个单位启用了登录。", hint="请用 --user 写明姓名，再按提示输入密码。")
    door.sign_in(office, name, password())


def password(prompt: str = "密码：") -> str:
    """A password typed unseen at a terminal, or else the next line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\r\n")


def new_password(prompt: str) -> str:
    """As `password`, of one that is to hold from now on: at a terminal it is typed twice.

    Raises:
        UserError: the second time it was another.
    """
    typed = password(prompt)
    if sys.stdin.isatty() and password("再输入一次：") != typed:
        raise UserError("两次输入的密码不一样。", hint="什么也没有改，请再来一次。")
    return typed


def users(ctx: "Context") -> None:
    """List accounts, or change one."""
    with ctx.office() as office:
        data, line = _WAYS[ctx.args.what](office, ctx.args.name, ctx.args.role)
    ctx.out.show(data, *line)


ERASE: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (  # Any: as above
    (("what",), {"help": "要找的姓名、电话或住址，或要删除的记录：voter:记录号"}),
    (("--yes",), {"action": "store_true", "help": "真的彻底删除；不写只列出"}),
)


def erase(ctx: "Context") -> None:
    """List voters by what they are known by, or erase a record for good."""
    from deputydesk.exchange import erasing as files
    from deputydesk.operations import erasing

    table, _, record_id = ctx.args.what.partition(":")
    folder = ctx.target.parent if isinstance(ctx.target, Path) else data_folder()
    with ctx.office() as office:
        if record_id and ctx.args.yes:
            report = files.erase(office, table, record_id, folder)
            ctx.out.show({**asdict(report), "sentences": report.sentences}, *report.sentences)
            return
        rows = office.ask(erasing.voters, ctx.args.what)
    lines = [
        f"voter:{r.id}　{r.name}　{r.phone}　{r.address}　反映{r.heard}件"
        f"{'（已在回收站）' if r.is_deleted else ''}"
        for r in rows
    ]
    ctx.out.show(rows, *(lines or ["没有找到。"]))


GIVE: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (  # Any: as above
    (("folder",), {"help": "U盘上的文件夹"}),
)
JOIN: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (  # Any: as above
    (("file",), {"help": "第一台电脑写出的加入文件"}),
    (("--encrypt",), {"action": "store_true", "help": "给这台电脑上的数据加密，密码另外输入"}),
)


def give(ctx: "Context") -> None:
    """Write the file with which another PC becomes one of this office's."""
    from deputydesk.exchange import joining

    with ctx.office() as office:
        to = joining.write(office, Path(ctx.args.folder), password("口令："))
    ctx.out.show({"file": str(to)}, f"已写出{to}。口令请当面告诉对方，用完删除这个文件。")


def join(ctx: "Context") -> None:
    """Make the data of this PC, the second one of an office."""
    from deputydesk.exchange import joining

    if not isinstance(ctx.target, Path):
        raise UserError("数据在数据库服务器上，不用加入。")
    joined = joining.read(Path(ctx.args.file), password("口令："))
    if ctx.args.encrypt:
        from deputydesk.cli import encrypting  # which asks for passwords here

        encrypting.prepare(ctx.target)
    joining.join(ctx.target, joined, clock=ctx.clock, user=ctx.user).close()
    ctx.out.show({"office": joined.office}, f"已加入{joined.name}，请收入第一台电脑写出的U盘。")


Told = tuple[Any, list[str]]  # Any: as JSON


def _list(office: Office, _name: str, _role: str) -> Told:
    rows = office.ask(accounts.rows)
    lines = [f"{r.name}　{r.role.label}{'' if r.is_active else '（已停用）'}" for r in rows]
    return rows, lines or ["没有启用登录。"]


def _add(office: Office, name: str, role: str) -> Told:
    """The first account turns signing in on, and its paper key is shown once."""
    from deputydesk.operations import sign_in as door  # as above

    if office.ask(accounts.is_on):
        account = door.add(
            office,
            name=name,
            role=Role(role or Role.CLERK),
            password=new_password("新账号的密码："),
        )
        return {"id": account}, [f"已增加{name}。"]
    door.turn_on(office, name, new_password("新账号的密码："))
    data, lines = _paper(office, "", "")
    return data, [f"已启用登录，{name}是负责人。", *lines]


def _role(office: Office, name: str, role: str) -> Told:
    account = _named(office, name)
    if not role:
        raise UserError("请用 --role 写明角色。")
    office.do(accounts.set_role, account_id=account.id, role=Role(role))
    return {"id": account.id, "role": role}, [f"{name}现在是{Role(role).label}。"]


def _reset(office: Office, name: str, _role: str) -> Told:
    from deputydesk.operations import sign_in as door  # as above

    account = _named(office, name)
    door.reset(office, account, new_password("新密码："))
    return {"id": account.id}, [f"已重设{name}的密码。"]


def _stop(office: Office, name: str, _role: str) -> Told:
    account = _named(office, name)
    office.do(accounts.set_active, account_id=account.id, is_active=False)
    return {"id": account.id}, [
        f"{name}不能再登录；以前登记的仍记着{name}。以前的备份仍能用当时的密码打开。"
    ]


def _resume(office: Office, name: str, _role: str) -> Told:
    account = _named(office, name)
    office.do(accounts.set_active, account_id=account.id, is_active=True)
    return {"id": account.id}, [f"{name}恢复了，重设密码以后又可以登录。"]


def _paper(office: Office, _name: str, _role: str) -> Told:
    groups = paper(office)
    return {"paper": list(groups)}, [PAPER, " ".join(groups)]


def paper(office: Office) -> tuple[str, ...]:
    """Make a new paper key; returns its groups, which are shown once."""
    from deputydesk.exchange import encryption
    from deputydesk.rules import paper_keys
    from deputydesk.security import paper_key

    digits = paper_key.new_digits()
    encryption.new_paper(office, digits)
    return paper_keys.groups(digits)


def _log(office: Office, _name: str, _role: str) -> Told:
    rows = office.ask(accounts.events)
    lines = [f"{e.at}　{e.user}　{e.what}　{e.about}" for e in rows]
    return rows, lines or ["没有变动。"]


def _off(office: Office, _name: str, _role: str) -> Told:
    from deputydesk.operations import sign_in as door  # as above

    door.turn_off(office, password("请再输入一次密码："))
    return {}, ["已停用登录，打开就能用。"]


def _named(office: Office, name: str) -> AccountRow:
    found = [row for row in office.ask(accounts.rows) if row.name == name]
    if not found:
        raise UserError(f"没有“{name}”的账号。", hint="用 users list 查看全部账号。")
    return found[0]


_WAYS: Mapping[str, Callable[[Office, str, str], Told]] = {
    "list": _list,
    "add": _add,
    "role": _role,
    "reset": _reset,
    "stop": _stop,
    "resume": _resume,
    "paper": _paper,
    "log": _log,
    "off": _off,
}
