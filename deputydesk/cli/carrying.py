"""deputydesk's exchange by stick, without a window: cards, bundles, what is in conflict."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.cli import encrypting
from deputydesk.errors import Damaged, UserError
from deputydesk.exchange import accounts_kept, backup, cards, receiving, sending, stick
from deputydesk.exchange.accounts_kept import AccountsKept
from deputydesk.exchange.bundle_file import Refused
from deputydesk.exchange.receiving import Received
from deputydesk.office import Right, refuse_without
from deputydesk.operations import conflicts, partners
from deputydesk.operations.partners import Role

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context

Arguments = tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...]  # Any: options of argparse

CARD: Arguments = (
    (("-o", "--output"), {"default": "", "help": "文件夹，不写则只显示"}),
    (("--new-keys",), {"action": "store_true", "help": "更换密钥；对方须重新登记新名片"}),
)
ENROL: Arguments = (
    (("card",), {"help": "对方的名片文件"}),
    (("--role",), {"required": True, "choices": list(Role), "help": "上级 parent，下级 child"}),
    (("--fingerprint",), {"required": True, "help": "电话或纸上核对过的八组数字"}),
)
SEND: Arguments = (
    (("folder",), {"help": "U盘上的文件夹"}),
    (("--to",), {"required": True, "help": "收件单位的代码；本单位的另一台电脑写本单位代码"}),
)
RECEIVE: Arguments = (
    (("what",), {"help": "文件，或放着若干文件的文件夹"}),
    (("--preview",), {"action": "store_true", "help": "只看会收入什么"}),
)
SETTLE: Arguments = (
    (("id",), {"help": "conflicts 列出的编号"}),
    (("value",), {"help": "采用的内容（JSON）"}),
)
RESTORE: Arguments = ((("file",), {"help": "备份文件"}),)


def card(ctx: "Context") -> None:
    """Show the office's card, made when there is none; write it into a folder."""
    with ctx.office() as office:
        if ctx.args.new_keys:
            office.do(partners.make_keys)
        found = cards.own(office)
    lines = [f"{found.name}（{found.office}）", f"核对数字：{found.fingerprint}"]
    if ctx.args.output:
        to = cards.write(found, Path(ctx.args.output))
        lines.append(f"名片已写到{to}。")
    ctx.out.show({"office": found.office, "fingerprint": found.fingerprint}, *lines)


def enrol(ctx: "Context") -> None:
    """Trust another office, whose numbers were compared."""
    found = cards.read(Path(ctx.args.card))
    typed = "".join(filter(str.isdigit, ctx.args.fingerprint))
    if typed != found.fingerprint.replace(" ", ""):
        raise UserError("核对数字与名片不符，没有登记。", hint="请与对方重新核对。")
    with ctx.office() as office:
        cards.enrol(office, found, Role(ctx.args.role))
    ctx.out.show({"office": found.office}, f"已登记{found.name}（{found.office}）。")


def send(ctx: "Context") -> None:
    """Write a bundle for another office."""
    with ctx.office() as office:
        sent = sending.send(office, ctx.args.to, Path(ctx.args.folder))
    left = f"，{sent.left}个附件放不下，下次再带" if sent.left else ""
    ctx.out.show(
        {"file": str(sent.path), "changes": sent.changes, "files": sent.files, "left": sent.left},
        f"已写出{sent.path.name}：{sent.changes}项修改，{sent.files}个附件{left}。",
    )


def receive(ctx: "Context") -> None:
    """Take in one bundle, or all for this office that lie in a folder."""
    what = Path(ctx.args.what)
    take = receiving.preview if ctx.args.preview else receiving.receive
    found: list[dict[str, Any]] = []  # Any: as JSON
    lines: list[str] = []
    with ctx.office() as office:
        for path in stick.bundles(office, what) if what.is_dir() else [what]:
            try:
                received = take(office, path)
            except Refused as refused:
                if not what.is_dir():
                    raise
                ctx.args.status = 1
                found.append({"file": path.name, "refused": str(refused)})
                lines.append(f"{path.name}：{refused}")
                continue
            found.append({"file": path.name, **_told(received)})
            lines.append(f"{path.name}：{_words(received)}")
    if what.is_dir() and not found:
        raise UserError(f"“{what}”里没有给本单位的交换文件。", hint="请检查U盘。")
    ctx.out.show(found, *lines)


def peers(ctx: "Context") -> None:
    """List the offices that data is exchanged with."""
    with ctx.office() as office:
        rows = office.ask(partners.rows)
    ctx.out.show(
        [{"office": r.code, "name": r.name, "role": r.role, "seen": r.seen} for r in rows],
        *(f"{r.role.label} {r.name}（{r.code}），最近收入：{r.seen or '还没有'}" for r in rows),
    )


def list_conflicts(ctx: "Context") -> None:
    """List what two people wrote differently."""
    with ctx.office() as office:
        rows = office.ask(conflicts.rows)
    lines = [
        f"{r.id}  {r.kind}“{r.name}”的“{r.label}”："
        + "；".join(f"{s.value}（{s.user}，{s.at}）" for s in r.said)
        for r in rows
    ]
    ctx.out.show(rows, *(lines or ["没有不一致的内容。"]))


def settle(ctx: "Context") -> None:
    """Say which value counts."""
    table, record_id, field = ctx.args.id.split(":") if ctx.args.id.count(":") == 2 else ("",) * 3
    try:
        value = json.loads(ctx.args.value)
    except ValueError:
        value = ctx.args.value
    with ctx.office() as office:
        office.do(conflicts.settle, table=table, record_id=record_id, field=field, value=value)
    ctx.out.show({"settled": ctx.args.id}, "已裁定。")


def restore(ctx: "Context") -> None:
    """Put a backup in the place of the data."""
    if not isinstance(ctx.target, Path):
        raise UserError("数据在数据库服务器上，不能在这里恢复。", hint="请在服务器上恢复。")
    source = Path(ctx.args.file)
    signing = _signing(ctx) if ctx.target.exists() else None
    # damaged or lost data keeps its key, too
    encrypting.unlock_named(ctx.target, f"现在的数据“{ctx.target.name}”的密码：")
    encrypting.unlock_named(source, f"备份“{source.name}”做的时候的数据密码：")
    kept = backup.restore(ctx.target, source, clock=ctx.clock, user=ctx.user, signing=signing)
    lines = ["已恢复。请先写一个U盘给上级（send），再收上级的U盘，备份以后交过的内容会回来。"]
    if kept:
        lines.append(f"原来的数据留在{kept}。")
    ctx.out.show({"kept": str(kept or "")}, *lines)


def _signing(ctx: "Context") -> AccountsKept | None:
    """Who signs in at the data as it is, once a head has; nobody where it is damaged."""
    try:
        with ctx.office() as office:
            refuse_without(Right.MANAGE, "恢复备份", office.user)
            return accounts_kept.of(office)
    except Damaged:
        return None


def _told(received: Received) -> dict[str, Any]:  # Any: as JSON
    return {
        "from": received.office,
        "at": received.at,
        "new": received.new,
        "changed": received.changed,
        "deleted": received.deleted,
        "conflicts": received.conflicts,
        "files": received.files,
        "waiting": [f"{one.segment.feed}：{one.why}" for one in received.waiting],
        "gaps": [f"{one.segment.feed}：{one.why}" for one in received.gaps],
    }


def _words(received: Received) -> str:
    """What came, in a sentence."""
    parts = [
        f"来自{received.name}",
        f"新{received.new}条，改{received.changed}项，删{received.deleted}条",
        f"附件{received.files}个" if received.files else "",
        f"{received.conflicts}处与这里不一致，请裁定" if received.conflicts else "",
        f"{len(received.waiting)}段不能确认，已另存" if received.waiting else "",
        f"{len(received.gaps)}段前面缺内容，下次会补上" if received.gaps else "",
    ]
    return "，".join(part for part in parts if part) + "。"
