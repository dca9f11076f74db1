"""Where the rows and boxes of a page lie in the picture that is kept of it, in its pixels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

AROUND = 7.0
"""Millimetres around a box that are shown with it: a mark is seldom only inside."""
_LONE = 11.0  # the height of a row where a page has but one


@dataclass(frozen=True)
class Place:
    """A rectangle of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Place":
        """The same with so much around it."""
        return Place(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True)
class Sight:
    """The boxes of a page by row and option.

    Args:
        scale: pixels in a millimetre.
        boxes: where each lies.
        pitch: from a row to the next.
    """

    scale: float
    boxes: Mapping[tuple[int, int], Place]
    pitch: float

    @classmethod
    def of(
        cls, window: Mapping[str, float], boxes: Iterable[tuple[int, int, float, float, float]]
    ) -> Self:
        """Where boxes are seen.

        Args:
            window: the picture's left top corner on the page in mm, and pixels in a millimetre.
            boxes: row, option, left, top and side of each, in mm.
        """
        scale = window["scale"]
        placed = {
            (row, option): Place(
                (x - window["x"]) * scale,
                (y - window["y"]) * scale,
                (x + side - window["x"]) * scale,
                (y + side - window["y"]) * scale,
            )
            for row, option, x, y, side in boxes
        }
        tops = sorted({place.top for place in placed.values()})
        apart = [low - high for high, low in pairwise(tops)]
        return cls(scale, placed, min(apart, default=_LONE * scale))

    def row(self, number: int) -> Place:
        """The band of a row, from its first box to its last, with what may be marked around."""
        mine = [place for (row, _), place in self.boxes.items() if row == number]
        middle = (mine[0].top + mine[0].bottom) / 2
        return Place(
            min(place.left for place in mine) - AROUND * self.scale,
            middle - self.pitch / 2,
            max(place.right for place in mine) + AROUND * self.scale,
            middle + self.pitch / 2,
        )

    def box(self, row: int, option: int) -> Place:
        """A box with what may be marked around it."""
        return self.boxes[row, option].grown(AROUND * self.scale / 2)
