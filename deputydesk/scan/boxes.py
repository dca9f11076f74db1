"""What is in and around each box: measured, not yet judged."""

from dataclasses import dataclass

import numpy as np

from deputydesk.scan.arrays import Counts, Flags, Floats, Points, anywhere
from deputydesk.scan.field import Field
from deputydesk.scan.ink import Ink
from deputydesk.scan.settings import Settings
from deputydesk.scan.strokes import Strokes
from deputydesk.scan.template import SCALE

_PIXEL = 1 / SCALE**2
_STRONG = 0.35  # of the page's pen: what shines through is weaker
_LANE = 3.0  # mm wide
_RING = 2.0  # mm² of ink, less is no ring
_ENDS, _FOOT, _ARM = 0.6, 2.0, 0.6  # mm: below a tick's foot, to its box's sides, of its short arm
_INKED = 0.3  # darkness of a stroke's edge
_PALE = 0.15  # darkness of the print that a gap may have
FEW = 3
"""Marks from which on a page shows what its pen is like."""


@dataclass(frozen=True)
class Boxes:
    """Each box's measures; areas in mm², lengths in mm.

    Args:
        ink: ink inside.
        own: that part of it which hangs together with ink that is mostly in this row.
        darkness: of the darkest quarter of it.
        filled: share of the inside.
        lent: that part of it which hangs together with more ink of another row.
        share: of the pieces of ink inside, how much of them lies inside.
        stray: strong ink inside or close, of pieces that belong to other boxes.
        foreign: strong ink anywhere on the box's ground, of pieces that belong to other boxes.
        outline: ink on the outline, more than on this page's empty boxes.
        heavy: how much darker the outline is than on this page's empty boxes, as a share of that.
        uneven: how the empty boxes differ in this.
        tint: how much darker most of a box's inside is than what is close around it.
        tints: how the empty boxes differ in this.
        around: strong ink outside, of pieces that belong to this box.
        close: that part of it which is close to the box.
        sectors: in how many of 16 directions there is such ink.
        hoop: in how many of these there is strong ink of this box's pieces, off its middle.
        passing: ink inside that belongs to another row.
        crosses: in which lanes ink runs through the gap below a box, and the gap above it.
        through: a stroke runs through the height of the box.
        width: lines of pixels inside that have two strokes or a wide one, as their height.
        extent: of the piece in it, or of what is around it.
        piece: mm² of the largest piece that belongs to this box.
        main: the piece to which most of the ink inside belongs; 0: no ink.
        aside: how far from the box the middle of a ring lies that what is nearest around it is part
            of, as a share of a row's height.
        hook: the stroke in it, or around it where nothing is in it, is a tick's and has its foot
            there: below it nothing goes on, and to above one arm at most.
        rough: share of the ink inside, and beside it, that is not as what is all around it: strokes
            with smooth edges have little of this, broken ones much.
        matches: how well the outline was found.
        dusty: a dust line runs through.
        pen: darkness of this page's marks.
        sure: how many boxes are surely marked.
    """

    ink: Points
    own: Points
    darkness: Points
    filled: Points
    lent: Points
    share: Points
    stray: Points
    foreign: Points
    outline: Points
    heavy: Points
    uneven: float
    tint: Points
    tints: float
    around: Points
    close: Points
    sectors: Counts
    hoop: Counts
    passing: Points
    crosses: tuple[Flags, Flags]
    through: Flags
    width: Points
    extent: Points
    piece: Points
    main: Counts
    aside: Points
    hook: Flags
    rough: Points
    matches: Points
    dusty: Flags
    pen: float
    sure: int


def measured(
    ink: Ink, strokes: Strokes, field: Field, matches: Points, settings: Settings,
    dust: Flags | None,
) -> Boxes:  # fmt: skip
    """Measure every box of a page."""
    cells = field.cells
    on = field.cut(ink.on) & field.reach
    strength = field.cut(ink.strength)
    piece = _pieces(strokes, field)
    mine = strokes.of_box[piece, np.arange(len(on))[:, None, None]]
    in_row = strokes.of_row[piece, field.rows[:, None, None]]
    elsewhere = strokes.rows[piece] != field.rows[:, None, None]
    inner = on & cells.inside
    area = inner.sum((1, 2)) * _PIXEL
    own = (inner & in_row).sum((1, 2)) * _PIXEL
    darkness = _darkness(np.where(inner, strength, 0), area)
    marked = area > settings.sure
    pen = _pen(np.where(marked, darkness, 0), field)
    main = _main(piece, inner)
    heavy, uneven = _heavy(ink, field, area < settings.nothing)
    tint, tints = _tint(ink, field, area < settings.nothing)
    strong = on & (strength > _STRONG * pen)
    around = strong & cells.outside & mine
    dusty = np.zeros(len(on), bool)
    if dust is not None:
        dusty = anywhere(field.cut(dust) & cells.band, 1, 2)
    return Boxes(
        ink=area,
        own=own,
        darkness=darkness,
        filled=area / (cells.inside.sum() * _PIXEL),
        lent=(inner & in_row & elsewhere).sum((1, 2)) * _PIXEL,
        share=_share(piece, inner & in_row, strokes),
        stray=(strong & ~mine & (cells.inside | cells.near)).sum((1, 2)) * _PIXEL,
        foreign=(strong & ~mine).sum((1, 2)) * _PIXEL,
        outline=_on_outline(ink, field, area < settings.nothing, pen),
        heavy=heavy,
        uneven=uneven,
        tint=tint,
        tints=tints,
        around=around.sum((1, 2)) * _PIXEL,
        close=(around & cells.near).sum((1, 2)) * _PIXEL,
        sectors=_sectors(around, field),
        hoop=_sectors(strong & mine & cells.off_middle, field),
        passing=area - own,
        crosses=_gaps(on, field),
        through=_through(on, field),
        width=_width(inner, field),
        extent=_extent(on & np.where(main[:, None, None] > 0, piece == main[:, None, None], mine)),
        piece=_largest(strokes, len(on)),
        main=main,
        aside=_aside(strong & mine & cells.off_middle, field),
        hook=_hooks(on, piece, np.where(main > 0, main, _main(piece, around)), field),
        rough=_rough(strength, field),
        matches=matches,
        dusty=dusty,
        pen=pen,
        sure=int(marked.sum()),
    )


def _pieces(strokes: Strokes, field: Field) -> Counts:
    """Of each pixel around each box, which piece of ink it is of."""
    cells, labels = field.cells, strokes.labels
    found = np.empty((len(field.starts), cells.height, cells.width), np.int64)
    for box, (x, y) in enumerate(field.starts):
        down = np.arange(int(y), int(y) + cells.height) // 2
        across = np.arange(int(x), int(x) + cells.width) // 2
        found[box] = labels[down[:, None], across]
    return found


def _darkness(strength: Floats, area: Points) -> Points:
    flat = strength.reshape(len(strength), -1)
    top = -np.sort(-flat, axis=1)
    place = np.minimum(np.maximum(2, (0.25 * area / _PIXEL).astype(int)), flat.shape[1] - 1)
    return top[np.arange(len(top)), place].astype(np.float64)


def _pen(darkness: Points, field: Field) -> float:
    """Of the darkest mark in each row: what shines through from another sheet is lighter."""
    rows = np.array([darkness[field.rows == row].max() for row in np.unique(field.rows)])
    marks = rows[rows > 0]
    return float(np.median(marks)) if len(marks) >= FEW else 0.5


def _on_outline(ink: Ink, field: Field, empty: Flags, pen: float) -> Points:
    """Strong ink there, beyond what this page's empty boxes have and how they differ."""
    closely = field.cut(ink.dark - field.covered_closely) > max(ink.least, _STRONG * pen)
    area = (closely & field.cells.band).sum((1, 2)) * _PIXEL
    if empty.sum() <= 5:
        return area
    usual = np.median(area[empty])
    spread = 1.4826 * np.median(np.abs(area[empty] - usual))
    return area - usual - 2 * spread


def _heavy(ink: Ink, field: Field, empty: Flags) -> tuple[Points, float]:
    """A stroke that runs exactly upon the printed line makes it darker, or thicker."""
    weight = (field.cut(ink.dark) * field.cells.outline).sum((1, 2))
    if empty.sum() <= 5:
        return np.zeros(len(weight)), 0.0
    usual = float(np.median(weight[empty]))
    share = weight / max(usual, _PIXEL) - 1
    return share, 1.4826 * float(np.median(np.abs(share[empty])))


def _tint(ink: Ink, field: Field, empty: Flags) -> tuple[Points, float]:
    """A box that is filled in so lightly that no place in it is dark enough for ink."""
    around = field.cut(ink.stained)
    inside = np.median(around[:, field.cells.inside], axis=1)
    tint = (inside - np.median(around[:, field.cells.near], axis=1)).astype(np.float64)
    if empty.sum() <= 5:
        return tint, 0.0
    return tint, 1.4826 * float(np.median(np.abs(tint[empty] - np.median(tint[empty]))))


def _sectors(around: Flags, field: Field) -> Counts:
    counts = np.zeros(len(around), np.int64)
    for sector in np.unique(field.cells.sector):
        counts += anywhere(around & (field.cells.sector == sector), 1, 2)
    return counts


def _gaps(on: Flags, field: Field) -> tuple[Flags, Flags]:
    """In which lanes ink runs all through the gap below a box, and above it.

    Lanes overlap: a stroke that slants leaves one of them for the next.
    """
    cells = field.cells
    down, across = cells.down[:, 0], cells.across[0]
    lane = np.abs(across) < cells.half + 2.5
    covered = field.cut(field.covered)
    free = covered[:, :, lane].mean((0, 2)) < _PALE
    below, above = (free & (down > cells.half + 0.35)), (free & (down < -cells.half - 0.35))
    middles = np.arange(-cells.half - 2, cells.half + 2.1, 1.0)
    lanes = [np.abs(across - middle) < _LANE / 2 for middle in middles]
    drawn_below, drawn_above = (on[:, gap] & ~_ruled(covered[:, gap]) for gap in (below, above))
    return _run_through(drawn_below, lanes), _run_through(drawn_above, lanes)


def _ruled(covered: Floats) -> Flags:
    """Where an upright rule was printed all through the gap.

    In black and white it is as dark as a stroke.
    """
    return ~anywhere(covered <= _PALE, 1)[:, None]


def _run_through(gap: Flags, lanes: list[Flags]) -> Flags:
    shares = [anywhere(gap[:, :, lane], 2).mean(1) for lane in lanes]
    return np.stack(shares, 1) > 0.7


def _through(on: Flags, field: Field) -> Flags:
    """A single stroke, in the box or close beside it; a ring has two."""
    cells = field.cells
    lane = np.abs(cells.across[0]) < cells.half + 2.5
    height = np.abs(cells.down[:, 0]) < cells.half - 0.6
    padded = np.pad(on[:, height][:, :, lane], ((0, 0), (0, 0), (1, 0))).astype(np.int8)
    runs = (np.diff(padded, axis=2) == 1).sum(2)
    return (runs == 1).mean(1) > 0.6


def _width(inner: Flags, field: Field) -> Points:
    """Height of the lines of pixels inside that have more than one thin stroke."""
    cells = field.cells
    edge = cells.half - 0.6
    rows, columns = np.abs(cells.down[:, 0]) < edge, np.abs(cells.across[0]) < edge
    seen = inner[:, rows][:, :, columns]
    solid = seen[:, :, 1:] & seen[:, :, :-1]
    padded = np.pad(solid, ((0, 0), (0, 0), (1, 0))).astype(np.int8)
    runs = (np.diff(padded, axis=2) == 1).sum(2)
    across = solid.sum(2) + 1
    thin = across[(runs == 1) & (across > 1)]
    usual = float(np.median(thin)) if len(thin) else 0.0
    wide = across > max(1.3 * SCALE, 1.8 * usual)
    return ((runs >= 2) | wide).sum(1) / SCALE


def _extent(mine: Flags) -> Points:
    """The longer side of what is each box's own."""
    return np.maximum(_span(anywhere(mine, 1)), _span(anywhere(mine, 2))) / SCALE


def _span(along: Flags) -> Points:
    count = along.shape[1]
    first, last = along.argmax(1), count - 1 - along[:, ::-1].argmax(1)
    return np.where(anywhere(along, 1), last - first, 0).astype(np.float64)


def _rough(strength: Floats, field: Field) -> Points:
    """Pixels that the nine of their neighbourhood outvote."""
    cells = field.cells
    edge = cells.half - 0.6
    lines, columns = (
        np.flatnonzero(np.abs(at) < edge) for at in (cells.down[:, 0], cells.across[0])
    )
    (top, bottom), (left, right) = ((at[0], at[-1] + 1) for at in (lines, columns))
    seen = (strength[:, top - 1 : bottom + 1, left - 1 : right + 1] > _INKED).astype(np.int8)
    high, wide = bottom - top, right - left
    windows = [seen[:, y : y + high, x : x + wide] for y in range(3) for x in range(3)]
    around = np.add.reduce(windows)
    ink = seen[:, 1:-1, 1:-1] > 0
    outvoted: Counts = ((around >= 5) != ink).sum((1, 2))
    return outvoted / np.maximum(ink.sum((1, 2)), 1)


def _share(piece: Counts, inner: Flags, strokes: Strokes) -> Points:
    share = np.ones(len(piece))
    for box in np.flatnonzero(anywhere(inner, 1, 2)):
        inside = piece[box][inner[box]]
        whole = float(strokes.areas[np.unique(inside)].sum())
        share[box] = len(inside) * _PIXEL / max(whole, _PIXEL)
    return share


def _largest(strokes: Strokes, boxes: int) -> Points:
    largest = np.zeros(boxes)
    of_box = strokes.boxes >= 0
    of_box[0] = False
    np.maximum.at(largest, strokes.boxes[of_box], strokes.areas[of_box])
    return largest


def _aside(mine: Flags, field: Field) -> Points:
    """By the circle that fits the nearest ink in each direction best."""
    cells = field.cells
    away = np.hypot(cells.across, cells.down)
    aside = np.zeros(len(mine))
    for box in np.flatnonzero(mine.sum((1, 2)) * _PIXEL > _RING):
        at = np.flatnonzero(mine[box])
        order = np.argsort(away.ravel()[at], kind="stable")
        nearest = at[order][np.unique(cells.sector.ravel()[at[order]], return_index=True)[1]]
        x, y = cells.across.ravel()[nearest], cells.down.ravel()[nearest]
        circle = np.stack([2 * x, 2 * y, np.ones_like(x)], 1)
        a, b, _ = np.linalg.lstsq(circle, x * x + y * y, rcond=None)[0]
        aside[box] = max(abs(a), abs(b))
    return aside * SCALE / cells.height


def _hooks(on: Flags, piece: Counts, main: Counts, field: Field) -> Flags:
    """A tick's foot: below it nothing goes on; both arms meet there, and one goes on upwards."""
    cells = field.cells
    hooks = np.zeros(len(on), bool)
    for box in np.flatnonzero(main):
        stroke = on[box] & (piece[box] == main[box])
        lines = np.flatnonzero(anywhere(stroke, 1))
        first, last = lines[0], lines[-1]
        foot = cells.across[0][anywhere(stroke[max(0, last - 1) : last + 1], 0)].mean()
        padded = np.pad(stroke[first : last + 1], ((0, 0), (1, 0))).astype(np.int8)
        runs = (np.diff(padded, axis=1) == 1).sum(1)
        upper = runs[: len(runs) // 2]
        hooks[box] = (
            last < cells.height - _ENDS * SCALE
            and abs(foot) < cells.half + _FOOT
            and (runs == 2).sum() > _ARM * SCALE
            and (upper < 2).mean() > 0.8
        )
    return hooks


def _main(piece: Counts, inner: Flags) -> Counts:
    main = np.zeros(len(piece), np.int64)
    for box in np.flatnonzero(anywhere(inner, 1, 2)):
        main[box] = np.bincount(piece[box][inner[box]]).argmax()
    return main
