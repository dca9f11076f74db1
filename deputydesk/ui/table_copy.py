"""What is marked in a list, for the clipboard and for the status bar."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Generic

from PySide6.QtCore import QMimeData

from deputydesk.ui.columns import Column, Row

if TYPE_CHECKING:
    from decimal import Decimal

NO_SUM = ("号", "率", "年", "次序", "名次", "排名")
"""Headings of numbers that are not added end so."""


def table_of(rows: Iterable[Row], columns: Sequence[Column[Row]]) -> QMimeData:
    """Rows with headings: as text for Excel, as a table for Word and WPS."""
    lines = [[column.title.replace("\n", "") for column in columns]]
    lines += [[_flat(column.text(row)) for column in columns] for row in rows]
    made = QMimeData()
    made.setText("\n".join("\t".join(line) for line in lines))
    cells = [_line(line, "th" if n == 0 else "td", columns) for n, line in enumerate(lines)]
    made.setHtml(f'<meta charset="utf-8"><table border="1">{"".join(cells)}</table>')
    return made


class Sums(Generic[Row]):
    """How many rows there are, and what their columns of numbers come to.

    Only columns in which all that is written are numbers are added.

    Args:
        columns: those in sight.
    """

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        self._count = 0
        self._columns = {
            title: column
            for column in columns
            if (title := column.title.replace("\n", "")) and not title.endswith(NO_SUM)
            if column.right and column.sort
        }
        self._totals: dict[str, Decimal] = {}

    def add(self, rows: Sequence[Row]) -> None:
        """Take these in."""
        from decimal import Decimal, InvalidOperation  # when first needed, not at the start

        self._count += len(rows)
        for title, column in list(self._columns.items()):
            for text in (column.text(row) for row in rows):
                if text in {"", "—"}:
                    continue
                try:
                    number = Decimal(text.replace(",", ""))
                except InvalidOperation:
                    del self._columns[title]
                    break
                self._totals[title] = self._totals.get(title, Decimal(0)) + number

    @property
    def text(self) -> str:
        """In words: 已选 3 条，金额合计 1,200.50."""
        totals = [
            f"{title.replace('（元）', '')}合计 {self._totals[title]:,}"
            for title in self._columns
            if title in self._totals
        ]
        return "，".join([f"已选 {self._count} 条", *totals])


def _line(texts: Sequence[str], tag: str, columns: Sequence[Column[Row]]) -> str:
    from html import escape

    sides = (' align="right"' if column.right else "" for column in columns)
    cells = (
        f"<{tag}{side}>{escape(text)}</{tag}>" for text, side in zip(texts, sides, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _flat(text: str) -> str:
    return text.replace("\t", " ").replace("\r", "").replace("\n", " ")
