"""What a page is drawn with: pieces of PDF, and what only the canvas of a file can put into PDF.

A page is filled before it comes into a file: which codes its letters have there, and what its foot
says, is known only then.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from deputydesk.reports.fonts import Typeface

Text = tuple[float, float, str, Typeface, float, float]
"""A line: its left end and baseline in points, what it says, typeface, size, spacing."""


@dataclass(frozen=True)
class Picture:
    """A picture as JPEG and the place that it covers, in points."""

    jpeg: bytes
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class Stamp:
    """What stands on many pages alike, as the head of a table: drawn once, put on each."""

    steps: Sequence["Inked"]


@dataclass(frozen=True, eq=False)
class Stamped:
    """A stamp on a page, moved by so many points to the right and up."""

    stamp: Stamp
    right: float
    up: float


Inked = str | Text | Stamped
Step = Inked | Picture
