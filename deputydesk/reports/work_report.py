"""述职报告: a deputy's own words to the voters, with the figures of what was done; PDF and Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts, official
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, document, form_code, form_name
from deputydesk.reports.official import LEAD, LEFT, RIGHT, Block, Signature
from deputydesk.reports.page import GREY
from deputydesk.reports.word import word_file

_GREETING = "各位选民："
_CLOSING = "以上报告，请予评议。"


@dataclass(frozen=True)
class Part:
    """A part of the report: what was done in figures, then the deputy's words or room for them."""

    heading: Annotated[str, "标题"]
    figures: Annotated[str, "数字"] = ""
    words: Annotated[str, "正文"] = ""
    lines: int = 0
    """Ruled lines to write on."""

    @property
    def blocks(self) -> list[Block]:
        """Its paragraphs."""
        said = [Block("text", self.figures)] if self.figures else []
        return [Block("heading", self.heading), *said, *official.blocks_of(self.words)]


@dataclass(frozen=True)
class WorkReportPaper:
    """A report ready to print."""

    title: Annotated[str, "标题"]
    opening: Annotated[str, "开头"]
    parts: Annotated[tuple[Part, ...], "各部分"]
    name: Annotated[str, "述职人"] = ""
    given_on: date | None = None
    note: Annotated[str, "附注"] = ""
    number: Annotated[str, "编号"] = ""
    code: str = ""

    @property
    def signed(self) -> Signature:
        """Who reports; a blank form leaves room for the name."""
        name = self.name or "　　　　　　"
        return Signature(f"述职人：{name}", self.given_on, self.note, is_sealed=False)


def write(
    papers: Sequence[WorkReportPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the reports, a bookmark each; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    fonts.check_printable([*fonts.texts_of(tuple(papers), "述职报告"), *fonts.texts_of(office)])
    with document(
        to, title=_title(papers), subject="代表述职报告", office=office, printed_on=printed_on
    ) as making:
        for done, paper in enumerate(papers):
            progress.step(done, len(papers), paper.name)
            code = paper.code or form_code(office, printed_on)
            foot = official.marked_folio(paper.number or form_name(office), code)
            flow = _draw(paper, official.new_flow(foot))
            making.add(flow, bookmark=paper.name or paper.title)
        return making.pages


def write_docx(
    papers: Sequence[WorkReportPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> None:
    """Writes the reports as a Word file, to be worked on further.

    Raises:
        UserError: the file cannot be written; nothing is left of it.
        Cancelled: the user stopped it.
    """
    author = papers[0].name or office.organ
    with word_file(to, title=_title(papers), author=author, day=printed_on) as word:
        for done, paper in enumerate(papers):
            progress.step(done, len(papers), paper.name)
            if done:
                word.new_page()
            word.title(paper.title)
            word.greeting(_GREETING)
            word.text(paper.opening)
            for part in paper.parts:
                word.body([*part.blocks, *[Block("text", "")] * part.lines])
            word.body([Block("text", _CLOSING)])
            word.signature(paper.signed)
        if papers[0].code and len(papers) == 1:
            word.record(papers[0].number, papers[0].code)


def _title(papers: Sequence[WorkReportPaper]) -> str:
    one = papers[0]
    return f"{one.name}的述职报告" if len(papers) == 1 and one.name else "人大代表述职报告"


def _draw(paper: WorkReportPaper, flow: Flow) -> Flow:
    official.title(flow, paper.title)
    opening = [Block("greeting", _GREETING), *official.blocks_of(paper.opening)]
    official.body(flow, opening)
    signed, closing = paper.signed, [Block("text", _CLOSING)]
    for part in paper.parts:
        flow.need(LEAD * (1 + part.lines + (2 if part.figures else 0)))
        if part is paper.parts[-1] and not part.lines:
            closing = [*part.blocks, *closing]  # its last lines stay with the signature
            break
        official.body(flow, part.blocks)
        _rule(flow, part.lines)
    official.body(flow, closing, tail=signed.lines)
    official.signature(flow, signed)
    return flow


def _rule(flow: Flow, lines: int) -> None:
    """Room to write by hand."""
    for _ in range(lines):
        flow.need(LEAD)
        y = flow.y + LEAD - 1.6
        flow.page.line(LEFT, y, flow.page.size.width - RIGHT, y, weight=0.4, color=GREY)
        flow.y += LEAD
