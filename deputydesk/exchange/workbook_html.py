"""Reads HTML tables: what many systems hand out under the name .xls."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override

from deputydesk.exchange.grid import Cell, Merge, Sheet, trimmed

_WIDEST = 500
_STRIKE_TAGS = frozenset({"s", "strike", "del"})
_SILENT_TAGS = frozenset({"style", "script"})
_MOST_TAKEN = 1_000_000
_EMPTY_TAGS = frozenset({"br", "col", "img", "meta", "link", "input", "hr", "wbr"})
_CLASS_RULE = re.compile(r"\.([\w-]+)[^{}]*\{([^}]*)\}")
_STRUCK = re.compile(r"text-decoration[^;}]*line-through")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*(hidden|collapse)")
_SHEET_NAME = re.compile(r"<x:Name>([^<]*)</x:Name>")

Attributes = list[tuple[str, str | None]]


def sheets(text: str) -> list[Sheet]:
    """Each table of the page as a sheet."""
    reader = _Reader(dict(_CLASS_RULE.findall(text)))
    reader.feed(text)
    reader.close()
    tables = [table for table in reader.done if any(table.rows)]
    names = _SHEET_NAME.findall(text)
    if len(names) != len(tables):
        names = [f"表格{number}" for number in range(1, len(tables) + 1)]
    return [_sheet(name, table) for name, table in zip(names, tables, strict=True)]


def _sheet(name: str, table: "_Table") -> Sheet:
    return Sheet(
        name=name,
        rows=trimmed(table.rows),
        merges=tuple(table.merges),
        hidden_rows=frozenset(table.hidden_rows),
        hidden_columns=frozenset(table.hidden_columns),
        typed=False,
    )


@dataclass
class _Table:
    rows: list[list[Cell]] = field(default_factory=list[list[Cell]])
    merges: list[Merge] = field(default_factory=list[Merge])
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    columns: int = 0
    taken: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    text: list[tuple[str, bool]] = field(default_factory=list[tuple[str, bool]])
    open: tuple[int, int, bool] | None = None
    """Rows and columns of the cell being read, and whether its style strikes it out."""

    def put(self) -> None:
        """End the cell being read."""
        if self.open is None:
            return
        height, width, struck = self.open
        self.open = None
        row, column = len(self.rows) - 1, 0
        while (row, column) in self.taken:
            column += 1
        line = self.rows[row]
        line.extend([Cell()] * (column + 1 - len(line)))
        line[column] = _cell(self.text, struck=struck)
        self.text = []
        if height > 1 or width > 1:
            self.merges.append(Merge(row, column, row + height - 1, column + width - 1))
        if len(self.taken) < _MOST_TAKEN:
            self.taken |= {(row + i, column + j) for i in range(height) for j in range(width)}


def _cell(runs: list[tuple[str, bool]], *, struck: bool) -> Cell:
    whole = _tidy("".join(text for text, _ in runs))
    kept = _tidy("".join(text for text, out in runs if not out))
    if kept:
        return Cell(kept, struck=struck)
    return Cell(whole or None, struck=struck or bool(whole))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split(" ")).strip(" \t\r\n") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    """Collects tables; forgives cells and rows that were never closed."""

    def __init__(self, classes: dict[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Table] = []
        self._classes = classes
        self._open: list[_Table] = []
        self._strikes: list[str] = []
        self._silent: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        style = self._style(attrs)
        if tag in _SILENT_TAGS:
            self._silent.append(tag)
        elif tag == "table":
            self._open.append(_Table())
            self.done.append(self._open[-1])
        elif self._open:
            self._inside(tag, style, dict(attrs))

    def _inside(self, tag: str, style: str, attributes: dict[str, str | None]) -> None:
        table = self._open[-1]
        if tag == "col":
            width = _number(attributes.get("span"))
            if _HIDDEN.search(style):
                table.hidden_columns |= set(range(table.columns, table.columns + width))
            table.columns += width
        elif tag == "tr":
            self._row(table, style)
        elif tag in {"td", "th"}:
            self._start_cell(table, style, attributes)
        elif tag in {"br", "p", "div"}:
            table.text.append(("\n", bool(self._strikes)))
        elif tag not in _EMPTY_TAGS and (tag in _STRIKE_TAGS or _STRUCK.search(style)):
            self._strikes.append(tag)

    def _row(self, table: _Table, style: str) -> None:
        table.put()
        self._strikes.clear()
        table.rows.append([])
        if _HIDDEN.search(style):
            table.hidden_rows.add(len(table.rows) - 1)

    def _start_cell(self, table: _Table, style: str, attributes: dict[str, str | None]) -> None:
        table.put()
        self._strikes.clear()
        if not table.rows:
            table.rows.append([])
        table.text = []
        table.open = (
            _number(attributes.get("rowspan")),
            _number(attributes.get("colspan")),
            bool(_STRUCK.search(style)),
        )

    @override
    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        elif self._strikes and self._strikes[-1] == tag:
            self._strikes.pop()
        elif tag in {"td", "th", "tr"} and self._open:
            self._open[-1].put()
        elif tag == "table" and self._open:
            self._open.pop().put()

    @override
    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].open is not None and not self._silent:
            joined = data.replace("\r", " ").replace("\n", " ")
            self._open[-1].text.append((joined, bool(self._strikes)))

    @override
    def close(self) -> None:
        super().close()
        while self._open:
            self._open.pop().put()

    def _style(self, attrs: Attributes) -> str:
        given = dict(attrs)
        named = " ".join(self._classes.get(name, "") for name in (given.get("class") or "").split())
        return f"{named};{given.get('style') or ''}".lower()


def _number(text: str | None) -> int:
    digits = (text or "").strip()
    return min(max(int(digits), 1), _WIDEST) if digits.isdecimal() else 1
