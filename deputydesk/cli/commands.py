"""The commands of deskctl, one function each."""

import argparse
import inspect
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from deputydesk import database
from deputydesk.cli import (
    calls,
    carrying,
    doctor,
    encrypting,
    figure_lists,
    loose_ends,
    partitioning,
    pocket,
    printing,
    publishing,
    scanning,
    sheet_files,
    users,
)
from deputydesk.cli.output import Output
from deputydesk.errors import UserError
from deputydesk.exchange import backup, checking, demo, demo_day, device, erasing, leftovers
from deputydesk.journal import undo
from deputydesk.models.choices import OfficeKind
from deputydesk.office import Office, User
from deputydesk.operations import figures, offices, presets, search
from deputydesk.paths import data_folder
from deputydesk.rules import deadlines, names

DATA = "office.db"
"""Name of the data file in an office's folder."""


@dataclass(frozen=True)
class Context:
    """What a command works with."""

    args: argparse.Namespace
    out: Output
    clock: Callable[[], datetime]

    @property
    def target(self) -> Path | str:
        """The data file or the PostgreSQL URL that --office names."""
        named = str(self.args.office)
        if database.is_url(named):
            return named
        path = Path(named) if named else data_folder()
        return path if path.suffix == ".db" else path / DATA

    @property
    def user(self) -> User:
        """Who works: the one named by --user."""
        return User(self.args.user or "操作员")

    def day(self, text: str) -> date:
        """A date that was typed.

        Raises:
            UserError: it is none.
        """
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise UserError(f"“{text}”不是日期。", hint="日期请写成 2026-03-05。") from error

    @contextmanager
    def office(self) -> Generator[Office]:
        """The office, open while the command runs; the demo office has its own calendar day."""
        encrypting.unlock(self.target)
        found = Office.open(self.target, clock=self.clock, user=self.user)
        try:
            if not database.is_url(self.target):
                found.clock = demo_day.clock_for(Path(self.target).parent, self.clock)
            leftovers.sweep(found)
            device.recognise(found)
            users.sign_in(found, self.args.user)
            erasing.finish(found)
            yield found
            device.note(found)
        finally:
            found.close()
        encrypting.go_on(self.target)


@dataclass(frozen=True)
class Command:
    """A command: its name, a line of help, its arguments and what runs it."""

    name: str
    help: str
    run: Callable[[Context], None]
    arguments: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = ()


def _init(ctx: Context) -> None:
    args = ctx.args
    kind = OfficeKind.from_label(args.kind)
    code = args.code or offices.random_code()
    if args.encrypt:
        encrypting.prepare(ctx.target)
    office = Office.create(ctx.target, code=code, clock=ctx.clock, user=ctx.user)
    try:
        office.do(
            offices.found,
            kind=kind,
            name=args.name,
            district=args.district,
            area_code=args.area_code,
        )
        device.note(office)
    finally:
        office.close()
    data = {"office": str(ctx.target), "code": code}
    ctx.out.show(data, f"已建立“{args.name}”，数据在{ctx.target}。")


def _demo(ctx: Context) -> None:
    with demo.created(ctx.target, ctx.clock) as office:
        count = len(office.ask(figures.figures))
    ctx.out.show({"office": str(ctx.target), "figures": count}, f"示范单位已建立：{ctx.target}。")


def _operations(ctx: Context) -> None:
    rows = [
        {
            "name": name,
            "title": op.title,
            "right": op.right.label,
            "arguments": {
                k: inspect.formatannotation(p.annotation)
                for k, p in calls.parameters(op.run).items()
            },
        }
        for name, op in calls.offered().items()
    ]
    asked = sorted(calls.queries())
    lines = [f"{row['name']}　{row['title']}" for row in rows] + [f"查询 {name}" for name in asked]
    ctx.out.show({"operations": rows, "queries": asked}, *lines)


def _do(ctx: Context) -> None:
    with ctx.office() as office:
        before = office.ask(undo.actions, limit=1)
        result = calls.do(office, ctx.args.operation, _text(ctx.args.arguments))
        done = office.ask(undo.actions, limit=1)
    is_listed = done != before  # what cannot be taken back, or changed nothing, is not
    title = done[0].text if is_listed else calls.named(ctx.args.operation).title
    ctx.out.show(result, f"已完成：{title}。", *([str(result)] if result else []))


def _ask(ctx: Context) -> None:
    with ctx.office() as office:
        ctx.out.show(calls.ask(office, ctx.args.query, _text(ctx.args.arguments)))


def _text(given: str) -> str:
    return sys.stdin.read() if given == "-" else given


def _search(ctx: Context) -> None:
    with ctx.office() as office:
        hits = office.ask(search.find, " ".join(ctx.args.text))
    lines = [f"{h.kind}　{h.title}　{h.detail}" for h in hits] or ["没有找到。"]
    ctx.out.show(hits, *lines)


def _names(ctx: Context) -> None:
    given = [line.strip() for line in sys.stdin if line.strip()]
    if ctx.args.what == "sort":
        ordered = names.in_order(given, names.NameOrder.from_label(ctx.args.convention))
        ctx.out.show(ordered, *ordered)
        return
    keys = {name: list(names.initials(name)) for name in given}
    ctx.out.show(keys, *(f"{name}　{' '.join(found)}" for name, found in keys.items()))


def _due(ctx: Context) -> None:
    start = ctx.day(ctx.args.date)
    found = deadlines.months_after(start, ctx.args.months, presets.calendar())
    ctx.out.show(
        {
            "plain": found.plain,
            "moved": found.due,
            "provisional": found.provisional,
            "why": found.why,
        },
        f"{found.due}{'（暂定）' if found.provisional else ''}　{found.why}",
    )


def _figures(ctx: Context) -> None:
    first = ctx.day(ctx.args.first) if ctx.args.first else None
    last = ctx.day(ctx.args.last) if ctx.args.last else None
    with ctx.office() as office:
        figure_lists.show(office, ctx.args, ctx.out, first, last)


def _undo(ctx: Context) -> None:
    with ctx.office() as office:
        if not ctx.args.user:
            office.user = replace(office.user, name=_last_user(office))
        action = office.undo()
    ctx.out.show(action, f"已撤销：{action.text}。")


def _last_user(office: Office) -> str:
    done = office.ask(undo.actions, limit=1)
    return done[0].user if done else office.user.name


def _history(ctx: Context) -> None:
    with ctx.office() as office:
        done = office.ask(undo.actions, limit=ctx.args.limit)
    lines = [f"{a.at}　{a.user}　{a.text}{'（已撤销）' if a.undone else ''}" for a in done]
    ctx.out.show(done, *(lines or ["还没有操作。"]))


def _check(ctx: Context) -> None:
    with ctx.office() as office:
        found = checking.faults(office)
    if found:
        ctx.args.status = 1
    lines = [f"{fault.where}：{fault.message}" for fault in found] or ["数据与日志一致。"]
    ctx.out.show(found, *lines)


def _rebuild(ctx: Context) -> None:
    with ctx.office() as office:
        count = office.rebuild()
    ctx.out.show({"rows": count}, f"已按日志重建，共{count}条记录。")


def _backup(ctx: Context) -> None:
    with ctx.office() as office:
        to = backup.back_up(office)
    ctx.out.show({"file": str(to)}, f"已备份到{to}。")


def _doctor(ctx: Context) -> None:
    encrypting.unlock(ctx.target)
    report = doctor.examine(ctx.target, ctx.clock, ctx.user)
    if not report.healthy:
        ctx.args.status = 1
    ctx.out.show(report, *report.lines)


def _arg(*names: str, **options: object) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    return names, options


COMMANDS = (
    Command(
        "init",
        "建立新单位",
        _init,
        (
            _arg("--kind", required=True, choices=[k.value for k in OfficeKind], help="单位类型"),
            _arg("--name", required=True, help="名称，如：五当召镇"),
            _arg("--district", default="", help="所属旗县区"),
            _arg("--code", default="", help="上级给定的单位代码，不写则自动取一个"),
            _arg("--area-code", default="", help="行政区划代码"),
            _arg("--encrypt", action="store_true", help="给数据加密，密码另外输入"),
        ),
    ),
    Command("demo", "建立示范单位", _demo),
    Command("operations", "列出全部操作和查询", _operations),
    Command(
        "do",
        "执行一项操作",
        _do,
        (_arg("operation"), _arg("arguments", nargs="?", default="{}", help="JSON，- 为标准输入")),
    ),
    Command(
        "ask",
        "执行一项查询",
        _ask,
        (_arg("query"), _arg("arguments", nargs="?", default="{}", help="JSON，- 为标准输入")),
    ),
    Command("list", "列出一种记录", sheet_files.list_kind, (_arg("kind"),)),
    Command(
        "import",
        "导入名册或表格",
        sheet_files.take_in,
        (
            _arg("what", choices=["roster", "sheet"]),
            _arg("rest", nargs="+", metavar="文件"),
            _arg("--dry-run", action="store_true", help="只读不写"),
            _arg("--answers", default="", help="对疑问的回答（JSON 文件）"),
            _arg("--level", default="", help="名册未写层级时的代表层级"),
            _arg("--town", default="", help="名册未写乡镇时的乡镇"),
        ),
    ),
    Command("export", "导出一种记录", sheet_files.export, (_arg("kind"), _arg("file"))),
    Command("forms", "列出可打印的表格", printing.forms),
    Command("print", "打印成 PDF", printing.print_form, printing.ARGUMENTS),
    Command(
        "print-pack",
        "打印一个月、季度、年度的全部材料",
        printing.print_pack,
        printing.PACK_ARGUMENTS,
    ),
    Command("fonts", "打印用本机的字体", printing.own_fonts, printing.FONT_ARGUMENTS),
    Command(
        "showcase",
        "建示范单位并打印主要表格",
        printing.showcase,
        (_arg("-o", "--output", required=True, help="文件夹"),),
    ),
    Command("publish", "检查并写出网上代表之家", publishing.publish, publishing.ARGUMENTS),
    Command("pocket", "代表随手记：生成页面，收交来的记录", pocket.pocket, pocket.ARGUMENTS),
    Command("scan", "读填好的表的扫描件；写出版式文件", scanning.scan, scanning.ARGUMENTS),
    Command("search", "搜索", _search, (_arg("text", nargs="+"),)),
    Command(
        "names",
        "姓名排序、拼音首字母（从标准输入读）",
        _names,
        (
            _arg("what", choices=["sort", "initials"]),
            _arg("--convention", default="full", choices=["full", "surname"]),
        ),
    ),
    Command(
        "due",
        "计算期限",
        _due,
        (_arg("date"), _arg("--months", type=int, required=True)),
    ),
    Command(
        "figures",
        "统计数字",
        _figures,
        figure_lists.ARGUMENTS,
    ),
    Command("undo", "撤销最近一次操作", _undo),
    Command("history", "操作记录", _history, (_arg("--limit", type=int, default=100),)),
    Command("check", "核对数据与日志", _check),
    Command("rebuild", "按日志重建数据", _rebuild),
    Command("backup", "备份", _backup),
    Command("restore", "从备份恢复", carrying.restore, carrying.RESTORE),
    Command("card", "本单位的名片", carrying.card, carrying.CARD),
    Command("enrol", "登记对方的名片", carrying.enrol, carrying.ENROL),
    Command("peers", "列出交换单位", carrying.peers),
    Command("send", "写出给对方的交换文件", carrying.send, carrying.SEND),
    Command("receive", "收入交换文件", carrying.receive, carrying.RECEIVE),
    Command("conflicts", "列出不一致的内容", carrying.list_conflicts),
    Command("doubles", "列出重号", loose_ends.list_doubles),
    Command("orphans", "列出缺失：提到的另一条不在这里", loose_ends.list_orphans),
    Command("settle", "裁定不一致的内容", carrying.settle, carrying.SETTLE),
    Command(
        "partition", "按单位分区（PostgreSQL）", partitioning.partition, partitioning.ARGUMENTS
    ),
    Command("users", "登录的账号", users.users, users.USERS),
    Command("join-file", "写出加入文件，给本单位的另一台电脑", users.give, users.GIVE),
    Command("join", "这台电脑加入本单位", users.join, users.JOIN),
    Command("expunge", "找出选民，彻底删除个人信息", users.erase, users.ERASE),
    Command("encrypt", "给数据加密、换数据密码", encrypting.encrypt, encrypting.ENCRYPT),
    Command("doctor", "检查单位数据和环境", _doctor),
)
