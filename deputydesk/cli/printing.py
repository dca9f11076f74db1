"""Commands that put forms on paper."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.errors import UserError
from deputydesk.exchange import demo
from deputydesk.models.choices import VisitKind
from deputydesk.operations import deputies, places, visits
from deputydesk.reports import FORMS

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context

ARGUMENTS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (("form",), {"help": "表格，见 forms"}),
    (("-o", "--output"), {"required": True, "help": "PDF 文件"}),
    (("--deputy",), {"action": "append", "default": [], "help": "代表的记录号，可重复"}),
    (("--all",), {"action": "store_true", "help": "全体在任代表"}),
    (("--evaluation",), {"default": "", "help": "测评的记录号，不写为最近一次"}),
    (("--visit",), {"default": "", "help": "进家登记的记录号，不写为空白表"}),
    (("--meeting",), {"default": None, "help": "会议的记录号，不写为本年"}),
    (("--report",), {"default": "", "help": "年度报告的记录号，不写为最近一份"}),
    (("--from",), {"dest": "first", "default": "", "help": "起始日期"}),
    (("--to",), {"dest": "last", "default": "", "help": "截止日期"}),
    (("--a4",), {"action": "store_true", "help": "台账用 A4"}),
    (("--a6",), {"action": "store_true", "help": "代表卡每页一张（A6）"}),
    (("--copies",), {"type": int, "default": 1, "help": "测评票份数"}),
    (("--duplex",), {"action": "store_true", "help": "每人从单数页开始"}),
)


def forms(ctx: "Context") -> None:
    """List the printed forms."""
    rows = [{"id": form.id, "title": form.title} for form in FORMS.values()]
    ctx.out.show(rows, *(f"{form.id}　{form.title}" for form in FORMS.values()))


def print_form(ctx: "Context") -> None:
    """Print a form into a PDF."""
    from deputydesk.reports.printing import Options, write

    args = ctx.args
    if args.form == "duty_report" and not args.deputy and not args.all:
        raise UserError("请写明打印谁的履职报告。", hint="用 --deputy 记录号，或 --all。")
    options = Options(
        deputy_ids=tuple(args.deputy),
        first=ctx.day(args.first) if args.first else None,
        last=ctx.day(args.last) if args.last else None,
        evaluation_id=args.evaluation,
        visit_id=args.visit,
        report_id=args.report,
        meeting_id=args.meeting,
        a3=not args.a4,
        a6=args.a6,
        copies=args.copies,
        duplex=args.duplex,
    )
    with ctx.office() as office:
        pages = write(office, args.form, Path(args.output), options)
    ctx.out.show({"file": args.output, "pages": pages}, f"已打印{pages}页到{args.output}。")


def showcase(ctx: "Context") -> None:
    """Build the demo office in a folder, register a visit, print the main forms there."""
    from deputydesk.reports.printing import Options, write

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
            "接待选民登记表.pdf": ("reception_form", Options(visit_id=visit_id)),
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
