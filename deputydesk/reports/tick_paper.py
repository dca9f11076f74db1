"""What all papers that people tick have in common: corner marks, examples, rows over pages."""

import secrets
from base64 import b32encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from deputydesk.progress import Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import document
from deputydesk.reports.layout import Box, Layout, Mark, corner_marks, grid
from deputydesk.reports.page import A4, BLACK, GREY, Page

Row = TypeVar("Row")
_THIN, _STRONG, _SHADE = "#9A9A9A", "#555555", "#EFEFEF"
_LAST_LINE = 272.0
_FIRST = 51.0
"""Mm to the first box of a row of a paper about one record."""
_BESIDE: Mapping[int, tuple[float, ...]] = {
    2: (0, 96),
    3: (0, 46, 92),
    4: (0, 29, 63, 103),
    5: (0, 27, 54, 81, 108),
}
"""Mm from that box to each, by how many there are: as wide as their words need."""


@dataclass(frozen=True)
class Place:
    """Where a table of boxes stands: its top, the height of its head and of each row, in mm."""

    top: float
    head: float
    pitch: float


@dataclass(frozen=True)
class Print:
    """How large a paper is printed: as usual, or large for who sees little.

    Args:
        variant: what the layout's version ends with.
        rows: on a page.
        pitch: mm from row to row.
        side: mm of a box.
        words: how many times as large as usual the words of a row are.
    """

    variant: str
    rows: int
    pitch: float
    side: float
    words: float = 1.0


def ballot_layout(
    version: str,
    size: Print,
    place: Place,
    *,
    options: int,
    column: float,
    right: float,
    code: tuple[float, float, float],
) -> Layout:
    """Where the boxes of a ballot stand: rows below the head, columns up to the right edge.

    Args:
        version: of the usual print.
        size: how large it is printed.
        place: where its table stands.
        options: columns of boxes.
        column: how wide each is, in mm.
        right: where the last one ends, in mm.
        code: the QR code.
    """
    return Layout(
        version=f"{version}{size.variant}",
        size=A4,
        marks=corner_marks(A4),
        code=code,
        boxes=grid(
            rows=size.rows,
            options=options,
            left=right - column * options,
            top=place.top + place.head,
            column=column,
            pitch=size.pitch,
            side=size.side,
        ),
    )


def record_layout(version: str, size: Print, top: float, options: Sequence[int]) -> Layout:
    """Where the boxes of a paper about one record stand.

    Args:
        version: of the usual print.
        size: how large it is printed.
        top: of the first question's row, in mm.
        options: of each question, how many boxes it has.
    """
    first = top + (size.pitch - size.side) / 2
    return Layout(
        version=f"{version}{size.variant}",
        size=A4,
        marks=corner_marks(A4),
        code=(169.0, 15.0, 20.0),
        boxes=tuple(
            Box(row, option, _FIRST + beside, first + size.pitch * row, size.side)
            for row, count in enumerate(options)
            for option, beside in enumerate(_BESIDE[count])
        ),
        per_record=True,
    )


def run_code(record_id: str, ballot: object, *, large: bool = False) -> str:
    """The code of a run: the same whenever the same is printed, another when anything differs."""
    variant = "L" if large else ""
    digest = sha256(f"{record_id}{variant}|{ballot!r}".encode()).digest()
    return b32encode(digest[:5]).decode("ascii")


def sheet_number() -> str:
    """Five letters or digits by chance, for one sheet of papers that are not secret.

    By it the same sheet scanned twice is told from two sheets that were ticked alike. Nobody keeps
    who was given which.
    """
    return b32encode(secrets.token_bytes(4)).decode("ascii")[:5]


def code_text(version: str, run: str, number: tuple[int, int], sheet: str = "") -> str:
    """What the QR code of a page says: the form with its layout, the run, the page, the sheet."""
    said = f"DD1:{version}:{run}:{number[0]}/{number[1]}"
    return f"{said}:{sheet}" if sheet else said


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


def write_ballots(
    rows: Sequence[Row],
    draw: Callable[[tuple[Row, ...], tuple[int, int], int], Page],
    to: Path,
    *,
    most: int,
    title: str,
    subject: str,
    office: OfficeHead,
    printed_on: date,
    progress: Progress,
    copies: int,
) -> int:
    """Writes a ballot `copies` times over, drawn once: one copy is like another.

    Args:
        rows: what is ticked, in the order of their places.
        draw: draws a page from its rows, its number and how many there are, and its first place.
        to: the file.
        most: rows on a page.
        title: of the file.
        subject: what the ballot is.
        office: who prints.
        printed_on: the day.
        progress: told of each copy.
        copies: how many.

    Returns:
        The number of pages.
    """
    sheets = spread_over_pages(rows, most)
    firsts = accumulate((len(sheet) for sheet in sheets), initial=1)
    drawn = [
        draw(sheet, (number, len(sheets)), first)
        for number, (sheet, first) in enumerate(zip(sheets, firsts, strict=False), start=1)
    ]
    with document(to, title=title, subject=subject, office=office, printed_on=printed_on) as making:
        for copy in range(copies):
            progress.step(copy, copies, subject)
            for page in drawn:
                making.add_page(page)
        return making.pages


def corners(page: Page, layout: Layout) -> None:
    """Draws the marks by which the reader finds the page."""
    marks(page, layout.marks)


def marks(page: Page, placed: Iterable[Mark]) -> None:
    """Draws such marks."""
    for mark in placed:
        page.rect(mark.x, mark.y, mark.side, mark.side, fill=BLACK)
        if mark.cored:
            core = mark.side * 0.4
            at = (mark.side - core) / 2
            page.rect(mark.x + at, mark.y + at, core, core, fill="#FFFFFF")


def frame(
    page: Page, edges: Sequence[float], heads: Sequence[tuple[str, float]], rows: int, place: Place
) -> float:
    """Draws the rules and the shaded head of a table of boxes; returns where it ends.

    heads: the words of each column and their size.
    """
    left, right, bottom = edges[0], edges[-1], place.top + place.head + rows * place.pitch
    page.rect(left, place.top, right - left, place.head, fill=_SHADE)
    for (words, size), start, end in zip(heads, edges, edges[1:], strict=False):
        box = (start + 0.6, place.top, end - start - 1.2, place.head)
        page.fit_box(box, words, "Hei", size, color=BLACK)
    for number in range(1, rows):
        y = place.top + place.head + number * place.pitch
        fifth = number % 5 == 0  # leads the eye along the rows
        weight, color = (0.8, _STRONG) if fifth else (0.4, _THIN)
        page.line(left, y, right, y, weight=weight, color=color)
    for x in edges[1:-1]:
        page.line(x, place.top, x, bottom, weight=0.4, color=_THIN)
    below = place.top + place.head
    page.line(left, below, right, below, weight=0.8, color=BLACK)
    page.rect(left, place.top, right - left, bottom - place.top, stroke=BLACK, weight=1.2)
    return bottom


def boxes(page: Page, layout: Layout, row: int) -> None:
    """Draws the boxes of one row where the layout has them."""
    for box in layout.row(row):
        page.rect(box.x, box.y, box.side, box.side, stroke=BLACK, weight=0.9)


def short(text: str, most: int) -> str:
    """What fits into a row and can still be read; the whole of it is in the meeting's papers."""
    flat = " ".join(fonts.clean(text).split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def foot(page: Page, y: float, run: str, number: tuple[int, int], version: str, organ: str) -> None:
    """Form, page and layout, the same on every paper of a run: nothing tells one from another."""
    said = f"表号 {run}　　第 {number[0]} 页 共 {number[1]} 页　　版式 {version}　　{organ}印制"
    page.fit(105, y, said, 160, "Song", 8.5, align="center", color=GREY)


def opinion_lines(page: Page, y: float, left: float, right: float) -> None:
    """Room to write an opinion, and to seal the paper, down to the foot."""
    start = left + page.text(left, y, "意见建议：", "Hei", 10.5)
    while y < _LAST_LINE:
        page.line(start, y + 1, right - 36, y + 1, weight=0.4, color=_STRONG)
        start, y = left, y + 9
    sealed = min(y, _LAST_LINE - 2) - 2
    page.text(right - 16, sealed, "（盖章）", "Song", 9.5, align="center", color=GREY)


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
