"""What the marks of a page are like as a whole: each of its rows is judged by that."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from deputydesk.scan.arrays import Flags
from deputydesk.scan.boxes import FEW, Boxes
from deputydesk.scan.field import Field
from deputydesk.scan.settings import Settings

_PLACES = 2  # boxes where one or two light marks may be
_LARGE = 1.8  # of a box's side: strokes as long as rings around it


@dataclass(frozen=True)
class Scene:
    """A page's boxes and what is known of the page as a whole."""

    boxes: Boxes
    field: Field
    settings: Settings
    least: float
    bilevel: bool
    choices: int = 1


class Sheet:
    """A page's boxes, told apart, and the habit and the pen of whoever filled it in.

    Attributes:
        marked: boxes with ink of their own, enough and dark enough.
        empty: boxes with next to no ink.
        crumbs: boxes with so little and so light ink that black and white may have left it of more.
        ring: boxes that a ring is around.
        ghost: boxes whose ink is so much lighter than the page's pen that it may shine through.
        shines: another sheet does shine through.
        lined: boxes of a column through which, one after another, a stroke runs.
        ticks: most marks are ticks, and there are no rings.
        rings_usual: there are so many rings that they are a habit.
        may_ring: rings are a habit here, or strokes are so long, and no ticks, that they may be.
        usual_fill: share of a box's inside that a mark fills.
        usual_extent: how long a larger mark is, in mm.
        usual_ink: how much ink it has, in mm².
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._b, self._s = scene.boxes, scene.settings
        b, s = self._b, self._s
        dark = b.darkness >= max(s.faintest, s.pen * b.pen)
        self.marked: Flags = (b.own >= s.sure) & dark
        self.empty: Flags = b.ink < s.nothing
        self.crumbs: Flags = (b.own > s.crumbs) & ~self.marked & (b.darkness < s.broken * b.pen)
        self.crumbs &= scene.bilevel
        self.ring: Flags = self._rings()
        self.rings_usual = self.ring.sum() >= FEW
        self.ghost: Flags = (b.darkness < s.ghost * b.pen) & (b.darkness < 0.30)
        self.shines = self._is_seen_through()
        self.lined: Flags = self._lines()
        known = self.marked.sum() >= FEW
        hooks = float(b.hook[self.marked].mean()) if known else 0.0
        self.ticks = hooks > s.ticks and not self.ring.any()
        self.usual_fill = float(np.median(b.filled[self.marked])) if known else 0.3
        # some of what seems marked may be specks: the larger marks say what is usual
        self.usual_extent = float(np.quantile(b.extent[self.marked], 0.75)) if known else 0.0
        self.usual_ink = float(np.quantile(b.ink[self.marked], 0.75)) if known else 0.0
        large = self.usual_extent > _LARGE * scene.field.side
        self.may_ring = bool(self.rings_usual or (large and not self.ticks))

    def is_eaten(self) -> bool:
        """Black and white left only crumbs of some stroke; of others it may have left nothing.

        Among strokes with smooth edges a single crumb may be a speck: only its row is asked about.
        """
        b, s = self._b, self._s
        if not self._scene.bilevel:
            return False
        if b.sure < FEW and self.rings_usual:
            return self._has_broken_rings()
        if b.sure < FEW or b.pen < s.solid:
            return True
        rough = float(np.quantile(b.rough[self.marked], 0.75))
        most = s.rough_filled if self.usual_fill > s.filled else s.rough
        return rough > most or self.crumbs.sum() > (rough < s.rough / 2)

    def is_erased(self) -> bool:
        """Black and white left so little of a mark that of another one nothing may be left."""
        rough = self._b.rough[self.marked].max(initial=0)
        return bool(self._scene.bilevel and rough > self._s.erased)

    def is_drowned(self) -> bool:
        """So noisy, for so light a pen, that beside the marks seen there may be others."""
        b, s, least = self._b, self._s, self._scene.least
        return b.pen < s.drowned * least or (least > s.noisy and b.sure < FEW)

    def _is_seen_through(self) -> bool:
        """Another sheet shines through, in more than a place or two, and no pen here is light."""
        ghosts = self.ghost & ~self.empty & ~self.marked
        return bool(ghosts.sum() > _PLACES and self._b.pen >= self._s.light_pen)

    def _has_broken_rings(self) -> bool:
        """Where one rings his answers: a ring has a gap, or somewhere is a piece of one."""
        b = self._b
        pieces = ~self.ring & ~self.marked & ((b.own > self._s.crumbs) | (b.around > 0.3))
        return bool(pieces.any() or (b.sectors[self.ring] < 14).any())

    def _rings(self) -> Flags:
        """Boxes in the middle of a ring, which may run through the box if it is not too large."""
        b = self._b
        amid = b.aside < self._s.amid
        around = self.empty & (b.sectors >= 12) & (b.around > 3.5)
        small = b.extent < 2.2 * self._scene.field.side
        off = ~self.marked & (b.hoop >= 13) & small & (b.around > 2) & (b.filled < 0.12)
        return (around | off) & amid

    def _lines(self) -> Flags:
        """Boxes of a column through which, one after another, a stroke runs."""
        b, field = self._b, self._scene.field
        lined = np.zeros(len(field.rows), bool)
        for column in _columns(field):
            joined = [self.is_joined(upper, lower) for upper, lower in pairwise(column)]
            for at in range(len(joined) - 1):
                middle = column[at + 1]
                runs = b.through[middle] or b.outline[middle] > 1  # along the outline, too
                if joined[at] and joined[at + 1] and runs:
                    lined[column[max(0, at - 1) : at + 4]] = True
        return lined

    def is_joined(self, upper: int, lower: int) -> bool:
        """Ink runs from the one box's gap into the other's, and goes on where it came from."""
        below, above = self._b.crosses[0][upper], self._b.crosses[1][lower]
        beside = above.copy()
        beside[1:] |= above[:-1]
        beside[:-1] |= above[1:]
        return bool((below & beside).any())


def _columns(field: Field) -> list[list[int]]:
    """The boxes that stand one below another."""
    columns: dict[int, list[int]] = {}
    for box, (x, _) in enumerate(field.centres):
        columns.setdefault(round(float(x) / field.side), []).append(box)
    return list(columns.values())
