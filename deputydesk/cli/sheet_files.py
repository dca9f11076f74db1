"""deskctl's lists, rosters and sheets: what goes out to Excel and comes back."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from deputydesk.errors import UserError
from deputydesk.exchange import roster_import, sheets
from deputydesk.exchange.roster import read_roster
from deputydesk.exchange.roster_types import Skipped
from deputydesk.models.choices import Level

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context


def list_kind(ctx: "Context") -> None:
    """Show all records of a kind."""
    with ctx.office() as office:
        ctx.out.show(sheets.listing(office, ctx.args.kind))


def take_in(ctx: "Context") -> None:
    """Take in a roster, or a sheet of one kind."""
    if ctx.args.what == "roster":
        _import_roster(ctx)
        return
    if len(ctx.args.rest) != 2:
        raise UserError("写法：import sheet 种类 文件.xlsx。")
    kind, name = ctx.args.rest
    with ctx.office() as office:
        outcome = sheets.take_in(office, kind, Path(name))
    ctx.out.show(outcome, f"新增{outcome.added}条，修改{outcome.changed}条，相同{outcome.same}条。")


def _import_roster(ctx: "Context") -> None:
    args = ctx.args
    if len(args.rest) != 1:
        raise UserError("写法：import roster 文件。")
    answers = _answers(Path(args.answers)) if args.answers else {}
    roster = read_roster(Path(args.rest[0]), answers)
    outcome = None
    if not args.dry_run:
        level = Level.from_label(args.level) if args.level else None
        with ctx.office() as office:
            outcome = roster_import.take_in(office, roster, level=level, town=args.town)
    lines = [
        f"读到{len(roster.records)}人，跳过{len(roster.skipped)}行，有{len(roster.questions)}处要问。"
    ]
    lines += [f"跳过 {s.source}：{s.reason}（{s.text}）" for s in roster.skipped]
    lines += [f"请确认 {q.source}：{q.text}" for q in roster.questions]
    if outcome:
        lines.append(f"新增{outcome.added}人，补充{outcome.changed}人，相同{outcome.same}人。")
    ctx.out.show(
        {
            "records": roster.records,
            "skipped": [_skipped(line) for line in roster.skipped],
            "questions": roster.questions,
            "outcome": outcome,
        },
        *lines,
    )


def _skipped(line: Skipped) -> dict[str, object]:
    where = line.source
    return {
        "file": where.file,
        "sheet": where.sheet,
        "row": where.row,
        "reason": line.reason,
        "text": line.text,
    }


def _answers(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(
            f"读不了答案文件“{path}”。", hint="应为 JSON 对象：{问题号: 答案}。"
        ) from error
    return {str(key): str(value) for key, value in found.items()}


def export(ctx: "Context") -> None:
    """Write all records of a kind into a sheet."""
    with ctx.office() as office:
        count = sheets.export(office, ctx.args.kind, Path(ctx.args.file))
    ctx.out.show({"rows": count, "file": ctx.args.file}, f"已导出{count}行到{ctx.args.file}。")
