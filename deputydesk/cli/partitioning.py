"""deskctl partition: an office's records in tables of their own, for big districts and cities."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from deputydesk.database import partitions

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context

LARGE = ("activity", "attendance", "opinion", "service", "suggestion", "visit", "visit_deputy")
"""Tables that hold most of a district's records."""
LOG = {"sync_change": "pk", "sync_row": "pk"}

ARGUMENTS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (  # Any: options of argparse
    (("scopes",), {"nargs": "*", "metavar": "单位代码", "help": "不写则列出已有的分区"}),
    (("--server",), {"default": "", "help": "另一台服务器上数据库的地址；不写则就在本库"}),
    (("--back",), {"action": "store_true", "help": "收回到共同的表"}),
)


def keys() -> dict[str, str]:
    """The tables that are divided, and the column by which."""
    return LOG | dict.fromkeys(LARGE, "id")


def partition(ctx: "Context") -> None:
    """Divide the log and the large tables, put parts back, or list them."""
    with ctx.office() as office:
        engine, moved = office.data.engine, dict[str, int]()
        for scope in ctx.args.scopes:
            if ctx.args.back:
                moved[scope] = partitions.join(engine, keys(), scope)
            else:
                moved[scope] = partitions.split(engine, keys(), scope, ctx.args.server)
        if moved:
            lines = [f"{scope}：移动了{count}行。" for scope, count in moved.items()]
            ctx.out.show(moved, *lines)
            return
        with engine.connect() as connection:
            found = partitions.parts(connection)
    lines = [f"{name}　{'本库' if where == 'here' else where}" for name, where in found]
    ctx.out.show([*map(list, found)], *(lines or ["没有分区。"]))
