"""Every figure that the reader decides by, in one place, and the stamp that names them."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

VERSION = "9"
"""Of the reader's rules: another number whenever a page might be read otherwise than before."""

TREES = Path(__file__).with_name("odds.npz")
"""The decision trees of `odds`, as `benchmarks/scan_odds.py` grew them."""


@dataclass(frozen=True)
class Settings:
    """What the reader decides by; lengths in mm, areas in mm², darkness from 0 white to 1 black."""

    coarsest: float = 4.2
    """Pixels per mm below which boxes cannot be seen."""
    ink: float = 0.11
    """Darkness above the paper around it that counts as ink ..."""
    noise: float = 4.5
    """... or so many times the paper's noise, if that is more."""
    sure: float = 0.85
    """Ink in a box from which on it is marked."""
    nothing: float = 0.22
    """Ink in a box below which it is empty."""
    faintest: float = 0.18
    """Darkness that a sure mark has at least ..."""
    pen: float = 0.5
    """... and as a share of what this page's own pen has."""
    ghost: float = 0.4
    """Share of the page's pen below which something shines through or is a shadow."""
    crumbs: float = 0.12
    """On a black-and-white scan: ink in a box that was more before it was scanned, if it is ..."""
    broken: float = 0.6
    """... lighter than this share of the page's pen, which there is black."""
    rough: float = 0.09
    """On a black-and-white scan, how rough the edges of most marks may be if none was broken ..."""
    rough_filled: float = 0.05
    """... where boxes are filled in: those have little edge for their ink."""
    erased: float = 0.25
    """On a black-and-white scan, how rough a single mark is that shows that others may be gone."""
    solid: float = 0.85
    """On a black-and-white scan, what the page's pen has at least if it left whole strokes."""
    filled: float = 0.62
    """Share of a box's inside that is filled in rather than ticked."""
    on_outline: float = 0.8
    """Ink on another box's outline beside a mark that is asked about ..."""
    on_outline_blank: float = 0.55
    """... and in a row where nothing is marked."""
    heavy: float = 0.07
    """How much darker an outline is that is asked about in a row where nothing is marked ..."""
    heavier: float = 4.0
    """... or so many times as the page's empty boxes differ, if that is more."""
    heaviest: float = 0.25
    """... but in any case, however they differ."""
    patchy: float = 0.1
    """How much the outlines differ on a page whose blank rows are all asked about."""
    tinted: float = 0.03
    """How much darker a whole box is than what is around it that is asked about where nothing is
    marked; or `heavier` times as the page's empty boxes differ, if that is more."""
    beside: float = 1.3
    """Ink of its own around another box that is asked about ..."""
    beside_blank: float = 0.5
    """... and in a row where nothing is marked."""
    stray_blank: float = 0.6
    """Ink of other rows close to a box that is asked about in a row where nothing is marked."""
    foreign_blank: float = 1.5
    """The same, anywhere on the box's ground: a ring so large that it lies on other rows ..."""
    foreign_ring: float = 0.5
    """... where answers may be ringed."""
    amid: float = 0.36
    """How far from a box, as a share of a row's height, a ring's middle may lie that is its own."""
    ticks: float = 0.5
    """Share of a page's marks from which on it is one of ticks: a tick's foot says whose it is."""
    within: float = 0.55
    """Share of a stroke in the box it marks, from which on it is no line down a column ..."""
    end_within: float = 0.6
    """... and of one without a tick's foot: a line that ends in the box has none."""
    light: float = 0.3
    """Darkness of a light tick that is a mark, alone in its row ..."""
    lighter: float = 0.38
    """... and as a share of what this page's own pen has."""
    dot: float = 1.8
    """A mark smaller than this across, and of little ink, may be a speck."""
    light_pen: float = 0.42
    """A page whose pen is lighter than this may hold marks that cannot be seen."""
    noisy: float = 0.15
    """A page on which only what is darker than this counts may hold marks that cannot be seen."""
    drowned: float = 1.8
    """Of what counts on such a page: a pen that is lighter than so many times that may be lost."""
    certain: float = 0.008
    """How likely a row that the rules ask about may be wrong if it is not to be asked about ..."""
    unsure: float = 0.03
    """... and one that they do not, if it is."""
    mostly: float = 0.4
    """Share of blank rows from which on they are asked about."""
    matching: float = 0.45
    """How well the printed outlines must be found, as the median of their correlations."""
    lost: float = 0.3
    """Share of outlines that may not be found, of boxes that are not filled in, ..."""
    bare: float = 0.3
    """... which so large a share of them has to be."""

    @cached_property
    def stamp(self) -> str:
        """The rules' version, these figures and the trees, as each reading names them."""
        said = json.dumps(asdict(self), sort_keys=True).encode()
        return f"{VERSION}-{hashlib.sha256(said + TREES.read_bytes()).hexdigest()[:12]}"
