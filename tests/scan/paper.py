"""Filled-in papers and their scans, drawn with numpy and Pillow."""

import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import cos, pi, sin
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from deputydesk.reports import FORMS, ballot
from deputydesk.scan import pages
from deputydesk.scan.template import Template, of_pdf
from tests.reports import samples

DPI = 300
MM = DPI / 25.4
NAMES = "王建国 李志强 张桂芳 刘秀英 陈海涛 杨丽娟 赵德明 黄晓东 周玉兰 吴振华 徐建强 孙春芳 胡海英"
GRADES = ("满意", "基本满意", "不满意", "不了解")
LAYOUTS = {version: layout for form in FORMS.values() for version, layout in form.layouts.items()}


def write_ballot(to: Path, *, run: str = "7K3Q9X", grades: int = 4, deputies: int = 13) -> Path:
    """A run of ballots, printed."""
    names = NAMES.split()[:deputies]
    made = ballot.Ballot(
        run=run,
        title="五当召镇第十七届人大代表述职",
        options=GRADES[:grades],
        deputies=tuple(ballot.Candidate(name) for name in names),
        held_on=date(2026, 3, 5),
    )
    ballot.write(made, to, office=samples.OFFICE, printed_on=samples.DAY)
    return to


class RulesAlone:
    """In place of the odds: what the rules ask about is asked about, and nothing else."""

    def weighed(self, scene, sheet, rows):
        return list(rows)


@dataclass(frozen=True)
class Printed:
    """A printed page: its template, and how it looks at 300 dpi."""

    template: Template
    blank: Image.Image


def printed(pdf: Path, page: int = 0, *, layouts=None, **rules) -> Printed:
    """A page of a printed form; of one without a fixed geometry, by these layouts."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        drawn = Image.fromarray(pages.drawn(document[page], DPI / 72))
    return Printed(of_pdf(pdf, layouts or LAYOUTS, **rules)[page], drawn)


@cache
def a_ballot(run: str = "7K3Q9X", grades: int = 4, deputies: int = 13) -> Printed:
    """A ballot, printed once for all tests."""
    with TemporaryDirectory() as folder:
        to = Path(folder) / "ballot.pdf"
        return printed(write_ballot(to, run=run, grades=grades, deputies=deputies))


class Sheet:
    """A sheet of paper that somebody ticks; lengths in mm, darkness from 0 to 255."""

    def __init__(self, form: Printed, *, pen: float = 0.5, ink: int = 235) -> None:
        self.template = form.template
        self.paper = form.blank.copy()
        self.pen, self.ink = pen, ink

    def middle(self, row: int, option: int) -> tuple[float, float]:
        box = next(b for b in self.template.boxes if (b.row, b.option) == (row, option))
        return box.x + box.side / 2, box.y + box.side / 2

    def stroke(self, *points: tuple[float, float], pen: float | None = None) -> None:
        """A line through these places."""
        cover = Image.new("L", self.paper.size, 0)
        width = max(1, round((pen or self.pen) * MM))
        places = [(x * MM, y * MM) for x, y in points]
        draw = ImageDraw.Draw(cover)
        draw.line(places, fill=self.ink, width=width, joint="curve")
        for x, y in places:
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), self.ink)
        box = cover.getbbox()
        if box:
            part, over = self.paper.crop(box), cover.crop(box)
            dark = np.asarray(part, np.float32) * (1 - np.asarray(over, np.float32) / 255)
            self.paper.paste(Image.fromarray(dark.astype(np.uint8)), box[:2])

    def tick(self, row: int, option: int, *, size: float = 6.0, at=(0.0, 0.0)) -> None:
        x, y = self.middle(row, option)
        x, y = x + at[0], y + at[1]
        self.stroke(
            (x - 0.38 * size, y),
            (x - 0.1 * size, y + 0.34 * size),
            (x + 0.25 * size, y - 0.1 * size),
            (x + 0.6 * size, y - 0.6 * size),
        )

    def cross(self, row: int, option: int, *, size: float = 5.0, at=(0.0, 0.0)) -> None:
        x, y = self.middle(row, option)
        x, y, r = x + at[0], y + at[1], size / 2
        self.stroke((x - r, y - r), (x + r, y + r))
        self.stroke((x + r, y - r), (x - r, y + r))

    def ring(self, row: int, option: int, *, radius: float = 5.0, at=(0.0, 0.0)) -> None:
        x, y = self.middle(row, option)
        turns = [2 * pi * k / 40 for k in range(42)]
        self.stroke(*((x + at[0] + radius * cos(t), y + at[1] + radius * sin(t)) for t in turns))

    def square(self, row: int, option: int, *, half: float = 3.0) -> None:
        """Along the box's own outline."""
        x, y = self.middle(row, option)
        corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
        self.stroke(*((x + dx, y + dy) for dx, dy in corners))

    def fill(self, row: int, option: int) -> None:
        x, y = self.middle(row, option)
        for k in range(13):
            self.stroke((x - 2.7, y - 2.7 + 0.45 * k), (x + 2.7, y - 2.6 + 0.45 * k))

    def line_down(self, option: int, first: int, last: int, *, pen: float | None = None) -> None:
        (x, top), (_, bottom) = self.middle(first, option), self.middle(last, option)
        middle = (x + 0.6, (top + bottom) / 2)
        self.stroke((x - 0.4, top - 2), middle, (x + 0.2, bottom + 2), pen=pen)

    def tick_all(self, option: int = 0, *, but: tuple[int, ...] = (), **how) -> None:
        """One option in every row."""
        for row in range(self.template.rows):
            if row not in but:
                self.tick(row, option, **how)


def scanned(
    paper: Image.Image | Sheet, *, dpi: int = 200, angle: float = 0.0, turn: int = 0,
    scale: float = 1.0, quality: int | None = 80, noise: float = 2.0, bilevel: bool = False,
    seed: int = 1, cut: int = 0, ground: int = 250,
):  # fmt: skip
    """The picture that a scanner makes of a sheet, as greys."""
    paper = paper.paper if isinstance(paper, Sheet) else paper
    size = (round(paper.width * dpi / DPI), round(paper.height * dpi / DPI))
    seen = paper.filter(ImageFilter.GaussianBlur(0.45 * DPI / dpi)).resize(
        (round(size[0] * scale), round(size[1] * scale)), Image.Resampling.BOX
    )
    bed = Image.new("L", size, ground)
    bed.paste(seen, ((size[0] - seen.width) // 2, (size[1] - seen.height) // 2))
    if angle:
        bed = bed.rotate(angle, Image.Resampling.BILINEAR, fillcolor=ground)
    grey = np.asarray(bed, np.float32) * 0.97
    grey = grey + np.random.default_rng(seed).normal(0, noise, grey.shape)
    made = Image.fromarray(grey.clip(0, 255).astype(np.uint8))
    if bilevel:
        made = Image.fromarray(np.where(np.asarray(made) > 160, 255, 0).astype(np.uint8))
    elif quality:
        packed = io.BytesIO()
        made.save(packed, "JPEG", quality=quality)
        made = Image.open(packed)
    made = made.rotate(90 * turn, expand=True)
    found = np.asarray(made.convert("L"))
    return found[: len(found) - cut] if cut else found


def photographed(paper: Image.Image | Sheet, *, seed: int = 1, shade: float = 0.6):
    """A phone's photo: seen at an angle, darker to one side, on a dark desk."""
    paper = paper.paper if isinstance(paper, Sheet) else paper
    width, height = 1950, 2600
    left, top, right, bottom = 90, 110, width - 90, height - 130
    corners = [(left + 40, top), (right - 60, top + 30), (right, bottom), (left, bottom - 25)]
    back = _perspective(corners, [(0, 0), (paper.width, 0), paper.size, (0, paper.height)])
    soft = paper.filter(ImageFilter.GaussianBlur(1.0))
    seen = soft.transform(
        (width, height), Image.Transform.PERSPECTIVE, back, Image.Resampling.BILINEAR, fillcolor=90
    )
    light = np.linspace(shade, 0.95, width)[None, :]
    grey = np.asarray(seen, np.float32) * light
    grey = grey + np.random.default_rng(seed).normal(0, 3, grey.shape)
    return grey.clip(0, 255).astype(np.uint8)


def _perspective(source, target):
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        values += [u, v]
    return tuple(np.linalg.solve(np.array(rows, float), np.array(values, float)))
