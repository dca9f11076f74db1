"""Closing a quarter's points, publishing the board, and what closed quarters are held against.

A closed quarter holds its board, its rules and its entries, under a digest. Neither a later rule
nor a later change of records touches it; what would be different now is a list for the clerk.
"""

import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.models import Caution, PointObjection, PointQuarter
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import point_board, point_rows, point_schemes
from deputydesk.operations.checks import get, not_before, not_future
from deputydesk.operations.point_board import BoardRow
from deputydesk.operations.point_rows import EntryRow
from deputydesk.operations.point_schemes import SchemeRow
from deputydesk.operations.points import (
    closed,
    closed_rows,
    columns,
    frozen_rows,
    frozen_scheme,
)
from deputydesk.operations.todo_item import Todo
from deputydesk.rules import point_schemes as scheme_json
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.points import ZERO, Scheme, shown
from deputydesk.rules.quarters import Quarter


@operation(Right.HANDLE, "季度积分封账")
def close(
    tx: Tx, *, quarter: Quarter, leave_unverified: bool = False, closed_on: date | None = None
) -> str:
    """Freeze the board of a quarter that is over; returns the record's id.

    Args:
        tx: the transaction.
        quarter: the quarter.
        leave_unverified: the clerk decides that what waits for a word does not count.
        closed_on: when that was, if not today.

    Raises:
        FieldError: the day is before the quarter's end, or to come.
        UserError: it is closed, not over, without rules, or entries wait for a word.
    """
    if closed(tx.session, quarter):
        raise UserError(f"{quarter.label}已经封账。")
    if quarter.last >= tx.today:
        raise UserError(
            f"{quarter.label}还没有结束，不能封账。",
            hint=f"请在{chinese(quarter.after.first)}以后封账。",
        )
    day = closed_on or tx.today
    not_future("closed_on", day, tx.today, "封账日期")
    not_before("closed_on", day, quarter.after.first, "封账日期", "季度结束后的第一天")
    rules = point_schemes.current(tx.session, quarter)
    if rules is None:
        raise UserError(f"{quarter.label}没有积分规则，不能封账。", hint="请先设定积分规则。")
    entries = point_rows.computed(tx.session, quarter, rules.scheme)
    waiting = sum(row.waits for row in entries)
    if waiting and not leave_unverified:
        raise UserError(
            f"{quarter.label}还有{waiting}条记录待核实，不能封账。",
            hint="请先核实；确定不等的，勾选“待核实的不计分”再封账。",
        )
    rows = point_board.live(tx.session, quarter, rules)
    made = PointQuarter(
        year=quarter.year,
        quarter=quarter.number,
        closed_on=day,
        closed_by=tx.user.name,
        scheme_id=rules.id,
        scheme_name=rules.name,
        scheme_from=rules.valid_from,
        board=_board(rules, rows, entries),
    )
    made.digest = digest(made)
    tx.session.add(made)
    tx.about = quarter.label
    return made.id


@operation(Right.HANDLE, "公示积分榜")
def publish(
    tx: Tx, *, quarter_id: str, published_on: date, objections_until: date | None = None
) -> None:
    """Say that the board of a closed quarter hangs out, and until when it may be objected to.

    Raises:
        FieldError: the days cannot be so.
        UserError: it is published already.
    """
    record = get(tx.session, PointQuarter, quarter_id)
    label = Quarter(record.year, record.quarter).label
    if record.published_on:
        raise UserError(f"{label}的积分榜已于{chinese(record.published_on)}公示。")
    not_future("published_on", published_on, tx.today, "公示日期")
    not_before("published_on", published_on, record.closed_on, "公示日期", "封账日期")
    days = frozen_scheme(record).objection_days
    until = objections_until or published_on + timedelta(days=days)
    not_before("objections_until", until, published_on, "异议截止日期", "公示日期")
    record.published_on, record.objections_until = published_on, until
    tx.about = label


def digest(record: PointQuarter) -> str:
    """What the frozen board is held against; any change of it shows."""
    said = {
        "year": record.year,
        "quarter": record.quarter,
        "scheme": [record.scheme_id, record.scheme_name, record.scheme_from.isoformat()],
        "board": record.board,
    }
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def check(session: Session) -> list[str]:
    """Sentences on closed quarters that are not as they were closed, or closed twice."""
    found: list[str] = []
    seen: set[Quarter] = set()
    for record in session.scalars(select(PointQuarter).order_by(PointQuarter.id)):
        quarter = Quarter(record.year, record.quarter)
        if digest(record) != record.digest:
            found.append(f"{quarter.label}的积分榜与封账时的校验值不符，可能被改动过。")
        if quarter in seen:
            found.append(f"{quarter.label}封账了两次，以先封账的为准。")
        seen.add(quarter)
    return found


@dataclass(frozen=True)
class Difference:
    """Where a closed board is not what the records would give now; `id` is the mandate."""

    id: str
    name: str
    item: str
    frozen: str
    now: str

    @property
    def sentence(self) -> str:
        """王伟：接待选民 封账 6，现在 8."""
        return f"{self.name}：{self.item} 封账 {self.frozen}，现在 {self.now}"


def differences(session: Session, quarter: Quarter) -> list[Difference]:
    """What the records would give now by the rules of then, where it is not what was closed."""
    record = closed(session, quarter)
    if record is None:
        return []
    scheme = frozen_scheme(record)
    rules = SchemeRow(record.scheme_id, record.scheme_name, record.scheme_from, "", scheme)
    now = {one.id: one for one in point_board.live(session, quarter, rules)}
    then = {one.id: one for one in frozen_rows(record)}
    found: list[Difference] = []
    for deputy_id in {**then, **now}:
        found += _differing(scheme, then.get(deputy_id), now.get(deputy_id))
    return found


def _differing(scheme: Scheme, then: BoardRow | None, now: BoardRow | None) -> list[Difference]:
    one = then or now
    assert one, "the deputy stands on one of the boards"
    if then is None or now is None:
        was, is_now = ("有", "无") if then else ("无", "有")
        return [Difference(one.id, one.name, "榜上", was, is_now)]
    found: list[Difference] = []
    for item, name in columns(scheme):
        before, after = then.items.get(item, ZERO), now.items.get(item, ZERO)
        if before != after:
            found.append(Difference(one.id, one.name, name, shown(before), shown(after)))
    if not found and then.total != now.total:
        found.append(Difference(one.id, one.name, "总分", shown(then.total), shown(now.total)))
    return found


@dataclass(frozen=True)
class TailRow:
    """A deputy at the end of a closed board; `id` is the mandate."""

    id: str
    name: str
    rank: int
    total: str
    reason: str
    is_started: bool


def tail(
    session: Session, quarter: Quarter, *, last: int | None = None, line: Decimal | None = None
) -> list[TailRow]:
    """Who is to be talked with after a closed quarter: at the end, or below a line.

    Args:
        session: the session.
        quarter: the quarter; nobody is named before it is closed.
        last: how many from the end; the rules' own if not given. Those with as few points too.
        line: below how many points; the rules' own if not given.
    """
    record = closed(session, quarter)
    if record is None:
        return []
    scheme = frozen_scheme(record)
    rows = [row for row in frozen_rows(record) if row.rank]
    many = scheme.tail if last is None else last
    below = scheme.line if line is None else line
    totals = sorted(row.total for row in rows)
    edge = totals[min(many, len(totals)) - 1] if many and totals else None
    started = set(
        session.scalars(
            select(Caution.mandate_id).where(
                Caution.year == quarter.year, Caution.quarter == quarter.number
            )
        )
    )
    found: list[TailRow] = []
    for row in rows:
        reasons: list[str] = []
        if edge is not None and row.total <= edge:
            reasons.append(f"{quarter.label}积分{shown(row.total)}，排名第{row.rank}（末{many}名）")
        if below is not None and row.total < below:
            reasons.append(f"{quarter.label}积分{shown(row.total)}，低于{shown(below)}分")
        if reasons:
            said = "；".join(reasons)
            found.append(
                TailRow(row.id, row.name, row.rank or 0, shown(row.total), said, row.id in started)
            )
    return found


def _board(
    rules: SchemeRow, rows: list[BoardRow], entries: list[EntryRow]
) -> dict[str, Any]:  # Any: whatever JSON holds
    return {
        "scheme": scheme_json.to_dict(rules.scheme),
        "source": rules.source,
        "items": [list(item) for item in columns(rules.scheme)],
        "rows": [
            {
                "mandate": row.id,
                "name": row.name,
                "level": row.level.value,
                "town": row.town,
                "home": row.home,
                "standing": row.standing.value,
                "rank": row.rank,
                "items": {item: f"{given:f}" for item, given in row.items.items()},
                "base": f"{row.base:f}",
                "cut": f"{row.cut:f}",
                "total": f"{row.total:f}",
                "share": str(row.share),
                "note": row.note,
            }
            for row in rows
        ],
        "entries": [point_rows.frozen(entry) for entry in entries],
    }


def todos(session: Session, today: date) -> list[Todo]:
    """The quarter that is over and not closed or not published, and objections to decide."""
    table = PointQuarter.__tablename__
    listed: list[Todo] = []
    over = Quarter.of(today).before
    row = next((one for one in closed_rows(session) if one.quarter == over), None)
    if row is None and point_schemes.current(session, over):
        listed.append(Todo("待封账", "open", f"{over.label}积分还没有封账", table, "", None))
    if row and row.published_on is None:
        listed.append(Todo("待公示", "open", f"{over.label}积分榜还没有公示", table, row.id, None))
    raised = session.scalars(
        select(PointObjection.quarter_id).where(PointObjection.decided_on.is_(None))
    ).all()
    if raised:
        text = f"{len(raised)}条积分异议待处理"
        listed.append(Todo("待处理", "open", text, table, raised[0], None))
    return listed
