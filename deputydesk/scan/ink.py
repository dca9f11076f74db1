"""What was written: darker than the paper around it, and not printed."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from deputydesk.scan.arrays import Flags, Floats, Grey
from deputydesk.scan.field import TILE, Field
from deputydesk.scan.settings import Settings

_SMALL = 12  # pixels of the tiles in which stains and shadows are told from strokes
_LEAST_BLACK = 0.62
_BLUR = 1.0  # pixels


@dataclass(frozen=True)
class Ink:
    """The ink of a field.

    Args:
        stained: darkness above the paper, 1 is the page's own print.
        dark: the same, without stains and shadows, were it a box filled in so lightly as they are.
        strength: the same, without what was printed; below 0 where nothing is.
        on: where there is ink.
        closely: the same, closer to what was printed; not to be counted, but it joins strokes.
        least: darkness from which on it counts.
    """

    stained: Floats
    dark: Floats
    strength: Floats
    on: Flags
    closely: Flags
    least: float


def ink_of(seen: Grey, field: Field, settings: Settings, dust: Flags | None) -> Ink:
    """The ink of a field that was laid straight; dust is no ink, nor is it paper."""
    stained, dark, least = _darkness(seen, field, settings)
    if least > settings.ink:
        stained, dark, least = _darkness(_smooth(seen), field, settings)
    strength = dark - field.covered
    on = strength > least
    closely = dark - field.covered_closely > max(least, 0.16)
    if dust is not None:
        on &= ~dust
        closely &= ~dust
        dark[dust] = 0
    return Ink(stained, dark, strength, on, closely, least)


def _darkness(seen: Grey, field: Field, settings: Settings) -> tuple[Floats, Floats, float]:
    """How much darker than the paper each place is, and from what on that is no noise."""
    stained = 1 - seen / _paper(seen, field.boxed)
    dark = stained - _stains(stained, field)
    black = float(np.clip(np.median(dark[field.lines]), 0.3, 1)) if field.lines.any() else 0.8
    black = max(_LEAST_BLACK, black)
    dark /= black
    sample = dark[::3, ::3]
    noise = 1.4826 * float(np.median(np.abs(sample - np.median(sample))))
    return stained / black, dark, max(settings.ink, settings.noise * noise)


def _smooth(seen: Grey) -> Grey:
    """Over less than a stroke's width: noise fades, strokes hardly."""
    return np.asarray(Image.fromarray(seen).filter(ImageFilter.GaussianBlur(_BLUR)))


def _paper(seen: Grey, boxed: Flags) -> Floats:
    """The paper's own grey, as it changes over the page; in a box, as it is around it."""
    height, width = seen.shape
    tiles = seen.reshape(height // TILE, TILE, width // TILE, TILE)[:, ::2, :, ::2]
    flat = tiles.transpose(0, 2, 1, 3).reshape(height // TILE, width // TILE, -1)
    place = int(flat.shape[2] * 0.8)
    bright = np.partition(flat, place, axis=2)[..., place].astype(np.float32)
    padded = np.pad(bright, 1, mode="edge")
    across = np.maximum(np.maximum(padded[:, :-2], padded[:, 1:-1]), padded[:, 2:])
    most = np.maximum(np.maximum(across[:-2], across[1:-1]), across[2:])
    # a box that is filled in, were it with a hard pencil, makes its tile no paper
    bright = np.where(boxed | (bright < 0.75 * most), most, bright)
    return np.maximum(_spread(bright, width, height), 25)


def _spread(coarse: Floats, width: int, height: int) -> Floats:
    picture = Image.fromarray(coarse).resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(picture, np.float32)


def _stains(dark: Floats, field: Field) -> Floats:
    """Darkness of the paper itself, coffee or shadow: what is wider than any stroke."""
    height, width = dark.shape
    rows, columns = height // _SMALL, width // _SMALL
    tiles = dark.reshape(rows, _SMALL, columns, _SMALL)[:, ::2, :, ::2]
    flat = tiles.transpose(0, 2, 1, 3).reshape(rows, columns, -1)
    place = int(flat.shape[2] * 0.25)
    level = np.clip(np.partition(flat, place, axis=2)[..., place], 0, 0.6)
    level = _without_filled(level, dark, field)
    return _spread(level, width, height)


def _without_filled(level: Floats, dark: Floats, field: Field) -> Floats:
    """A box that is filled in is no stain: its tiles are as light as those around it."""
    cells = field.cells
    around = field.cut(dark)
    inside = np.median(around[:, cells.inside], axis=1)
    near = np.median(around[:, cells.near], axis=1)
    level = level.copy()
    for box in np.flatnonzero((inside > 0.08) & (near < 0.5 * inside)):
        low = (field.pixels(field.centres[box]) - field.side * 3.5) // _SMALL
        high = (field.pixels(field.centres[box]) + field.side * 3.5) // _SMALL + 1
        left, top = np.maximum(low, 0).astype(int)
        part = level[top : int(high[1]), left : int(high[0])]
        np.minimum(part, max(0.0, float(near[box])), out=part)
    return level
