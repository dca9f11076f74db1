"""Dust on the scanner's glass: lines, straight to the pixel, over the whole height of a scan."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from deputydesk.scan.arrays import Grey

_APART = 4  # pixels to both sides that a line is compared with
_DARKER = 14
_BESIDE = 2  # pixels to both sides that a line has made darker, too, when the picture is packed
_WIDEST = 0.03  # share of the columns; more is no dust


@dataclass(frozen=True)
class Dust:
    """Where dust lines run: the lines' columns, or rows if the page lies on its side."""

    lines: tuple[int, ...]
    on_side: bool = False

    def mask(self, size: tuple[int, int]) -> Image.Image:
        """White where there is dust, in a picture of this size."""
        made = np.zeros((size[1], size[0]), np.uint8)
        for line in self.lines:
            near = slice(max(0, line - _BESIDE), line + _BESIDE + 1)
            if self.on_side:
                made[near, :] = 255
            else:
                made[:, near] = 255
        return Image.fromarray(made)


def find(picture: Grey) -> Dust:
    """The dust lines of a scan, the way in which the paper went through it."""
    for on_side in (False, True):
        lines = _lines(picture.T if on_side else picture)
        if lines:
            return Dust(lines, on_side)
    return Dust(())


def _lines(picture: Grey) -> tuple[int, ...]:
    """Columns darker than both sides nearly everywhere, also in both margins.

    A pen's line keeps to no column of pixels over the height of a page, nor does it start above
    the paper's edge.
    """
    sampled = picture[::3].astype(np.int16)
    middle = sampled[:, _APART:-_APART]
    beside = np.minimum(sampled[:, : -2 * _APART], sampled[:, 2 * _APART :])
    darker = middle < beside - _DARKER
    edge = max(4, len(darker) // 16)
    through = darker.mean(0) > 0.62
    ends = (darker[:edge].mean(0) > 0.5) & (darker[-edge:].mean(0) > 0.5)
    found = np.flatnonzero(through & ends) + _APART
    return tuple(int(x) for x in found) if len(found) <= picture.shape[1] * _WIDEST else ()
