"""Commands of the pocket page: write it, take in what phones hand over."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.errors import UserError
from deputydesk.exchange import pocket_intake, pocket_page

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context

ARGUMENTS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (  # Any: what argparse takes
    (("what",), {"choices": ["write", "take"], "help": "write 生成页面，take 收交来的文件"}),
    (("files",), {"nargs": "+", "metavar": "文件", "help": "网页，或 .json 文件、二维码照片"}),
    (("--deputy",), {"default": "", "help": "代表的记录号，不写为全体"}),
    (("--dry-run",), {"action": "store_true", "help": "只看不登记"}),
    (("--accept",), {"action": "append", "default": [], "help": "手机上改过、仍要采用的记录号"}),
)


def pocket(ctx: "Context") -> None:
    """Write the page, or take in notes."""
    if ctx.args.what == "write":
        _write(ctx)
    else:
        _take(ctx)


def _write(ctx: "Context") -> None:
    if len(ctx.args.files) != 1:
        raise UserError("写法：pocket write 页面.html。")
    to = Path(ctx.args.files[0])
    with ctx.office() as office:
        count = pocket_page.write(office, to, ctx.args.deputy)
    ctx.out.show({"file": str(to), "deputies": count}, f"已生成{to}，{count}名代表可用。")


def _take(ctx: "Context") -> None:
    with ctx.office() as office:
        inbox = pocket_intake.Inbox(office.code)
        for name in ctx.args.files:
            inbox.add_file(Path(name))
        if gaps := inbox.gaps():
            raise UserError(f"二维码不全，什么都没有登记：{''.join(gaps)}")
        rows = pocket_intake.preview(office, inbox.whole())
        done = None
        if not ctx.args.dry_run:
            done = pocket_intake.take(office, inbox.whole(), ctx.args.accept)
    lines = [f"{row.state.label}　{row.heard_on}　{row.matter}　{row.about}" for row in rows]
    if done:
        lines.append(f"新登记{done.added}条，更新{done.changed}条，原有{done.same}条。")
    ctx.out.show({"notes": rows, "outcome": done}, *lines)
