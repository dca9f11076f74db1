"""Finds the tables in a sheet: header rows, columns, blocks side by side, repeated headers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from deputydesk.exchange.grid import Cell, Sheet
from deputydesk.exchange.roster_birth import Habit, read_birth
from deputydesk.exchange.roster_headings import (
    field_below,
    field_of,
    looks_like_heading,
)
from deputydesk.exchange.roster_values import CLEANERS

_DEEPEST = 3
_MOST_BESIDE = 20
"""Columns without a heading, right of the table, that are still read."""
_LONGEST_GROUP = 8
_NO_GROUP = re.compile(r"[:：\d]")
_MOST_OF_TABLE = 0.8
_SEXES = frozenset({"男", "女"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block: what it is called, what it means, whether it is hidden."""

    index: int
    heading: str
    field: str | None
    hidden: bool = False
    below: str | None = None
    """What the second line of a person holds here, where two lines of headings stand one above
    the other for two lines of every person."""


@dataclass(frozen=True, slots=True)
class Block:
    """A table of persons: its header, its columns, the rows below it."""

    header: range
    columns: tuple[Column, ...]
    rows: range

    def column(self, field: str) -> Column | None:
        """The first column of this field."""
        return next((column for column in self.columns if column.field == field), None)


@dataclass(frozen=True, slots=True)
class _Header:
    rows: range
    columns: tuple[Column, ...]


def blocks_of(sheet: Sheet, given: Mapping[int, str]) -> list[Block]:
    """Every block of the sheet; `given` says what columns are, over what their headings say."""
    headers = [_corrected(header, given) for header in _headers(sheet)]
    if not headers and "name" in given.values():
        headers = [_Header(range(0), _given_columns(sheet, given))]
    ends = [header.rows.start for header in headers][1:] + [len(sheet.rows)] * bool(headers)
    return [
        Block(header.rows, columns, range(header.rows.stop, end))
        for header, end in zip(headers, ends, strict=True)
        for columns in _side_by_side(header.columns)
    ]


def _corrected(header: _Header, given: Mapping[int, str]) -> _Header:
    columns = tuple(
        replace(column, field=given[column.index] or None) if column.index in given else column
        for column in header.columns
    )
    known = {column.index for column in columns}
    extra = tuple(
        Column(index, "", field) for index, field in given.items() if field and index not in known
    )
    return _Header(header.rows, tuple(sorted((*columns, *extra), key=lambda column: column.index)))


def _given_columns(sheet: Sheet, given: Mapping[int, str]) -> tuple[Column, ...]:
    return tuple(
        Column(index, "", given.get(index) or None, index in sheet.hidden_columns)
        for index in range(sheet.width)
    )


def _headers(sheet: Sheet) -> Iterator[_Header]:
    row = 0
    while row < len(sheet.rows):
        rows = _header_at(sheet, row)
        if rows is None:
            row += 1
            continue
        yield _Header(rows, _columns(sheet, rows))
        row = rows.stop


def _header_at(sheet: Sheet, row: int) -> range | None:
    """The rows of the header whose names' heading stands in this row."""
    filled = _filled(sheet, row)
    known = {column: field for column, text in filled if (field := field_of(text))}
    names = [column for column, field in known.items() if field == "name"]
    if not names or is_form_row(sheet, row):
        return None
    bottom = _bottom(sheet, row, names[0])
    if len(known) < 2 and len(filled) > 1 and bottom == row:
        return None
    if len(filled) == 1 and not _whole_name_heading(filled[0][1]):
        return None
    top = row - 1 if _is_group_row(sheet, row - 1, bottom) else row
    return range(top, bottom + 1)


def _whole_name_heading(text: str) -> bool:
    return "姓名" in text.replace(" ", "")


def _filled(sheet: Sheet, row: int) -> list[tuple[int, str]]:
    if not 0 <= row < len(sheet.rows):
        return []
    texts = ((column, sheet.text(row, column)) for column in range(len(sheet.rows[row])))
    return [(column, text) for column, text in texts if text]


def _bottom(sheet: Sheet, row: int, name_column: int) -> int:
    """The last header row: as deep as the name's heading is merged, or as sub-headings follow."""
    merge = sheet.merge(row, name_column)
    bottom = min(merge.bottom, row + _DEEPEST) if merge else row
    while bottom < row + _DEEPEST and _is_subheading(sheet, bottom + 1, name_column):
        bottom += 1
    return bottom


def _is_subheading(sheet: Sheet, row: int, name_column: int) -> bool:
    filled = _filled(sheet, row)
    if not filled or sheet.text(row, name_column):
        return False
    if not all(looks_like_heading(text) for _, text in filled):
        return False
    both_sexes = {"男", "女"} <= {text for _, text in filled}
    known = [
        column
        for column, text in filled
        if field_below((sheet.text(row - 1, column),), text) or (both_sexes and text in _SEXES)
    ]
    values = any(text in _SEXES for _, text in filled) and not both_sexes
    return 2 * len(known) >= len(filled) and not values


def _is_group_row(sheet: Sheet, row: int, bottom: int) -> bool:
    filled = _filled(sheet, row)
    if not filled or any(len(t) > _LONGEST_GROUP or _NO_GROUP.search(t) for _, t in filled):
        return False
    width = len(_filled(sheet, bottom)) or 1
    merges = [sheet.merge(row, column) for column, _ in filled]
    spans = [merge.right - merge.left + 1 for merge in merges if merge and merge.right > merge.left]
    if not any(merges):
        return 1 < len(filled) < width
    return any(1 < span < _MOST_OF_TABLE * width for span in spans)


def _columns(sheet: Sheet, rows: range) -> tuple[Column, ...]:
    width = max(len(sheet.rows[row]) for row in rows)
    body = sheet.rows[rows.stop :]
    width = max([width, *(min(len(row), width + _MOST_BESIDE) for row in body)])
    stacked = _is_stacked(sheet, rows, width)
    found: list[Column] = []
    for index in range(width):
        parts = _parts(sheet, rows, index, own=stacked)
        below = None
        if stacked and len(parts) > 1:
            below = field_of(parts[-1])
            parts = parts[:1]
        field = field_below(tuple(parts[:-1]), parts[-1]) if parts else None
        heading = "".join(parts[-1:])
        found.append(Column(index, heading, field, index in sheet.hidden_columns, below))
    return tuple(found)


def _is_stacked(sheet: Sheet, rows: range, width: int) -> bool:
    """Whether two lines of headings each name fields of their own, for two lines of a person."""
    pairs = [_parts(sheet, rows, index, own=True) for index in range(width)]
    apart = [
        parts
        for parts in pairs
        if len(parts) == 2
        and not field_of("".join(parts))
        and field_of(parts[0])
        and field_of(parts[1])
        and field_of(parts[0]) != field_of(parts[1])
    ]
    return len(apart) >= 2


def _parts(sheet: Sheet, rows: range, index: int, *, own: bool) -> list[str]:
    """The headings above a column, the widest group first."""
    parts: list[str] = []
    for row in rows:
        text = sheet.text(row, index)
        merge = sheet.merge(row, index)
        if not text and merge and not own:
            text = sheet.text(merge.top, merge.left)
        if not text and not own and not merge and row < rows.stop - 1:
            text = _group_on_the_left(sheet, rows, row, index)
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return parts


def _group_on_the_left(sheet: Sheet, rows: range, row: int, index: int) -> str:
    """The group heading of a file without merged areas: it stands over its first column only."""
    if not sheet.text(rows.stop - 1, index):
        return ""
    for left in range(index - 1, -1, -1):
        text = sheet.text(row, left)
        if text:
            merge = sheet.merge(row, left)
            return text if sheet.text(rows.stop - 1, left) and not merge else ""
    return ""


def _side_by_side(columns: tuple[Column, ...]) -> list[tuple[Column, ...]]:
    """Cut the columns where the same headings begin again."""
    names = [place for place, column in enumerate(columns) if column.field == "name"]
    starts = [0]
    for first, second in pairwise(names):
        starts.append(_start_of_second(columns, first, second))
    ends = [*starts[1:], len(columns)]
    return [
        tuple(_one_column_a_field(columns[start:end]))
        for start, end in zip(starts, ends, strict=True)
    ]


def _start_of_second(columns: tuple[Column, ...], first: int, second: int) -> int:
    start = second
    while start - 1 > first and second - start < first:
        before, like = columns[start - 1], columns[first - (second - start) - 1]
        if before.heading != like.heading or not before.heading:
            break
        start -= 1
    return start


def _one_column_a_field(columns: tuple[Column, ...]) -> Iterator[Column]:
    """A hidden column that repeats a visible one is an old version of it: it means nothing."""
    seen = {column.field for column in columns if not column.hidden}
    for column in columns:
        yield replace(column, field=None) if column.hidden and column.field in seen else column


def is_form_row(sheet: Sheet, row: int) -> bool:
    """Whether values stand beside their labels in the row, as in a form for one person."""
    filled = _filled(sheet, row)
    for (_, label), (column, _) in pairwise(filled):
        field = field_of(label)
        if field and field not in {"serial", "name"} and _fits(field, sheet.cell(row, column)):
            return True
    return False


def _fits(field: str, cell: Cell) -> bool:
    if field == "birth":
        return read_birth(cell, Habit()).value is not None
    return field in {"sex", "ethnic", "phone", "id_no"} and CLEANERS[field](cell).value is not None
