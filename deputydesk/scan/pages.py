"""The pages in the files that a scanner or a phone made, one after another, each as greys."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from deputydesk.scan.arrays import Grey
from deputydesk.scan.reasons import Refusal

LARGEST = 2 * 1024**3
"""Bytes of a file."""
MOST_PAGES = 10_000
PIXELS = 40_000_000
"""Of a page, A4 at 600 dpi has 35 million; a larger picture would fill the memory."""
_PHOTO = 4 * PIXELS  # a photo of more pixels is read at half its size
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP")
_DPI = 200  # at which a page is drawn that is no single picture
_TURNED = (5, 6, 7, 8)


@dataclass(frozen=True)
class Sheet:
    """A page of a file, counted from 1: its picture, or why there is none."""

    number: int
    picture: Grey | None
    refusal: Refusal | None = None


def count(file: Path) -> int | Refusal:
    """How many pages a file has, or why it cannot be read at all."""
    try:
        if file.stat().st_size > LARGEST:
            return Refusal.FILE_TOO_LARGE
        with file.open("rb") as opened:
            is_pdf = b"%PDF-" in opened.read(1024)
        pages = _pdf_count(file) if is_pdf else _picture_count(file)
    except OSError:
        return Refusal.FILE_GONE
    if isinstance(pages, int) and pages > MOST_PAGES:
        return Refusal.TOO_MANY_PAGES
    return pages


def sheets(file: Path, first: int = 1, last: int | None = None) -> Iterator[Sheet]:
    """The pages of a file, as many as are asked for; a file that cannot be read is one page."""
    pages = count(file)
    if isinstance(pages, Refusal):
        yield Sheet(first, None, pages)
        return
    wanted = range(first, min(last or pages, pages) + 1)
    try:
        with file.open("rb") as opened:
            is_pdf = b"%PDF-" in opened.read(1024)
        yield from (_of_pdf if is_pdf else _of_picture)(file, wanted)
    except OSError:
        yield Sheet(first, None, Refusal.FILE_GONE)


def _pdf_count(file: Path) -> int | Refusal:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(file) as document:
            return len(document) or Refusal.FILE_DAMAGED
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            return Refusal.FILE_LOCKED
        return Refusal.FILE_DAMAGED


def _picture_count(file: Path) -> int | Refusal:
    try:
        with Image.open(file, formats=_FORMATS) as picture:
            return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
    except UnidentifiedImageError:
        return Refusal.FILE_UNKNOWN
    except Image.DecompressionBombError:
        return 1  # said when the page is read
    except (SyntaxError, ValueError, OSError, EOFError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        return Refusal.FILE_DAMAGED


def _of_pdf(file: Path, wanted: range) -> Iterator[Sheet]:
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        for number in wanted:
            try:
                with closing(document[number - 1]) as page:
                    found = _on_page(page)
            except pypdfium2.PdfiumError:
                found = Refusal.PAGE_DAMAGED
            yield _sheet(number, found)


def _sheet(number: int, found: Grey | Refusal) -> Sheet:
    if isinstance(found, Refusal):
        return Sheet(number, None, found)
    return Sheet(number, found)


def scanned_image(page: Any) -> Any:  # Any: pypdfium2 has no types
    """The one picture of which a page of a PDF consists; None if it is more, or less, than that."""
    from pypdfium2 import raw

    width, height = page.get_size()
    images = list(page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))
    if len(images) != 1:
        return None
    left, bottom, right, top = images[0].get_bounds()
    return images[0] if (right - left) * (top - bottom) > 0.6 * width * height else None


def _on_page(page: Any) -> Grey | Refusal:  # Any: pypdfium2 has no types
    """The picture that is the page, as it was scanned; a page of more than that is drawn."""
    from pypdfium2 import raw

    image = scanned_image(page)
    if image is not None:
        across, down = image.get_px_size()
        if across * down > PIXELS:
            return Refusal.PICTURE_TOO_LARGE
        flipped = image.get_matrix()
        grey = np.asarray(image.get_bitmap().to_pil().convert("L"))
        mirrored = flipped.a * flipped.d - flipped.b * flipped.c < 0
        return np.ascontiguousarray(grey[::-1]) if mirrored else grey
    width, height = page.get_size()
    images = page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    if any(across * down > PIXELS for across, down in (i.get_px_size() for i in images)):
        return Refusal.PICTURE_TOO_LARGE
    scale = _DPI / 72
    if width * height * scale**2 > PIXELS:
        return Refusal.PICTURE_TOO_LARGE
    return drawn(page, scale)


def drawn(page: Any, scale: float) -> Grey:  # Any: pypdfium2 has no types
    """A page of a PDF, drawn with so many pixels per point."""
    made = page.render(scale=scale, grayscale=True).to_numpy()
    return made.reshape(made.shape[:2]).copy()


def _of_picture(file: Path, wanted: range) -> Iterator[Sheet]:
    try:
        with Image.open(file, formats=_FORMATS) as picture:
            for number in wanted:
                yield _sheet(number, _frame(picture, number))
    except Image.DecompressionBombError:
        yield Sheet(1, None, Refusal.PICTURE_TOO_LARGE)


def _frame(picture: Image.Image, number: int) -> Grey | Refusal:
    """One picture of a file, turned as the camera was held."""
    try:
        picture.seek(number - 1)
        pixels = picture.width * picture.height
        if pixels > (_PHOTO if picture.format in {"JPEG", "MPO"} else PIXELS):
            return Refusal.PICTURE_TOO_LARGE
        if pixels > PIXELS:
            picture.draft("L", (picture.width // 2, picture.height // 2))
        return _greys(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError:
        return Refusal.PICTURE_TOO_LARGE
    except (SyntaxError, ValueError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the file is gone
        return Refusal.PAGE_DAMAGED


def _greys(picture: Image.Image) -> Grey:
    if picture.mode.startswith("I"):  # 16 bits
        return (np.asarray(picture).astype(np.int64) >> 8).clip(0, 255).astype(np.uint8)
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    return np.asarray(picture.convert("L"))
