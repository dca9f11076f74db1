"""Activities as lines: in the register, in Excel, and when they are looked for."""

from deputydesk.exchange.xlsx import Cell
from deputydesk.operations.visits import VisitRow
from deputydesk.ui.table import Column

HEADINGS = (
    *("编号", "日期", "方式", "代表之家", "地点", "参加代表", "主题", "接待人次", "反映事项"),
    *("记录人", "备注"),
)


def cells(row: VisitRow) -> list[Cell]:
    """An activity as a line for Excel, below `HEADINGS`."""
    return [
        row.number,
        row.held_on,
        row.kind.label,
        row.home,
        row.place,
        "、".join(row.deputies),
        row.topic,
        row.received,
        "；".join(row.matters),
        row.recorder,
        row.note,
    ]


def _what(row: VisitRow) -> str:
    return "；".join(row.matters) or row.topic


def columns() -> tuple[Column[VisitRow], ...]:
    """What the register shows of an activity."""
    return (
        Column("编号", lambda r: f"{r.number:04d}", 56, sort=_place_in_year, drop=4),
        Column("日期", lambda r: f"{r.held_on:%Y-%m-%d}", 92),
        Column("方式", lambda r: r.kind.label, 100, drop=2),
        Column("代表之家、地点", lambda r: r.where.replace("人大代表之家", ""), 124, drop=5),
        Column("参加代表", lambda r: "、".join(r.deputies), 104, drop=6),
        Column("反映事项、主题", _what, 0),
        Column("人次", lambda r: str(r.received), 50, sort=_received, right=True, drop=3),
        Column("意见", lambda r: str(r.opinions or "—"), 48, sort=_heard, right=True, drop=1),
    )


def _received(row: VisitRow) -> int:
    return row.received


def _heard(row: VisitRow) -> int:
    return row.opinions


def _place_in_year(row: VisitRow) -> tuple[int, int]:
    return row.held_on.year, row.number
