"""Lists on paper: a title over one or more tables, notes below, and who signs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.page import A4, A4_WIDE, GREY, RED
from deputydesk.reports.tables import Column, Style, Table

STYLE = Style(size=9.5, lead=4.6, head_size=9.5, head_height=8.4, ruled=True, framed=True, row=7.8)
_SIGN = 14.0


@dataclass(frozen=True)
class Part:
    """A table: its columns, its rows as texts, and what is said when there are none."""

    columns: tuple[Column, ...]
    rows: Annotated[tuple[tuple[str, ...], ...], "表"] = ()
    title: Annotated[str, "标题"] = ""
    nothing: str = "没有登记"
    blank: int = 0
    """Empty lines below the rows, to write on."""


@dataclass(frozen=True)
class Listing:
    """What is printed; `signs` are the words before places to sign."""

    title: Annotated[str, "标题"]
    parts: tuple[Part, ...]
    period: Annotated[str, "期间"] = ""
    total: Annotated[str, "合计"] = ""
    notes: Annotated[tuple[str, ...], "说明"] = ()
    signs: tuple[str, ...] = ()
    number: Annotated[str, "编号"] = ""
    code: str = ""
    is_wide: bool = False


def write(
    lists: Iterable[Listing],
    to: Path,
    *,
    subject: str,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the lists, each from a new page on; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    lists = list(lists)
    fonts.check_printable([*fonts.texts_of(lists, subject), *fonts.texts_of(office)])
    title = lists[0].title if lists else subject
    with document(to, title=title, subject=subject, office=office, printed_on=printed_on) as made:
        for done, one in enumerate(lists):
            progress.step(done, len(lists), one.title)
            made.add(_draw(one, office, printed_on), bookmark=one.title)
        return made.pages


def _draw(one: Listing, office: OfficeHead, printed_on: date) -> Flow:
    foot = RecordFooter(office, printed_on, one.number, one.code)
    size, left = (A4_WIDE, 15.0) if one.is_wide else (A4, 22.0)
    flow = Flow(foot, size=size, left=left, top=20)
    page, middle = flow.page, flow.size.width / 2
    page.fit(middle, flow.top + 6, one.title, flow.width, "BiaoSong", 18, align="center")
    y = flow.top + 14
    page.fit(flow.left, y, one.period, flow.width * 0.5, "Song", 9.5, color=GREY)
    page.fit(flow.right, y, one.total, flow.width * 0.48, "Song", 9.5, align="right", color=GREY)
    page.line(flow.left, y + 2, flow.right, y + 2, weight=1.2, color=RED)
    flow.y = y + 6
    for place, part in enumerate(one.parts):
        keep = _SIGN if one.signs and place == len(one.parts) - 1 else 0
        _table(flow, part, keep)
    for note in one.notes:
        flow.paragraph(note, "Song", 9, lead=4.6, indent=0, color=GREY)
    if one.signs:
        _signs(flow, one.signs)
    return flow


def _table(flow: Flow, part: Part, keep: float) -> None:
    if part.title:
        flow.section(part.title, keep=22)
    table = Table(flow, part.columns, STYLE)
    place = next((n for n, column in enumerate(part.columns) if column.align == "left"), 0)
    nothing = ["" if n != place else f"（{part.nothing}）" for n in range(len(part.columns))]
    if part.rows or not part.blank:
        table.rows(part.rows or [nothing], keep=keep)
    table.rows([""] * len(part.columns) for _ in range(part.blank))
    table.close()
    flow.y += 3


def _signs(flow: Flow, signs: Sequence[str]) -> None:
    flow.need(_SIGN)
    flow.y += 8
    for place, text in enumerate(signs):
        x = flow.left + place * flow.width / len(signs)
        flow.page.text(x, flow.y, text, "Song", 10.5)
