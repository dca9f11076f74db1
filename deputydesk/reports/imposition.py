"""How pages come onto sheets: two on one A4, or one large page over several A4 at true scale."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from deputydesk.reports.page import A4, A4_WIDE, BLACK, GREY, MM, Page, Size

if TYPE_CHECKING:
    from deputydesk.reports.canvas import PaperCanvas

OVERLAP = 10.0
"""Mm that neighbouring tiles have in common, for the glue."""
_EDGE = 9.0  # mm around a tile that printers may leave out
_MARK = 5.0


@dataclass(frozen=True)
class Placed:
    """A page on a sheet: the corner of what is seen of it, in mm of the sheet and of the page."""

    page: Page
    left: float
    top: float
    scale: float = 1.0
    window: tuple[float, float, float, float] | None = None
    """What is seen of the page: left, top, width, height in its own mm; all of it if None."""


class Sheet(Page):
    """A sheet with pages on it; what is drawn on the sheet itself lies above them."""

    def __init__(self, size: Size, placed: tuple[Placed, ...]) -> None:
        super().__init__(size)
        self._placed = placed

    @override
    def play(self, canvas: "PaperCanvas") -> None:
        for one in self._placed:
            canvas.saveState()
            self._play_one(canvas, one)
            canvas.restoreState()
        super().play(canvas)

    def _play_one(self, canvas: "PaperCanvas", one: Placed) -> None:
        """Pages count from their lower left corner in PDF."""
        wide, high = one.page.size.width, one.page.size.height
        x, y, seen_wide, seen_high = one.window or (0.0, 0.0, wide, high)
        if one.window:
            path = canvas.beginPath()
            bottom = self.size.height - one.top - seen_high * one.scale
            path.rect(
                one.left * MM, bottom * MM, seen_wide * one.scale * MM, seen_high * one.scale * MM
            )
            canvas.clipPath(path, stroke=0, fill=0)
        left = one.left - x * one.scale
        bottom = self.size.height - (one.top - y * one.scale) - high * one.scale
        canvas.translate(left * MM, bottom * MM)
        if one.scale != 1:
            canvas.scale(one.scale, one.scale)
        one.page.play(canvas)


def two_up(first: Page, second: Page) -> Sheet:
    """Two pages on an A4 sheet, to be cut in the middle; pages larger than A5 become smaller."""
    wide, high = first.size.width, first.size.height
    upright = high >= wide
    size = A4_WIDE if upright else A4
    half = Size(size.width / 2, size.height) if upright else Size(size.width, size.height / 2)
    placed: list[Placed] = []
    for number, page in enumerate((first, second)):
        fitting = min(1.0, half.width / page.size.width, half.height / page.size.height)
        across = (half.width - page.size.width * fitting) / 2
        down = (half.height - page.size.height * fitting) / 2
        left = across + (number * half.width if upright else 0)
        top = down + (0 if upright else number * half.height)
        placed.append(Placed(page, left, top, fitting))
    sheet = Sheet(size, tuple(placed))
    if upright:
        for y in (0.0, size.height - _MARK):
            sheet.line(half.width, y, half.width, y + _MARK, weight=0.4, color=GREY)
    else:
        for x in (0.0, size.width - _MARK):
            sheet.line(x, half.height, x + _MARK, half.height, weight=0.4, color=GREY)
    return sheet


def tiles(page: Page) -> list[Page]:
    """A page larger than A4 over several A4 sheets at true scale, with marks where to cut."""
    if min(page.size.width, page.size.height) <= A4.width + 1:
        return [page]
    size = min((A4, A4_WIDE), key=lambda sheet: math.prod(_counts(page.size, sheet)))
    columns, rows = _counts(page.size, size)
    return [
        _tile(page, size, (column, row), (columns, rows))
        for row in range(rows)
        for column in range(columns)
    ]


def _counts(page: Size, sheet: Size) -> tuple[int, int]:
    """How many sheets go beside and below each other."""
    beside = (page.width - OVERLAP) / (sheet.width - 2 * _EDGE - OVERLAP)
    below = (page.height - OVERLAP) / (sheet.height - 2 * _EDGE - OVERLAP)
    return math.ceil(beside - 1e-9), math.ceil(below - 1e-9)


def _tile(page: Page, size: Size, at: tuple[int, int], counts: tuple[int, int]) -> Sheet:
    column, row = at
    columns, rows = counts
    wide = (page.size.width + (columns - 1) * OVERLAP) / columns
    high = (page.size.height + (rows - 1) * OVERLAP) / rows
    left, top = (size.width - wide) / 2, (size.height - high) / 2
    window = (column * (wide - OVERLAP), row * (high - OVERLAP), wide, high)
    sheet = Sheet(size, (Placed(page, left, top, window=window),))
    for x, y, across, down in _marks(left, top, wide, high):
        sheet.line(x, y, x + across, y + down, weight=0.4, color=BLACK)
    said = (
        f"第{row + 1}排第{column + 1}张，共{rows}排{columns}列；按原尺寸打印，"
        f"沿角线裁切，相邻两张重叠{OVERLAP:g}毫米粘贴"
    )
    sheet.text(left + 8, top - 1.2, said, "Song", 6.5, color=GREY)
    return sheet


def _marks(
    left: float, top: float, wide: float, high: float
) -> Iterator[tuple[float, float, float, float]]:
    """Short rules outside the corners: where the cut begins and ends."""
    gap, length = 1.0, 3.0
    for x in (left, left + wide):
        yield x, top - gap - length, 0, length
        yield x, top + high + gap, 0, length
    for y in (top, top + high):
        yield left - gap - length, y, length, 0
        yield left + wide + gap, y, length, 0
