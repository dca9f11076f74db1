"""A sheet of paper: text, rules, boxes, pictures in millimetres from its top-left corner."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from deputydesk.reports import fonts
from deputydesk.reports.fonts import Typeface
from deputydesk.reports.lines import Line, break_lines
from deputydesk.reports.steps import Picture, Stamp, Stamped, Step

if TYPE_CHECKING:
    from deputydesk.reports.canvas import PaperCanvas

Align = Literal["left", "center", "right"]

MM = 72 / 25.4
_CIRCLE = 0.5523  # where the handles of a quarter of a circle are, in radii
_LEADING = 1.22  # of lines in a box, in letters
INK, GREY, HAIR, PALE = "#22201E", "#6E6761", "#CFC8BF", "#F7F3EC"
RED, BRICK, SAND, STONE = "#A8101A", "#B8413A", "#D9B48A", "#8C8279"
HEAD_FILL = "#EFE8DC"
BLACK = "#000000"
_RUNS = re.compile(rb"\x01+")


@dataclass(frozen=True)
class Size:
    """A sheet's width and height in mm."""

    width: float
    height: float


A4 = Size(210, 297)
A4_WIDE = Size(297, 210)
A5, A5_WIDE = Size(148, 210), Size(210, 148)
A6 = Size(105, 148)
A3 = Size(297, 420)
A3_WIDE = Size(420, 297)


def text_width(text: str, typeface: Typeface, size: float) -> float:
    """The width of a line in mm."""
    return fonts.width(text, typeface) * size / 1000 / MM


def fitting_lines(
    text: str, typeface: Typeface, size: float, room: float
) -> tuple[float, list[str]]:
    """A name or label for a narrow place: a little smaller on one line, else on several.

    A name is parted at its dots where it can be, and before a note on the person: （女）.
    """
    fitted = fitting_size(text, typeface, size, room, size * 0.8)
    if text_width(text, typeface, fitted) <= room:
        return fitted, [text]
    size = round(size * 0.85, 2)
    lines: list[str] = []
    for part in re.findall(r"[^·（]*·|（.*|[^·（]+", text):
        if lines and text_width(lines[-1] + part, typeface, size) <= room:
            lines[-1] += part
        else:
            lines += [line.text for line in break_lines(part, typeface, size, room * MM)]
    return size, lines


def fitting_size(text: str, typeface: Typeface, size: float, room: float, smallest: float) -> float:
    """The size, at most `size` and at least `smallest` points, at which the line fits `room` mm."""
    natural = text_width(text, typeface, size)
    return size if natural <= room else max(smallest, int(size * room / natural * 10) / 10)


class Page:
    """One sheet; what is drawn later lies above."""

    def __init__(self, size: Size = A4) -> None:
        self.size = size
        self._height = size.height * MM
        self.moved = (0.0, 0.0)
        """How many mm all of it moves to the right and down: paper printed before may lie so."""
        self._steps: list[Step] = []
        self._fill = self._stroke = ""
        self._weight = 0.0

    def draw(self, canvas: "PaperCanvas") -> None:
        """Draws on a sheet of the file; it may be done again for another copy."""
        canvas.setPageSize((self.size.width * MM, self._height))
        self.play(canvas)

    def play(self, canvas: "PaperCanvas") -> None:
        """Draws what stands on it, wherever the canvas has its corner."""
        if any(self.moved):
            canvas.translate(self.moved[0] * MM, -self.moved[1] * MM)
        canvas.play(self._steps)

    def as_stamp(self) -> Stamp:
        """What stands on it, to be put on other pages."""
        inked = [step for step in self._steps if not isinstance(step, Picture)]
        assert len(inked) == len(self._steps), "a picture is put on each page by itself"
        return Stamp(inked)

    def _put(self, drawing: str) -> None:
        """Notes a piece of PDF: half the time of a report went into the canvas's own calls."""
        self._steps.append(drawing)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        typeface: Typeface = "Song",
        size: float = 10.5,
        *,
        align: Align = "left",
        color: str = INK,
        spacing: float = 0.0,
    ) -> float:
        """Writes a line with its baseline at y; `spacing` is in points. Returns its width in mm."""
        line = fonts.clean(text).replace("\n", " ")
        if not line:
            return 0.0
        wide = fonts.width(line, typeface) * size / 1000 + spacing * (len(line) - 1)
        left = x * MM - (0 if align == "left" else wide if align == "right" else wide / 2)
        self._set_fill(color)
        self._steps.append((left, self._height - y * MM, line, typeface, size, spacing))
        return wide / MM

    def run(
        self,
        x: float,
        y: float,
        line: Line,
        room: float,
        typeface: Typeface = "Song",
        *,
        size: float,
        color: str = INK,
    ) -> None:
        """Writes a line of a paragraph, spread over `room` mm unless it is the last one."""
        gap = room * MM - line.indent - line.width
        count = max(1, len(line.text) - 1)
        spacing = gap / count if gap < 0 or not line.is_last else 0.0
        left = x + line.indent / MM
        self.text(left, y, line.text, typeface, size, spacing=spacing, color=color)

    def fit(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        typeface: Typeface = "Song",
        size: float = 10.5,
        *,
        align: Align = "left",
        color: str = INK,
    ) -> None:
        """Writes a line at y, smaller if need be; one still too long goes onto several."""
        text = fonts.clean(text).replace("\n", " ")
        fitted = fitting_size(text, typeface, size, room, size * 0.72)
        if text_width(text, typeface, fitted) <= room:
            self.text(x, y, text, typeface, fitted, align=align, color=color)
            return
        fitted, lines = _wrapped(text, typeface, fitted, room)
        lead = fitted * 1.12 / MM
        top = y - lead * (len(lines) - 1) / 2 - (size - fitted) / MM * 0.3
        for n, line in enumerate(lines):
            self.text(x, top + n * lead, line, typeface, fitted, align=align, color=color)

    def fit_box(
        self,
        box: tuple[float, float, float, float],
        text: str,
        typeface: Typeface = "Song",
        size: float = 10.5,
        *,
        align: Align = "center",
        color: str = INK,
    ) -> None:
        """Writes a text into a box (x, y, width, height), smaller and wrapped until it fits."""
        x, y, wide, high = box
        text = fonts.clean(text)
        while True:
            lines = break_lines(text, typeface, size, wide * MM)
            lead = size * _LEADING / MM
            if size <= 4 or (len(lines) * lead <= high and _whole(text, typeface, size, wide)):
                break
            size -= 0.5 if size > 8 else 0.25
        at = {"left": x, "center": x + wide / 2, "right": x + wide}[align]
        first = y + high / 2 - len(lines) * lead / 2 + lead / 2 + size * 0.36 / MM
        for n, line in enumerate(lines):
            squeeze = min(0.0, (wide * MM - line.width) / max(1, len(line.text) - 1))
            self.text(
                at, first + n * lead, line.text, typeface, size,
                align=align, color=color, spacing=squeeze,
            )  # fmt: skip

    def name_box(
        self,
        box: tuple[float, float, float, float],
        name: str,
        typeface: Typeface,
        size: float,
        *,
        align: Align = "center",
        color: str = INK,
    ) -> None:
        """Writes a name into a box in one typeface, parted at its dots where it is too long."""
        name = fonts.clean(name).replace("\n", " ")
        typeface = fonts.for_name(name, typeface)
        while True:
            fitted, lines = fitting_lines(name, typeface, size, box[2])
            if size <= 5 or len(lines) * fitted * _LEADING / MM <= box[3]:
                break
            size -= 0.5
        self.fit_box(box, "\n".join(lines), typeface, fitted, align=align, color=color)

    def spread(
        self, x: float, y: float, text: str, room: float, typeface: Typeface = "Song",
        size: float = 10.5, *, color: str = INK,
    ) -> None:  # fmt: skip
        """Writes a label over the whole of `room` mm, as 姓　　名."""
        gap = room * MM - fonts.width(text, typeface) * size / 1000
        spacing = max(0.0, gap / (len(text) - 1)) if len(text) > 1 else 0.0
        self.text(x, y, text, typeface, size, color=color, spacing=spacing)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, weight: float = 0.5, color: str = INK
    ) -> None:
        """Draws a rule; `weight` is in points."""
        self._set_stroke(color, weight)
        high = self._height
        start, end = f"{x1 * MM:.2f} {high - y1 * MM:.2f}", f"{x2 * MM:.2f} {high - y2 * MM:.2f}"
        self._put(f"{start} m {end} l S")

    def rect(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        fill: str = "",
        stroke: str = "",
        weight: float = 0.5,
        radius: float = 0.0,
    ) -> None:
        """Draws a box, filled, ruled or both."""
        if fill:
            self._set_fill(fill)
        if stroke:
            self._set_stroke(stroke, weight)
        place = (x * MM, self._height - (y + high) * MM, wide * MM, high * MM)
        how = "B" if stroke and fill else "f" if fill else "S" if stroke else "n"
        self._put(f"{_rounded(place, radius * MM)} {how}")

    def drawing(self, x: float, y: float, unit: float, boxes: str) -> None:
        """Draws black boxes, given as PDF has them, in steps of `unit` mm from this corner down.

        So a QR code is drawn, each run of its dark modules one box: no hairlines show in it.
        As one piece of PDF: a hundred calls a code would take longer than the page's text.
        """
        self._set_fill(BLACK)
        step = unit * MM
        place = f"{step:.4f} 0 0 {-step:.4f} {x * MM:.3f} {self._height - y * MM:.3f} cm"
        self._put(f"q {place} {boxes} f Q")

    def picture(self, x: float, y: float, wide: float, high: float, jpeg: bytes) -> None:
        """Draws a picture over this place."""
        bottom = self._height - (y + high) * MM
        self._steps.append(Picture(jpeg, x * MM, bottom, wide * MM, high * MM))

    def stamp(self, stamp: Stamp, x: float, y: float) -> None:
        """Puts on what `stamp_of` drew, its corner here."""
        self._steps.append(Stamped(stamp, x * MM, self._height - y * MM))

    def _set_fill(self, color: str) -> None:
        if color != self._fill:
            self._fill = color
            self._put(f"{_rgb(color)} rg")

    def _set_stroke(self, color: str, weight: float) -> None:
        if color != self._stroke:
            self._stroke = color
            self._put(f"{_rgb(color)} RG")
        if weight != self._weight:
            self._weight = weight
            self._put(f"{weight:g} w")


def stamp_of(draw: Callable[[Page], None]) -> Stamp:
    """What `draw` puts on a page, to be put on many; it counts from the corner of the stamp."""
    page = Page(Size(0, 0))
    draw(page)
    return page.as_stamp()


def boxes_of(modules: Sequence[Sequence[int]]) -> str:
    """The runs of dark modules as boxes, in modules; dark ones are 1."""
    return " ".join(
        f"{run.start()} {row} {run.end() - run.start()} 1 re"
        for row, cells in enumerate(modules)
        for run in _RUNS.finditer(bytes(cells))
    )


def _rounded(place: tuple[float, float, float, float], r: float) -> str:
    """The outline of a box, its corners as quarters of circles."""
    x, y, wide, high = place
    if not r:
        return f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re"
    right, top, k = x + wide, y + high, r * (1 - _CIRCLE)
    return (
        f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c "
        f"{right:.2f} {top - r:.2f} l "
        f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c "
        f"{x + r:.2f} {top:.2f} l "
        f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c "
        f"{x:.2f} {y + r:.2f} l "
        f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
    )


@lru_cache(maxsize=64)
def _rgb(color: str) -> str:
    return " ".join(f"{int(color[n : n + 2], 16) / 255:.4g}" for n in (1, 3, 5))


def _whole(text: str, typeface: Typeface, size: float, room: float) -> bool:
    """Whether no single letter is wider than the box."""
    return _widest(text, typeface) * size / 1000 / MM <= room


@lru_cache(maxsize=10_000)
def _widest(text: str, typeface: Typeface) -> int:
    """The width of the widest letter in thousandths of an em."""
    letters = set(text) - {"\n"}
    return max((fonts.width(letter, typeface) for letter in letters), default=0)


fonts.MEASURED.append(_widest.cache_clear)


def _wrapped(text: str, typeface: Typeface, size: float, room: float) -> tuple[float, list[str]]:
    """The text on as many lines as it needs, smaller the more they are."""
    while True:
        lines = [line.text for line in break_lines(text, typeface, size, room * MM)]
        if len(lines) <= 2 or size <= 5:
            return size, lines
        size -= 0.5
