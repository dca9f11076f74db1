"""QR codes as pieces of PDF."""

from collections.abc import Sequence
from functools import lru_cache
from math import isqrt
from typing import Any, Literal

from deputydesk.reports.page import Page, boxes_of

_PLAIN = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
"""What keeps a QR code coarse."""
_PATTERN = 4
"""Always the same: to weigh all eight takes longer than to draw the rest of a page."""
_DARK = bytes([1, *[0] * 255])
"""What a picture's black and white are as modules."""


def is_plain(text: str) -> bool:
    """Whether a code of this text is coarse."""
    return set(text) <= _PLAIN


def qr_code(
    page: Page, x: float, y: float, side: float, text: str, *, error: Literal["m", "q"] = "q"
) -> None:
    """Draws a QR code of `side` mm; capitals, digits and $%*+-./: keep it coarse."""
    modules, boxes = _code_boxes(text, error)
    page.drawing(x, y, side / modules, boxes)


@lru_cache(maxsize=64)
def _code_boxes(text: str, error: Literal["m", "q"]) -> tuple[int, str]:
    """How many modules wide a code is, and its dark ones; each page of a record has it again."""
    rows = _plain_code(text, error) if is_plain(text) else _code(text, error)
    return len(rows), boxes_of(rows)


def _plain_code(text: str, error: Literal["m", "q"]) -> Sequence[Sequence[int]]:
    """The modules of a code of capitals and digits, in a quarter of the time that `_code` takes."""
    import zxingcpp

    form = zxingcpp.BarcodeFormat.QRCode
    made = zxingcpp.create_barcode(text, form, ec_level=error.upper(), data_mask=_PATTERN)
    image: Any = made.to_image(scale=1, add_quiet_zones=False)  # Any: told without its buffer
    dark = memoryview(image).tobytes().translate(_DARK)
    side = isqrt(len(dark))
    return [dark[start : start + side] for start in range(0, side * side, side)]


def _code(text: str, error: Literal["m", "q"]) -> Sequence[Sequence[int]]:
    """The modules of a code of any text: UTF-8 without a mark before it, as phones expect."""
    import segno

    return segno.make_qr(text, error=error, mask=_PATTERN, boost_error=False).matrix
