"""The board of a quarter or a year: frozen where closed, else as the entries give it now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.late import dataclass
from deputydesk.models import PointQuarter
from deputydesk.models.choices import Level
from deputydesk.operations import point_board, point_schemes, point_tally
from deputydesk.operations.point_board import BoardRow, Standing
from deputydesk.operations.point_schemes import SchemeRow
from deputydesk.operations.point_tally import Deputy
from deputydesk.rules import points
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.point_schemes import from_dict
from deputydesk.rules.points import Gain, Scheme
from deputydesk.rules.quarters import Quarter


@dataclass(frozen=True)
class ClosedRow:
    """A closed quarter: when, by whom, by which rules, and how far it is published."""

    id: str
    quarter: Quarter
    closed_on: date
    closed_by: str
    scheme_name: str
    scheme_from: date
    published_on: date | None
    objections_until: date | None

    @property
    def rules(self) -> str:
        """汝州（自2026年1月1日起）: the rules it was closed by."""
        return f"{self.scheme_name}（自{chinese(self.scheme_from)}起）"


@dataclass(frozen=True)
class Board:
    """Who gained what in a quarter, or in a year (`quarter` None)."""

    year: int
    quarter: Quarter | None
    items: tuple[tuple[str, str], ...]
    rows: tuple[BoardRow, ...]
    rules: str
    source: str
    scheme: Scheme | None
    closed: ClosedRow | None = None
    bands: Mapping[str, str] | None = None

    @property
    def label(self) -> str:
        """2026年第三季度, or 2026年."""
        return self.quarter.label if self.quarter else f"{self.year}年"

    @property
    def pending(self) -> int:
        """How many entries wait for the clerk's word."""
        return sum(row.pending for row in self.rows)


def closed(session: Session, quarter: Quarter) -> PointQuarter | None:
    """The record of a closed quarter; of two that came from two PCs, the earlier."""
    return session.scalars(
        select(PointQuarter)
        .where(PointQuarter.year == quarter.year, PointQuarter.quarter == quarter.number)
        .order_by(PointQuarter.closed_on, PointQuarter.id)
        .limit(1)
    ).first()


def closed_rows(session: Session) -> list[ClosedRow]:
    """All closed quarters, the newest first; their boards, which are large, are not read."""
    q = PointQuarter
    found = session.execute(
        select(q.id, q.year, q.quarter, q.closed_on, q.closed_by, q.scheme_name, q.scheme_from)
        .add_columns(q.published_on, q.objections_until)
        .order_by(q.year.desc(), q.quarter.desc(), q.closed_on, q.id)
    )
    return [ClosedRow(one, Quarter(year, n), *rest) for one, year, n, *rest in found]


def closed_row(record: PointQuarter) -> ClosedRow:
    """What lists show of a closed quarter."""
    return ClosedRow(
        record.id,
        Quarter(record.year, record.quarter),
        record.closed_on,
        record.closed_by,
        record.scheme_name,
        record.scheme_from,
        record.published_on,
        record.objections_until,
    )


def frozen_scheme(record: PointQuarter) -> Scheme:
    """The rules by which a quarter was closed."""
    return from_dict(record.board["scheme"])


def board(session: Session, quarter: Quarter) -> Board:
    """The board of a quarter: as it was closed, or as it stands now."""
    record = closed(session, quarter)
    if record:
        row = closed_row(record)
        items = tuple((item, name) for item, name in record.board["items"])
        rows = tuple(frozen_rows(record))
        source = record.board.get("source", "")
        scheme = frozen_scheme(record)
        return Board(quarter.year, quarter, items, rows, row.rules, source, scheme, row)
    rules = point_schemes.current(session, quarter)
    if rules is None:
        return Board(quarter.year, quarter, (), (), "", "", None)
    return live(session, quarter, rules)


def live(session: Session, quarter: Quarter, rules: SchemeRow) -> Board:
    """The board of a quarter by these rules, as its entries give it now."""
    rows = tuple(point_board.live(session, quarter, rules))
    items = columns(rules.scheme)
    return Board(quarter.year, quarter, items, rows, rules.label, rules.source, rules.scheme)


def columns(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """Identifier and name of each item."""
    return tuple((item.id, item.name) for item in scheme.items)


def frozen_rows(record: PointQuarter) -> list[BoardRow]:
    """The rows of a closed quarter, as they were."""
    return [
        BoardRow(
            id=row["mandate"],
            name=row["name"],
            level=Level.stored(row["level"]),
            town=row["town"],
            home=row["home"],
            standing=Standing.stored(row["standing"]),
            rank=row["rank"],
            items={item: Decimal(given) for item, given in row["items"].items()},
            base=Decimal(row["base"]),
            cut=Decimal(row["cut"]),
            total=Decimal(row["total"]),
            share=Fraction(row["share"]),
            note=row["note"],
        )
        for row in record.board["rows"]
    ]


def year_board(session: Session, year: int, today: date) -> Board:
    """The board of a year: its quarters together, closed ones as they were closed."""
    last = Quarter.of(min(today, date(year, 12, 31)))
    boards = [board(session, quarter) for quarter in last.so_far]
    with_rules = [one for one in boards if one.scheme]
    if not with_rules:
        return Board(year, None, (), (), "", "", None)
    newest = with_rules[-1]
    assert newest.scheme, "those without rules were left out"
    first, end = date(year, 1, 1), last.last
    who = point_tally.people(session, end)
    gains: dict[str, list[Gain]] = {}
    pending: Counter[str] = Counter()
    for one in with_rules:
        for row in one.rows:  # an earlier quarter may know the person by an earlier seat
            deputy_id = who.main_of.get(row.id, row.id)
            gains.setdefault(deputy_id, []).append(Gain(row.items, row.base, row.cut))
            pending[deputy_id] += row.pending
    found: list[tuple[Deputy, Gain, Fraction]] = []
    for deputy_id, parts in gains.items():
        deputy = who.deputies.get(deputy_id)
        if deputy and deputy.share(first, end):
            found.append((deputy, points.together(parts), deputy.share(first, end)))
    days = (end - first).days + 1
    rows = tuple(point_board.placed(newest.scheme, found, days, pending))
    items = dict(item for one in with_rules for item in one.items)
    bands = {row.id: newest.scheme.band(row.total) for row in rows if row.rank}
    rules = "；".join(dict.fromkeys(one.rules for one in with_rules))
    return Board(
        *(year, None, tuple(items.items()), rows, rules, newest.source, newest.scheme),
        bands=bands,
    )


@dataclass(frozen=True)
class Compared:
    """A deputy in two quarters; `id` is the mandate."""

    id: str
    name: str
    level: Level
    before: BoardRow | None
    now: BoardRow | None

    @property
    def change(self) -> Decimal | None:
        """By how much the points changed; None of a deputy who is in one quarter only."""
        if self.before is None or self.now is None:
            return None
        return self.now.total - self.before.total


def compare(session: Session, quarter: Quarter, with_quarter: Quarter) -> list[Compared]:
    """What became of each deputy's points since another quarter, in the order of now."""
    now, before = board(session, quarter).rows, board(session, with_quarter).rows
    then = {row.id: row for row in before}
    found = [Compared(r.id, r.name, r.level, then.pop(r.id, None), r) for r in now]
    return found + [Compared(r.id, r.name, r.level, r, None) for r in then.values()]


@dataclass(frozen=True)
class ScoreRow:
    """A deputy's points of a closed quarter; `id` is the quarter's record."""

    id: str
    quarter: Quarter
    place: str
    total: Decimal
    rules: str


def scores(
    session: Session, *, first: date | None = None, last: date | None = None
) -> dict[str, list[ScoreRow]]:
    """Each deputy's points of the closed quarters in a time, the earliest first."""
    found: dict[str, list[ScoreRow]] = {}
    seen: set[Quarter] = set()
    for one in reversed(closed_rows(session)):
        quarter = one.quarter
        is_out = (first and quarter.last < first) or (last and quarter.first > last)
        record = None if is_out or quarter in seen else closed(session, quarter)
        if record is None:
            continue
        seen.add(quarter)
        for row in frozen_rows(record):
            score = ScoreRow(record.id, quarter, row.place, row.total, one.rules)
            found.setdefault(row.id, []).append(score)
    return found


def averages(rows: Sequence[BoardRow]) -> Decimal:
    """Points per deputy with a rank, to two places."""
    ranked = [row.total for row in rows if row.rank]
    return points.rounded(sum(ranked, Decimal(0)) / len(ranked)) if ranked else Decimal(0)
