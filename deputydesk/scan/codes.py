"""The QR code by which a page says which form, which run and which page it is."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from deputydesk.scan.arrays import Grey, Points

_OURS = re.compile(r"DD1:([A-Z0-9-]+):([A-Z0-9]*):(\d+)/(\d+)(?::([A-Z2-7]+))?")


@dataclass(frozen=True)
class Code:
    """What the code of a page says; `run` is the record on forms that belong to one."""

    version: str
    run: str
    page: int
    pages: int
    sheet: str = ""
    """The number of the sheet, by chance; ballots that nobody signs have none."""

    @classmethod
    def read(cls, text: str) -> "Code | None":
        """What is in a code; None if it is not one of our forms'."""
        found = _OURS.fullmatch(text)
        if not found:
            return None
        version, run, page, pages, sheet = found.groups()
        return cls(version, run, int(page), int(pages), sheet or "")


@dataclass(frozen=True)
class Found:
    """A code that was found on a page, and where its corners are: as they are when upright."""

    text: str
    corners: Points


def find(picture: Grey) -> list[Found]:
    """The QR codes on a page: first as it is, then with its greys pulled apart."""
    return _found(picture) or _found(_stretched(picture))


def _found(picture: Grey) -> list[Found]:
    import zxingcpp

    return [
        Found(
            found.text,
            np.array(
                [
                    (corner.x + 0.5, corner.y + 0.5)
                    for corner in (
                        found.position.top_left,
                        found.position.top_right,
                        found.position.bottom_right,
                        found.position.bottom_left,
                    )
                ]
            ),
        )
        for found in zxingcpp.read_barcodes(picture, formats=_qr())
    ]


def _qr() -> Any:  # Any: its stubs forget that one format is several
    import zxingcpp

    return zxingcpp.BarcodeFormat.QRCode


def _stretched(picture: Grey) -> Grey:
    low, high = np.percentile(picture[::4, ::4], (1, 80))
    wide = (picture.astype(np.float32) - low) * 255 / max(20.0, high - low)
    return np.clip(wide, 0, 255).astype(np.uint8)
