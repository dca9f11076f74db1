"""deskctl scan: reads ticked papers from scans, says where boxes stand, books an office's run."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.cli import booking
from deputydesk.errors import UserError
from deputydesk.exchange import scan_templates
from deputydesk.reports import FORMS
from deputydesk.reports.layout import Layout

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context
    from deputydesk.scan.batch import ScannedPage
    from deputydesk.scan.template import Template

ARGUMENTS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (  # Any: options of argparse
    (
        ("what",),
        {
            "choices": ["read", "geometry", "book"],
            "help": "read 读扫描件，geometry 写出版式文件，book 读入单位里印的票并入账",
        },
    ),
    (("files",), {"nargs": "*", "metavar": "文件", "help": "扫描件；或者印这批表时的 PDF"}),
    (
        ("--form",),
        {"action": "append", "default": [], "help": "印这批表时的 PDF，或版式文件，可重复"},
    ),
    (
        ("--run",),
        {
            "dest": "wanted",
            "default": "",
            "help": "只读这一批，表号；book 必须写；geometry 不写文件时写出这一批的版式",
        },
    ),
    (("--issued",), {"type": int, "help": "book：发出票数"}),
    (("--returned",), {"type": int, "help": "book：收回票数"}),
    (("--invalid",), {"type": int, "default": 0, "help": "book：无效票数"}),
    (("--explanation",), {"default": "", "help": "book：缺页的原因"}),
    (("--counter",), {"default": "", "help": "book：计票人"}),
    (("--scrutineer",), {"default": "", "help": "book：监票人"}),
    (("-o", "--output"), {"default": "", "help": "geometry：写到这个文件夹"}),
    (("--processes",), {"type": int, "default": 0, "help": "同时读几页，不写为自动"}),
)


def scan(ctx: "Context") -> None:
    """Read scans, or write where a printed form's boxes stand."""
    if ctx.args.what == "book":
        booking.book(ctx)
        return
    if not ctx.args.files and not (ctx.args.what == "geometry" and ctx.args.wanted):
        raise UserError("没有说是哪些文件。", hint="请在命令后面写出文件。")
    if ctx.args.what == "geometry":
        _geometry(ctx)
    else:
        _read(ctx)


def _layouts() -> dict[str, Layout]:
    return {version: layout for form in FORMS.values() for version, layout in form.layouts.items()}


def _templates(files: Sequence[str]) -> "list[Template]":
    from deputydesk.scan import template

    found: list[Template] = []
    for file in map(Path, files):
        if file.suffix.lower() == ".json":
            found.append(template.of_json(file))
        else:
            found += template.of_pdf(file, _layouts())
    return found


def _wanted(ctx: "Context") -> "Sequence[Template]":
    """The pages of files, or of a run of the office: where a survey's boxes stand only it knows."""
    if ctx.args.files:
        return _templates(ctx.args.files)
    with ctx.office() as office:
        return scan_templates.of_run(office, ctx.args.wanted)


def _geometry(ctx: "Context") -> None:
    from deputydesk.scan.template import as_json

    said = [as_json(template) for template in _wanted(ctx)]
    if not ctx.args.output:
        ctx.out.show(said)
        return
    folder = Path(ctx.args.output)
    written: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for page in said:
            name = "-".join(part for part in (page["version"], page["form"]) if part)
            to = folder / f"{name}-{page['page']}.json"
            to.write_text(json.dumps(page, ensure_ascii=False), "utf-8")
            written.append(str(to))
    except OSError as error:
        raise UserError(f"写不到“{folder}”。", hint="请换一个文件夹。") from error
    ctx.out.show(written, *(f"已写出{file}。" for file in written))


def _read(ctx: "Context") -> None:
    from deputydesk.scan.batch import read_files

    if not ctx.args.form:
        raise UserError("没有说是哪一批表。", hint="请用 --form 给出印这批表时的 PDF 或版式文件。")
    templates = [
        template
        for template in _templates(ctx.args.form)
        if ctx.args.wanted in {"", template.code.run}
    ]
    if not templates:
        raise UserError(f"没有表号是“{ctx.args.wanted}”的表。", hint="请核对 --form 和 --run。")
    processes = ctx.args.processes or os.cpu_count() or 1
    pages = read_files([Path(file) for file in ctx.args.files], templates, processes=processes)
    ctx.out.show(
        [_page(page) for page in pages], *(line for page in pages for line in _lines(page))
    )


def _page(page: "ScannedPage") -> dict[str, Any]:  # Any: whatever JSON holds
    read = page.reading
    return {
        "file": str(page.file),
        "page": page.number,
        "status": "refused" if read.refusal else "read",
        "reason": read.refusal.value if read.refusal else None,
        "words": f"{read.refusal.words}{read.refusal.hint}" if read.refusal else "",
        "form": read.code.version if read.code else None,
        "run": read.code.run if read.code else None,
        "form_page": read.code.page if read.code else None,
        "doubts": [doubt.value for doubt in read.doubts],
        "rows": [
            {
                "row": row.row + 1,
                "answer": list(row.answer),
                "doubt": bool(row.doubts),
                "reasons": [doubt.value for doubt in row.doubts],
                "words": "".join(doubt.words for doubt in row.doubts),
            }
            for row in read.rows
        ],
        "reader": read.reader,
        "seconds": read.seconds,
    }


def _lines(page: "ScannedPage") -> list[str]:
    read, where = page.reading, f"{page.file.name} 第{page.number}页"
    if read.refusal:
        return [f"{where}：拒收，{read.refusal.words}{read.refusal.hint}"]
    doubtful = [row for row in read.rows if row.doubts]
    answers = " ".join(
        ("+".join(str(option + 1) for option in row.answer) or "空") + ("?" if row.doubts else "")
        for row in read.rows
    )
    return [
        f"{where}：已读{len(read.rows)}行，待确认{len(doubtful)}行：{answers}",
        *(
            f"　第{row.row + 1}行：{''.join(doubt.words for doubt in row.doubts)}"
            for row in doubtful
        ),
        *(f"　全页：{doubt.words}" for doubt in read.doubts),
    ]
