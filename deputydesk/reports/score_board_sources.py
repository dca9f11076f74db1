"""What the poster of points says: a quarter as it was closed, or as it stands now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import PointEntry, PointQuarter, Visit
from deputydesk.operations import offices, point_schemes, points
from deputydesk.operations.offices import ProfileRow
from deputydesk.operations.point_board import BoardRow, Standing
from deputydesk.operations.points import Board
from deputydesk.reports.form import AskPaper, AskRecord, Due, Form, Group, Job, Offered, Options
from deputydesk.reports.score_board import BoardLine, ScoreBoard, write
from deputydesk.reports.wording import date_text
from deputydesk.rules.points import Item, Period, shown
from deputydesk.rules.quarters import Quarter

_WIDE, _UPRIGHT, _TILES = "wide", "upright", "-tiles"
_BLANK_DAY = "　　　年　　月　　日"


@dataclass(frozen=True)
class _Columns:
    """What each deputy's line shows: items in which anybody has points, and what corrects them."""

    items: tuple[tuple[str, str], ...]
    has_base: bool
    has_cut: bool

    @property
    def titles(self) -> tuple[str, ...]:
        names = [name for _, name in self.items]
        return (
            *(["基础分"] if self.has_base else []),
            *names,
            *(["超限扣除"] if self.has_cut else []),
        )

    def of(self, row: BoardRow) -> tuple[str, ...]:
        given = [shown(row.items.get(item, Decimal(0))) for item, _ in self.items]
        return (
            *([shown(row.base)] if self.has_base else []),
            *given,
            *([shown(-row.cut) if row.cut else "0"] if self.has_cut else []),
        )


def quarter_of(session: Session, record_id: str, today: date) -> Quarter:
    """The quarter that was chosen, as 2026-3 or by the record of its closing.

    Without a choice the newest closed one, or the present one where none is closed.

    Raises:
        UserError: there is no such quarter.
    """
    closed = points.closed_rows(session)
    if not record_id:
        return closed[0].quarter if closed else Quarter.of(today)
    year, _, number = record_id.partition("-")
    if year.isdecimal() and number in ("1", "2", "3", "4"):
        return Quarter(int(year), int(number))
    found = next((row.quarter for row in closed if row.id == record_id), None)
    if found is None:
        raise UserError("找不到这个季度的积分，可能已被撤销。", hint="请刷新后再试。")
    return found


def _offered(session: Session) -> list[Offered]:
    """Closed quarters and those that go on, the newest first."""
    rules = point_schemes.rows(session)
    closed = {row.quarter: row for row in points.closed_rows(session)}
    if not rules and not closed:
        return []
    first = min([*closed, *(Quarter.of(row.valid_from) for row in rules)])
    days = [session.scalar(select(func.max(day))) for day in (Visit.held_on, PointEntry.earned_on)]
    newest = max([first, *closed, *(Quarter.of(day) for day in days if day)])
    found: list[Offered] = []
    quarter = newest
    while quarter >= first:
        row = closed.get(quarter)
        state = f"{row.closed_on:%Y-%m-%d} 封账" if row else "未封账"
        found.append(
            Offered(f"{quarter.year}-{quarter.number}", quarter.label, state, quarter.last)
        )
        quarter = quarter.before
    return found


def _board(job: Job) -> ScoreBoard:
    quarter = job.office.ask(quarter_of, job.options.record_id, job.today)
    board = job.office.ask(points.board, quarter)
    so_far = job.office.ask(points.year_board, quarter.year, quarter.last)
    profile = job.office.ask(offices.profile)
    totals = {row.id: shown(row.total) for row in so_far.rows}
    columns = _columns(board)
    most = max((row.total for row in board.rows if row.rank), default=Decimal(0))
    closed = board.closed
    return ScoreBoard(
        label=quarter.label,
        days=_days(quarter, None if closed else min(job.today, quarter.last)),
        state="" if closed else "未封账",
        items=columns.titles,
        lines=tuple(_line(row, columns, totals, most) for row in board.rows),
        average=shown(points.averages(board.rows)) if board.rows else "",
        notes=_notes(board, profile),
        legend=_legend(board, columns),
        day=(closed.published_on or closed.closed_on) if closed else job.today,
        number=f"JF-{quarter.year}-{quarter.number}",
        code=f"DD1:JF:{quarter.year}Q{quarter.number}",
    )


def _columns(board: Board) -> _Columns:
    used = tuple(
        (item, name) for item, name in board.items if any(row.items.get(item) for row in board.rows)
    )
    return _Columns(
        used or board.items[:6],
        any(row.base for row in board.rows),
        any(row.cut for row in board.rows),
    )


def _line(row: BoardRow, columns: _Columns, totals: Mapping[str, str], most: Decimal) -> BoardLine:
    is_suspended = row.standing == Standing.SUSPENDED
    place = str(row.rank) if row.rank else "暂停" if is_suspended else "—"
    reason = row.standing.label if row.standing == Standing.SHORT else ""
    note = "，".join(part for part in (reason, row.note if row.rank is None else "") if part)
    return BoardLine(
        rank=place,
        name=row.name,
        level=row.level.label.partition("（")[0],
        home=row.home.removesuffix("人大代表之家") + "之家" if row.home else row.town,
        items=tuple("" for _ in columns.titles) if is_suspended else columns.of(row),
        total="—" if is_suspended else shown(row.total),
        year="—" if is_suspended else totals.get(row.id, ""),
        part=float(row.total / most) if most and row.rank else 0.0,
        note="暂停执行职务" if is_suspended else note,
    )


def _days(quarter: Quarter, until: date | None) -> str:
    first, last = quarter.first, quarter.last
    days = f"{first.month}月{first.day}日—{last.month}月{last.day}日"
    return f"{days}，截至{date_text(until)}" if until else days


def _notes(board: Board, profile: ProfileRow | None) -> tuple[str, ...]:
    closed = board.closed
    rules = f"积分规则：{board.rules or '还没有设定'}"
    organ, phone = (profile.organ.short, profile.phone) if profile else ("", "")
    contact = f"异议受理：{organ}　监督电话：{phone or '　　　　　　　　'}"
    if closed is None:
        days = "本榜没有封账，仅供核对；公示和异议以封账后的积分榜为准。"
    elif closed.published_on and closed.objections_until:
        days = f"公示期：{date_text(closed.published_on)}至{date_text(closed.objections_until)}"
    else:
        days = f"公示期：{_BLANK_DAY}至{_BLANK_DAY}"
    return rules, f"{days}　{contact}", "名次相同的并列；暂停执行职务的列出姓名，不计分、不排名。"


def _legend(board: Board, columns: _Columns) -> str:
    """接待选民首次4分，每多一次2分，一年最多12分: of the items that stand on the board."""
    listed = {item for item, _ in columns.items}
    items = board.scheme.items if board.scheme else ()
    said = [_said(item) for item in items if item.id in listed]
    if not said:
        return ""
    source = f"规则依据：{board.source}。" if board.source else ""
    return f"计分口径：{'；'.join(said)}。没有人得分的项目不列。{source}"


def _said(item: Item) -> str:
    sign = "扣" if item.negative else ""
    unit = item.measure.label
    parts: list[str] = []
    if item.first is not None:
        parts.append(f"首{unit}{sign}{shown(item.first)}分")
    if item.extra:
        parts.append(f"每多一{unit}{sign}{shown(item.extra)}分")
    if item.cap is not None:
        period = "一年" if item.period == Period.YEAR else "一季度"
        parts.append(f"{period}最多{shown(item.cap)}分")
    return item.name + "，".join(parts)


def _extras(options: Options) -> dict[str, bool]:
    return {
        "upright": options.paper.startswith(_UPRIGHT),
        "in_tiles": options.paper.endswith(_TILES),
    }


FORM = Form(
    "score_board",
    "积分公示榜",
    Group.DEPUTY,
    "一个季度的积分和名次，A3 张贴；没有封账的注明“未封账”，封账的印公示期和监督电话。",
    _board,
    write,
    (
        AskRecord(PointQuarter, _offered, "季度", blank="最近封账的季度"),
        AskPaper(
            (
                (_WIDE, "A3 横向"),
                (_UPRIGHT, "A3 竖向"),
                (_WIDE + _TILES, "A3 横向，分块印在 A4 上拼接"),
                (_UPRIGHT + _TILES, "A3 竖向，分块印在 A4 上拼接"),
            )
        ),
    ),
    due=(Due.QUARTER,),
    extras=_extras,
    source="自拟：名次、各项得分、公示期、异议受理和监督电话，按积分榜上墙的通行做法",
)
