"""How the exchange is told in words: moments, sizes, clocks that are off, what a bundle brings."""

from datetime import datetime, timedelta

from deputydesk.exchange.receiving import Received
from deputydesk.exchange.standing import Standing

DAY, HOUR = 86_400, 3600


def moment(text: str, none: str = "") -> str:
    """A moment of the log to the minute."""
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"
    except ValueError:
        return text or none


def day(text: str) -> str:
    """The day of a moment of the log."""
    return moment(text)[:10]


def off(by: timedelta | None) -> str:
    """How far a clock is off, at least."""
    if by is None:
        return "正常"
    seconds = abs(int(by.total_seconds()))
    said = (
        f"{seconds // DAY} 天"
        if seconds >= DAY
        else f"{seconds // HOUR} 小时"
        if seconds >= HOUR
        else f"{seconds // 60} 分钟"
    )
    return f"{'快' if by > timedelta() else '慢'}至少 {said}"


def size(count: int) -> str:
    """Bytes as people read them."""
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(1, count // 1000)} KB"


def not_got(row: Standing) -> str:
    """What an office has not got from us yet."""
    parts = [
        f"{row.waiting} 项修改（最早 {day(row.since)}）" if row.waiting else "",
        f"{row.lacks} 个附件" if row.lacks else "",
    ]
    return "，".join(part for part in parts if part)


def lacking_here(row: Standing) -> str:
    """What an office has that has not come here."""
    parts = [
        f"{row.missing} 项没有收到" if row.missing else "",
        f"{row.held} 段不能确认" if row.held else "",
    ]
    return "，".join(part for part in parts if part)


def brought(found: Received) -> list[str]:
    """What a bundle brings, a line each."""
    lines = [f"来自 {found.name}（{found.office}），制作于 {moment(found.at)}（对方电脑的时间）。"]
    lines += [
        f"{one.kind.title}：{counts}"
        for one in found.counted
        if (counts := _counts(one.new, one.changed, one.deleted))
    ]
    if not found.counted:
        lines.append("没有新内容：都已经收过了。")
    if found.oldest:
        lines.append(f"最早的一项写于 {moment(found.oldest)}。")
    if found.files:
        lines.append(f"附件 {found.files} 个。")
    if found.conflicts:
        lines.append(f"有 {found.conflicts} 处与这里不一致：收入后两种写法都留着，等人裁定。")
    lines += [f"不能确认，先存着：{one.why}。" for one in found.waiting]
    lines += [f"前面缺一段，对方下次发送会补上：{one.why}。" for one in found.gaps]
    return lines


def _counts(new: int, changed: int, deleted: int) -> str:
    parts = ((new, "新增"), (changed, "修改"), (deleted, "删除"))
    return "，".join(f"{word} {count}" for count, word in parts if count)
