"""What each row says: an answer that is certain, or a suggestion and why a person has to look."""

from dataclasses import dataclass, replace

import numpy as np

from deputydesk.scan.arrays import Counts
from deputydesk.scan.boxes import FEW
from deputydesk.scan.reasons import Doubt
from deputydesk.scan.sheet import Scene, Sheet

_MANY_BILEVEL = 2  # blank rows; where black and white took these marks, it may have taken others
_TRACE = 0.1  # mm²
_RIM = 8.0  # mm² around a box
_THICK = 7.0  # mm² of a thick pen's marks


@dataclass(frozen=True)
class RowReading:
    """A row as it was read.

    Args:
        row: counted from 0.
        answer: the options ticked, counted from 0; a suggestion only, if there are doubts.
        doubts: why a person has to look; empty if it is certain.
        ink: of each box, in mm².
    """

    row: int
    answer: tuple[int, ...]
    doubts: tuple[Doubt, ...]
    ink: tuple[float, ...]


class Judge:
    """Judges the rows of one page.

    Attributes:
        sheet: what the page's marks are like as a whole.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._b, self._s = scene.boxes, scene.settings
        self.sheet = Sheet(scene)

    def rows(self) -> list[RowReading]:
        """Every row; blank ones are asked about if too many are."""
        rows = self._scene.field.rows
        read = [self._row(int(row), np.flatnonzero(rows == row)) for row in np.unique(rows)]
        asked = [row for row in read if len(row.ink) > 1]  # a box that stands alone may stay empty
        blank = sum(not row.answer for row in asked)
        is_eaten = self.sheet.is_eaten() or (self._scene.bilevel and blank > _MANY_BILEVEL)
        crumbs = set(rows if is_eaten else rows[self.sheet.crumbs])
        read = [_doubted(row, Doubt.BROKEN) if row.row in crumbs else row for row in read]
        if self.sheet.is_drowned():
            read = [_doubted(row, Doubt.DROWNED) for row in read]
        if blank > max(3, self._s.mostly * len(asked)):
            read = [_doubted(row, Doubt.BLANK_MANY) for row in read]
        if self.sheet.is_erased():
            read = [replace(row, doubts=(*row.doubts, Doubt.ERASED)) for row in read]
        return read

    def _is_of_line(self, k: int) -> bool:
        """The mark may be of a line down the column, most of which lies elsewhere."""
        within = self._s.within if self._b.hook[k] else self._s.end_within
        if self._b.share[k] > within:
            return False
        return bool(self.sheet.lined[k]) or self._is_line(k)

    def _is_line(self, k: int) -> bool:
        """A single stroke through the whole box that goes on to another row and has no foot."""
        b = self._b
        goes_on = b.crosses[0][k].any() or b.crosses[1][k].any()
        return bool(b.through[k] and b.width[k] < 0.4 and not b.hook[k] and goes_on)

    def _row(self, row: int, ks: Counts) -> RowReading:
        b = self._b
        marked = [k for k in ks if self.sheet.marked[k]]
        known = self.sheet.marked | self.sheet.empty | self.sheet.ring
        unsure = [k for k in ks if not known[k]]
        rings = [k for k in ks if self.sheet.ring[k]]
        why: list[Doubt] = []
        if any(b.matches[k] < 0.25 and not self.sheet.marked[k] for k in ks):
            why.append(Doubt.LOST)
        if not marked and len(unsure) <= 1 and not rings:
            alone = [k for k in unsure or ks if self._is_plain(k, ks)]
            marked, unsure = (alone, []) if len(alone) == 1 else ([], unsure)
        if len(marked) == 1 and b.darkness[marked[0]] > 0.6 * b.pen:
            unsure = [k for k in unsure if not self._is_nothing(k, marked[0])]
        if len(marked) == 1 and not unsure and not rings:
            chosen = marked
            why += self._beside_mark(marked[0], ks)
        elif len(marked) > 1:
            chosen, found = self._several(marked)
            why += found
        elif not marked and not unsure and len(rings) == 1:
            chosen = rings
            why += self._ringed(rings[0], ks)
        elif not marked and not unsure and not rings:
            chosen, found = self._blank(ks)
            why += found
        else:
            candidates = [*marked, *unsure, *rings]
            chosen = [max(candidates, key=lambda k: b.ink[k] + 0.3 * b.around[k])]
            why.append(Doubt.WEAK if unsure else Doubt.CIRCLED)
        options = tuple(int(self._scene.field.options[k]) for k in chosen)
        return RowReading(
            row, options, tuple(dict.fromkeys(why)), tuple(round(float(b.ink[k]), 2) for k in ks)
        )

    def _is_plain(self, k: int, ks: Counts) -> bool:
        """A mark that anybody would see, in a row where nothing else is."""
        b = self._b
        if self._scene.bilevel or any(b.ink[x] > 0.06 or b.close[x] > 0.3 for x in ks if x != k):
            return False
        return self._is_aside(k) or self._is_light(k) or self._is_large(k)

    def _is_light(self, k: int) -> bool:
        """A whole tick, of less pressure than the others; what shines through is lighter."""
        b, s = self._b, self._s
        whole = b.hook[k] and b.own[k] >= s.sure and b.share[k] > 0.3
        return bool(self.sheet.ticks and whole and b.darkness[k] > max(s.light, s.lighter * b.pen))

    def _is_large(self, k: int) -> bool:
        """A tick so large that it goes around the box rather than through it."""
        b = self._b
        large = b.hook[k] and b.around[k] > 3 and b.close[k] > 1 and b.sectors[k] >= 4
        return bool(self.sheet.ticks and large)

    def _is_aside(self, k: int) -> bool:
        """A real mark that is half outside of its box; of a ring's side less lies inside."""
        b = self._b
        if b.own[k] < 0.45 or b.piece[k] < 1.5 or (b.share[k] < 0.2 and not self.sheet.ticks):
            return False
        return bool(b.darkness[k] >= max(0.24, 0.6 * b.pen))

    def _is_nothing(self, k: int, marked: int) -> bool:
        """Beside a sure mark: what shines through, a speck, another row's stroke in passing."""
        b = self._b
        if self.sheet.ghost[k] and self.sheet.shines:
            return True
        if self._is_stain(k, marked):
            return True
        speck = b.piece[k] < min(0.9, 0.35 * b.ink[marked]) and b.extent[k] < 1.3
        if speck and b.outline[k] < b.piece[k] + 0.2 and not self._scene.bilevel:
            return True
        little = self.sheet.ticks or b.ink[k] < self._s.sure
        return bool(little and b.own[k] < 0.1 and b.width[k] < 1 and not self.sheet.lined[k])

    def _is_stain(self, k: int, marked: int) -> bool:
        """Beside a tick: lighter by half, as smooth as no pen fills a box."""
        b = self._b
        smooth = b.filled[k] > 0.35 and b.rough[k] < 0.03 and not b.hook[k]
        return bool(self.sheet.ticks and b.hook[marked] and smooth and b.darkness[k] < 0.55 * b.pen)

    def _beside_mark(self, k: int, ks: Counts) -> list[Doubt]:
        """What makes a single mark doubtful."""
        b, s = self._b, self._s
        others = [x for x in ks if x != k]
        fill, usual = b.filled[k], self.sheet.usual_fill
        odd = (fill > s.filled and usual < 0.4) or fill > max(0.42, 2.2 * usual)
        thin = self._scene.bilevel and fill < 0.5 * usual > s.filled / 2
        found = (
            (Doubt.LINE, self._is_of_line(k)),
            (Doubt.SHARED, self._is_shared(k)),
            (Doubt.SPECK, self._is_speck(k)),
            (Doubt.SMALL, thin or self._is_small(k)),
            (Doubt.WEAK, self._is_shade(k) or any(self._is_trace(x) for x in others)),
            (Doubt.FILLED, odd),
            (Doubt.OUTLINE, any(b.outline[x] > s.on_outline + b.stray[x] for x in others)),
            (Doubt.BESIDE, self._is_rim(k) or any(self._is_beside(x) for x in others)),
            (Doubt.DUST, any(b.dusty[x] for x in others) and self._scene.bilevel),
        )
        return [doubt for doubt, holds in found if holds]

    def _is_speck(self, k: int) -> bool:
        """A dot; or a short stroke of hardly any ink that lies in the box and has no foot."""
        b = self._b
        dot = b.ink[k] < 1.6 and b.extent[k] < self._s.dot
        short = b.ink[k] < 1.1 and b.extent[k] < 1.8 * self._s.dot
        return bool(dot or (short and b.share[k] > 0.9 and not b.hook[k]))

    def _is_small(self, k: int) -> bool:
        """Smaller than the others by half; or a spot that a thick pen left in the box."""
        b = self._b
        short = (
            b.extent[k] < 0.5 * self.sheet.usual_extent and b.ink[k] < 0.6 * self.sheet.usual_ink
        )
        inside = b.around[k] < 0.3 and not b.hook[k] and self.sheet.usual_ink > _THICK
        return bool(short or (inside and b.ink[k] < 0.4 * self.sheet.usual_ink))

    def _is_shade(self, k: int) -> bool:
        """Where the marks are light, what is lighter still; or is the box of a ring, and darker.

        Either has no tick's foot. Among ticks of any pen, so is what is much lighter, and smaller.
        """
        b = self._b
        if b.pen < self._s.light_pen and self.sheet.rings_usual:
            return True  # rings have no ink in their boxes: the edge of a shadow gives it
        if b.hook[k]:
            return False
        pale = b.darkness[k] < 0.62 * b.pen and b.ink[k] < 0.6 * self.sheet.usual_ink
        if self.sheet.ticks and pale and not self._scene.bilevel:
            return True
        return bool(b.pen < self._s.light_pen and b.darkness[k] < 0.85 * b.pen)

    def _is_rim(self, k: int) -> bool:
        """Among ticks, what has no foot and goes far around the box may be the rim of a stain."""
        return bool(self.sheet.ticks and not self._b.hook[k] and self._b.around[k] > _RIM)

    def _is_trace(self, k: int) -> bool:
        """What may be left of a second mark: ink where all is light, a tint among filled boxes."""
        b, s = self._b, self._s
        light = b.pen < s.light_pen and b.ink[k] > _TRACE
        return bool(light or (self.sheet.usual_fill > s.filled and b.tint[k] > 2 * s.tinted))

    def _is_beside(self, k: int) -> bool:
        """Something is drawn around an empty box, or close to it: more than a line gone astray."""
        b, s = self._b, self._s
        turned = b.close[k] > 2.2 and b.sectors[k] >= 5
        large = b.around[k] > 3 and b.sectors[k] >= 4
        touching = b.ink[k] > 0.06 and b.around[k] > s.beside and b.close[k] > 0.5
        return bool(turned or large or touching)

    def _is_shared(self, k: int) -> bool:
        """The mark's stroke may be another row's, or is another's mark, too."""
        field, b = self._scene.field, self._b
        if b.hook[k] and self.sheet.ticks:
            return False
        if self._is_lent(k) or self._is_arc(k) or b.passing[k] > 0.5 * b.ink[k]:
            return True
        near = np.abs(field.rows - field.rows[k]) == 1
        below = np.abs(field.centres[:, 0] - field.centres[k, 0]) < field.side
        return any(self._shares(k, int(x)) for x in np.flatnonzero(near & below))

    def _shares(self, k: int, other: int) -> bool:
        """One plain stroke runs from box to box, or the other row has nothing but this stroke."""
        b = self._b
        upper, lower = sorted((k, other))
        plain = min(b.width[k], b.width[other]) < 1
        there = b.own[other] >= self._s.nothing or b.outline[other] > 0.8
        if plain and there and self.sheet.is_joined(upper, lower):
            return True
        own_shape = b.width[k] >= 1.3 and b.main[k] != b.main[other]
        return not own_shape and self._takes(other)

    def _is_lent(self, k: int) -> bool:
        """A stroke only passes through: most of it lies in another row, or far around.

        Where all tick, a second stroke in the box says that something was drawn here, too; where
        one rings his answers that may be the ring's other end.
        """
        b = self._b
        thick, large = (1.0, 1.3) if self.sheet.ticks else (np.inf, np.inf)
        if b.extent[k] > 2.2 * self._scene.field.side and b.share[k] < 0.3 and b.width[k] < large:
            return True
        return bool(b.lent[k] > 0.5 * b.own[k] and b.width[k] < thick)

    def _is_arc(self, k: int) -> bool:
        """Where one rings his answers, or may: a stroke across the box is of another's ring."""
        b = self._b
        if self.sheet.ring[k] or self.sheet.ticks or b.width[k] >= 1:
            return False
        rings = self.sheet.may_ring and b.share[k] < 0.45
        return bool(rings or (b.share[k] < 0.3 and b.extent[k] > 1.6 * self._scene.field.side))

    def _takes(self, k: int) -> bool:
        """Another row's stroke would be the only mark in the row of this box."""
        b = self._b
        if b.own[k] >= self._s.nothing and self._is_lent(k):
            return True
        row = self._scene.field.rows == self._scene.field.rows[k]
        return bool(b.passing[k] > self._s.sure and not self.sheet.marked[row].any())

    def _several(self, marked: list[int]) -> tuple[list[int], list[Doubt]]:
        b = self._b
        if len(marked) <= self._scene.choices:
            return marked, [Doubt.LINE] if any(self.sheet.lined[k] for k in marked) else []
        by_fill = sorted(marked, key=lambda k: -b.filled[k])
        if len(marked) == 2 and b.filled[by_fill[0]] > 0.55 and b.filled[by_fill[1]] < 0.5:
            return [by_fill[1]], [Doubt.DOUBLE, Doubt.CORRECTED]
        return marked, [Doubt.DOUBLE]

    def _ringed(self, k: int, ks: Counts) -> list[Doubt]:
        """A ring around a box is an answer where the voter does so everywhere."""
        certain = self.sheet.rings_usual and self._is_own(k)
        alone = not any(self._is_drawn_at(x) for x in ks if x != k)
        return [] if certain and alone else [Doubt.CIRCLED]

    def _is_drawn_at(self, k: int) -> bool:
        """Something of its own is in or around the box, were it too light to be strong."""
        b = self._b
        inside = b.ink[k] >= 0.06 and not self.sheet.ghost[k]
        return bool(inside or b.around[k] >= 1 or b.piece[k] >= 0.5)

    def _is_own(self, k: int) -> bool:
        """The ring is no other row's, nor put together of two that touch above and below."""
        b = self._b
        whole = b.sectors[k] >= 13 and b.aside[k] < 0.15
        near = 0.5 * b.around[k] < b.piece[k] < b.around[k] / 0.7
        return bool(whole or (near and not self.sheet.lined[k]))

    def _blank(self, ks: Counts) -> tuple[list[int], list[Doubt]]:
        b, s = self._b, self._s
        traces = b.around[ks] + np.maximum(b.outline[ks], 0)
        most = ks[int(np.argmax(traces))]
        if b.around[ks].max() > s.beside_blank or b.outline[ks].max() > s.on_outline_blank:
            return [most], [Doubt.BESIDE]
        faint = self._faintly_drawn(ks)
        if faint:
            return faint
        if self.sheet.lined[ks].any():
            return [], [Doubt.LINE]
        foreign = s.foreign_ring if self.sheet.may_ring else s.foreign_blank
        if b.stray[ks].max() > s.stray_blank or b.foreign[ks].max() > foreign:
            return [], [Doubt.SHARED]
        if b.dusty[ks].any():
            return [], [Doubt.DUST]
        unseen = (
            (Doubt.BLANK_BILEVEL, self._scene.bilevel),
            (Doubt.BLANK_NOISY, self._scene.least > s.noisy or b.uneven > s.patchy),
            (Doubt.BLANK_LIGHT, b.sure < FEW or b.pen < s.light_pen),
        )
        return [], [doubt for doubt, holds in unseen if holds][:1]

    def _faintly_drawn(self, ks: Counts) -> tuple[list[int], list[Doubt]] | None:
        """A box that is filled in too lightly to be ink, or drawn around upon its outline."""
        b, s = self._b, self._s
        filled, outlined = int(ks[np.argmax(b.tint[ks])]), int(ks[np.argmax(b.heavy[ks])])
        if b.tint[filled] > max(s.tinted, s.heavier * b.tints):
            return [filled], [Doubt.WEAK]
        if b.heavy[outlined] > min(max(s.heavy, s.heavier * b.uneven), s.heaviest):
            return [outlined], [Doubt.OUTLINE]
        return None


def _doubted(row: RowReading, why: Doubt) -> RowReading:
    return row if row.doubts else RowReading(row.row, row.answer, (why,), row.ink)
