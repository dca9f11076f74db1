"""问卷: pages laid out by rule from the questions of a survey, to be ticked and scanned.

Each page has a geometry of its own, for each question takes the room it needs; the run keeps
all of them. Papers without numbers are all alike; else each sheet bears one by chance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts, tick_paper
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import document, qr_code
from deputydesk.reports.layout import Box, Layout, corner_marks
from deputydesk.reports.page import A4, BLACK, INK, Page
from deputydesk.reports.wording import date_text
from deputydesk.rules.survey import Ask, Asked

KIND = "WJ"
_TITLE = "问卷"
_LEFT, _RIGHT = 20.0, 190.0
_CODE = (169.0, 15.0, 20.0)
_FIRST_TOP, _TOP, _BOTTOM, _FOOT = 76.0, 44.0, 274.0, 283.5
_LINE, _PER_LINE, _NEAR = 6.4, 37, 3.0
"""Mm of a line of a question, characters in it, mm from box to words."""


@dataclass(frozen=True)
class Sizes:
    """How large boxes and words are: in the usual print, or in large print for the elderly."""

    variant: str
    side: float
    pitch: float
    words: float
    """Points of the words beside a box."""
    text: float
    """Points of a question."""
    scale: float
    """Of the height of a question's lines."""


USUAL = Sizes("", 6.0, 12.0, 11.5, 12.0, 1.0)
LARGE = Sizes("L", 8.0, 18.0, 16.0, 17.0, 1.45)


@dataclass(frozen=True)
class SurveyPaper:
    """A survey as it is printed."""

    run: Annotated[str, "批次"]
    headline: Annotated[str, "标题"]
    asked: tuple[Asked, ...]
    intro: Annotated[str, "说明"] = ""
    audience: Annotated[str, "调查对象"] = ""
    held_on: date | None = None
    named: bool = False
    large: bool = False


@dataclass(frozen=True)
class Placed:
    """A question on its page: its place in the survey, where it begins, its rows of boxes."""

    number: int
    asked: Asked
    top: float
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Laid:
    """A page: its questions and the geometry of its boxes."""

    placed: tuple[Placed, ...]
    layout: Layout


def sizes_of(paper: SurveyPaper) -> Sizes:
    """How large it is printed."""
    return LARGE if paper.large else USUAL


def version_of(sizes: Sizes) -> str:
    """The rule by which it is laid out; another rule is another version."""
    return f"{KIND}-1{sizes.variant}"


def laid_out(asked: Sequence[Asked], sizes: Sizes) -> list[Laid]:
    """The pages of a survey: a question stays whole, and goes on where it has room."""
    pages: list[Laid] = []
    placed: list[Placed] = []
    boxes: list[Box] = []
    y, row = _FIRST_TOP, 0
    for number, each in enumerate(asked, start=1):
        if placed and y + _height(each, sizes) > _BOTTOM:
            pages.append(_page(placed, boxes, sizes))
            placed, boxes, y, row = [], [], _TOP, 0
        made = list(_boxes(each, y + _text_height(each, sizes), row, sizes))
        rows = tuple(sorted({box.row for box in made}))
        placed.append(Placed(number, each, y, rows))
        boxes += made
        row += len(rows)
        y += _height(each, sizes)
    return [*pages, _page(placed, boxes, sizes)]


def _page(placed: Sequence[Placed], boxes: Sequence[Box], sizes: Sizes) -> Laid:
    layout = Layout(version_of(sizes), A4, corner_marks(A4), _CODE, tuple(boxes))
    return Laid(tuple(placed), layout)


def _lines(asked: Asked, sizes: Sizes) -> int:
    said = len(_question_text(0, asked))
    return -(-said // int(_PER_LINE / sizes.scale))


def _text_height(asked: Asked, sizes: Sizes) -> float:
    return _lines(asked, sizes) * _LINE * sizes.scale + 1.0


def _height(asked: Asked, sizes: Sizes) -> float:
    rows = len(asked.options) if asked.ask is Ask.SEVERAL else 1
    return _text_height(asked, sizes) + rows * sizes.pitch + 3.0


def _boxes(asked: Asked, top: float, row: int, sizes: Sizes) -> Iterator[Box]:
    """One below another where several may be ticked; else side by side."""
    inset = (sizes.pitch - sizes.side) / 2
    if asked.ask is Ask.SEVERAL:
        for place in range(len(asked.options)):
            y = round(top + sizes.pitch * place + inset, 3)
            yield Box(row + place, 0, _LEFT + 6, y, sizes.side)
        return
    column = (_RIGHT - _LEFT) / len(asked.options)
    for option in range(len(asked.options)):
        x = round(_LEFT + column * option + 2, 3)
        yield Box(row, option, x, round(top + inset, 3), sizes.side)


def _question_text(number: int, asked: Asked) -> str:
    return f"{number}．{asked.text}（{asked.how}）"


def write(
    paper: SurveyPaper,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    copies: int = 1,
) -> int:
    """Writes the survey, `copies` times over; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    fonts.check_printable([*fonts.texts_of(paper), *fonts.texts_of(office)])
    laid = laid_out(paper.asked, sizes_of(paper))
    with document(
        to, title=paper.headline, subject=_TITLE, office=office, printed_on=printed_on
    ) as making:
        drawn = [] if paper.named else [_draw(paper, office, laid, n, "") for n in range(len(laid))]
        for copy in range(copies):
            progress.step(copy, copies, _TITLE)
            sheet = tick_paper.sheet_number() if paper.named else ""
            for number in range(len(laid)):
                page = drawn[number] if drawn else _draw(paper, office, laid, number, sheet)
                making.add_page(page)
        return making.pages


def _draw(
    paper: SurveyPaper, office: OfficeHead, laid: Sequence[Laid], place: int, sheet: str
) -> Page:
    page, here, sizes = Page(A4), laid[place], sizes_of(paper)
    number = (place + 1, len(laid))
    tick_paper.corners(page, here.layout)
    said = tick_paper.code_text(here.layout.version, paper.run, number, sheet)
    qr_code(page, *here.layout.code, said)
    page.fit(92, 30, paper.headline, 140, "BiaoSong", 20, align="center", color=BLACK)
    if place == 0:
        _head(page, paper)
    for placed in here.placed:
        _question(page, placed, here.layout, sizes)
    if number[0] < number[1]:
        page.text(105, 279, "（后面还有题目，请继续填写下一页）", "Hei", 10, align="center")
    named = f"　张号 {sheet}" if sheet else ""
    version = f"{here.layout.version}{named}"
    tick_paper.foot(page, _FOOT, paper.run, number, version, office.organ)
    return page


def _head(page: Page, paper: SurveyPaper) -> None:
    about = "　　".join(
        part
        for part in (
            f"调查对象：{paper.audience}" if paper.audience else "",
            f"调查日期：{date_text(paper.held_on)}" if paper.held_on else "",
        )
        if part
    )
    page.fit(_LEFT, 41, about, _RIGHT - _LEFT - 24, "Song", 10.5)
    box = (_LEFT, 44, _RIGHT - _LEFT, 15)
    page.fit_box(box, paper.intro, "Song", 10.5, align="left", color=INK)
    said = "请在方框内画“√”；写明“可多选”的可以选几项，其余每题只选一项。"
    said += "本问卷每张有随机的张号，不登记发给谁。" if paper.named else "不署名，请勿折叠。"
    page.fit(_LEFT, 64, said, _RIGHT - _LEFT, "Song", 10.5)
    tick_paper.examples(page, _LEFT, 67)


def _question(page: Page, placed: Placed, layout: Layout, sizes: Sizes) -> None:
    asked = placed.asked
    text_height = _text_height(asked, sizes)
    box = (_LEFT, placed.top, _RIGHT - _LEFT, text_height)
    words = _question_text(placed.number, asked)
    page.fit_box(box, words, "Hei", sizes.text, align="left", color=BLACK)
    for row in placed.rows:
        tick_paper.boxes(page, layout, row)
    beside = [box for row in placed.rows for box in layout.row(row)]
    column = (_RIGHT - _LEFT) / len(asked.options)
    wide = _RIGHT - _LEFT - 20 if asked.ask is Ask.SEVERAL else column - sizes.side - 7.5
    for box_of, option in zip(beside, asked.options, strict=True):
        x = box_of.x + box_of.side + _NEAR
        room = (x, box_of.y - 2, wide, box_of.side + 4)
        page.fit_box(room, option.label, "Song", sizes.words, align="left", color=BLACK)
