"""Reads .xls of Excel 5 to 2003 and of old WPS."""

import io
import struct
from datetime import datetime
from typing import Any, Literal

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError
from xlrd.xldate import XLDateError

from deputydesk.errors import UserError
from deputydesk.exchange.grid import Cell, Merge, Sheet, Value, trimmed
from deputydesk.exchange.workbook import SAVE_AS, damaged, locked_by_password
from deputydesk.progress import Progress

_BROKEN = (
    XLRDError,
    CompDocError,
    struct.error,
    AssertionError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OverflowError,
    TypeError,
    ValueError,
)
"""What xlrd raises on files that are cut off or written wrongly."""

_UNICODE_BIFF = 80
_GB = "gb18030"


def sheets(name: str, content: bytes, progress: Progress) -> list[Sheet]:
    """Every worksheet of the file."""
    try:
        book = _open(name, content)
        found: list[Sheet] = []
        for done, sheet in enumerate(book.sheets()):
            progress.step(done, book.nsheets, sheet.name)
            found.append(_sheet(book, sheet))
    except _BROKEN as error:
        raise damaged(name) from error
    return found


def _open(name: str, content: bytes) -> Any:  # Any: xlrd has no types
    """Open as well as it goes: with formats, else without, else although it is damaged."""
    tries: tuple[dict[str, bool], ...] = (
        {"formatting_info": True},
        {},
        {"ignore_workbook_corruption": True},
    )
    failure: Exception | None = None
    for options in tries:
        try:
            return _in_the_right_charset(content, options)
        except _BROKEN as error:
            if "encrypted" in str(error).lower():
                raise locked_by_password(name) from error
            if "find workbook" in str(error).lower():
                raise UserError(f"“{name}”不是 Excel 表格。", hint=SAVE_AS) from error
            failure = error
    raise damaged(name) from failure


def _in_the_right_charset(content: bytes, options: dict[str, bool]) -> Any:  # Any: xlrd's book
    book = _load(content, options, None)
    if book.biff_version < _UNICODE_BIFF and not str(book.encoding).startswith(("gb", "cp936")):
        # Before Excel 97 text had a charset, and copies made abroad name the wrong one.
        return _load(content, options, _GB)
    return book


def _load(content: bytes, options: dict[str, bool], charset: str | None) -> Any:  # Any: xlrd's book
    arguments: dict[str, Any] = {**options, "encoding_override": charset}  # Any: xlrd's options
    return xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), **arguments)


def _sheet(book: Any, sheet: Any) -> Sheet:  # Any: xlrd has no types
    rows = [
        [_cell(book, sheet, row, column) for column in range(sheet.row_len(row))]
        for row in range(sheet.nrows)
    ]
    return Sheet(
        name=str(sheet.name),
        rows=trimmed(rows),
        merges=tuple(
            Merge(top, left, bottom - 1, right - 1)
            for top, bottom, left, right in sheet.merged_cells
        ),
        hidden=bool(sheet.visibility),
        hidden_rows=frozenset(
            number for number, row in sheet.rowinfo_map.items() if row.hidden or row.height == 0
        ),
        hidden_columns=frozenset(
            number for number, column in sheet.colinfo_map.items() if column.hidden
        ),
    )


def _cell(book: Any, sheet: Any, row: int, column: int) -> Cell:  # Any: xlrd has no types
    found = sheet.cell(row, column)
    value = _value(book, found)
    if value is None or not book.formatting_info:
        return Cell(value)
    style = book.xf_list[found.xf_index]
    struck = _is_struck(book, style.font_index)
    runs: list[tuple[int, int]] = sheet.rich_text_runlist_map.get((row, column)) or []
    if runs:
        starts = [(0, struck), *((at, _is_struck(book, font)) for at, font in runs)]
        value, struck = _unstruck(str(found.value), starts)
    number_format = book.format_map.get(style.format_key)
    return Cell(value, str(number_format.format_str) if number_format else "", struck)


def _is_struck(book: Any, font: int) -> bool:  # Any: xlrd has no types
    """Whether a font is struck out; very old files name fonts that they do not hold."""
    return font < len(book.font_list) and bool(book.font_list[font].struck_out)


def _unstruck(text: str, starts: list[tuple[int, bool]]) -> tuple[str, bool]:
    """Text in several fonts: what is struck out falls away if something else stands beside it."""
    ends = [at for at, _ in starts[1:]] + [len(text)]
    kept = "".join(
        text[start:end] for (start, out), end in zip(starts, ends, strict=True) if not out
    )
    return (kept, False) if kept.strip() else (text, True)


def _value(book: Any, cell: Any) -> Value:  # Any: xlrd has no types
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        number = float(cell.value)
        return int(number) if number.is_integer() else number
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "是" if cell.value else "否"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return str(cell.value) or None


def _date(serial: float, mode: Literal[0, 1]) -> datetime | float:
    try:
        return xlrd.xldate_as_datetime(serial, mode)
    except (XLDateError, OverflowError, ValueError):
        return serial
