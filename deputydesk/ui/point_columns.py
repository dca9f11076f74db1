"""What the lists of points show."""

from collections.abc import Sequence

from deputydesk.exchange.xlsx import Cell
from deputydesk.models.points import PointState
from deputydesk.operations.point_board import BoardRow, Standing
from deputydesk.operations.point_objections import ObjectionRow
from deputydesk.operations.point_quarters import TailRow
from deputydesk.operations.point_rows import EntryRow
from deputydesk.operations.points import Board, Compared
from deputydesk.rules.points import Measure, shown
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

NOTHING = "—"
LAST = 10**6
LINE = 4
"""Characters of a heading in one line."""
NOT_FIRST = "、，）"
TONES = {
    PointState.DRAFT: Tone.AMBER,
    PointState.VERIFIED: Tone.GREEN,
    PointState.REFUSED: Tone.GREY,
}


def board_columns(board: Board) -> tuple[Column[BoardRow], ...]:
    """Rank, name, the total, what each item gave: in a narrow window the total is in sight."""
    bands = board.bands or {}
    columns = [
        Column[BoardRow](
            *("名次", _place, 52),
            sort=lambda r: r.rank or LAST,
            tone=lambda r: None if r.standing == Standing.RANKED else Tone.GREY,
        ),
        Column[BoardRow]("姓名", lambda r: r.name, 82),
        Column("合计", _total, 58, sort=_sort_total, right=True),
    ]
    if any(bands.values()):
        columns.append(Column("等次", lambda r: bands.get(r.id, ""), 60))
    columns.append(Column("层级", lambda r: r.level.label, 74, drop=2))
    assert len(columns) == items_from(board), "a click on an item's points shows its entries"
    columns += [_item_column(item, name) for item, name in board.items]
    scheme = board.scheme
    if scheme and scheme.base:
        columns.append(
            Column("基础分", lambda r: shown(r.base), 52, sort=lambda r: r.base, right=True)
        )
    if scheme and scheme.has_limits:
        columns.append(
            Column("超限\n扣减", lambda r: shown(-r.cut), 48, sort=lambda r: r.cut, right=True)
        )
    columns.append(Column("说明", _note, 0))
    return tuple(columns)


def items_from(board: Board) -> int:
    """How many columns stand before those of the items."""
    return 5 if any((board.bands or {}).values()) else 4


def _place(row: BoardRow) -> str:
    return str(row.rank) if row.rank else {Standing.SHORT: "不排名"}.get(row.standing, "暂停")


def _total(row: BoardRow) -> str:
    return NOTHING if row.standing == Standing.SUSPENDED else shown(row.total)


def _sort_total(row: BoardRow) -> tuple[bool, object]:
    return row.rank is None, -row.total


def _note(row: BoardRow) -> str:
    waiting = f"{row.pending}条待核实" if row.pending else ""
    standing = row.standing.label if row.standing == Standing.SHORT else ""
    return "，".join(part for part in (waiting, standing, row.note) if part)


def _item_column(item: str, name: str) -> Column[BoardRow]:
    def text(row: BoardRow) -> str:
        given = row.items.get(item)
        return "" if given is None else shown(given)

    def value(row: BoardRow) -> object:
        return row.items.get(item, 0)

    return Column(_broken(name), text, 63, sort=value, right=True)


def _broken(name: str) -> str:
    """A heading in lines of a few characters each; none begins with a mark."""
    lines = [""]
    wide = -(-len(name) // -(-len(name) // LINE)) if name else LINE
    for character in name:
        is_full = len(lines[-1]) >= wide
        if is_full and character not in NOT_FIRST:
            lines.append("")
        lines[-1] += character
    return "\n".join(lines)


def heading_lines(columns: Sequence[Column[BoardRow]]) -> int:
    """How many lines the highest heading has."""
    return max((column.title.count("\n") + 1 for column in columns), default=1)


def entry_columns(*, with_name: bool) -> tuple[Column[EntryRow], ...]:
    """What an entry is, and what it gave."""
    name = (Column[EntryRow]("代表", lambda r: r.name, 82),) if with_name else ()
    return (
        Column("日期", lambda r: f"{r.day}", 92),
        *name,
        Column("积分项目", lambda r: r.item, 150),
        Column("履职", _what, 0),
        Column("角色", lambda r: r.role, 64, drop=1),
        Column("数量", amount_text, 66, sort=lambda r: r.amount, right=True, drop=2),
        Column("得分", lambda r: r.gave_text, 56, sort=lambda r: r.gave, right=True),
        Column("核实", lambda r: r.state_label, 78, tone=_state_tone),
        Column("依据、理由", _why, 150, drop=3),
    )


def _what(row: EntryRow) -> str:
    return row.title if row.title.startswith(row.kind) else f"{row.kind}：{row.title}"


def amount_text(row: EntryRow) -> str:
    """2学时; 次 is not said of one time."""
    return (
        ""
        if row.measure == Measure.TIMES and row.amount == 1
        else (f"{row.amount}{row.measure.label}")
    )


def _why(row: EntryRow) -> str:
    return "；".join(part for part in (row.evidence, row.note) if part)


def _state_tone(row: EntryRow) -> Tone:
    if row.state == PointState.DRAFT and row.counted:
        return Tone.BLUE
    return TONES.get(row.state, Tone.GREY)


def compared_columns(before: str, now: str) -> tuple[Column[Compared], ...]:
    """A deputy's points in two quarters."""
    return (
        Column("姓名", lambda r: r.name, 90),
        Column("层级", lambda r: r.level.label, 90, drop=1),
        Column(f"{before}\n名次", lambda r: _of(r.before, rank=True), 150, right=True),
        Column("积分", lambda r: _of(r.before), 70, right=True),
        Column(f"{now}\n名次", lambda r: _of(r.now, rank=True), 150, right=True),
        Column("积分", lambda r: _of(r.now), 70, right=True),
        Column("增减", _change, 80, sort=lambda r: r.change or 0, right=True),
        Column("", lambda _r: "", 0),
    )


def _of(row: BoardRow | None, *, rank: bool = False) -> str:
    if row is None:
        return NOTHING
    return _place(row) if rank else _total(row)


def _change(row: Compared) -> str:
    if row.change is None:
        return NOTHING
    return f"+{shown(row.change)}" if row.change > 0 else shown(row.change)


def objection_columns() -> tuple[Column[ObjectionRow], ...]:
    """What was objected to, and what was decided."""
    return (
        Column("提出日期", lambda r: f"{r.raised_on}", 92),
        Column("季度", lambda r: r.quarter.label, 128, drop=1),
        Column("代表", lambda r: r.name, 82),
        Column("异议内容", lambda r: r.content, 0),
        Column("处理意见", lambda r: r.decision, 240, drop=2),
        Column(
            "状态",
            lambda r: "已处理" if r.decided_on else "待处理",
            78,
            tone=lambda r: Tone.GREEN if r.decided_on else Tone.AMBER,
        ),
    )


def tail_columns() -> tuple[Column[TailRow], ...]:
    """Who is to be talked with, and why."""
    return (
        Column("名次", lambda r: str(r.rank), 60, sort=lambda r: r.rank),
        Column("姓名", lambda r: r.name, 90),
        Column("积分", lambda r: r.total, 70, right=True),
        Column("缘由", lambda r: r.reason, 0),
        Column(
            "谈话提醒",
            lambda r: "已登记" if r.is_started else "未登记",
            84,
            tone=lambda r: Tone.GREEN if r.is_started else Tone.GREY,
        ),
    )


def sheet_of(board: Board) -> tuple[list[str], list[list[Cell]]]:
    """The board as a table for Excel: headings and lines."""
    columns: Sequence[Column[BoardRow]] = board_columns(board)
    headings = [column.title.replace("\n", "") for column in columns]
    return headings, [[column.text(row) for column in columns] for row in board.rows]
