"""述职满意度测评票: a secret ballot that the scanner can read.

It bears the form, the run, the page and the layout, and no number of its own: two ballots of a
run are the same, so no ballot leads to a voter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts, tick_paper
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import qr_code
from deputydesk.reports.layout import Layout
from deputydesk.reports.page import A4, BLACK, GREY, INK, Page
from deputydesk.reports.tick_paper import Place, Print
from deputydesk.reports.wording import date_text
from deputydesk.rules.names import spaced

_LEFT, _RIGHT = 18.0, 192.0
_TOP, _HEAD = 72.0, 11.0
_USUAL, _LARGE = Print("", 13, 12.0, 6.0), Print("L", 9, 18.0, 8.0, 1.45)
_CODE = (172.0, 46.0, 20.0)
_COLUMN = {3: 26.0, 4: 22.0, 5: 22.0}  # never less than 22 mm from box to box
_NUMBER = 12.0
_GAP = 2.5  # mm around a box that stay white
_FOOT = 283.5


def _layout(options: int, size: Print) -> Layout:
    return tick_paper.ballot_layout(
        f"CP{options}-1",
        size,
        _place(size),
        options=options,
        column=_COLUMN[options],
        right=_RIGHT,
        code=_CODE,
    )


def _place(size: Print) -> Place:
    return Place(_TOP, _HEAD, size.pitch)


LAYOUTS = {
    layout.version: layout
    for layout in (_layout(options, size) for size in (_USUAL, _LARGE) for options in _COLUMN)
}


@dataclass(frozen=True)
class Candidate:
    """A deputy on the ballot."""

    name: Annotated[str, "代表姓名"]
    unit: Annotated[str, "选区（单位）"] = ""


@dataclass(frozen=True)
class Ballot:
    """A run of ballots that are all the same."""

    run: Annotated[str, "批次"]
    """The code of this run, the same on every ballot: six capitals or digits."""
    title: Annotated[str, "标题"]
    """五当召镇第十七届人大代表述职"""
    options: Annotated[tuple[str, ...], "测评等次"]
    """Three to five grades, the best first."""
    deputies: Annotated[tuple[Candidate, ...], "代表"]
    """In the order in which they stand on the ballot."""
    meeting: Annotated[str, "测评会议"] = ""
    place: Annotated[str, "测评地点"] = ""
    held_on: date | None = None
    order: Annotated[str, "排序说明"] = "按姓名笔画为序"
    large: bool = field(default=False, repr=False)
    """In large print; left out of the run's code, to which it adds a letter."""


def _size(ballot: Ballot) -> Print:
    return _LARGE if ballot.large else _USUAL


def layout_of(ballot: Ballot) -> Layout:
    """Where the boxes of this ballot stand."""
    assert len(ballot.options) in _COLUMN, "a scale has three to five grades"
    return LAYOUTS[f"CP{len(ballot.options)}-1{_size(ballot).variant}"]


def code_of(ballot: Ballot, page: int, pages: int) -> str:
    """What the QR code says: the form with its layout, the run, the page."""
    return tick_paper.code_text(layout_of(ballot).version, ballot.run, (page, pages))


def write(
    ballot: Ballot,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    copies: int = 1,
) -> int:
    """Writes the ballot, `copies` times over; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    fonts.check_printable([*fonts.texts_of(ballot), *fonts.texts_of(office)])
    return tick_paper.write_ballots(
        ballot.deputies, partial(_draw, ballot, office), to, most=layout_of(ballot).rows,
        title=f"{ballot.title}满意度测评票", subject="述职满意度测评票", office=office,
        printed_on=printed_on, progress=progress, copies=copies,
    )  # fmt: skip


def _draw(
    ballot: Ballot,
    office: OfficeHead,
    deputies: Sequence[Candidate],
    number: tuple[int, int],
    first: int,
) -> Page:
    page, layout = Page(A4), layout_of(ballot)
    tick_paper.corners(page, layout)
    page.fit(105, 28, ballot.title, 164, "BiaoSong", 20, align="center", color=BLACK)
    page.text(105, 39, "满意度测评票", "BiaoSong", 24, align="center", spacing=7, color=BLACK)
    qr_code(page, *layout.code, code_of(ballot, *number))
    _meeting(page, ballot)
    bottom = _table(page, ballot, deputies, first)
    _notes(page, bottom, is_last=number[0] == number[1])
    tick_paper.foot(page, _FOOT, ballot.run, number, layout.version, office.organ)
    return page


def _meeting(page: Page, ballot: Ballot) -> None:
    y, room = 50.0, _CODE[0] - 8 - _LEFT
    held = date_text(ballot.held_on) if ballot.held_on else ""
    lines = (("测评会议", ballot.meeting), ("测评地点", ballot.place), ("测评日期", held))
    for label, words in lines:
        if words:
            used = page.text(_LEFT, y, f"{label}：", "Hei", 10.5)
            page.fit(_LEFT + used, y, words, room - used, "Song", 10.5)
            y += 6.0
    page.text(_LEFT, 69.0, f"（{ballot.order}）", "Song", 10, color=INK)


def _table(page: Page, ballot: Ballot, deputies: Sequence[Candidate], first: int) -> float:
    """The head, a row a deputy, the boxes; returns where the table ends."""
    layout = layout_of(ballot)
    column = _COLUMN[layout.options]
    boxes = _RIGHT - column * layout.options
    has_units = any(deputy.unit for deputy in deputies)
    name_end = _LEFT + _NUMBER + _name_width(boxes, has_units=has_units)
    edges = [_LEFT, _LEFT + _NUMBER, name_end]
    heads = ["序号", "代表姓名"]
    if name_end < boxes:
        edges.append(boxes)
        heads.append("选区（单位）")
    edges += [boxes + column * (n + 1) for n in range(layout.options)]
    heads += ballot.options
    for number, deputy in enumerate(deputies):
        _row(page, deputy, (number, first + number), edges, heads, _size(ballot))
        tick_paper.boxes(page, layout, number)
    sized = [(head, 12.0 * _size(ballot).words) for head in heads]
    return tick_paper.frame(page, edges, sized, len(deputies), _place(_size(ballot)))


def _name_width(boxes: float, *, has_units: bool) -> float:
    """A column for the unit only where both it and the name have room."""
    room = boxes - _LEFT - _NUMBER
    return 36.0 if has_units and room >= 68 else room


def _row(
    page: Page,
    deputy: Candidate,
    at: tuple[int, int],
    edges: list[float],
    heads: list[str],
    size: Print,
) -> None:
    """A deputy's row: where it stands on the page, and which place on the ballot it is."""
    pitch, words = size.pitch, size.words
    top = _TOP + _HEAD + at[0] * pitch
    middle = (edges[0] + edges[1]) / 2
    page.text(middle, top + pitch * 0.625, str(at[1]), "Song", 11 * words, align="center")
    left, wide = edges[1] + 1.5, edges[2] - edges[1] - 3
    has_column = "选区（单位）" in heads
    under = deputy.unit and not has_column
    name_high = pitch * 0.55 if under else pitch - 0.8
    box = (left, top + 0.6 if under else top + 0.4, wide, name_high)
    page.name_box(box, spaced(deputy.name), "Hei", 14 * words, color=BLACK)
    if under:
        below = (left, top + pitch * 0.583, wide, pitch * 0.35)
        page.fit_box(below, deputy.unit, "Song", 8.5 * words, color=GREY)
    elif has_column:
        box = (edges[2] + 1.5, top + 0.8, edges[3] - edges[2] - 3, pitch - 1.6)
        page.fit_box(box, deputy.unit, "Song", 10 * words, align="left")


def _notes(page: Page, bottom: float, *, is_last: bool) -> None:
    """How to fill it in, in pictures; room for opinions on the last page."""
    y = bottom + 7.0
    page.text(_LEFT, y, "填写说明", "Hei", 10.5)
    words = "每名代表只选一项，逐行在方框内画“√”；不署名，请勿折叠。"
    page.text(_LEFT + 20, y, words, "Song", 10.5)
    y += 5.0
    tick_paper.examples(page, _LEFT, y)
    y += 13.5
    if not is_last:
        page.text(105, y, "（后面还有代表，请继续填写下一页）", "Hei", 10.5, align="center")
        return
    tick_paper.opinion_lines(page, y, _LEFT, _RIGHT)


assert all(size.pitch - size.side >= 2 * _GAP for size in (_USUAL, _LARGE)), "white around boxes"
