"""How likely it is that a row says something else than it seems to: by what known sheets were like.

The rules of `rows` each look at one thing that may go wrong. What they find, and the measures that
they found it by, are weighed here together, by decision trees grown over pages whose answers are
known (`benchmarks/scan_odds.py`; docs/adr/0025).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

import numpy as np

from deputydesk.scan.arrays import Counts, Points
from deputydesk.scan.reasons import Doubt
from deputydesk.scan.rows import RowReading
from deputydesk.scan.settings import TREES
from deputydesk.scan.sheet import Scene, Sheet

_MEASURES = (
    "ink", "own", "darkness", "filled", "lent", "share", "stray", "foreign", "outline", "heavy",
    "tint", "around", "close", "sectors", "hoop", "passing", "width", "extent", "piece", "aside",
    "hook", "rough", "matches", "through", "dusty",
)  # fmt: skip
_KINDS = ("marked", "empty", "crumbs", "ring", "ghost", "lined")
TOLD_BY_RULES = frozenset((
    Doubt.DOUBLE, Doubt.CORRECTED, Doubt.OUTLINE, Doubt.LOST, Doubt.BLANK_MANY, Doubt.ERASED,
))  # fmt: skip
"""What a person has to look at, however unlikely it is that it is wrong."""
_UNWEIGHED = frozenset((Doubt.ERASED, Doubt.UNLIKE))
"""What came after the trees, or of them."""


class Weigher(Protocol):
    """What has the last word on which rows are asked about."""

    def weighed(self, scene: Scene, sheet: Sheet, rows: Sequence[RowReading]) -> list[RowReading]:
        """The rows as the rules read them, with doubts taken away or added."""
        ...


@dataclass(frozen=True)
class Odds:
    """Decision trees whose leaves add up to the logarithm of the odds that a row is misread.

    Args:
        feature: of each node, which of the `features` it asks for; -1: a leaf.
        limit: up to which the way goes on to the left.
        ways: of each node, where the way goes on to the left and to the right.
        value: of each leaf, what it adds.
        roots: the trees' first nodes.
    """

    feature: Counts
    limit: Points
    ways: Counts
    value: Points
    roots: Counts

    @staticmethod
    @cache
    def shipped() -> "Odds":
        """The trees that belong to this version of the rules."""
        with np.load(TREES, allow_pickle=False) as kept:
            return Odds(*(kept[name] for name in ("feature", "limit", "ways", "value", "roots")))

    def of(self, rows: Points) -> Points:
        """Of each row of `features`, how likely it is that its suggestion is wrong, from 0 to 1."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        each = np.arange(len(rows))[:, None]
        while (asks := self.feature[at]).max(initial=-1) >= 0:
            right = rows[each, asks] > self.limit[at]
            at = np.where(asks >= 0, self.ways[at, right.astype(int)], at)
        return 1 / (1 + np.exp(-self.value[at].sum(1)))

    def weighed(self, scene: Scene, sheet: Sheet, rows: Sequence[RowReading]) -> list[RowReading]:
        """The rows as the rules read them, and asked about or not by how likely they are wrong.

        Rows of one box, and those that may have several marks, are left to the rules.
        """
        several = [at for at, row in enumerate(rows) if len(row.ink) > 1]
        if not several or scene.choices > 1:
            return list(rows)
        told = list(rows)
        for at, odds in zip(several, self.of(features(scene, sheet, rows)[several]), strict=True):
            told[at] = _told(rows[at], float(odds), scene)
        return told


def _told(row: RowReading, odds: float, scene: Scene) -> RowReading:
    if not row.doubts:
        return replace(row, doubts=(Doubt.UNLIKE,)) if odds > scene.settings.unsure else row
    if odds < scene.settings.certain and not TOLD_BY_RULES & set(row.doubts):
        return replace(row, doubts=())
    return row


def features(scene: Scene, sheet: Sheet, rows: Sequence[RowReading]) -> Points:
    """What the odds of each row go by: one line a row, of 32-bit figures."""
    each = _measures(scene, sheet)
    page = np.concatenate([_page(scene, sheet, rows), _usual(scene, sheet)])
    lines = [np.concatenate([_row(scene, sheet, each, row), page]) for row in rows]
    return np.array(lines, np.float32)


def _measures(scene: Scene, sheet: Sheet) -> Points:
    """Of each box, its measures, how they compare with the page's usual ones, and what it is."""
    b = scene.boxes
    plain = [np.asarray(getattr(b, name), np.float64) for name in _MEASURES]
    compared = [
        b.darkness / max(b.pen, 0.01),
        b.extent / max(sheet.usual_extent, 1.0),
        b.ink / max(sheet.usual_ink, 0.5),
        b.filled / max(sheet.usual_fill, 0.05),
        b.heavy / max(b.uneven, 0.01),
        b.tint / max(b.tints, 0.002),
    ]
    kinds = [np.asarray(getattr(sheet, name), np.float64) for name in _KINDS]
    return np.stack([*plain, *compared, *kinds], 1)


def _row(scene: Scene, sheet: Sheet, each: Points, row: RowReading) -> Points:
    """The box that seems chosen, the likeliest other one, and the most of each measure of these."""
    b, field = scene.boxes, scene.field
    ks = np.flatnonzero(field.rows == row.row)
    is_chosen = np.isin(field.options[ks], row.answer)
    chosen, others = ks[is_chosen], ks[~is_chosen]
    drawn = b.ink[others] + 0.3 * b.around[others] + 0.5 * np.maximum(b.outline[others], 0)
    others = others[np.argsort(-drawn, kind="stable")]
    nothing = np.zeros(each.shape[1])
    doubts = [float(doubt in row.doubts) for doubt in Doubt if doubt not in _UNWEIGHED]
    return np.concatenate([
        each[chosen[0]] if len(chosen) else nothing,
        each[others[0]] if len(others) else nothing,
        each[others].max(0) if len(others) else nothing,
        _beside(scene, sheet, chosen),
        doubts,
        [len(chosen), len(ks), row.row],
    ])  # fmt: skip


def _beside(scene: Scene, sheet: Sheet, chosen: Counts) -> list[float]:
    """What the boxes above and below the one that seems chosen have."""
    b, field = scene.boxes, scene.field
    if not len(chosen):
        return [0.0] * 4
    k = chosen[0]
    near = np.abs(field.rows - field.rows[k]) == 1
    below = near & (np.abs(field.centres[:, 0] - field.centres[k, 0]) < field.side)
    if not below.any():
        return [0.0] * 4
    row = near & ~below
    return [
        float(b.own[below].max()),
        float(b.outline[below].max()),
        float(sheet.marked[below].sum()),
        float(sheet.marked[row].sum()),
    ]


def _page(scene: Scene, sheet: Sheet, rows: Sequence[RowReading]) -> list[float]:
    """What the page is like, and how many of its rows are doubtful, double or blank."""
    b = scene.boxes
    count = max(len(rows), 1)
    return [
        b.pen, b.sure, b.uneven, b.tints, scene.least, scene.bilevel, sheet.shines, sheet.ticks,
        sheet.rings_usual, sheet.may_ring, sheet.usual_fill, sheet.usual_extent, sheet.usual_ink,
        sheet.is_eaten(), sheet.is_drowned(), int(sheet.crumbs.sum()), float(b.matches.mean()),
        sum(bool(row.doubts) for row in rows) / count,
        sum(Doubt.DOUBLE in row.doubts for row in rows) / count,
        sum(not row.answer for row in rows) / count,
    ]  # fmt: skip


def _usual(scene: Scene, sheet: Sheet) -> list[float]:
    """What the page's marks have at least, and what its empty boxes have at most."""
    b, marked, empty = scene.boxes, sheet.marked, sheet.empty
    least = [
        float(np.quantile(measure[marked], 0.1)) if marked.any() else 0.0
        for measure in (b.darkness, b.own, b.extent, b.share)
    ]
    rough = [float(np.quantile(b.rough[marked], at)) if marked.any() else 0.0 for at in (0.5, 0.9)]
    most = [
        float(measure[empty].max()) if empty.any() else 0.0
        for measure in (b.ink, b.around, b.outline, b.heavy, b.tint)
    ]
    return [*least, *rough, *most, float(empty.mean())]
