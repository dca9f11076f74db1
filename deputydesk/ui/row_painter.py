"""Paints a list row by row: a row that is seen again is kept as a picture.

Qt would call the delegate for every cell; that costs more than the texts do. To make a picture of
what changes with the next letter costs a quarter more than to paint it where it stands.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtGui import QPainter, QPixmap

from deputydesk.ui import style
from deputydesk.ui.cells import Cell, colour, paint_row
from deputydesk.ui.columns import HasId

LEFT = 8
"""So many rows that were just left are kept as pictures, beside those in sight."""


class Lane(NamedTuple):
    """Where a column stands: its number, pixels from the left of the row, its width."""

    column: int
    left: int
    width: int


class RowPainter:
    """Paints the rows of a table.

    Args:
        row: gives the row at a place; its picture is shown again while it says the same.
        cells: gives what stands in some columns of a row.
    """

    def __init__(
        self,
        row: Callable[[int], HasId | None],
        cells: Callable[[int, Sequence[int]], Sequence[Cell]],
    ) -> None:
        self._row = row
        self._cells = cells
        self._lanes: tuple[Lane, ...] = ()
        self._high, self._wide, self._ratio, self._most = 0, 0, 1.0, LEFT
        self._look: tuple[object, ...] = ()
        self._kept: OrderedDict[tuple[object, ...], tuple[object, QPixmap | None]] = OrderedDict()

    def begin(self, lanes: tuple[Lane, ...], high: int, ratio: float, many: int) -> None:
        """Say how the rows are to look that are painted next: pictures of another look go.

        Args:
            lanes: the columns in sight, from the left.
            high: how high a row is.
            ratio: pixels of the screen to one of ours.
            many: how many rows have room.
        """
        self._most = many + LEFT
        look = (lanes, high, ratio, style.theme().name, style.scale())
        if look != self._look:
            self._look = look
            self._kept.clear()
        self._lanes, self._high, self._ratio = lanes, high, ratio
        self._wide = lanes[-1].left + lanes[-1].width if lanes else 0

    def paint(self, painter: QPainter, number: int, x: int, y: int, *, is_marked: bool) -> None:
        """Paint a row.

        Args:
            painter: on the table.
            number: its place in the list.
            x: its left edge.
            y: its upper edge.
            is_marked: whether it is marked.
        """
        row = self._row(number)
        key = (row.id if row else "", number % 2, is_marked)
        kept = self._kept.get(key)
        if kept is None or kept[0] != row:
            # It may never be seen again: only what is seen twice is worth a picture.
            self._draw(painter, x, y, number, is_marked=is_marked)
            self._kept[key] = (row, None)
            if len(self._kept) > 2 * self._most:
                self._kept.popitem(last=False)
            return
        picture = kept[1]
        if picture is None:
            picture = self._sheet()
            onto = QPainter(picture)
            self._draw(onto, 0, 0, number, is_marked=is_marked)
            onto.end()
            self._kept[key] = (row, picture)
        self._kept.move_to_end(key)
        painter.drawPixmap(x, y, picture)

    def forget(self) -> None:
        """The look changed: paint all anew."""
        self._kept.clear()

    def _sheet(self) -> QPixmap:
        """A picture to draw on: what was not seen for longest, since new memory costs a fifth.

        More are not kept: the processor still has at hand what was in sight a moment ago.
        """
        while len(self._kept) > self._most:
            freed = self._kept.popitem(last=False)[1][1]
            if freed:
                return freed
        size = round(self._wide * self._ratio), round(self._high * self._ratio)
        picture = QPixmap(*size)
        picture.setDevicePixelRatio(self._ratio)
        return picture

    def _draw(self, painter: QPainter, x: int, y: int, number: int, *, is_marked: bool) -> None:
        c, wide, high = style.theme(), self._wide, self._high
        ground = c.sel if is_marked else c.alt if number % 2 else c.surface
        painter.fillRect(x, y, wide, high - 1, colour(ground))
        painter.fillRect(x, y + high - 1, wide, 1, colour(c.line2))
        if is_marked:
            painter.fillRect(x, y, 3, high, colour(c.accent))
        cells = self._cells(number, [lane.column for lane in self._lanes])
        placed = [(x + a.left, a.width, cell) for a, cell in zip(self._lanes, cells, strict=True)]
        paint_row(painter, y, high, placed)
