"""The pages in the files that a scanner or a phone made, one after another, each as greys."""

import io
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from deputydesk.scan.arrays import Grey
from deputydesk.scan.reasons import Refusal
from deputydesk.scan.source import Source

LARGEST = 2 * 1024**3
"""Bytes of a file."""
MOST_PAGES = 10_000
PIXELS = 40_000_000
"""Of a page, A4 at 600 dpi has 35 million; a larger picture would fill the memory."""
LARGEST_PAGE = 4 * PIXELS
"""Bytes of one page as it lies in its file: colours not packed at all are three to a pixel."""
_PHOTO = 4 * PIXELS  # a photo of more pixels is read at half its size
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP")
_PHOTOS = {"JPEG", "MPO"}  # the second is a JPEG with another behind it
_ALONE = (b"\xff\xd8", b"\x89PNG", b"BM")  # a file of these is one page
_JPEG, _CODED = ["DCTDecode"], {"DCTDecode", "JPXDecode"}  # say themselves how large they are
_DAMAGE = (SyntaxError, TypeError, LookupError, ValueError, EOFError, OSError, struct.error)
"""What Pillow raises where a file is not what it says."""
_DPI = 200  # at which a page is drawn that is no single picture
_TURNED = (5, 6, 7, 8)


@dataclass(frozen=True)
class Sheet:
    """A page of a file, counted from 1: its picture, or why there is none.

    Args:
        number: which page it is.
        picture: its greys.
        refusal: why it has none.
        own: the very JPEG that it is, if it is one.
    """

    number: int
    picture: Grey | None
    refusal: Refusal | None = None
    own: bytes | None = None


def count(file: Path) -> int | Refusal:
    """How many pages a file has, or why it cannot be read at all."""
    try:
        size = file.stat().st_size
        if size > LARGEST:
            return Refusal.FILE_TOO_LARGE
        start = _start(file)
        if size > LARGEST_PAGE and start.startswith(_ALONE):
            return Refusal.PICTURE_TOO_LARGE
        pages = _pdf_count(file) if _is_pdf(start) else _picture_count(file)
    except OSError:
        return Refusal.FILE_GONE
    if isinstance(pages, int) and pages > MOST_PAGES:
        return Refusal.TOO_MANY_PAGES
    return pages


def sheets(file: Path, first: int = 1, last: int | None = None) -> Iterator[Sheet]:
    """The pages of a file, as many as are asked for; a file that cannot be read is one page.

    Args:
        file: where they are.
        first: the first of them.
        last: the last, by who has counted them already; all pages that there are without it.
    """
    pages = last or count(file)
    if isinstance(pages, Refusal):
        yield Sheet(first, None, pages)
        return
    left = first
    try:
        of = _of_pdf if _is_pdf(_start(file)) else _of_picture
        for sheet in of(file, range(first, pages + 1)):
            left = sheet.number + 1
            yield sheet
    except OSError:
        for number in range(left, pages + 1):
            yield Sheet(number, None, Refusal.FILE_GONE)


def _start(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(1024)


def _is_pdf(start: bytes) -> bool:
    return b"%PDF-" in start


def _pdf_count(file: Path) -> int | Refusal:
    with Source(file, LARGEST_PAGE) as source:
        document = _opened(source)
        if isinstance(document, Refusal):
            return document
        with document:
            return len(document)


def _opened(source: Source) -> Any:  # Any: pypdfium2 has no types
    """The document, or why it cannot be opened."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if source.fault:
            raise source.fault from error
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            return Refusal.FILE_LOCKED
        return Refusal.FILE_DAMAGED


def _picture_count(file: Path) -> int | Refusal:
    try:
        with Image.open(file, formats=_FORMATS) as picture:
            return _frames(picture) if picture.format == "TIFF" else 1
    except UnidentifiedImageError:
        return Refusal.FILE_UNKNOWN
    except Image.DecompressionBombError:
        return 1  # said when the page is read
    except _DAMAGE as error:
        _refuse_gone(error)
        return Refusal.FILE_DAMAGED


def _refuse_gone(error: Exception) -> None:
    """Let it pass if it is the disk's, not the picture's."""
    if isinstance(error, OSError) and error.errno:
        raise error


def _frames(picture: Image.Image) -> int:
    """How many pictures a TIFF has; who has too many is not counted to the end.

    Behind a damaged one nothing is found any more; it is the last.
    """
    for frame in range(MOST_PAGES + 1):
        try:
            picture.seek(frame)
        except EOFError:
            return frame
        except _DAMAGE as error:
            _refuse_gone(error)
            return frame + 1
    return MOST_PAGES + 1


def _of_pdf(file: Path, wanted: range) -> Iterator[Sheet]:
    import pypdfium2

    with Source(file, LARGEST_PAGE) as source:
        document = _opened(source)
        if isinstance(document, Refusal):
            yield from (Sheet(number, None, document) for number in wanted)
            return
        with document:
            for number in wanted:
                source.is_overasked = False
                try:
                    with closing(document[number - 1]) as page:
                        sheet = _on_page(number, page)
                except pypdfium2.PdfiumError:
                    sheet = Sheet(number, None, Refusal.PAGE_DAMAGED)
                if source.fault:
                    raise source.fault
                if source.is_overasked:
                    sheet = Sheet(number, None, Refusal.PICTURE_TOO_LARGE)
                yield sheet


def _sheet(number: int, found: Grey | Refusal, own: bytes | None = None) -> Sheet:
    if isinstance(found, Refusal):
        return Sheet(number, None, found)
    return Sheet(number, found, own=own)


def _on_page(number: int, page: Any) -> Sheet:  # Any: pypdfium2 has no types
    """The picture that is the page, as it was scanned; a page of more than that is drawn."""
    from pypdfium2 import raw

    images = list(page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))
    if any(_is_too_large(image) for image in images):
        return Sheet(number, None, Refusal.PICTURE_TOO_LARGE)
    if len(images) == 1 and _fills(images[0], page):
        own = bytes(images[0].get_data()) if list(images[0].get_filters()) == _JPEG else None
        return Sheet(number, _greys_of(images[0]), own=own)
    width, height = page.get_size()
    scale = _DPI / 72
    if width * height * scale**2 > PIXELS:
        return Sheet(number, None, Refusal.PICTURE_TOO_LARGE)
    return Sheet(number, drawn(page, scale))


def _is_too_large(image: Any) -> bool:  # Any: pypdfium2 has no types
    """Whether a picture is, by what its PDF says of it or by what it says itself."""
    across, down = image.get_px_size()
    if across * down > PIXELS:
        return True
    if not {*image.get_filters()} & _CODED:
        return False
    try:
        coded = io.BytesIO(image.get_data(decode_simple=True))
        with Image.open(coded, formats=("JPEG", "JPEG2000")) as picture:
            return picture.width * picture.height > PIXELS
    except Image.DecompressionBombError:
        return True
    except _DAMAGE:
        return False  # it is damaged, which PDFium will find


def _fills(image: Any, page: Any) -> bool:  # Any: pypdfium2 has no types
    width, height = page.get_size()
    left, bottom, right, top = image.get_bounds()
    return (right - left) * (top - bottom) > 0.6 * width * height


def _greys_of(image: Any) -> Grey:  # Any: pypdfium2 has no types
    flipped = image.get_matrix()
    grey = np.asarray(image.get_bitmap().to_pil().convert("L"))
    mirrored = flipped.a * flipped.d - flipped.b * flipped.c < 0
    return np.ascontiguousarray(grey[::-1]) if mirrored else grey


def drawn(page: Any, scale: float) -> Grey:  # Any: pypdfium2 has no types
    """A page of a PDF, drawn with so many pixels per point."""
    made = page.render(scale=scale, grayscale=True).to_numpy()
    return made.reshape(made.shape[:2]).copy()


def _of_picture(file: Path, wanted: range) -> Iterator[Sheet]:
    try:
        with Image.open(file, formats=_FORMATS) as picture:
            own = file.read_bytes() if picture.format in _PHOTOS else None
            for number in wanted:
                yield _sheet(number, _frame(picture, number), own)
    except Image.DecompressionBombError:
        yield Sheet(1, None, Refusal.PICTURE_TOO_LARGE)


def _frame(picture: Image.Image, number: int) -> Grey | Refusal:
    """One picture of a file, turned as the camera was held."""
    try:
        picture.seek(number - 1)
        pixels = picture.width * picture.height
        if pixels > (_PHOTO if picture.format in _PHOTOS else PIXELS):
            return Refusal.PICTURE_TOO_LARGE
        if pixels > PIXELS:
            picture.draft("L", (picture.width // 2, picture.height // 2))
        return _greys(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError:
        return Refusal.PICTURE_TOO_LARGE
    except _DAMAGE as error:
        _refuse_gone(error)
        return Refusal.PAGE_DAMAGED


def _greys(picture: Image.Image) -> Grey:
    if picture.mode.startswith("I"):  # 16 bits
        return (np.asarray(picture).astype(np.int64) >> 8).clip(0, 255).astype(np.uint8)
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    return np.asarray(picture.convert("L"))
