"""Writing .xlsx files that Excel and WPS both open: text cells as text, one heading row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from deputydesk.database import disk_faults
from deputydesk.progress import SILENT, Progress

Cell = str | int | float | date | None

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that no XML holds: an office's texts may, where they were pasted."""
WIDEST = 48
"""Characters; longer texts wrap."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file: its name, what stands above the columns, and the lines, read once."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()


def write(
    to: Path,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    progress: Progress = SILENT,
) -> None:
    """Write one sheet; the file gets its name only when it is whole."""
    widths = _widths(headings, rows)
    write_all(to, [Sheet(title, headings, _watched(rows, title, progress), widths)])


def write_all(to: Path, sheets: Iterable[Sheet]) -> None:
    """Write a file of sheets, each line as it comes; the file gets its name only when whole."""
    from openpyxl import Workbook

    with disk_faults(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        book = Workbook(write_only=True)
        try:
            for told in sheets:
                _fill(book.create_sheet(told.title[:31]), told)
        except BaseException:
            for sheet in book:
                sheet.close()  # its writer must come to an end, even if nobody wants the result
            raise
        part = to.with_name(to.name + ".part")
        try:
            book.save(part)
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)


def _watched(
    rows: Sequence[Sequence[Cell]], title: str, progress: Progress
) -> Iterator[Sequence[Cell]]:
    for done, row in enumerate(rows):
        if done % 200 == 0:
            progress.step(done, len(rows), title)
        yield row


def _fill(sheet: Any, told: Sheet) -> None:  # Any: openpyxl has no types
    sheet.freeze_panes = "A2"
    for position, width in enumerate(told.widths or _widths(told.headings, ()), 1):
        sheet.column_dimensions[_letter(position)].width = width
    sheet.append([_heading(sheet, text) for text in told.headings])
    for row in told.rows:
        sheet.append([_cell(sheet, value) for value in row])


def _letter(position: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(position)


def _widths(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[int]:
    widths = [2 * len(text) + 3 for text in headings]
    for row in rows:
        for i, value in enumerate(row):
            length = sum(1 if c.isascii() else 2 for c in str(value or ""))
            widths[i] = min(max(widths[i], length + 2), WIDEST)
    return widths


def _heading(sheet: Any, text: str) -> Any:  # Any: openpyxl has no types
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E8F0FA")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _cell(sheet: Any, value: Cell) -> Any:  # Any: openpyxl has no types
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        value = _UNPRINTABLE.sub("", value.replace("\x0b", "\n").replace("\x0c", "\n"))
    cell.value = value  # type: ignore[assignment]  # its stubs know no date
    if isinstance(value, str):
        # A text that begins with = stays a text, a phone number keeps its digits.
        cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell
