"""Commands that put forms on paper."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.errors import UserError
from deputydesk.exchange import demo
from deputydesk.models.choices import VisitKind
from deputydesk.operations import deputies, places, visits
from deputydesk.reports import FORMS, Form, Options
from deputydesk.reports.form import AskPaper

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context

ARGUMENTS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (("form",), {"help": "表格，见 forms"}),
    (("-o", "--output"), {"required": True, "help": "PDF 文件"}),
    (("--docx",), {"action": "store_true", "help": "存为 Word，不写 PDF"}),
    (("--record",), {"default": "", "help": "记录号，不写为最近一次或空白表"}),
    (("--deputy",), {"action": "append", "default": [], "help": "代表的记录号，可重复"}),
    (("--all",), {"action": "store_true", "help": "全体在任代表"}),
    (("--from",), {"dest": "first", "default": "", "help": "起始日期"}),
    (("--to",), {"dest": "last", "default": "", "help": "截止日期"}),
    (("--paper",), {"default": "", "help": "纸张，见 forms"}),
    (("--copies",), {"type": int, "default": 1, "help": "份数"}),
    (("--duplex",), {"action": "store_true", "help": "每人从单数页开始"}),
)


def forms(ctx: "Context") -> None:
    """List the printed forms."""
    listed = list(FORMS.values())
    rows = [{"id": f.id, "title": f.title, "papers": _papers(f)} for f in listed]
    ctx.out.show(rows, *(f"{f.id}　{f.title}{_offered(_papers(f))}" for f in listed))


def _papers(form: Form) -> list[str]:
    return [value for ask in form.asks if isinstance(ask, AskPaper) for value, _ in ask.choices]


def _offered(papers: list[str]) -> str:
    return f"　--paper {'|'.join(papers)}" if papers else ""


def print_form(ctx: "Context") -> None:
    """Print a form into a PDF, or write its text into a Word file."""
    from deputydesk.reports.printing import write, write_docx

    args = ctx.args
    if args.form == "duty_report" and not args.deputy and not args.all:
        raise UserError("请写明打印谁的履职报告。", hint="用 --deputy 记录号，或 --all。")
    options = Options(
        record_id=args.record,
        deputy_ids=tuple(args.deputy),
        first=ctx.day(args.first) if args.first else None,
        last=ctx.day(args.last) if args.last else None,
        paper=args.paper,
        copies=args.copies,
        duplex=args.duplex,
    )
    to = Path(args.output)
    with ctx.office() as office:
        if args.docx or to.suffix.lower() == ".docx":
            to = write_docx(office, args.form, to, options)
            ctx.out.show({"file": str(to)}, f"已存为 {to}。")
            return
        pages = write(office, args.form, to, options)
    ctx.out.show({"file": args.output, "pages": pages}, f"已打印{pages}页到{args.output}。")


def showcase(ctx: "Context") -> None:
    """Build the demo office in a folder, register a visit, print the main forms there."""
    from deputydesk.reports.printing import write

    folder = Path(ctx.args.output)
    with demo.created(folder / "office.db", ctx.clock) as office:
        home = office.ask(places.homes, office.clock().year)[0]
        deputy = office.ask(deputies.rows)[0]
        visit_id = office.do(
            visits.register,
            held_on=office.clock().date(),
            kind=VisitKind.RECEPTION,
            home_id=home.id,
            deputy_ids=(deputy.id,),
            received=3,
            topic="接待选民",
        )
        printed = {
            "履职报告（全体代表）.pdf": ("duty_report", Options()),
            "述职测评票.pdf": ("ballot", Options()),
            "测评结果汇总表.pdf": ("ballot_result", Options()),
            "接待选民登记表.pdf": ("reception_form", Options(record_id=visit_id)),
            "代表卡（全体代表）.pdf": ("deputy_card", Options()),
            "建议办理台账.pdf": ("suggestion_ledger", Options()),
        }
        pages = {
            name: write(office, form, folder / name, options)
            for name, (form, options) in printed.items()
        }
    ctx.out.show(
        {"folder": str(folder), "pages": pages},
        f"示范单位已建在 {folder.resolve()}，登记了一次接待，打印了：",
        *(f"  {name}　{count}页" for name, count in pages.items()),
    )
