"""The part of a page where boxes stand, as it was printed, in pixels."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from deputydesk.scan.arrays import Counts, Flags, Floats, Points
from deputydesk.scan.sampling import Window
from deputydesk.scan.template import SCALE, Template

_Value = TypeVar("_Value", bound=np.generic)
TILE = 24
"""Pixels; a field is whole tiles wide and high, to find the paper's own grey."""
_BEYOND = 8.0  # mm beyond a box that are still its own
_EDGE = 0.6  # mm inside a box that its outline may cover
_PRINTED = 0.3  # darkness of what was printed
_BLACK = 0.6  # darkness of a box's outline, where it is whole
_SECTORS = 16
_LONE = 12.0  # mm that a row is high which is the only one


def thickened(grey: Floats, radius: int) -> Floats:
    """The darkest within a square of so many pixels to each side."""
    picture = Image.fromarray(np.round(grey * 255).astype(np.uint8))
    return np.asarray(picture.filter(ImageFilter.MaxFilter(2 * radius + 1)), np.float32) / 255


def table_of(template: Template) -> Window:
    """The rows of a page in their whole width, from the left marks to the right ones."""
    middles = sorted({box.y + box.side / 2 for box in template.boxes})
    apart = min((b - a for a, b in pairwise(middles)), default=_LONE)
    left = min(mark.x for mark in template.marks)
    right = max(mark.x + mark.side for mark in template.marks)
    top, bottom = middles[0] - apart, middles[-1] + apart * 0.7
    return Window(left, top, round((right - left) * SCALE), round((bottom - top) * SCALE), SCALE)


@dataclass(frozen=True)
class Cells:
    """Around each box, in pixels: what is inside, near and outside, the same for all boxes."""

    width: int
    height: int
    across: Floats
    """Mm from the box's middle."""
    down: Floats
    half: float

    @cached_property
    def inside(self) -> Flags:
        """Inside the box, off its outline."""
        return self._within(self.half - _EDGE)

    @cached_property
    def outside(self) -> Flags:
        """Outside of the box, off its outline."""
        return ~self._within(self.half + 0.7)

    @cached_property
    def near(self) -> Flags:
        """Close around the box."""
        return self._within(self.half + 2.4) & ~self._within(self.half + 0.6)

    @cached_property
    def band(self) -> Flags:
        """The box with its outline."""
        return self._within(self.half + 0.9)

    @cached_property
    def outline(self) -> Flags:
        """The printed line and what may lie upon it."""
        return self._within(self.half + 0.5) & ~self._within(self.half - 0.5)

    @cached_property
    def off_middle(self) -> Flags:
        """Off the middle of the box, where a ring has nothing."""
        return ~self._within(1.2)

    @cached_property
    def sector(self) -> Counts:
        """In which of the directions around the box a pixel lies."""
        turn = (np.arctan2(self.down, self.across) + np.pi) / (2 * np.pi)
        return np.floor(turn * _SECTORS).astype(np.int64) % _SECTORS

    def _within(self, half: float) -> Flags:
        return np.maximum(np.abs(self.across), np.abs(self.down)) < half


class Field:
    """Where the boxes of a template stand and what is printed around them."""

    def __init__(self, template: Template) -> None:
        boxes = template.boxes
        self.rows: Counts = np.array([box.row for box in boxes])
        self.options: Counts = np.array([box.option for box in boxes])
        self.side = max(box.side for box in boxes)
        self.centres: Points = np.array(
            [(box.x + box.side / 2, box.y + box.side / 2) for box in boxes]
        )
        self.window = self._window()
        page = 1 - template.picture().astype(np.float32) / 255
        x, y = round(self.window.x * SCALE), round(self.window.y * SCALE)
        padded = np.pad(page, ((0, self.window.height), (0, self.window.width)))
        self.printed: Floats = padded[y : y + self.window.height, x : x + self.window.width]
        self.covered = thickened(self.printed, 3) * 1.25
        """What may be print, even if the page is laid straight a little beside it."""
        self.covered_closely = thickened(self.printed, 1) * 1.25
        self.cells, self.starts = self._cells()
        self.lines: Flags = self._lines()
        """The boxes' own outlines: the same black on every form."""
        self.reach = self._reach()
        self.ground = self._ground()
        self.boxed = self._boxed()
        """The tiles that boxes lie on."""

    def _window(self) -> Window:
        margin = self.side / 2 + _BEYOND
        low = np.maximum(np.floor((self.centres.min(0) - margin) * SCALE), 0).astype(int)
        high = np.ceil((self.centres.max(0) + margin) * SCALE).astype(int)
        width, height = (int(-(-length // TILE) * TILE) for length in high - low)
        return Window(low[0] / SCALE, low[1] / SCALE, width, height, SCALE)

    def _cells(self) -> tuple[Cells, Counts]:
        """Each box's own ground: half way to its neighbours, and not too far beyond the box."""
        apart = np.abs(self.centres[:, None] - self.centres[None])
        most = self.side + 2 * _BEYOND
        same_column = apart[..., 0] < self.side / 2
        same_row = apart[..., 1] < self.side / 2
        down = np.min(apart[..., 1], where=same_column & (apart[..., 1] > 0.1), initial=most)
        across = np.min(apart[..., 0], where=same_row & (apart[..., 0] > 0.1), initial=most)
        width, height = int(across * SCALE), int(down * SCALE)
        corner = self.pixels(self.centres) - (width / 2, height / 2)
        starts = np.round(corner).astype(np.int64)
        limits = np.array([self.window.width - width, self.window.height - height])
        starts = np.clip(starts, 0, limits)
        columns = (np.arange(width) + 0.5 - width / 2) / SCALE
        lines = (np.arange(height) + 0.5 - height / 2) / SCALE
        xs, ys = np.meshgrid(columns.astype(np.float32), lines.astype(np.float32))
        return Cells(width, height, xs, ys, self.side / 2), starts

    def pixels(self, points: Points) -> Points:
        """Places of the page in pixels of the field."""
        return (points - (self.window.x, self.window.y)) * SCALE

    def cut(self, whole: NDArray[_Value]) -> NDArray[_Value]:
        """A field's values around each box."""
        cells = self.cells
        return np.stack([whole[y : y + cells.height, x : x + cells.width] for x, y in self.starts])

    def _lines(self) -> Flags:
        lines = np.zeros(self.printed.shape, bool)
        high, wide = self.cells.height, self.cells.width
        for x, y in self.starts:
            lines[y : y + high, x : x + wide] |= self.cells.outline
        return lines & (self.printed > _BLACK)

    def _reach(self) -> Flags:
        """Around each box, as far to its sides as nothing but ruled lines was printed."""
        cells = self.cells
        printed = self.cut(self.printed) > _PRINTED
        band = printed[:, np.abs(cells.down[:, 0]) < cells.half + 1]
        share = band.mean(1)
        words = (share > 0) & (share < 0.9) & (np.abs(cells.across[0]) > cells.half + 0.8)
        reach = np.ones_like(words)
        middle = cells.width // 2
        for box, hidden in enumerate(words):
            right, left = np.flatnonzero(hidden[middle:]), np.flatnonzero(hidden[:middle])
            if len(right):
                reach[box, max(0, middle + right[0] - 3) :] = False
            if len(left):
                reach[box, : left[-1] + 4] = False
        return np.broadcast_to(reach[:, None, :], (len(reach), cells.height, cells.width))

    def _ground(self) -> Counts:
        """Of every second pixel: the box whose ground it is; -1 for nobody's."""
        ground = np.full((self.window.height, self.window.width), -1, np.int64)
        cells = self.cells
        for box, (x, y) in enumerate(self.starts):
            part = ground[y : y + cells.height, x : x + cells.width]
            part[self.reach[box]] = box
        return ground[::2, ::2]

    def _boxed(self) -> Flags:
        boxed = np.zeros((self.window.height // TILE, self.window.width // TILE), bool)
        low = np.floor(self.pixels(self.centres - self.side / 2) / TILE).astype(int)
        high = np.floor(self.pixels(self.centres + self.side / 2) / TILE).astype(int) + 1
        for (left, top), (right, bottom) in zip(low, high, strict=True):
            boxed[top:bottom, left:right] = True
        return boxed
