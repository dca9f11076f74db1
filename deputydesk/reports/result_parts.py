"""The sheets that report a count: their file, figures that stand out, lines to sign on."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from deputydesk.progress import Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, document
from deputydesk.reports.page import GREY, HAIR, INK, PALE, RED, text_width

Result = TypeVar("Result")
_GAP = 4.0


def write_result(
    result: Result,
    draw: Callable[[Result, OfficeHead, date], Flow],
    to: Path,
    *,
    title: str,
    subject: str,
    office: OfficeHead,
    printed_on: date,
    progress: Progress,
) -> int:
    """Writes a file of one such sheet; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    fonts.check_printable([*fonts.texts_of(result), *fonts.texts_of(office)])
    with document(to, title=title, subject=subject, office=office, printed_on=printed_on) as making:
        progress.step(0, 1, title)
        making.add(draw(result, office, printed_on))
        return making.pages


def count_tiles(flow: Flow, counts: Sequence[tuple[str, int, str, str]]) -> None:
    """Draws figures side by side: a label, the figure, what it counts, a note."""
    wide = (flow.width - _GAP * (len(counts) - 1)) / len(counts)
    for number, (label, count, unit, note) in enumerate(counts):
        x, page = flow.left + number * (wide + _GAP), flow.page
        page.rect(x, flow.y, wide, 15.5, fill=PALE, stroke=HAIR, radius=1.2)
        page.fit(x + 3.5, flow.y + 5.5, label, wide - 5, "Hei", 9, color=GREY)
        size = 17.0
        while size > 8 and text_width(str(count), "BiaoSong", size) > wide - 9:
            size -= 1
        used = page.text(x + 3.5, flow.y + 13, str(count), "BiaoSong", size, color=RED)
        page.text(x + 4.5 + used, flow.y + 13, unit, "Song", 9)
        room = wide - used - 13
        if note:
            page.fit(x + wide - 2.5, flow.y + 13, note, room, "Song", 8, align="right", color=GREY)
    flow.y += 19


def signatures(flow: Flow, people: Sequence[tuple[str, str]]) -> None:
    """Draws lines for those who answer for the count; names known are printed below."""
    flow.y += 8
    part = flow.width / len(people)
    for number, (label, name) in enumerate(people):
        x = flow.left + number * part
        used = flow.page.text(x, flow.y, f"{label}（签名）：", "Hei", 10.5)
        flow.page.line(x + used, flow.y + 1.2, x + part - 5, flow.y + 1.2, weight=0.4, color=INK)
        if name:
            middle = x + (used + part - 5) / 2
            flow.page.fit(middle, flow.y + 6.5, name, part - 5, "Song", 10, align="center")
    flow.y += 15
    flow.page.text(flow.right, flow.y, "年　　　月　　　日", "Song", 10.5, align="right")
