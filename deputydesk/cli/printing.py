"""Commands that put forms on paper."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.errors import UserError
from deputydesk.exchange import demo
from deputydesk.models.choices import VisitKind
from deputydesk.operations import deputies, places, visits
from deputydesk.paths import data_folder
from deputydesk.reports import FORMS, Form, Options
from deputydesk.reports.form import SHEETS, AskPaper, Due

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context

_SHEETS = "、".join(f"{value} {words}" for value, words in SHEETS if value)
ARGUMENTS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (("form",), {"help": "表格，见 forms"}),
    (("-o", "--output"), {"required": True, "help": "PDF 文件"}),
    (("--each",), {"action": "store_true", "help": "每人一个文件，-o 写文件夹"}),
    (("--archival",), {"action": "store_true", "help": "存档格式 PDF/A"}),
    (
        ("--sheet",),
        {
            "default": "",
            "choices": ["", "two", "tiles"],
            "help": "two 两页并印在一张A4，tiles 大张分块",
        },
    ),
    (("--docx",), {"action": "store_true", "help": "存为 Word，不写 PDF"}),
    (("--record",), {"default": "", "help": "记录号，不写为最近一次或空白表"}),
    (("--deputy",), {"action": "append", "default": [], "help": "代表的记录号，可重复"}),
    (("--all",), {"action": "store_true", "help": "全体在任代表"}),
    (("--from",), {"dest": "first", "default": "", "help": "起始日期"}),
    (("--to",), {"dest": "last", "default": "", "help": "截止日期"}),
    (("--paper",), {"default": "", "help": "纸张，见 forms"}),
    (("--copies",), {"type": int, "default": 1, "help": "份数"}),
    (("--large",), {"action": "store_true", "help": "要填的票和表：大字版"}),
    (("--duplex",), {"action": "store_true", "help": "每人从单数页开始"}),
)


PACK_ARGUMENTS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (("kind",), {"choices": [kind.value for kind in Due], "help": "month、quarter 或 year"}),
    (("day",), {"nargs": "?", "default": "", "help": "其中的一天，不写为今天"}),
    (("-o", "--output"), {"required": True, "help": "PDF 文件，或文件夹（每种表一个文件）"}),
    (("--archival",), {"action": "store_true", "help": "存档格式 PDF/A"}),
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
    from deputydesk.reports import batches
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
        large=args.large,
        archival=args.archival,
        sheet=args.sheet,
    )
    to = Path(args.output)
    with ctx.office() as office:
        if args.docx or to.suffix.lower() == ".docx":
            to = write_docx(office, args.form, to, options)
            ctx.out.show({"file": str(to)}, f"已存为 {to}。")
            return
        if args.each:
            names = batches.write_each(office, args.form, to, options)
            ctx.out.show({"files": names}, f"已打印{len(names)}个文件到{to}。")
            return
        pages = write(office, args.form, to, options)
    ctx.out.show({"file": args.output, "pages": pages}, f"已打印{pages}页到{args.output}。")


def print_pack(ctx: "Context") -> None:
    """Print all forms due in a period: into one PDF, or into a folder."""
    from deputydesk.reports import pack

    args = ctx.args
    kind, to = Due(args.kind), Path(args.output)
    with ctx.office() as office:
        day = ctx.day(args.day) if args.day else office.clock().date()
        period = pack.Period.of(kind, day)
        write = pack.write if to.suffix.lower() == ".pdf" else pack.write_folder
        made = write(office, period, to, archival=args.archival)
    rows = [vars(line) for line in made.lines]
    ctx.out.show(
        {"file": str(to), "pages": made.pages, "lines": rows},
        f"{period.label}的材料共{made.pages}页，已打印到{to}。",
        *(f"  {x.title}　{f'{x.count}份 {x.pages}页' if x.pages else x.note}" for x in made.lines),
    )


FONT_ARGUMENTS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (("face",), {"nargs": "?", "default": "", "help": "Fang、BiaoSong、Kai、Hei 或 Song"}),
    (("file",), {"nargs": "?", "default": "", "help": "本机的字体文件，不写为用自带的"}),
)


def own_fonts(ctx: "Context") -> None:
    """Show the typefaces of this PC that are used on paper, or choose one."""
    from deputydesk.reports import own_fonts as kept

    args = ctx.args
    target = ctx.target
    folder = target.parent if isinstance(target, Path) else data_folder()
    if args.face:
        kept.choose(folder, args.face, Path(args.file) if args.file else None)
    used = kept.chosen(folder)
    rows = [
        {"face": role, "for": words, "file": str(used.get(role, ""))}
        for role, words in kept.ROLES.items()
    ]
    ctx.out.show(rows, *(f"{r['face']}　{r['for']}　{r['file'] or '自带'}" for r in rows))


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
