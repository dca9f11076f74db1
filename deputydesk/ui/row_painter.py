"""Paints a list row by row: a row that was painted is kept as a picture, and shown again so.

Qt would call the delegate for every cell; that costs more than the texts do.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from deputydesk.ui import style
from deputydesk.ui.cells import Cell, colour, paint_row
from deputydesk.ui.columns import HasId

KEPT = 64
"""Rows kept as pictures: a large screen of them, and some that were just left."""


class Lane(NamedTuple):
    """Where a column stands: its number, pixels from the left of the row, its width."""

    column: int
    left: int
    width: int


class RowPainter:
    """Paints the rows of a table.

    Args:
        row: gives the row at a place; its picture is shown again while it says the same.
        cell: gives what stands in a row and a column.
    """

    def __init__(
        self, row: Callable[[int], HasId | None], cell: Callable[[int, int], Cell]
    ) -> None:
        self._row = row
        self._cell = cell
        self._kept: OrderedDict[tuple[object, ...], tuple[object, QPixmap]] = OrderedDict()

    def paint(
        self,
        painter: QPainter,
        number: int,
        at: QRect,
        lanes: tuple[Lane, ...],
        *,
        is_marked: bool,
    ) -> None:
        """Paint a row.

        Args:
            painter: on the table.
            number: its place in the list.
            at: where it stands, the lanes' left edge included.
            lanes: the columns in sight, from the left.
            is_marked: whether it is marked.
        """
        ratio = painter.device().devicePixelRatioF()
        row = self._row(number)
        key = (
            *(row.id if row else "", number % 2, is_marked, at.height(), ratio),
            *(style.theme().name, style.scale(), lanes),
        )
        kept = self._kept.get(key)
        if kept is None or kept[0] != row:
            made = self._picture(number, at, lanes, ratio, is_marked=is_marked)
            kept = self._kept[key] = (row, made)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        painter.drawPixmap(at.topLeft(), kept[1])

    def forget(self) -> None:
        """The look changed: paint all anew."""
        self._kept.clear()

    def _picture(
        self, number: int, at: QRect, lanes: tuple[Lane, ...], ratio: float, *, is_marked: bool
    ) -> QPixmap:
        c = style.theme()
        picture = QPixmap(round(at.width() * ratio), round(at.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(colour(c.sel if is_marked else c.alt if number % 2 else c.surface))
        painter = QPainter(picture)
        painter.fillRect(0, at.height() - 1, at.width(), 1, colour(c.line2))
        if is_marked:
            painter.fillRect(0, 0, 3, at.height(), colour(c.accent))
        cells = ((left, width, self._cell(number, n)) for n, left, width in lanes)
        paint_row(painter, at.height(), cells)
        painter.end()
        return picture
