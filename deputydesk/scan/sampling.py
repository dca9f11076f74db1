"""A part of a page laid straight: resampled from the scan along a mesh."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from deputydesk.scan.arrays import Grey, Points
from deputydesk.scan.geometry import project

_MESH = 48
"""Pixels of a mesh's quads: between their corners a place is interpolated."""


@dataclass(frozen=True)
class Window:
    """A part of the page: its top-left corner in mm, its size in pixels, and their scale."""

    x: float
    y: float
    width: int
    height: int
    scale: float


Place = Callable[[Points], Points]
"""Where places of the page, in mm, lie in the scan, in pixels."""


def plain(mapping: Points) -> Place:
    """The place by a mapping alone."""
    return lambda points: project(mapping, points)


def straight(picture: Image.Image, window: Window, place: Place) -> Grey:
    """The window as the scan has it; white where the scan does not reach.

    Args:
        picture: the scan, in greys.
        window: which part of the page.
        place: where that is in the scan.
    """
    xs = _steps(window.width)
    ys = _steps(window.height)
    across, down = np.meshgrid(xs, ys)
    page = np.stack([across.ravel(), down.ravel()], 1) / window.scale + (window.x, window.y)
    at = place(page).reshape(len(ys), len(xs), 2)
    quads = [
        (
            (int(xs[i]), int(ys[j]), int(xs[i + 1]), int(ys[j + 1])),
            (*at[j, i], *at[j + 1, i], *at[j + 1, i + 1], *at[j, i + 1]),
        )
        for j in range(len(ys) - 1)
        for i in range(len(xs) - 1)
    ]
    made = picture.transform(
        (window.width, window.height),
        Image.Transform.MESH,
        quads,
        resample=Image.Resampling.BILINEAR,
        fillcolor=255,
    )
    return np.asarray(made)


def _steps(length: int) -> Points:
    count = max(1, round(length / _MESH))
    return np.round(np.linspace(0, length, count + 1))


def shrunk(grey: Grey, by: int) -> Grey:
    """Averaged over squares of pixels."""
    return np.asarray(Image.fromarray(grey).reduce(by)) if by > 1 else grey
