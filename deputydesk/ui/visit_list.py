"""Activities as lines: in the register, in Excel, and when they are looked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from deputydesk.exchange import xlsx
from deputydesk.exchange.xlsx import Cell
from deputydesk.office import Office
from deputydesk.operations import visit_list, visits
from deputydesk.operations.visit_list import VisitPart
from deputydesk.operations.visits import VisitRow
from deputydesk.progress import Progress
from deputydesk.rules.cell_filters import Arrangement
from deputydesk.rules.names import search_text
from deputydesk.rules.record_ids import RecordIds
from deputydesk.ui.desk import Desk
from deputydesk.ui.list_memory import View
from deputydesk.ui.office_column import with_office
from deputydesk.ui.paged_rows import Source
from deputydesk.ui.register_source import COUNTED_AT_ONCE
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
        Column("日期", lambda r: f"{r.held_on}", 92),
        Column("方式", lambda r: r.kind.label, 100, drop=2),
        Column("代表之家、地点", lambda r: r.where.replace("人大代表之家", ""), 124, drop=5),
        Column("参加代表", lambda r: "、".join(r.deputies), 104, drop=6),
        Column("反映事项、主题", _what, 0),
        Column("人次", lambda r: str(r.received), 50, sort=_received, right=True, drop=3),
        Column("意见", lambda r: str(r.opinions or "—"), 48, sort=_heard, right=True, drop=1),
    )


def all_columns(desk: Desk) -> tuple[Column[VisitRow], ...]:
    """The same, with whose activity it is where several offices' stand together."""
    return with_office(desk, columns())


def _received(row: VisitRow) -> int:
    return row.received


def _heard(row: VisitRow) -> int:
    return row.opinions


def _place_in_year(row: VisitRow) -> tuple[int, int]:
    return row.held_on.year, row.number


@dataclass(frozen=True)
class Wanted:
    """Which activities are looked for."""

    today: date
    year: int | None
    part: VisitPart
    words: tuple[str, ...]


def source_of(office: Office, wanted: Wanted, count: int) -> Source[VisitRow]:
    """The activities that are looked for, in a list; their year has so many."""
    return Source(
        count,
        partial(_find, office, wanted),
        lambda ids: office.ask(visits.rows, ids=ids),
        frozenset(visit_list.COLUMNS),
        key=wanted,
    )


def _find(office: Office, wanted: Wanted, arrangement: Arrangement, limit: int | None) -> RecordIds:
    return office.ask(
        visit_list.ids,
        year=wanted.year,
        today=wanted.today,
        part=wanted.part,
        words=wanted.words,
        arrangement=arrangement,
        limit=limit,
    )


def part_named(name: str) -> VisitPart:
    """The part of the register that a saved view names."""
    return next((part for part in VisitPart if part.label == name), VisitPart.ALL)


def count_of(desk: Desk, view: View) -> int | None:
    """How many activities a saved view has; None where finding out would take long."""
    arrangement = Arrangement(view.filters)
    if not arrangement.columns <= visit_list.COLUMNS.keys():
        return None
    if desk.ask(visit_list.size, view.year) > COUNTED_AT_ONCE:
        return None
    words = tuple(search_text(view.words).split())
    wanted = Wanted(desk.today, view.year, part_named(view.part), words)
    return len(_find(desk.office, wanted, arrangement, None))


def write_rows(
    to: Path, title: str, read: Callable[[], Sequence[VisitRow]], progress: Progress
) -> None:
    """Write activities to an Excel file; `read` gives them."""
    xlsx.write(to, title, HEADINGS, [cells(row) for row in read()], progress)
