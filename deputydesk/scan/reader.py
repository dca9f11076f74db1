"""Reads one page: where it lies, what is written on it, what its rows say."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from deputydesk.scan import codes, dust, outlines
from deputydesk.scan.arrays import Flags, Grey, Points
from deputydesk.scan.boxes import measured
from deputydesk.scan.codes import Code
from deputydesk.scan.field import Field, table_of
from deputydesk.scan.ink import ink_of
from deputydesk.scan.location import first_guess, locate
from deputydesk.scan.odds import Odds, Weigher
from deputydesk.scan.reasons import Doubt, Refusal
from deputydesk.scan.rows import Judge, RowReading
from deputydesk.scan.sampling import Place, Window, plain, shrunk, straight
from deputydesk.scan.settings import Settings
from deputydesk.scan.sheet import Scene
from deputydesk.scan.strokes import belonging
from deputydesk.scan.template import Template

_WORKING = 5.6  # pixels per mm below which a page is not made smaller
_SMALLEST = 500
_REACH, _REACH_BENT, _AGAIN = 1.6, 2.4, 0.6  # mm


@dataclass(frozen=True)
class PageReading:
    """A page as it was read, or why it was not.

    Args:
        refusal: why nothing of the page counts; None if it was read.
        code: what its QR code says.
        rows: from top to bottom.
        doubts: about the page as a whole.
        reader: which rules and figures read it.
        marks: how many corner squares were found.
        matching: how well the outlines were found.
        bilevel: scanned in black and white.
        pen: darkness of its marks.
        dust: how many dust lines run through it.
        seconds: what the reading took.
        table: the picture of its rows, laid straight, if that was asked for.
        window: where on the page that is.
    """

    refusal: Refusal | None
    code: Code | None = None
    rows: tuple[RowReading, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    reader: str = ""
    marks: int = 0
    matching: float = 0.0
    bilevel: bool = False
    pen: float = 0.0
    dust: int = 0
    seconds: float = field(default=0.0, compare=False)
    table: Grey | None = field(default=None, compare=False, repr=False)
    window: Window | None = field(default=None, compare=False)


@dataclass(frozen=True)
class _Laid:
    """A page's field, laid straight."""

    seen: Grey
    dust: Flags | None
    matches: Points
    place: Place


class Reader:
    """Reads pages of the runs whose templates it is given.

    Args:
        templates: the pages that may come.
        settings: what it decides by.
        shows: whether readings bear the picture of their rows.
        odds: what weighs the rules' doubts, if not the trees that come with them.
    """

    def __init__(
        self,
        templates: Sequence[Template],
        settings: Settings | None = None,
        *,
        shows: bool = False,
        odds: Weigher | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._shows = shows
        self._odds = odds or Odds.shipped()
        self._templates = tuple(templates)
        self._fields: dict[Code, Field] = {}

    def read(self, picture: Grey) -> PageReading:
        """Read a page that was scanned or photographed, whichever way up."""
        started = time.perf_counter()
        read = self._read(picture)
        seconds = round(time.perf_counter() - started, 4)
        return _with(read, reader=self.settings.stamp, seconds=seconds)

    def _read(self, picture: Grey) -> PageReading:
        if min(picture.shape) < _SMALLEST:
            return PageReading(Refusal.TOO_SMALL)
        found = codes.find(picture)
        if not found:
            return PageReading(_without_code(picture))
        ours = [(code, at) for at in found if (code := Code.read(at.text))]
        if not ours:
            return PageReading(Refusal.FOREIGN_CODE)
        code, at = ours[0]
        template = next((t for t in self._templates if t.reads(code)), None)
        if template is None:
            known = any(t.code.version == code.version for t in self._templates)
            return PageReading(Refusal.OTHER_RUN if known else Refusal.OTHER_FORM, code)
        pixels = float(np.hypot(*first_guess(template, at.corners)[:2, 0]))
        if pixels < self.settings.coarsest:
            return PageReading(Refusal.RESOLUTION_TOO_LOW, code)
        by = max(1, int(pixels / _WORKING))
        return self._located(
            shrunk(picture, by), at.corners / by, template, code, bilevel=_bilevel(picture)
        )

    def _located(
        self, picture: Grey, corners: Points, template: Template, code: Code, *, bilevel: bool
    ) -> PageReading:
        scan = Image.fromarray(picture)
        located = locate(scan, template, corners)
        if isinstance(located, Refusal):
            return PageReading(located, code, bilevel=bilevel)
        boxes = self._field(template)
        lines = dust.find(picture)
        laid = self._laid(scan, boxes, plain(located.mapping), located.marks, lines)
        if isinstance(laid, Refusal):
            return PageReading(laid, code, marks=located.marks, bilevel=bilevel)
        ink = ink_of(laid.seen, boxes, self.settings, laid.dust)
        strokes = belonging(ink.on, ink.closely, boxes)
        seen = measured(ink, strokes, boxes, laid.matches, self.settings, laid.dust)
        scene = Scene(seen, boxes, self.settings, ink.least, bilevel, template.choices)
        judge = Judge(scene)
        rows = tuple(self._odds.weighed(scene, judge.sheet, judge.rows()))
        return PageReading(
            None,
            code,
            rows,
            _of_page(rows, template),
            marks=located.marks,
            matching=round(float(np.median(laid.matches)), 3),
            bilevel=bilevel,
            pen=round(seen.pen, 3),
            dust=len(lines.lines),
            table=straight(scan, table_of(template), laid.place) if self._shows else None,
            window=table_of(template) if self._shows else None,
        )

    def _field(self, template: Template) -> Field:
        if template.code not in self._fields:
            self._fields[template.code] = Field(template)
        return self._fields[template.code]

    def _laid(
        self, scan: Image.Image, boxes: Field, place: Place, marks: int, lines: dust.Dust
    ) -> _Laid | Refusal:
        """The field laid straight along the outlines of its own boxes."""
        if _is_cut(scan, boxes, place):
            return Refusal.CUT_OFF
        matches, bare = np.zeros(len(boxes.rows)), np.ones(len(boxes.rows), bool)
        for reach in (_REACH if marks == 4 else _REACH_BENT, _AGAIN):
            seen = straight(scan, boxes.window, place)
            found = outlines.search(seen, boxes.window, boxes.centres, boxes.side, reach)
            drift = outlines.drift(found, boxes.centres, boxes.rows)
            place, matches = outlines.drifted(place, drift), found.matches
            bare = ~found.filled
        if bare.mean() < self.settings.bare:
            return Refusal.NOT_MATCHING
        lost = float((matches[bare] < 0.35).mean())
        if np.median(matches[bare]) < self.settings.matching or lost > self.settings.lost:
            return Refusal.NOT_MATCHING
        hidden = None
        if lines.lines:
            hidden = straight(lines.mask(scan.size), boxes.window, place) > 40
        return _Laid(straight(scan, boxes.window, place), hidden, matches, place)


def _with(read: PageReading, *, reader: str, seconds: float) -> PageReading:
    from dataclasses import replace

    return replace(read, reader=reader, seconds=seconds)


def _without_code(picture: Grey) -> Refusal:
    sample = picture[::8, ::8]
    if np.median(sample) < 60 and sample.std() < 25:
        return Refusal.BLACK_PAGE
    blank = (sample < 128).mean() < 0.002 and sample.std() < 12
    return Refusal.BLANK_PAGE if blank else Refusal.NO_CODE


def _bilevel(picture: Grey) -> bool:
    sample = picture[::5, ::5]
    return bool(((sample > 8) & (sample < 247)).mean() < 0.01)


def _is_cut(scan: Image.Image, boxes: Field, place: Place) -> bool:
    """Whether a box, or what is close around it, is not in the scan."""
    half = boxes.side / 2 + 2
    corners = [boxes.centres + np.array((dx, dy)) * half for dx in (-1, 1) for dy in (-1, 1)]
    at = place(np.vstack(corners))
    return bool(at.min() < 1 or (at > np.array(scan.size) - 1).any())


def _of_page(rows: Sequence[RowReading], template: Template) -> tuple[Doubt, ...]:
    """A ballot on which more is chosen than may be, or might be, is a person's to judge."""
    limit = template.limit
    if limit is None:
        return ()
    chosen = sum(limit.option in row.answer or bool(row.doubts) for row in rows)
    return (Doubt.OVER,) if chosen > limit.most else ()
