"""Forms of one record: the head that all of them have, and one file for several of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from typing_extensions import override

from deputydesk.progress import Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.page import A4, BLACK, Page, Size
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.wording import date_text
from deputydesk.rules.choices import Choice
from deputydesk.rules.names import spaced

DAY = "　　　　年　　月　　日"
"""Room to write a date."""
CONFIDENTIAL = "内部资料　严格保密"
"""The mark of papers that stay in the office."""


class RecordPaper(Protocol):
    """What such a form is filled from: a dataclass with the number and code of its record."""

    @property
    def number(self) -> str:
        """The record's number; empty on a blank form."""
        ...

    @property
    def code(self) -> str:
        """What the QR code holds."""
        ...


Paper = TypeVar("Paper", bound=RecordPaper)


@dataclass(frozen=True)
class Kind:
    """What such a form is.

    Args:
        title: large, above it; also the title of the file.
        subject: what the file is about, and where a character stands that cannot be printed.
    """

    title: str
    subject: str


def write_sheets(
    kind: Kind,
    papers: Sequence[Paper],
    draw: Callable[[Paper, OfficeHead, date], Flow],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress,
    named: Callable[[Paper], str],
) -> int:
    """Writes each form, with a bookmark; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    fonts.check_printable([*fonts.texts_of(papers, kind.subject), *fonts.texts_of(office)])
    with document(
        to, title=kind.title, subject=kind.subject, office=office, printed_on=printed_on
    ) as making:
        for done, paper in enumerate(papers):
            progress.step(done, len(papers), named(paper))
            making.add(draw(paper, office, printed_on), bookmark=named(paper) or kind.title)
        return making.pages


def begin(
    paper: RecordPaper,
    title: str,
    office: OfficeHead,
    printed_on: date,
    *,
    mark: str = "",
    size: Size = A4,
) -> Flow:
    """A first page with title, office, number and code; what follows begins below them.

    mark: stands at the top of every page, as `CONFIDENTIAL`.
    """
    foot = _Foot(office, printed_on, paper.number, paper.code, mark)
    flow = Flow(foot, size=size, left=22 if size == A4 else 15, top=26 if mark else 22)
    page, y = flow.page, flow.top + 7
    page.fit(size.width / 2, y, title, flow.width, "BiaoSong", 20, align="center")
    number = f"编号：{paper.number or '　　　　　　　　　'}"
    half = flow.width / 2 - 1
    page.fit(flow.left, y + 10, office.full_name, half, "Song", 10.5)
    page.fit(flow.right, y + 10, number, half, "Song", 10.5, align="right")
    flow.y = y + 13
    return flow


@dataclass(frozen=True)
class _Foot(RecordFooter):
    """The usual foot, and the mark at the head of every page."""

    mark: str = ""

    @override
    def __call__(self, page: Page, number: int, total: int) -> None:
        if self.mark:
            page.text(22 if page.size == A4 else 15, 17, self.mark, "Hei", 14, color=BLACK)
        super().__call__(page, number, total)


def about_suggestion(sheet: Sheet, number: str, headline: str, lead: str, unit: str) -> None:
    """Which suggestion a form is on, whose it is, and who handles it."""
    sheet.cells((Cell("建议编号", number),), height=11)
    sheet.cells((Cell("建议标题", headline),), height=14)
    sheet.cells((Cell("领衔代表", spaced(lead), is_name=True),), height=11)
    sheet.cells((Cell("承办单位", unit),), height=12)


def day_or_room(day: date | None) -> str:
    """The date, or room to write it."""
    return date_text(day) if day else DAY


def boxes(choices: Iterable[Choice], chosen: Choice | None = None) -> str:
    """The choices with a box before each, the chosen one ticked."""
    return "　　".join(f"{'☑' if choice is chosen else '☐'} {choice.label}" for choice in choices)


def yes_or_no(*, is_yes: bool | None, yes: str = "是", no: str = "否") -> str:
    """Two boxes; both empty while it is not known."""
    first = "☑" if is_yes else "☐"
    second = "☑" if is_yes is False else "☐"
    return f"{first} {yes}　　{second} {no}"


def title_again(flow: Flow, title: str) -> None:
    """The title of a further sheet that belongs to the first one, on the page that was begun."""
    flow.page.text(105, flow.top + 8, title, "BiaoSong", 18, align="center")
    flow.y = flow.top + 15
