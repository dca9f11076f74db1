"""A page as it is kept: its own bytes, or the same greys without a loss; its rows beside it."""

import hashlib
import io
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from deputydesk.scan.arrays import Grey

_FILL, _SCAN, _END, _COMMENT = 0xFF, 0xDA, 0xD9, 0xFE
_ALONE = {0x00, 0x01, *range(0xD0, 0xD9)}  # no length follows these
_AFTER_SCAN = re.compile(rb"\xff(?![\x00\xd0-\xd7])")
_NOTES = {*range(0xE1, 0xEE), 0xEF, _COMMENT}  # APP0 and APP14 say how its colours are meant
_TABLE_QUALITY, _THUMB = 85, 240
_ALIKE = 946_684_800  # 2000-01-01, which every file system can say


@dataclass(frozen=True)
class Kept:
    """A page in a folder of its own, under names and times that say nothing.

    Args:
        original: SHA-256 of its picture as it came. What scanner or phone wrote beside it is left
            out: who guesses the time that stood there could prove it by the check value.
        whole: the page; of a JPEG its own bytes without the notes beside the picture.
        table: its rows, laid straight; None if it was not read.
        thumb: the page, small.
    """

    original: str
    whole: Path
    table: Path | None
    thumb: Path


def keep(found: bytes | None, greys: Grey, table: Grey | None, folder: Path) -> Kept:
    """Put a page into a folder.

    Args:
        found: its own JPEG, if it is one.
        greys: as it was read.
        table: its rows, laid straight, if they were read.
        folder: where.

    Raises:
        OSError: the folder cannot be written to.
    """
    name = secrets.token_hex(8)
    if found is None:
        bare = png(greys)
        original, ending = hashlib.sha256(greys.tobytes()).hexdigest(), ".png"
    else:
        bare = without_notes(found)
        original, ending = hashlib.sha256(bare).hexdigest(), ".jpg"
    whole = folder / f"{name}{ending}"
    whole.write_bytes(bare)
    thumb = folder / f"{name}.thumb.jpg"
    small = Image.fromarray(greys)
    small.thumbnail((_THUMB, _THUMB))
    small.save(thumb, "JPEG")
    rows: Path | None = None
    if table is not None:
        rows = folder / f"{name}.table.jpg"
        Image.fromarray(table).save(rows, "JPEG", quality=_TABLE_QUALITY)
    for file in filter(None, (whole, thumb, rows)):
        os.utime(file, (_ALIKE, _ALIKE))  # else they would tell where in the stack it lay
    return Kept(original, whole, rows, thumb)


def png(greys: Grey) -> bytes:
    """Greys as a PNG, which loses nothing."""
    made = io.BytesIO()
    Image.fromarray(greys).save(made, "PNG")
    return made.getvalue()


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without the notes of who made it when; its picture stays byte for byte.

    What stands behind the picture, as a second one or a telephone's own notes, goes too.
    """
    kept, at = bytearray(jpeg[:2]), jpeg.find(_FILL, 2)
    while 0 <= at < len(jpeg) - 1 and (kind := jpeg[at + 1]) != _END:
        end = at + 2
        if kind == _FILL:
            end = at + 1
        elif kind not in _ALONE:
            end += int.from_bytes(jpeg[at + 2 : at + 4])
            if kind == _SCAN:
                after = _AFTER_SCAN.search(jpeg, end)
                end = after.start() if after else len(jpeg)
            if kind not in _NOTES:
                kept += jpeg[at:end]
        at = jpeg.find(_FILL, end)
    return bytes(kept) + bytes((_FILL, _END))
