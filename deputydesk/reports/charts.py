"""Charts of the duty report: stacked columns by month, bars of an evaluation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from deputydesk.reports import fonts
from deputydesk.reports.page import (
    BRICK,
    GREY,
    HAIR,
    INK,
    SAND,
    STONE,
    Page,
    fitting_size,
    stamp_of,
)
from deputydesk.reports.steps import Stamp
from deputydesk.reports.wording import percent

_TRACK = "#F1ECE4"
_GRADES = (BRICK, SAND, STONE, HAIR, "#A9B4A6")


@dataclass(frozen=True)
class MonthCount:
    """Activities of one month, split in two kinds."""

    month: Annotated[str, "月份"]
    contacts: int
    """接待、走访."""
    others: int
    """会议、视察、学习."""


@dataclass(frozen=True)
class GradeCount:
    """How many valid ballots gave this grade."""

    grade: Annotated[str, "等次"]
    votes: int


def month_columns(
    page: Page, x: float, y: float, wide: float, high: float, months: Sequence[MonthCount]
) -> None:
    """Stacked columns; x, y is the top-left corner of the plot."""
    top = _scale_top(max((m.contacts + m.others for m in months), default=0))
    levels = [y + high - high * n / 3 for n in range(4)]
    for n, level in enumerate(levels):
        page.line(x, level, x + wide, level, weight=0.3, color=HAIR if n else STONE)
        page.text(x - 1.5, level + 1, str(top * n // 3), size=8, align="right", color=GREY)
    step = wide / max(1, len(months))
    page.stamp(_month_names(tuple(month.month for month in months), step), x, y + high)
    for n, month in enumerate(months):
        bar = min(step * 0.56, 9)
        left = x + step * (n + 0.5) - bar / 2
        low, all_of_it = high * month.contacts / top, month.contacts + month.others
        full = high * all_of_it / top
        if month.contacts:
            page.rect(left, y + high - low, bar, low, fill=BRICK)
        if month.others:
            page.rect(left, y + high - full, bar, full - low, fill=SAND)
        if all_of_it:
            shown = str(all_of_it)
            size = fitting_size(shown, "Song", 8, step, 3)
            base = _clear(y + high - full - 1, levels)
            page.text(left + bar / 2, base, shown, size=size, align="center")


@lru_cache(maxsize=32)
def _month_names(months: tuple[str, ...], step: float) -> Stamp:
    """The names of the months below their columns: all deputies have the same."""

    def draw(page: Page) -> None:
        for n, month in enumerate(months):
            page.fit_box((step * n + 0.2, 0.9, step - 0.4, 5), month, "Song", 8.5, color=GREY)

    return stamp_of(draw)


fonts.MEASURED.append(_month_names.cache_clear)


def month_legend(page: Page, x: float, y: float) -> None:
    """What the two colours of the columns mean."""
    for color, words in ((BRICK, "接待、走访"), (SAND, "会议、视察、学习")):
        page.rect(x, y - 2.2, 3, 2.6, fill=color)
        x += 4 + page.text(x + 4, y, words, size=8.5, color=GREY) + 5


def grade_bars(
    page: Page, x: float, y: float, wide: float, high: float, grades: Sequence[GradeCount]
) -> None:
    """A bar a grade with its votes and share; the bars share `high` mm."""
    total = sum(grade.votes for grade in grades)
    pitch = min(8.6, high / max(1, len(grades)))
    thick = min(4.6, pitch * 0.56)
    bar = wide - 19 - 23
    for n, grade in enumerate(grades):
        top = y + n * pitch
        base = top + thick / 2 + 1.2
        page.fit(x + 17, base, grade.grade, 17, size=9.5, align="right")
        page.rect(x + 19, top, bar, thick, fill=_TRACK)
        if grade.votes:
            part = max(0.6, bar * grade.votes / total)
            page.rect(x + 19, top, part, thick, fill=_GRADES[n % len(_GRADES)])
        share = f"{grade.votes}票　{percent(grade.votes, total)}"
        page.text(x + wide, base, share, size=8.5, align="right", color=INK)


def _clear(base: float, levels: Sequence[float]) -> float:
    """A baseline at which no rule of the scale runs through a figure."""
    hit = [level for level in levels if base - 2.6 < level < base + 0.3]
    return hit[0] - 0.8 if hit else base


def _scale_top(most: int) -> int:
    """A round top of the scale that three equal steps divide."""
    for step in (1, 2, 4, 5, 10, 20, 40, 50, 100, 200, 400, 500):
        if most <= step * 3:
            return step * 3
    return -(-most // 300) * 300
