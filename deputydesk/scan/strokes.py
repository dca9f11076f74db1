"""Ink that hangs together, and to which box and row it belongs: where most of it lies."""

from dataclasses import dataclass

import numpy as np

from deputydesk.scan.arrays import Counts, Flags, Points, anywhere
from deputydesk.scan.field import Field

_PIXEL = 1 / 36  # mm² of a pixel of the field
_ALIKE = 0.4  # of a piece's largest share: it belongs there, too


@dataclass(frozen=True)
class Strokes:
    """Pieces of connected ink; piece 0 is paper.

    Args:
        labels: of every second pixel, which piece it is of.
        areas: of each piece, in mm².
        boxes: on which box's ground most of a piece lies; -1: on none.
        rows: in which row most of a piece lies; -1: in none.
        of_box: of each piece, to which boxes it belongs: where it lies about as much as where
            most of it does, as rings do that touch.
        of_row: the same, of rows.
    """

    labels: Counts
    areas: Points
    boxes: Counts
    rows: Counts
    of_box: Flags
    of_row: Flags


def connected(marked: Flags) -> Counts:
    """A number for every piece of a picture, from 1; pieces touch at sides or corners."""
    wide = np.pad(marked, ((0, 0), (1, 1)))
    steps = np.diff(wide.astype(np.int8), axis=1)
    lines, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]
    labels = np.zeros(marked.shape, np.int64)
    if not len(lines):
        return labels
    names = _joined(len(lines), *_touching(lines, starts, ends, marked.shape[1]))
    numbers = np.unique(names, return_inverse=True)[1] + 1
    change = np.zeros((marked.shape[0], marked.shape[1] + 1), np.int64)
    change[lines, starts] = numbers
    change[lines, ends] -= numbers
    return change.cumsum(1)[:, :-1]


def _touching(lines: Counts, starts: Counts, ends: Counts, width: int) -> tuple[Counts, Counts]:
    """Pairs of runs in lines one above the other that touch."""
    reach = width + 3
    first = np.searchsorted(lines * reach + ends, (lines + 1) * reach + starts, "left")
    last = np.searchsorted(lines * reach + starts, (lines + 1) * reach + ends, "right")
    counts = np.maximum(last - first, 0)
    upper: Counts = np.repeat(np.arange(len(lines)), counts)
    before: Counts = np.repeat(counts.cumsum() - counts, counts)
    within: Counts = np.arange(len(before)) - before
    return upper, np.repeat(first, counts) + within


def _joined(count: int, a: Counts, b: Counts) -> Counts:
    """The least member of each run's piece."""
    names = np.arange(count)
    while True:
        least = np.minimum(names[a], names[b])
        if (names[a] == names[b]).all():
            return names
        np.minimum.at(names, names[a], least)
        np.minimum.at(names, names[b], least)
        names = names[names]
        while (names != names[names]).any():
            names = names[names]


def belonging(on: Flags, closely: Flags, field: Field) -> Strokes:
    """Which piece of ink belongs to which box and row.

    Args:
        on: ink.
        closely: ink, also close to what was printed: it bridges the lines that were left out.
        field: where the boxes stand.
    """
    labels = connected(_grown(_halved(closely | on)))
    tiles = on.reshape(on.shape[0] // 2, 2, on.shape[1] // 2, 2).sum((1, 3))
    pieces, boxes = int(labels.max()) + 1, len(field.rows)
    keys = labels * (boxes + 1) + field.ground + 1
    sums = np.bincount(keys.ravel(), tiles.ravel(), pieces * (boxes + 1)).reshape(pieces, -1)
    sums = sums * _PIXEL
    shares = sums[:, 1:]
    count = int(field.rows.max()) + 1
    by_row = np.stack([shares[:, field.rows == row].sum(1) for row in range(count)], 1)
    total = sums.sum(1)
    nowhere = shares.sum(1) < 0.5 * total
    box = np.where(nowhere, -1, shares.argmax(1))
    row = np.where(nowhere, -1, by_row.argmax(1))
    return Strokes(labels, total, box, row, _held(shares, nowhere), _held(by_row, nowhere))


def _held(shares: Points, nowhere: Flags) -> Flags:
    most = shares.max(1, keepdims=True)
    return (shares >= _ALIKE * most) & (most > 0) & ~nowhere[:, None]


def _halved(marked: Flags) -> Flags:
    tiles = marked.reshape(marked.shape[0] // 2, 2, marked.shape[1] // 2, 2)
    return anywhere(tiles, 1, 3)


def _grown(marked: Flags) -> Flags:
    """By a pixel to each side: strokes that a thin printed line parts are joined again."""
    wide = marked.copy()
    wide[1:] |= marked[:-1]
    wide[:-1] |= marked[1:]
    out = wide.copy()
    out[:, 1:] |= wide[:, :-1]
    out[:, :-1] |= wide[:, 1:]
    return out
