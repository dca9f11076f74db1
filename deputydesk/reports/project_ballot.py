"""民生实事项目票决票: a secret ballot on which deputies choose projects.

It bears the form, the run, the page and the layout, and no number of its own: two ballots of a
run are the same, so no ballot leads to a deputy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import pairwise
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

OPTIONS = ("赞成", "反对", "弃权")
_LEFT, _RIGHT = 15.0, 195.0
_TOP, _HEAD, _COLUMN = 70.0, 11.0, 22.0
_USUAL, _LARGE = Print("", 12, 13.4, 6.0), Print("L", 10, 16.4, 8.0, 1.4)
_CODE = (172.0, 45.0, 20.0)
_FOOT = 284.0
_WIDTHS = (10.0, 48.0, 40.0, 16.0)  # number, project, content, money
_CONTENT = 64  # characters of a project's content


def _layout(size: Print) -> Layout:
    return tick_paper.ballot_layout(
        "PJ3-1", size, _place(size), options=len(OPTIONS), column=_COLUMN, right=_RIGHT, code=_CODE
    )


def _place(size: Print) -> Place:
    return Place(_TOP, _HEAD, size.pitch)


LAYOUT = _layout(_USUAL)
LAYOUTS = {layout.version: layout for layout in (LAYOUT, _layout(_LARGE))}


@dataclass(frozen=True)
class ProjectOnBallot:
    """A candidate project."""

    name: Annotated[str, "项目名称"]
    content: Annotated[str, "建设内容"] = ""
    budget: Annotated[str, "投资"] = ""
    """In 万元, without the unit."""


@dataclass(frozen=True)
class ProjectBallot:
    """A run of ballots that are all the same."""

    run: Annotated[str, "批次"]
    """The code of this run, the same on every ballot: capitals or digits."""
    title: Annotated[str, "标题"]
    """五当召镇第十届人民代表大会第一次会议"""
    seats: int
    projects: Annotated[tuple[ProjectOnBallot, ...], "候选项目"]
    """In the order of their places."""
    held_on: date | None = None
    is_again: bool = False
    """Held again among those that were tied."""
    order: Annotated[str, "排序说明"] = "按候选序号排列"
    large: bool = field(default=False, repr=False)
    """In large print; left out of the run's code, to which it adds a letter."""


def _size(ballot: ProjectBallot) -> Print:
    return _LARGE if ballot.large else _USUAL


def layout_of(ballot: ProjectBallot) -> Layout:
    """Where the boxes of this ballot stand."""
    return LAYOUTS[f"PJ3-1{_size(ballot).variant}"]


def code_of(ballot: ProjectBallot, page: int, pages: int) -> str:
    """What the QR code says: the form with its layout, the run, the page."""
    return tick_paper.code_text(layout_of(ballot).version, ballot.run, (page, pages))


def write(
    ballot: ProjectBallot,
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
        ballot.projects, partial(_draw, ballot, office), to, most=layout_of(ballot).rows,
        title=f"{ballot.title}民生实事项目票决票", subject="民生实事项目票决票", office=office,
        printed_on=printed_on, progress=progress, copies=copies,
    )  # fmt: skip


def _draw(
    ballot: ProjectBallot,
    office: OfficeHead,
    projects: Sequence[ProjectOnBallot],
    number: tuple[int, int],
    first: int,
) -> Page:
    page, layout = Page(A4), layout_of(ballot)
    tick_paper.corners(page, layout)
    page.fit(105, 28, ballot.title, 164, "BiaoSong", 19, align="center", color=BLACK)
    name = "民生实事项目票决票"
    page.text(105, 39, name, "BiaoSong", 24, align="center", spacing=4, color=BLACK)
    qr_code(page, *_CODE, code_of(ballot, *number))
    _heading(page, ballot)
    bottom = _table(page, ballot, projects, first)
    _notes(page, ballot, bottom, number)
    tick_paper.foot(page, _FOOT, ballot.run, number, layout.version, office.organ)
    return page


def _heading(page: Page, ballot: ProjectBallot) -> None:
    count = f"候选{len(ballot.projects)}项　　应选{ballot.seats}项"
    page.text(_LEFT, 55, count, "Hei", 16, color=BLACK)
    again = "（同票项目再次投票）" if ballot.is_again else ""
    held = f"投票日期：{date_text(ballot.held_on)}" if ballot.held_on else ""
    page.fit(_LEFT, 62, f"{held}{again}", _CODE[0] - _LEFT - 6, "Song", 10.5)
    page.text(_LEFT, 68, f"（{ballot.order}）", "Song", 10, color=INK)


def _table(
    page: Page, ballot: ProjectBallot, projects: Sequence[ProjectOnBallot], first: int
) -> float:
    """The head, a row a project, the boxes; returns where the table ends."""
    edges = [_LEFT]
    for width in (*_WIDTHS, *[_COLUMN] * len(OPTIONS)):
        edges.append(edges[-1] + width)
    heads = ("序号", "项目名称", "主要内容", "投资\n（万元）", *OPTIONS)
    sized = [
        (head, 12 if right - left > _COLUMN - 1 else 9.5)
        for head, (left, right) in zip(heads, pairwise(edges), strict=True)
    ]
    for number, project in enumerate(projects):
        _row(page, project, (number, first + number), edges, _size(ballot))
        tick_paper.boxes(page, layout_of(ballot), number)
    return tick_paper.frame(page, edges, sized, len(projects), _place(_size(ballot)))


def _row(
    page: Page, project: ProjectOnBallot, at_place: tuple[int, int], edges: list[float], size: Print
) -> None:
    """A project's row: where it stands on the page, and which place on the ballot it is."""
    words, top = size.words, _TOP + _HEAD + at_place[0] * size.pitch
    middle = (edges[0] + edges[1]) / 2
    number, y = str(at_place[1]), top + size.pitch * 0.61
    page.text(middle, y, number, "Song", 11 * words, align="center")
    at = [(left + 1.5, right - left - 3) for left, right in pairwise(edges)]
    high = size.pitch - 1.6
    name = (at[1][0], top + 0.8, at[1][1], high)
    page.fit_box(name, project.name, "Hei", 11.5 * words, align="left")
    content = tick_paper.short(project.content, _CONTENT)
    page.fit_box((at[2][0], top + 0.8, at[2][1], high), content, "Song", 9 * words, align="left")
    page.fit_box((at[3][0], top + 0.8, at[3][1], high), project.budget, "Song", 10.5 * words)


def _notes(page: Page, ballot: ProjectBallot, bottom: float, number: tuple[int, int]) -> None:
    """How many may be ticked, and how to tick."""
    y, seats = bottom + 6.5, ballot.seats
    whole = "各页合计，" if number[1] > 1 else ""
    lines = (
        f"1．{whole}赞成的项目等于或者少于{seats}项的，本票有效；多于{seats}项的，本票作废。",
        "2．每个项目在“赞成”“反对”“弃权”中选一项，在方框内画“√”；不画或者多画的，该项目按弃权计。",
        "3．本票不署名，请勿折叠，请勿在四角黑块和二维码上书写。",
    )
    page.text(_LEFT, y, "填写说明", "Hei", 10.5)
    for line in lines:
        page.fit(_LEFT + 20, y, line, _RIGHT - _LEFT - 20, "Song", 10)
        y += 5.2
    tick_paper.examples(page, _LEFT, y - 1.5)
    if number[0] < number[1]:
        more = "（后面还有项目，请继续填写下一页）"
        page.text(105, y + 11, more, "Hei", 10.5, align="center")
    else:
        page.text(_RIGHT - 16, y + 9, "（盖章）", "Song", 9.5, align="center", color=GREY)
