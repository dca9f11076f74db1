"""The boxes' own outlines, found in the scan: curled paper and uneven feeding, taken out."""

from dataclasses import dataclass

import numpy as np

from deputydesk.scan.arrays import Counts, Flags, Grey, Points
from deputydesk.scan.sampling import Place, Window

_LINE = 0.30  # mm from the middle of a printed line at which it has faded
_ROOM = 1.3  # mm around a box that a profile takes in
_STEADY = 0.15  # mm that a box may differ from the others before it counts less
_FILLED = 0.2  # darkness of most of a box's inside
_MOST_PER_ROW = 0.5


@dataclass(frozen=True)
class Outlines:
    """How far each box lies from where it was looked for, in mm, and how well it was found.

    A box that is filled in hides its outline: it does not say that the page is another one.
    """

    shifts: Points
    matches: Points
    filled: Flags


def search(seen: Grey, window: Window, centres: Points, side: float, reach: float) -> Outlines:
    """Look for each box's outline, by its profiles across and down.

    Args:
        seen: the window, laid straight.
        window: which part of the page it is.
        centres: of the boxes, in mm.
        side: of a box.
        reach: how far from its place a box may lie, in mm.
    """
    scale = window.scale
    half = side / 2 + _ROOM + reach
    count = int(2 * half * scale)
    starts = np.round((centres - half - (window.x, window.y)) * scale).astype(int)
    limits = np.array([seen.shape[1] - count, seen.shape[0] - count])
    starts = np.clip(starts, 0, limits)
    patches = np.stack([seen[y : y + count, x : x + count] for x, y in starts])
    paper = np.quantile(patches[:, ::3, ::3].reshape(len(patches), -1), 0.8, axis=1)
    dark = np.clip(1 - patches / np.maximum(paper, 25)[:, None, None], 0, 1)
    inner = slice(round((_ROOM + reach + 0.8) * scale), -round((_ROOM + reach + 0.8) * scale))
    filled = np.median(dark[:, inner, inner], axis=(1, 2)) > _FILLED
    shifts = np.zeros((len(centres), 2))
    matches = np.zeros((len(centres), 2))
    for axis in (0, 1):
        place = (starts[:, axis, None] + np.arange(count) + 0.5) / scale
        place = place + (window.x, window.y)[axis] - centres[:, axis, None]
        other = (starts[:, 1 - axis, None] + np.arange(count) + 0.5) / scale
        other = other + (window.x, window.y)[1 - axis] - centres[:, 1 - axis, None]
        inside = np.abs(other) < side / 2 - 0.2
        turned = dark if axis == 0 else dark.transpose(0, 2, 1)
        profile = np.einsum("nij,ni->nj", turned, inside) / inside.sum(1)[:, None]
        shifts[:, axis], matches[:, axis] = _best(profile, place, side / 2, round(reach * scale))
    return Outlines(shifts / scale, matches.min(1), filled)


def _best(profile: Points, place: Points, half: float, reach: int) -> tuple[Points, Points]:
    """The shift at which two lines, a box's side apart, fit a profile best, in pixels."""
    core = slice(reach, place.shape[1] - reach)
    wanted = np.clip(1 - np.abs(np.abs(place[:, core]) - half + 0.05) / _LINE, 0, 1)
    wanted = wanted - wanted.mean(1, keepdims=True)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    fits = np.empty((len(profile), 2 * reach + 1))
    for shift in range(2 * reach + 1):
        part = profile[:, shift : shift + wanted.shape[1]]
        part = part - part.mean(1, keepdims=True)
        fits[:, shift] = (part * wanted).sum(1) / np.maximum(np.linalg.norm(part, axis=1), 0.05)
    best = np.clip(fits.argmax(1), 1, 2 * reach - 1)
    at = np.arange(len(fits))
    left, middle, right = fits[at, best - 1], fits[at, best], fits[at, best + 1]
    bend = left - 2 * middle + right
    flat = np.abs(bend) < 1e-6
    finer = np.where(flat, 0, 0.5 * (left - right) / np.where(flat, 1, bend))
    return best - reach + np.clip(finer, -0.5, 0.5), middle


@dataclass(frozen=True)
class Drift:
    """How far the page's places lie from where the marks say, smooth over the page."""

    across: Points
    down: Points
    middle: Points
    row_places: Points
    row_across: Points
    row_down: Points

    def at(self, points: Points) -> Points:
        """The drift at places of the page, in mm."""
        design = _design(points - self.middle, len(self.across))
        drift = np.stack([design @ self.across, design @ self.down], 1)
        drift[:, 0] += np.interp(points[:, 1], self.row_places, self.row_across)
        drift[:, 1] += np.interp(points[:, 1], self.row_places, self.row_down)
        return drift


def _design(points: Points, terms: int) -> Points:
    x, y = points[:, 0] / 100, points[:, 1] / 100
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y][:terms], 1)


def drift(found: Outlines, centres: Points, rows: Counts) -> Drift:
    """A smooth drift through all boxes: a mark upon an outline disturbs one box, not the page."""
    terms = 6 if len(centres) > 24 else 3
    middle = centres.mean(0)
    design = _design(centres - middle, terms)
    weights = np.clip(found.matches, 0.05, 1) ** 2
    numbers = np.unique(rows)
    fitted: list[Points] = []
    by_row: list[Points] = []
    for axis in (0, 1):
        now = weights
        solved, left = np.zeros(terms), found.shifts[:, axis]
        for _ in range(4):
            solved = np.linalg.lstsq(
                design * now[:, None], found.shifts[:, axis] * now, rcond=None
            )[0]
            left = found.shifts[:, axis] - design @ solved
            now = weights / (1 + (left / _STEADY) ** 2)
        of_row = np.array([np.median(left[rows == row]) for row in numbers])
        padded = np.pad(of_row, 1, mode="edge")
        smooth = np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), 0)
        fitted.append(solved)
        by_row.append(np.clip(smooth, -_MOST_PER_ROW, _MOST_PER_ROW))
    places = np.array([centres[rows == row, 1].mean() for row in numbers])
    return Drift(fitted[0], fitted[1], middle, places, by_row[0], by_row[1])


def drifted(place: Place, by: Drift) -> Place:
    """The places of a page that drifts so."""
    return lambda points: place(points + by.at(points))
