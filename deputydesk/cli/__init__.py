"""deputydesk without a window: `deputydesk.cli` does everything an office does (deskctl)."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from deputydesk.cli import commands
from deputydesk.cli.output import Output
from deputydesk.errors import UserError

OK, REFUSED, MISUSED = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """An argument parser whose mistakes are sentences in Chinese."""

    def error(self, message: str) -> Any:  # Any: NoReturn, as argparse declares it
        self.print_usage(sys.stderr)
        self.exit(MISUSED, f"命令写得不对：{message}\n用 --help 查看用法。\n")


def main(argv: Sequence[str] | None = None, *, clock: Callable[[], datetime] | None = None) -> int:
    """Run one command; returns 0 done, 1 refused (a sentence says why), 2 misused.

    Args:
        argv: the command's words; the program's own if None.
        clock: gives the present time; the real one if None.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # only real files
    args = _parser().parse_args(argv)
    out = Output(json=args.json)
    try:
        args.run(commands.Context(args, out, clock or _now))
        sys.stdout.flush()
    except UserError as error:
        out.refuse(error)
        return REFUSED
    except OSError as error:
        return _unheard(error)
    return args.status if hasattr(args, "status") else OK


def _unheard(error: OSError) -> int:
    """The result cannot be written; a reader who has seen enough (`| head`) is no fault."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return OK
    sys.stderr.write(f"写不出结果：{error.strerror}。请检查磁盘后再试。\n")
    return REFUSED


def _now() -> datetime:
    return datetime.now().astimezone().replace(tzinfo=None)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="deskctl", description="代表履职工作台命令行", add_help=False)
    _common(parser, office="", user="", json=False)
    found = parser.add_subparsers(
        title="命令", dest="command", required=True, metavar="命令", parser_class=_Parser
    )
    for command in commands.COMMANDS:
        sub = found.add_parser(command.name, help=command.help, add_help=False)
        # What stands before the command must not be undone by a default after it.
        _common(sub, office=argparse.SUPPRESS, user=argparse.SUPPRESS, json=argparse.SUPPRESS)
        for names, options in command.arguments:
            sub.add_argument(*names, **options)
        sub.set_defaults(run=command.run)
    return parser


def _common(parser: argparse.ArgumentParser, *, office: str, user: str, json: bool | str) -> None:
    group = parser.add_argument_group("通用")
    group.add_argument("-h", "--help", action="help", help="显示用法")
    group.add_argument("--office", default=office, help="数据文件夹、数据文件或 PostgreSQL 地址")
    group.add_argument("--user", default=user, help="操作员姓名")
    group.add_argument("--json", action="store_true", default=json, help="以 JSON 输出")
