"""A file of many pages on one deputy: cover, contents with true page numbers, dividers, data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from deputydesk.progress import Progress
from deputydesk.reports import fonts
from deputydesk.reports.duty_entries import DeputyData, Stream
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import (
    Flow,
    RecordFooter,
    document,
    form_code,
    form_name,
    photo,
    qr_code,
)
from deputydesk.reports.page import GREY, HAIR, MM, PALE, RED, Page, fitting_size, text_width
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.wording import date_text

_MIDDLE = 105.0
_LINE = 13.0
_PHOTO = (33.0, 44.0)
_ROW = _PHOTO[1] / 4
_CHAPTER = 11.5
_LEADER = "…"


class DeputyPaper(Protocol):
    """A paper on one deputy."""

    @property
    def who(self) -> DeputyData:
        """The deputy; without a name on a blank paper."""
        ...


Paper = TypeVar("Paper", bound=DeputyPaper)


def write_papers(
    papers: Stream[Paper] | Sequence[Paper],
    draw: Callable[[Paper, OfficeHead, date], Flow],
    to: Path,
    *,
    title: str,
    subject: str,
    office: OfficeHead,
    printed_on: date,
    progress: Progress,
    duplex: bool,
) -> int:
    """Writes the paper of each deputy, read as it is wanted; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, a photo is damaged, the file cannot be written.
    """
    fonts.check_printable(fonts.texts_of(office))
    with document(to, title=title, subject=subject, office=office, printed_on=printed_on) as making:
        for done, paper in enumerate(papers):
            progress.step(done, len(papers), paper.who.name)
            fonts.check_printable(fonts.texts_of(paper, f"{paper.who.name}的{subject}"))
            flow = draw(paper, office, printed_on)
            making.add(flow, bookmark=paper.who.name or title, odd=duplex)
        return making.pages


@dataclass(frozen=True)
class Cover:
    """What stands on the first page; lines without words are rules to write on."""

    title: str
    period: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class BookFooter(RecordFooter):
    """The usual foot on all pages but the cover."""

    def __call__(self, page: Page, number: int, total: int) -> None:
        """Draws the foot of this page."""
        if number > 1:
            super().__call__(page, number, total)


class Book:
    """The pages of one deputy: a cover, the contents, then parts, each on a new page.

    Args:
        cover: its first page.
        office: who makes it.
        printed_on: the day.
        number: the record number in the feet.
        code: what the QR code of the cover holds.
    """

    def __init__(
        self, cover: Cover, office: OfficeHead, printed_on: date, *, number: str, code: str
    ) -> None:
        self.flow = Flow(BookFooter(office, printed_on, number, code))
        self._chapters: list[tuple[str, int, str]] = []
        record = (
            (f"编号 {number}", code) if code else (form_name(office), form_code(office, printed_on))
        )
        _cover(self.flow, cover, office, printed_on, record)
        self.flow.turn()
        self._contents = self.flow.page

    def part(
        self, name: str, note: str = "", *, divided: bool = False, turned: bool = True
    ) -> None:
        """Begins a part that the contents name.

        Args:
            name: 第一部分　基本情况.
            note: how much it holds, for the contents.
            divided: on a divider of its own.
            turned: on a new page, or on the one in sight.
        """
        if divided:
            self.divider(name, note)
            self.flow.turn()
            return
        if turned:
            self.flow.turn()
        self._chapters.append((name, len(self.flow.pages), note))

    def divider(self, name: str, note: str = "") -> None:
        """A page that only says what follows."""
        self.flow.turn()
        self._chapters.append((name, len(self.flow.pages), note))
        _divider(self.flow, name, note)

    def close(self) -> Flow:
        """Writes the contents, now that all pages are known; returns the pages."""
        _contents(self.flow, self._contents, self._chapters)
        return self.flow


def heading(flow: Flow, title: str, note: str = "") -> None:
    """The title of a part on its first page."""
    page = flow.page
    page.text(flow.left, flow.y + 7, title, "BiaoSong", 16)
    if note:
        page.text(flow.right, flow.y + 7, note, "Song", 10, align="right", color=GREY)
    page.line(flow.left, flow.y + 10.5, flow.right, flow.y + 10.5, weight=1.2, color=RED)
    flow.y += 15


def data_sheet(flow: Flow, who: DeputyData) -> Sheet:
    """The deputy's data with the portrait or room for one; rows can be added below."""
    top = flow.y
    flow.right -= _PHOTO[0]
    upper = Sheet(flow)
    for pair in (
        (Cell("姓　　名", who.name, 1.15, is_name=True), Cell("性　　别", who.sex, 0.85)),
        (Cell("民　　族", who.ethnic, 1.15), Cell("出生年月", who.birth, 0.85)),
        (Cell("政治面貌", who.party, 1.15), Cell("文化程度", who.education, 0.85)),
        (Cell("任职时间", who.started, 1.15), Cell("届　　次", who.term, 0.85)),
    ):
        upper.cells(pair, height=_ROW)
    upper.close()
    flow.right += _PHOTO[0]
    _portrait(flow, who, top)
    sheet = Sheet(flow)
    sheet.cells((Cell("工作单位\n及 职 务", who.job),), height=12)
    sheet.cells((Cell("代表职务", who.level, 1.1), Cell("兼　　任", who.others)), height=11)
    sheet.cells((Cell("选　　区", who.district, 1.1), Cell("代表证号", who.certificate)), height=11)
    sheet.cells((Cell("代表小组", who.group, 1.1), Cell("联系电话", who.phone)), height=11)
    sheet.cells((Cell("代表之家", who.home),), height=11)
    return sheet


def _portrait(flow: Flow, who: DeputyData, top: float) -> None:
    """The picture at the right of the first rows, which may have grown with long words."""
    page, left, high = flow.page, flow.right - _PHOTO[0], flow.y - top
    if who.photo:
        page.picture(left, top, _PHOTO[0], high, photo(who.photo, _PHOTO[0], high))
    else:
        middle, y = left + _PHOTO[0] / 2, top + high / 2
        page.text(middle, y, "照片", "Song", 10, align="center", color=GREY)
        page.text(middle, y + 5, "二寸", "Song", 8.5, align="center", color=GREY)
    page.line(left, top, flow.right, top, weight=1.2)
    page.line(flow.right, top, flow.right, flow.y, weight=1.2)


def _cover(
    flow: Flow, cover: Cover, office: OfficeHead, printed_on: date, record: tuple[str, str]
) -> None:
    page = flow.page
    page.line(flow.left, 34, flow.right, 34, weight=2.2, color=RED)
    page.line(flow.left, 35.6, flow.right, 35.6, weight=0.5, color=RED)
    page.fit(_MIDDLE, 62, office.full_name, 150, "Hei", 20, align="center")
    room = 150 - 14 * len(cover.title) / 4
    size = fitting_size(cover.title, "BiaoSong", 42, room, 26)
    wide = text_width(cover.title, "BiaoSong", size)
    spacing = (room - wide) * MM / max(1, len(cover.title) - 1)
    page.text(_MIDDLE, 96, cover.title, "BiaoSong", size, align="center", spacing=spacing)
    page.fit(_MIDDLE, 112, cover.period, 150, "Kai", 18, align="center")
    y = 150.0
    for label, words in cover.lines:
        page.spread(48, y, label, 28, "Hei", 15)
        page.line(80, y + 2.2, 165, y + 2.2, weight=0.6)
        box = (81, y - 7.5, 83, 9)
        if label == "代表姓名":
            page.name_box(box, words, "Kai", 17)
        else:
            page.fit_box(box, words, "Kai", 15)
        y += _LINE
    number, code = record
    if code:
        qr_code(page, flow.right - 18, 250, 18, code)
        page.text(flow.right - 22, 266, number, "Song", 9, align="right", color=GREY)
    page.fit(_MIDDLE, 246, office.organ, 120, "Hei", 15, align="center")
    page.text(_MIDDLE, 256, f"{date_text(printed_on)}制", "Song", 12, align="center")
    page.line(flow.left, 276, flow.right, 276, weight=0.5, color=RED)
    page.line(flow.left, 277.6, flow.right, 277.6, weight=2.2, color=RED)


def _divider(flow: Flow, name: str, note: str) -> None:
    page = flow.page
    upper, _, lower = name.partition("　")
    page.rect(flow.left, 96, flow.width, 78, fill=PALE, stroke=HAIR, radius=2)
    page.rect(flow.left, 96, 3, 78, fill=RED)
    page.text(_MIDDLE, 120, upper, "Hei", 18, align="center", color=GREY)
    size = fitting_size(lower, "BiaoSong", 38, flow.width - 24, 18)
    page.text(_MIDDLE, 146, lower, "BiaoSong", size, align="center")
    if note:
        page.text(_MIDDLE, 163, note, "Kai", 14, align="center", color=GREY)


def _contents(flow: Flow, page: Page, chapters: Sequence[tuple[str, int, str]]) -> None:
    page.text(_MIDDLE, 38, "目　录", "BiaoSong", 26, align="center")
    y = 58.0
    dot = text_width(_LEADER, "Song", 12)
    for name, number, note in chapters:
        used = page.text(flow.left + 4, y, name, "Fang", 14.5)
        if note:
            left = flow.left + 6 + used
            used += 2 + page.text(left, y, f"（{note}）", "Kai", 11.5, color=GREY)
        end = flow.right - 14
        room = end - (flow.left + 7 + used)
        count = max(0, int(room / dot))
        page.text(end, y, _LEADER * count, "Song", 12, align="right", color=GREY)
        page.text(flow.right - 3, y, str(number), "Song", 13, align="right")
        y += _CHAPTER
