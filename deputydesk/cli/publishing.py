"""The command that writes the public pages."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.errors import UserError
from deputydesk.operations import places
from deputydesk.operations.public_rows import LineKind, Selection

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context
    from deputydesk.office import Office

ARGUMENTS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (("--to",), {"default": "", "help": "写到这个文件夹；不写则只检查"}),
    (("--yes",), {"action": "store_true", "help": "已经看过检查结果"}),
    (
        ("--home",),
        {"action": "append", "default": [], "help": "代表之家的名称或记录号，可重复；不写为全部"},
    ),
    (
        ("--release",),
        {"action": "append", "default": [], "help": "有提醒仍然公开的记录号，可重复"},
    ),
    (("--unsigned",), {"action": "store_true", "help": "要求姓名保密的建议不署名公开"}),
    (("--since",), {"default": "", "help": "公开何日以来的建议，不写为上一年初"}),
    (("--weixin",), {"action": "store_true", "help": "另写可粘贴到公众号文章的网页"}),
    (("--dark",), {"action": "store_true", "help": "打开时为深色"}),
)


def publish(ctx: "Context") -> None:
    """Check what would be published; write it once the check was confirmed."""
    from deputydesk.exchange import home_pages

    args = ctx.args
    with ctx.office() as office:
        selection = Selection(
            home_ids=tuple(_home(office, name) for name in args.home),
            released=frozenset(args.release),
            unsigned=args.unsigned,
            since=ctx.day(args.since) if args.since else None,
        )
        prepared = home_pages.prepare(office, selection)
    lines = prepared.review.lines
    said = [f"{line.kind.label}　{line.about}　{line.what}　{line.why}" for line in lines]
    counts = {kind.value: prepared.review.count(kind) for kind in LineKind}
    if not args.to:
        ctx.out.show({"counts": counts, "lines": lines}, *said)
        return
    home_pages.check_is_confirmed(prepared, confirmed=args.yes)
    done = home_pages.write(prepared, Path(args.to), weixin=args.weixin, dark=args.dark)
    removed = [f"已删除不再发布的网页：{'、'.join(done.removed)}。"] if done.removed else []
    ctx.out.show(
        {"folder": args.to, "files": done.files, "removed": done.removed, "counts": counts},
        f"已写入{len(done.files)}个网页到{args.to}。",
        *removed,
    )


def _home(office: "Office", wanted: str) -> str:
    """A home by its name or its record id."""
    homes = office.ask(places.homes, office.clock().year)
    found = [home.id for home in homes if wanted in (home.id, home.name)]
    if not found:
        raise UserError(f"没有“{wanted}”这个代表之家。", hint="请写全名，见 list home。")
    return found[0]
