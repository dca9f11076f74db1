"""A page's picture as it is kept: the scanner's own bytes, or the same greys without a loss."""

import io
from contextlib import closing
from pathlib import Path
from typing import Any

from PIL import Image

from deputydesk.scan import pages
from deputydesk.scan.arrays import Grey

_SCANNED = {"DCTDecode": ".jpg"}
_SEGMENT, _SCAN, _COMMENT = 0xFF, 0xDA, 0xFE
_APPLICATION = range(0xE1, 0xF0)  # APP1 to APP15; APP0 says how to show it


def picture(file: Path, number: int, greys: Grey, *, is_secret: bool) -> tuple[str, bytes]:
    """The ending and the bytes of a page, counted from 1.

    Args:
        file: where it is.
        number: which page.
        greys: the page as it was read.
        is_secret: leaves out all that scanner or phone wrote beside the picture.
    """
    with file.open("rb") as opened:
        start = opened.read(1024)
    found: bytes | None = None
    if b"%PDF-" in start:
        found = _jpeg_of_pdf(file, number)
    elif start.startswith(b"\xff\xd8"):
        found = file.read_bytes()
    if found is None:
        return ".png", png(greys)
    return ".jpg", without_notes(found) if is_secret else found


def png(greys: Grey) -> bytes:
    """Greys as a PNG, which loses nothing."""
    made = io.BytesIO()
    Image.fromarray(greys).save(made, "PNG")
    return made.getvalue()


def _jpeg_of_pdf(file: Path, number: int) -> bytes | None:
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document, closing(document[number - 1]) as page:
        image: Any = pages.scanned_image(page)  # Any: pypdfium2 has no types
        if image is None or image.get_filters() != ["DCTDecode"]:
            return None
        return bytes(image.get_data(decode_simple=False))


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without the notes of who made it when; its picture stays byte for byte."""
    kept, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == _SEGMENT and jpeg[at + 1] != _SCAN:
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] not in _APPLICATION and jpeg[at + 1] != _COMMENT:
            kept += jpeg[at : at + length]
        at += length
    return bytes(kept + jpeg[at:])
