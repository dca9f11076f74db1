"""What any table file looks like once it is read: sheets of cells, whatever program wrote it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice

Value = str | int | float | datetime | None

_TWO_DECIMALS = re.compile(r"^[#0,]*0\.00(_.*)?$")
_MOST_COVERED = 500_000
_FORMAT_LITERALS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, the number format that shows it, and whether it is struck out."""

    value: Value = None
    format: str = ""
    struck: bool = False


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area; all four borders belong to it, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def places(self) -> Iterator[tuple[int, int]]:
        """Every row and column of the area."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows and columns count from 0, people are told row + 1."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    """A filter is set: its hidden rows are rows of the list like the others."""
    typed: bool = True
    """False for CSV and HTML, where a number and the text of a number look the same."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell there; empty outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return EMPTY

    def text(self, row: int, column: int) -> str:
        """What a person sees in the cell."""
        return shown(self.cell(row, column))

    def merge(self, row: int, column: int) -> Merge | None:
        """The merged area that covers the place."""
        return self._covered.get((row, column))

    @cached_property
    def width(self) -> int:
        """Number of columns that hold anything."""
        return max((len(row) for row in self.rows), default=0)

    @cached_property
    def _covered(self) -> dict[tuple[int, int], Merge]:
        covered: dict[tuple[int, int], Merge] = {}
        for merge in self.merges:
            if len(covered) >= _MOST_COVERED:
                break
            inside = _clipped(merge, len(self.rows), self.width)
            covered.update((place, merge) for place in islice(inside.places(), _MOST_COVERED))
        return covered


@dataclass(frozen=True)
class Grid:
    """A whole file."""

    file: str
    sheets: tuple[Sheet, ...] = field(default=())


def _clipped(merge: Merge, rows: int, columns: int) -> Merge:
    """The part of the area inside the sheet: some files merge down to row 1,048,576."""
    return Merge(merge.top, merge.left, min(merge.bottom, rows - 1), min(merge.right, columns - 1))


def shown(cell: Cell) -> str:
    """What a person sees in the cell, with plain single spaces and without invisible characters."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and two_decimals(cell.format):
        return f"{value:.2f}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def plain(text: str) -> str:
    """The text with every kind of space as ' ' and without what nobody can see."""
    kept = (
        " " if character.isspace() or unicodedata.category(character) == "Zs" else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in {"Cf", "Cc"}
    )
    return " ".join("".join(kept).split())


def squeezed(text: str) -> str:
    """The text in half width without any space, for comparing."""
    return "".join(unicodedata.normalize("NFKC", plain(text)).split())


def two_decimals(number_format: str) -> bool:
    """Whether the number format shows two decimals, so that 1978.1 is seen as 1978.10."""
    return bool(_TWO_DECIMALS.match(number_format))


def shows_day(number_format: str) -> bool:
    """Whether a date format shows the day; one of month and year only hides an invented 1st."""
    pattern = _FORMAT_LITERALS.sub("", number_format).lower()
    return "d" in pattern or "m" not in pattern


def trimmed(rows: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows without the empty cells at their ends and without empty rows at the end."""
    kept = [_without_tail(row) for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _without_tail(row: list[Cell]) -> tuple[Cell, ...]:
    end = len(row)
    while end and row[end - 1].value in (None, ""):
        end -= 1
    return tuple(row[:end])
