"""Pictures that come from outside: whether they are what they say, and when they were taken."""

import struct
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from deputydesk.errors import UserError
from deputydesk.late import dataclass

PIXELS = 80_000_000
"""More than this is no photo but a trap: it would fill the memory when shown."""
SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp")
"""Names by which a file says that it is a picture."""
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")
_TAKEN = 0x9003  # EXIF: DateTimeOriginal
_EXIF_PART = 0x8769


@dataclass(frozen=True)
class Picture:
    """What a picture is."""

    media: str
    taken_on: date | None


def looked_at(file: Path, name: str) -> Picture | None:
    """What the picture is; None if neither its name nor its bytes say that it is one.

    Raises:
        UserError: it says that it is a picture and is not, is damaged, or is far too large.
    """
    from PIL import Image, UnidentifiedImageError

    says_so = name.lower().endswith(SUFFIXES)
    try:
        with Image.open(file, formats=_FORMATS) as picture:
            if picture.width * picture.height > PIXELS:
                raise _too_large(name)
            media = Image.MIME[picture.format or ""]
            taken = _taken_on(picture)
            _read_through(picture)
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except UnidentifiedImageError as error:
        if not says_so:
            return None
        raise UserError(
            f"“{name}”不是图片，没有添加。", hint="可能改过扩展名，请用看图程序打开检查。"
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UserError(
            f"图片“{name}”已损坏，没有添加。", hint="请重新拍照、扫描，或重新复制。"
        ) from error
    return Picture(media, taken)


def _too_large(name: str) -> UserError:
    return UserError(
        f"图片“{name}”的尺寸太大，打开它会占满内存，没有添加。", hint="请用看图程序缩小后再添加。"
    )


def _read_through(picture: object) -> None:
    """Read it to its end without keeping all of it."""
    from PIL import Image

    assert isinstance(picture, Image.Image), "opened by the caller"
    if picture.format == "JPEG":
        picture.draft("RGB", (picture.width // 8, picture.height // 8))
        picture.load()
    elif picture.format == "PNG":
        picture.verify()
    else:
        picture.load()


def _taken_on(picture: object) -> date | None:
    from PIL import Image

    assert isinstance(picture, Image.Image), "opened by the caller"
    if picture.format != "JPEG":  # a PNG would be unpacked whole for it
        return None
    # A broken note in a whole picture is no reason to refuse it.
    with suppress(OSError, SyntaxError, ValueError, KeyError, TypeError, struct.error):
        text = str(picture.getexif().get_ifd(_EXIF_PART).get(_TAKEN, ""))
        return datetime.strptime(text, "%Y:%m:%d %H:%M:%S").date()
    return None
