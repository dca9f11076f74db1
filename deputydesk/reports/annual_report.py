"""年度报告: the yearly report as an official paper, 22 lines of 28 characters (GB/T 9704)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts, official
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, Footer, document, form_code
from deputydesk.reports.official import LEAD, LEFT, WIDTH, Block, Signature
from deputydesk.reports.page import RED
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.word import word_file

_ANNEX_NAME = "主要数字对比表"
_ANNEX = (
    Column("指标", 30, "left"),
    Column("本期", 27),
    Column("上期", 27),
    Column("增减", 22),
    Column("统计口径", 50, "left"),
)


@dataclass(frozen=True)
class AnnexLine:
    """A figure of this period against that of the one before."""

    name: Annotated[str, "指标"]
    this: Annotated[str, "本期"]
    last: Annotated[str, "上期"]
    change: Annotated[str, "增减"]
    definition: Annotated[str, "统计口径"]


@dataclass(frozen=True)
class AnnualReportPaper:
    """All that the report says, ready to print."""

    title: Annotated[str, "标题"]
    blocks: Annotated[tuple[Block, ...], "正文"]
    signer: Annotated[str, "落款"] = ""
    signed_on: date | None = None
    annex: Annotated[tuple[AnnexLine, ...], "对比表"] = ()
    periods: Annotated[tuple[str, str], "统计期间"] = ("", "")
    """What the two columns of the annex are: 2023年, 2022年."""
    number: Annotated[str, "编号"] = ""
    code: str = ""


def write(
    paper: AnnualReportPaper,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the report; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    fonts.check_printable(fonts.texts_of(paper, "年度报告"))
    fonts.check_printable(fonts.texts_of(office))
    progress.step(0, 1, paper.title)
    with document(
        to, title=paper.title, subject="年度报告", office=office, printed_on=printed_on
    ) as making:
        foot = official.marked_folio(paper.number, paper.code or form_code(office, printed_on))
        making.add(_draw(paper, foot), bookmark=paper.title)
        return making.pages


def write_docx(
    paper: AnnualReportPaper,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> None:
    """Writes the report as a Word file, to be worked on further.

    Raises:
        UserError: the file cannot be written; nothing is left of it.
        Cancelled: the user stopped it.
    """
    progress.step(0, 1, paper.title)
    author = paper.signer or office.organ
    with word_file(to, title=paper.title, author=author, day=printed_on) as word:
        word.title(paper.title)
        word.body(paper.blocks)
        word.signature(_signed(paper))
        if paper.annex:
            word.annex(_ANNEX_NAME)
            word.note(_said(paper))
            word.table(_ANNEX, list(_cells(paper.annex)))


def _signed(paper: AnnualReportPaper) -> Signature:
    return Signature(paper.signer, paper.signed_on, is_sealed=False)


def _said(paper: AnnualReportPaper) -> str:
    this, last = paper.periods
    return f"本期：{this}　　上期：{last}"


def _draw(paper: AnnualReportPaper, foot: Footer) -> Flow:
    flow = official.new_flow(foot)
    official.title(flow, paper.title)
    signed = _signed(paper)
    official.body(flow, paper.blocks, tail=signed.lines)
    official.signature(flow, signed)
    if paper.annex:
        _annex(flow, paper)
    return flow


def _annex(flow: Flow, paper: AnnualReportPaper) -> None:
    official.annex_head(flow, _ANNEX_NAME)
    flow.y -= LEAD / 2
    flow.page.line(LEFT, flow.y, LEFT + WIDTH, flow.y, weight=0.8, color=RED)
    flow.y += 8
    flow.page.fit(LEFT, flow.y, _said(paper), WIDTH, "Song", 10.5)
    flow.y += 4
    table = Table(flow, _ANNEX, Style(size=10, lead=5, ruled=True))
    table.rows(_cells(paper.annex))
    table.close()


def _cells(lines: Iterable[AnnexLine]) -> Iterable[tuple[str, ...]]:
    return ((x.name, x.this, x.last, x.change, x.definition) for x in lines)
