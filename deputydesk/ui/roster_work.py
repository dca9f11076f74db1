"""What the roster wizard has done for it in tasks: reading, taking in, the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deputydesk.errors import UserError
from deputydesk.exchange import xlsx
from deputydesk.exchange.grid import Grid
from deputydesk.exchange.roster import (
    ColumnFound,
    Question,
    Roster,
    SheetColumns,
    Skipped,
    read_roster,
)
from deputydesk.exchange.roster_import import take_in
from deputydesk.exchange.workbook import read_grid
from deputydesk.models.choices import Level
from deputydesk.office import Office
from deputydesk.operations.rosters import Outcome
from deputydesk.progress import SILENT, Progress

HEADINGS = ("结果", "姓名", "文件", "工作表", "行", "说明", "原文")


@dataclass(frozen=True)
class Reading:
    """A file as read; `problem` says why nothing could be read of it yet."""

    roster: Roster
    problem: str = ""


def read(
    path: Path,
    answers: Mapping[str, str],
    mapping: Mapping[tuple[str, int], str],
    progress: Progress = SILENT,
) -> Reading:
    """Read a roster; if it has no headings that are understood, its columns to be named by hand.

    Raises:
        UserError: the file cannot be read at all, or not with the columns given.
    """
    try:
        return Reading(read_roster(path, answers, mapping, progress))
    except UserError as error:
        if mapping:
            raise
        bare = Roster((), (), (), _bare_columns(read_grid(path, progress)))
        return Reading(bare, str(error))


def _bare_columns(grid: Grid) -> tuple[SheetColumns, ...]:
    """The columns of every sheet, with what stands in them first and next."""
    found: list[SheetColumns] = []
    for sheet in grid.sheets:
        width = max((len(row) for row in sheet.rows), default=0)
        columns: list[ColumnFound] = []
        for column in range(width):
            texts = [sheet.text(row, column) for row in range(min(len(sheet.rows), 30))]
            first, second, *_ = *[text for text in texts if text], "", ""
            columns.append(ColumnFound(column, first, None, hidden=False, sample=second))
        found.append(SheetColumns(sheet.name, 0, tuple(columns)))
    return tuple(found)


def take(
    office: Office, roster: Roster, level: Level | None, town: str, progress: Progress = SILENT
) -> Outcome:
    """Take in what was read, as one action that can be undone."""
    progress.step(0, 1, f"正在写入{len(roster.records)}人")
    return take_in(office, roster, level=level, town=town)


def save_report(
    to: Path, roster: Roster, answers: Mapping[str, str], progress: Progress = SILENT
) -> Path:
    """Write what became of every row of the file into an .xlsx file; returns where it is."""
    to = to if to.suffix.lower() == ".xlsx" else to.with_name(f"{to.name}.xlsx")
    lines: list[tuple[str, ...]] = [
        ("已导入", r.name, r.source.file, r.source.sheet, str(r.source.row), "", "")
        for r in roster.records
    ]
    lines += [
        ("已跳过", "", s.source.file, s.source.sheet, str(s.source.row), s.reason, s.text)
        for s in roster.skipped
    ]
    lines += [
        ("没有回答", "", q.source.file, q.source.sheet, str(q.source.row), q.text, "")
        for q in unanswered(roster, answers)
    ]
    xlsx.write(to, "导入报告", HEADINGS, lines, progress)
    return to


def unanswered(roster: Roster, answers: Mapping[str, str]) -> list[Question]:
    """Questions that are still open."""
    return [question for question in roster.questions if question.id not in answers]


def reasons(skipped: tuple[Skipped, ...]) -> str:
    """Why rows were left out, with counts: 标题 2 行，小计 12 行."""
    counts: dict[str, int] = {}
    for row in skipped:
        counts[row.reason] = counts.get(row.reason, 0) + 1
    return "，".join(f"{reason} {count} 行" for reason, count in counts.items())
