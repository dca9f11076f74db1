"""Where the marks and boxes of a form stand, in mm: the printer draws them, the reader reads them.

A layout never changes once paper has been printed from it: another arrangement is another version.
"""

from dataclasses import dataclass

from deputydesk.reports.page import A4, Size


@dataclass(frozen=True)
class Box:
    """A place to tick: row and option counted from 0, top-left corner and side in mm."""

    row: int
    option: int
    x: float
    y: float
    side: float


@dataclass(frozen=True)
class Mark:
    """A black square by which a page is found: top-left corner and side in mm."""

    x: float
    y: float
    side: float
    cored: bool = False
    """Has a white core: the top-right one, which tells which way up the page lies."""


@dataclass(frozen=True)
class Layout:
    """The fixed geometry of a form's page; a page with fewer rows uses the first ones."""

    version: str
    size: Size
    marks: tuple[Mark, ...]
    code: tuple[float, float, float]
    """The QR code: x, y, side."""
    boxes: tuple[Box, ...]
    per_record: bool = False
    """The code names the paper's record, not a run of papers that are the same."""

    @property
    def rows(self) -> int:
        """The most rows that a page has."""
        return max(box.row for box in self.boxes) + 1

    @property
    def options(self) -> int:
        """How many boxes a row has."""
        return max(box.option for box in self.boxes) + 1

    def row(self, number: int) -> tuple[Box, ...]:
        """The boxes of one row, from left to right."""
        return tuple(box for box in self.boxes if box.row == number)


def corner_marks(size: Size = A4, *, inset: float = 10, side: float = 6) -> tuple[Mark, ...]:
    """Four squares, the top-right one cored; printers leave out the outer 4 mm of a page."""
    right, bottom = size.width - inset - side, size.height - inset - side
    return (
        Mark(inset, inset, side),
        Mark(right, inset, side, cored=True),
        Mark(inset, bottom, side),
        Mark(right, bottom, side),
    )


def grid(
    *, rows: int, options: int, left: float, top: float, column: float, pitch: float, side: float
) -> tuple[Box, ...]:
    """Boxes in the middle of cells of `column` × `pitch` mm; left and top are the grid's corner."""
    return tuple(
        Box(
            row,
            option,
            round(left + column * (option + 0.5) - side / 2, 3),
            round(top + pitch * (row + 0.5) - side / 2, 3),
            side,
        )
        for row in range(rows)
        for option in range(options)
    )
