"""Judges large pages that were cut into A4 sheets: put together they are the page again.

Letters are cut by the edges of sheets, so these are not judged as pages are. The page itself is,
where it was not cut; here each sheet's part is held against the same part of the page's picture.
"""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from deputydesk.reports.imposition import OVERLAP

DOTS = 8
"""To a mm; averaged over a mm before they are compared, since sheets begin between dots."""
_MM = 72 / 25.4
_MOST = 80  # of 255: what a shift by a dot makes of the edge of black


def tile_faults(whole: Path, tiles: Path) -> list[str]:
    """Where the sheets do not show what the pages show, or do not overlap."""
    sheets, found = _pictures(tiles), list[str]()
    for number, page in enumerate(_pictures(whole), start=1):
        for place, (sheet, part) in enumerate(_parts(page, sheets), start=1):
            worst = _difference(sheet, part)
            if worst > _MOST:
                found.append(f"page {number}: sheet {place} differs by {worst}")
    left = len(list(sheets))
    return [*found, f"{left} sheets too many"] if left else found


def _pictures(path: Path) -> Iterator[Image.Image]:
    scale: Any = DOTS / _MM  # Any: told as a whole number
    with pypdfium2.PdfDocument(path) as file:
        for page in file:
            rendered: Any = page.render(scale=scale)  # Any: told without its picture
            yield rendered.to_pil().convert("L")


def _parts(
    page: Image.Image, sheets: Iterator[Image.Image]
) -> Iterator[tuple[Image.Image, Image.Image]]:
    """Each sheet without its margins, and the part of the page that it should show."""
    wide, high = page.width / DOTS, page.height / DOTS
    first = next(sheets)
    columns, rows = (
        math.ceil((size - OVERLAP) / (sheet - 18 - OVERLAP) - 1e-3)  # 9 mm free on each side
        for size, sheet in ((wide, first.width / DOTS), (high, first.height / DOTS))
    )
    across, down = (wide + (columns - 1) * OVERLAP) / columns, (high + (rows - 1) * OVERLAP) / rows
    for number in range(columns * rows):
        sheet = next(sheets) if number else first
        left, top = (sheet.width / DOTS - across) / 2, (sheet.height / DOTS - down) / 2
        row, column = divmod(number, columns)
        x, y = column * (across - OVERLAP), row * (down - OVERLAP)
        yield _cut(sheet, left, top, across, down), _cut(page, x, y, across, down)


def _cut(picture: Image.Image, x: float, y: float, wide: float, high: float) -> Image.Image:
    """A part in mm, without its outermost mm, where a dot is half outside."""
    box = tuple(round(mm * DOTS) for mm in (x + 1, y + 1, x + wide - 1, y + high - 1))
    left, top, right, bottom = box
    return picture.crop((left, top, right, bottom))


def _difference(one: Image.Image, other: Image.Image) -> int:
    """The greatest difference of grey between two pictures, over squares of a mm."""
    size = (one.width // DOTS, one.height // DOTS)
    small = [picture.resize(size, Image.Resampling.BOX) for picture in (one, other)]
    return int(ImageChops.difference(*small).getextrema()[1])  # pyright: ignore[reportArgumentType]
