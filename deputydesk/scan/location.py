"""Where a page lies in a scan: its code, then its corner squares, nearest to the code first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from deputydesk.reports.layout import Mark
from deputydesk.scan.arrays import Floats, Points
from deputydesk.scan.geometry import affine, homography, project, similarity
from deputydesk.scan.reasons import Refusal
from deputydesk.scan.sampling import Window, plain, straight
from deputydesk.scan.template import Template

_SCALE = 4.0
_LEAST_SCORE, _LEAST_AREA, _MOST_AREA = 0.38, 0.58, 1.35
_BENT = 0.5  # of perspective: more is no sheet of paper before a camera
_ASIDE = {2: 2.5, 3: 1.5, 4: 4.0}  # mm by which the code may miss its place, with so many marks


@dataclass(frozen=True)
class Located:
    """How mm of the page become pixels of the scan, and how many marks say so."""

    mapping: Points
    marks: int


def code_corners(template: Template) -> Points:
    """The corners of the code on the page, clockwise from the top left."""
    x, y, side = template.qr
    return np.array([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])


def first_guess(template: Template, corners: Points) -> Points:
    """Where the page lies, by its code alone."""
    return similarity(code_corners(template), corners)


def locate(picture: Image.Image, template: Template, corners: Points) -> Located | Refusal:
    """Find the page; each mark that is found makes the place of the next more certain.

    Args:
        picture: the scan, in greys.
        template: what is looked for.
        corners: of the code in the scan.
    """
    code = code_corners(template)
    order = sorted(template.marks, key=lambda mark: _far(mark, code.mean(0)))
    found = _found(picture, order, code, corners)
    first = _settled(code, corners, found)
    if isinstance(first, Located):
        return first
    # something else was taken for a mark, and led those after it astray
    for wrong, _ in found:
        less = _found(picture, [mark for mark in order if mark != wrong], code, corners)
        again = _settled(code, corners, less)
        if isinstance(again, Located):
            return again
    return first


def _found(
    picture: Image.Image, order: Sequence[Mark], code: Points, corners: Points
) -> list[tuple[Mark, Points]]:
    mapping = similarity(code, corners)
    found: list[tuple[Mark, Points]] = []
    for mark in order:
        near = (
            min(_far(mark, _middle(other)) for other, _ in found) if found else _least(mark, code)
        )
        place = _find(picture, mapping, mark, 4 + 0.075 * near)
        if place is None:
            place = _find(picture, mapping, mark, 6 + 0.16 * near)
        if place is not None:
            found.append((mark, place))
            mapping = _so_far(code, corners, found)
    return found


def _middle(mark: Mark) -> Points:
    return np.array((mark.x + mark.side / 2, mark.y + mark.side / 2))


def _far(mark: Mark, point: Points) -> float:
    return float(np.hypot(*(_middle(mark) - point)))


def _least(mark: Mark, points: Points) -> float:
    return min(_far(mark, point) for point in points)


def _joined(
    code: Points, corners: Points, found: Sequence[tuple[Mark, Points]]
) -> tuple[Points, Points]:
    source = np.vstack([code, *(_middle(mark)[None] for mark, _ in found)])
    return source, np.vstack([corners, *(place[None] for _, place in found)])


def _weights(code: float, marks: int) -> Points:
    return np.r_[np.full(4, code), np.ones(marks)]


def _so_far(code: Points, corners: Points, found: Sequence[tuple[Mark, Points]]) -> Points:
    source, target = _joined(code, corners, found)
    if len(found) < 2:
        return similarity(source, target)
    return affine(source, target, _weights(0.35, len(found)))


def _settled(
    code: Points, corners: Points, found: Sequence[tuple[Mark, Points]]
) -> Located | Refusal:
    source, target = _joined(code, corners, found)
    if len(found) < 2:
        return Refusal.MARKS_MISSING
    if len(found) == 2:
        mapping = similarity(source, target)
    elif len(found) == 3:  # a flat sheet; the boxes' own outlines do the rest
        mapping = affine(source, target, _weights(0.35, 3))
    else:
        mapping = homography(source, target, _weights(0.05, len(found)))
    if np.abs(mapping[2, :2]) @ (210, 297) > _BENT:
        return Refusal.GEOMETRY_IMPLAUSIBLE
    pixels = float(np.hypot(*similarity(code, corners)[:2, 0]))
    aside = np.abs(project(mapping, code) - corners).max() / pixels
    return Refusal.MARKS_MISSING if aside > _ASIDE[len(found)] else Located(mapping, len(found))


def _find(picture: Image.Image, mapping: Points, mark: Mark, radius: float) -> Points | None:
    """A black square within so many mm of its place: darker than the paper on three sides."""
    size = int((2 * radius + mark.side + 4) * _SCALE)
    middle = _middle(mark)
    start = middle - size / 2 / _SCALE
    window = Window(start[0], start[1], size, size, _SCALE)
    seen = straight(picture, window, plain(mapping)).astype(np.float32)
    inner = round(mark.side * _SCALE * 0.86)
    gap = round((0.45 + mark.side * 0.07) * _SCALE)
    around = round(_SCALE)
    whole = inner + 2 * (gap + around)
    places = size - whole + 1
    sums = np.zeros((size + 1, size + 1))
    sums[1:, 1:] = seen.cumsum(0).cumsum(1)
    edge = around + gap
    inside = _mean(sums, (edge, edge + inner), (edge, edge + inner), places)
    far = whole - around
    sides = np.stack(
        [
            _mean(sums, (0, around), (around, far), places),
            _mean(sums, (far, whole), (around, far), places),
            _mean(sums, (around, far), (0, around), places),
            _mean(sums, (around, far), (far, whole), places),
        ]
    )
    paper = np.sort(sides, 0)[1]  # one side may be torn, folded or in the shadow
    score = (paper - inside) / np.maximum(paper, 40)
    step = (np.arange(places) - (places - 1) / 2) / _SCALE
    score = score - 0.004 * np.hypot(*np.meshgrid(step, step))
    j, i = (int(at) for at in np.unravel_index(np.argmax(score), score.shape))
    if score[j, i] < _LEAST_SCORE:
        return None
    cut = (slice(max(0, j + edge - 2 * gap), j + edge + inner + 2 * gap),
           slice(max(0, i + edge - 2 * gap), i + edge + inner + 2 * gap))  # fmt: skip
    centre = _centre(seen[cut], float(paper[j, i]), float(inside[j, i]), mark.side)
    if centre is None:
        return None
    place = start + (centre + np.array((cut[1].start, cut[0].start))) / _SCALE
    return project(mapping, place[None])[0]


def _mean(sums: Points, rows: tuple[int, int], columns: tuple[int, int], places: int) -> Points:
    """Of a rectangle that stands so in the window, wherever the window is put."""
    (a, b), (c, d) = rows, columns
    total = (
        sums[b : b + places, d : d + places]
        - sums[a : a + places, d : d + places]
        - sums[b : b + places, c : c + places]
        + sums[a : a + places, c : c + places]
    )
    return total / ((b - a) * (d - c))


def _centre(seen: Floats, paper: float, black: float, side: float) -> Points | None:
    """The middle of what is dark, if that is as large as a mark."""
    dark = np.clip((paper - seen) / max(10.0, paper - black), 0, 1)
    dark[dark < 0.35] = 0
    total = float(dark.sum())
    if not _LEAST_AREA * side**2 < total / _SCALE**2 < _MOST_AREA * side**2:
        return None
    rows, columns = np.mgrid[0 : dark.shape[0], 0 : dark.shape[1]] + 0.5
    return np.array(((dark * columns).sum(), (dark * rows).sum())) / total
