"""Reads .xlsx (and .xlsm): values, merged areas, what is hidden, what is struck out."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock

from deputydesk.errors import UserError
from deputydesk.exchange.grid import Cell, Merge, Sheet, Value, trimmed
from deputydesk.exchange.workbook import SAVE_AS, damaged, locked_by_password
from deputydesk.progress import Progress

LARGEST_PART = 40_000_000
LARGEST_WHOLE = 200_000_000
MOST_PARTS = 5_000
WIDEST = 500

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # of XML: what the parsers of the standard library and of lxml raise
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OverflowError,
    NotImplementedError,
    AssertionError,
    OSError,
    struct.error,
)
"""What openpyxl and zipfile raise on files that are cut off or written wrongly."""

_FORMULA = re.compile(rb"<f[ >]")
_TEXT_FORMULA = re.compile(r'^="((?:[^"]|"")*)"$')


def sheets(name: str, content: bytes, progress: Progress) -> list[Sheet]:
    """Every worksheet of the file."""
    try:
        has_formulas = _look_inside(name, content)
        book = _load(content, data_only=True)
        formulas = _load(content, data_only=False) if has_formulas else None
        found: list[Sheet] = []
        for done, sheet in enumerate(book.worksheets):
            progress.step(done, len(book.worksheets), sheet.title)
            found.append(_sheet(sheet, formulas[sheet.title] if formulas else None))
    except _BROKEN as error:
        raise damaged(name) from error
    return found


def _look_inside(name: str, content: bytes) -> bool:
    """Refuse what is no workbook or would not fit in memory; tell whether it has formulas."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.bin" in names or "content.xml" in names:
            raise UserError(f"文件“{name}”的格式读不了。", hint=SAVE_AS)
        if not any(part.startswith("xl/") for part in names):
            raise UserError(f"“{name}”不是 Excel 表格。", hint="请选择 .xlsx、.xls 或 .csv 文件。")
        if any(part.flag_bits & 1 for part in parts):
            raise locked_by_password(name)
        if (
            len(parts) > MOST_PARTS
            or sum(part.file_size for part in parts) > LARGEST_WHOLE
            or any(p.file_size > LARGEST_PART for p in parts if p.filename.endswith(".xml"))
        ):
            raise UserError(
                f"文件“{name}”展开后太大，不像一份名册。",
                hint="请把名册复制到一个新的工作簿，保存后再导入。",
            )
        return _any_formula(name, archive)


def _any_formula(name: str, archive: zipfile.ZipFile) -> bool:
    formula = False
    for part in archive.namelist():
        if part.startswith("xl/") and part.endswith(".xml"):
            text = archive.read(part)
            if b"<!DOCTYPE" in text[:2000] or b"<!ENTITY" in text[:2000]:
                raise damaged(name)
            formula = formula or ("worksheets/" in part and bool(_FORMULA.search(text)))
    return formula


def _load(content: bytes, *, data_only: bool) -> Any:  # Any: openpyxl has no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(
            io.BytesIO(content), data_only=data_only, rich_text=True, keep_links=False
        )


def _sheet(sheet: Any, formulas: Any) -> Sheet:  # Any: openpyxl has no types
    # `_cells` and not `rows`: `rows` makes a cell for every empty place, down to row 1,048,576
    # in a file where somebody coloured a whole column.
    rows: list[list[Cell]] = []
    cells: dict[tuple[int, int], Any] = sheet._cells  # noqa: SLF001
    for (row, column), found in sorted(cells.items()):
        value, struck = _value(found, formulas)
        if value is None or column > WIDEST:
            continue
        while len(rows) < row:
            rows.append([])
        line = rows[row - 1]
        line.extend([Cell()] * (column - len(line)))
        line[column - 1] = Cell(value, str(found.number_format), struck)
    return Sheet(
        name=str(sheet.title),
        rows=trimmed(rows),
        merges=tuple(_merge(area) for area in sheet.merged_cells.ranges),
        hidden=sheet.sheet_state != "visible",
        hidden_rows=_hidden_rows(sheet.row_dimensions.items()),
        hidden_columns=_hidden_columns(sheet.column_dimensions.values()),
        filtered=bool(sheet.auto_filter.filterColumn),
    )


def _merge(area: Any) -> Merge:  # Any: openpyxl has no types
    return Merge(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)


def _hidden_rows(rows: Iterable[tuple[int, Any]]) -> frozenset[int]:  # Any: openpyxl's rows
    return frozenset(number - 1 for number, row in rows if row.hidden or row.ht == 0)


def _hidden_columns(columns: Iterable[Any]) -> frozenset[int]:  # Any: openpyxl's columns
    return frozenset(
        number - 1
        for column in columns
        if column.hidden
        for number in range(column.min or 0, min(column.max or 0, WIDEST) + 1)
    )


def _value(cell: Any, formulas: Any) -> tuple[Value, bool]:  # Any: openpyxl has no types
    value, struck = cell.value, bool(cell.font.strike)
    if isinstance(value, CellRichText):
        return _rich(value, struck=struck)
    if value is None and formulas is not None:
        return _formula(formulas[cell.coordinate].value), struck
    return _neutral(value), struck


def _formula(value: object) -> str | None:
    """A formula that was never calculated: its text, if it is only a text; else itself."""
    if value is None:
        return None
    text = str(value)
    only_text = _TEXT_FORMULA.match(text)
    return only_text[1].replace('""', '"') if only_text else text


def _rich(text: CellRichText, *, struck: bool) -> tuple[str, bool]:
    """Text in several fonts: what is struck out falls away if something else stands beside it."""
    kept = "".join(str(run) for run in text if not _run_struck(run, struck=struck))
    if kept.strip():
        return kept, False
    return str(text), True


def _run_struck(run: object, *, struck: bool) -> bool:
    if isinstance(run, TextBlock):
        return bool(run.font.strike)
    return struck


def _neutral(value: object) -> Value:
    if isinstance(value, datetime):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return value
    if value is None or isinstance(value, time | timedelta):
        return None if value is None else str(value)
    return str(value)
