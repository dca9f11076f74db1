"""What came in doubled or without what it names."""

from typing import TYPE_CHECKING

from deputydesk.operations import double_numbers, orphans

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context


def list_doubles(ctx: "Context") -> None:
    """List records of one number."""
    with ctx.office() as office:
        rows = office.ask(double_numbers.rows)
    lines = [f"{r.id}  {r.kind}{r.number}号“{r.name}”（{r.user}，{r.at}）" for r in rows]
    ctx.out.show(rows, *(lines or ["没有重号。"]))


def list_orphans(ctx: "Context") -> None:
    """List records that name one which is not here."""
    with ctx.office() as office:
        rows = office.ask(orphans.rows)
    lines = [f"{r.id}  {r.kind}“{r.name}”的“{r.label}”：{r.named}，{r.missing.label}" for r in rows]
    ctx.out.show(rows, *(lines or ["没有缺失。"]))
