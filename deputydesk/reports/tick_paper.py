"""What all papers that people tick have in common: corner marks, examples, rows over pages."""

from collections.abc import Sequence
from typing import TypeVar

from deputydesk.reports.layout import Layout
from deputydesk.reports.page import BLACK, Page

Row = TypeVar("Row")


def spread_over_pages(rows: Sequence[Row], most: int) -> list[tuple[Row, ...]]:
    """The rows of each page, spread evenly over as few pages as they need."""
    count = max(1, -(-len(rows) // most))
    share, more = divmod(len(rows), count)
    pages: list[tuple[Row, ...]] = []
    start = 0
    for number in range(count):
        end = start + share + (number < more)
        pages.append(tuple(rows[start:end]))
        start = end
    return pages


def corners(page: Page, layout: Layout) -> None:
    """Draws the marks by which the reader finds the page."""
    for mark in layout.marks:
        page.rect(mark.x, mark.y, mark.side, mark.side, fill=BLACK)
        if mark.cored:
            core = mark.side * 0.4
            at = (mark.side - core) / 2
            page.rect(mark.x + at, mark.y + at, core, core, fill="#FFFFFF")


def examples(page: Page, x: float, y: float) -> None:
    """Draws how to tick, how not to, and how to put a wrong tick right, in one line."""
    for label, draw in _EXAMPLES:
        x += page.text(x, y + 4.0, label, "Song", 9.5) + 1.5
        x = draw(page, x, y) + 7.0


def _small_box(page: Page, x: float, y: float) -> None:
    page.rect(x, y, 5, 5, stroke=BLACK, weight=0.7)


def _tick(page: Page, x: float, y: float) -> None:
    page.line(x + 0.8, y + 2.6, x + 2.1, y + 4.3, weight=1.3, color=BLACK)
    page.line(x + 2.1, y + 4.3, x + 5.2, y - 0.4, weight=1.3, color=BLACK)


def _right_way(page: Page, x: float, y: float) -> float:
    _small_box(page, x, y)
    _tick(page, x, y)
    return x + 5


def _wrong_way(page: Page, x: float, y: float) -> float:
    """A ring around the box, a tick beside it."""
    _small_box(page, x + 1, y)
    page.rect(x, y - 1, 7, 7, stroke=BLACK, weight=1, radius=3.4)
    _small_box(page, x + 12, y)
    _tick(page, x + 17, y)
    return x + 22


def _correction(page: Page, x: float, y: float) -> float:
    """The wrong box blackened, the right one ticked."""
    page.rect(x, y, 5, 5, fill=BLACK)
    _small_box(page, x + 8, y)
    _tick(page, x + 8, y)
    return x + 13


_EXAMPLES = (
    ("正确：", _right_way),
    ("不要画圈、不要画在框外：", _wrong_way),
    ("选错时涂黑再选：", _correction),
)
