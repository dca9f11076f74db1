"""年度报告: the yearly report as an official paper, 22 lines of 28 characters (GB/T 9704)."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.fonts import Typeface
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, document
from deputydesk.reports.lines import Line, break_lines
from deputydesk.reports.page import MM, RED, Page
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import date_text

LEFT, RIGHT, TOP, BOTTOM = 28.0, 26.0, 37.0, 35.0
"""Margins in mm: what is between them is the 156 × 225 mm of the standard."""
LINES, CHARACTERS = 22, 28
TITLE, BODY, FOLIO = 22.0, 16.0, 14.0
"""二号, 三号 and 四号 in points."""
_WIDTH, _HEIGHT = 210 - LEFT - RIGHT, 297 - TOP - BOTTOM
ADVANCE = _WIDTH * MM / CHARACTERS
"""Points from one character to the next: a little under the letter's size, so that 28 fit."""
LEAD = _HEIGHT / LINES
"""Mm from one line to the next."""
_TITLE_LEAD = 12.5
_FACES: dict[str, Typeface] = {"heading": "Hei", "subheading": "Kai", "text": "Fang"}
_ANNEX = (
    Column("指标", 30, "left"),
    Column("本期", 27),
    Column("上期", 27),
    Column("增减", 22),
    Column("统计口径", 50, "left"),
)


@dataclass(frozen=True)
class Block:
    """A paragraph: heading, subheading or text."""

    kind: str
    text: Annotated[str, "正文"]


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
        making.add(_draw(paper), bookmark=paper.title)
        return making.pages


def folio(page: Page, number: int, total: int) -> None:
    """The page number as official papers have it: odd pages right, even pages left."""
    del total
    y = 297 - BOTTOM + 7 + FOLIO * 0.36 / MM
    one = FOLIO / MM
    text = f"— {number} —"
    if number % 2:
        page.text(210 - RIGHT - one, y, text, "Song", FOLIO, align="right")
    else:
        page.text(LEFT + one, y, text, "Song", FOLIO)


def _draw(paper: AnnualReportPaper) -> Flow:
    flow = Flow(folio, left=LEFT, right=RIGHT, top=TOP, bottom=BOTTOM)
    _title(flow, paper.title)
    for number, block in enumerate(paper.blocks):
        following = paper.blocks[number + 1 : number + 2]
        _block(flow, block, following[0].kind if following else "")
    _signature(flow, paper)
    if paper.annex:
        _annex(flow, paper)
    return flow


def balanced(title: str, most: float) -> list[str]:
    """A title on as few lines of `most` letters as it needs, nearly alike; years stay whole."""
    pieces = re.findall(r"[0-9—－-]+年?|[（《“][^）》”]{0,6}[）》”]|.", title)
    sizes = [fonts.width(piece, "BiaoSong") / 1000 for piece in pieces]
    count = max(1, math.ceil(sum(sizes) / most))
    lines: list[str] = [""]
    used, spent = 0.0, 0.0
    for piece, size in zip(pieces, sizes, strict=True):
        share = (sum(sizes) - spent) / (count - len(lines) + 1)
        is_better_below = used + size - share > share - used
        if lines[-1] and len(lines) < count and is_better_below:
            spent += used
            lines.append("")
            used = 0.0
        lines[-1] += piece
        used += size
    return lines


def _title(flow: Flow, title: str) -> None:
    most = _WIDTH * MM / TITLE - 1
    for line in balanced(fonts.clean(title).replace("\n", ""), most):
        flow.y += _TITLE_LEAD
        flow.page.text(LEFT + _WIDTH / 2, flow.y - 3, line, "BiaoSong", TITLE, align="center")
    used = -(-(flow.y - TOP) // LEAD) + 1  # an empty line below, and the grid again
    flow.y = TOP + used * LEAD


def _block(flow: Flow, block: Block, following: str) -> None:
    """A paragraph on the grid; a heading stays with two lines, the last lines with the signature.

    `following` is the kind of the next paragraph; empty after the last one.

    Characters are set `ADVANCE` apart whatever the size of the letter, so that 28 stand in a line.
    """
    face = _FACES[block.kind]
    lines = break_lines(
        fonts.clean(block.text).strip(), face, ADVANCE, _WIDTH * MM + 0.01, indent=2 * ADVANCE
    )
    keep = 0
    if block.kind != "text" and following:
        keep = 3 if following == "subheading" else 2
    for number, line in enumerate(lines):
        left = len(lines) - number
        needed = 1.0
        if number == 0:
            needed = min(2, left) + keep
        if left <= 2:
            needed = max(needed, left + (keep if following else 3))
        flow.need(needed * LEAD - 0.1)
        _line(flow, line, face)


def _line(flow: Flow, line: Line, face: Typeface) -> None:
    natural = line.width * BODY / ADVANCE  # as wide as it is at the letter's own size
    room = _WIDTH * MM - line.indent
    gaps = max(1, len(line.text) - 1)
    spacing = (line.width - natural) / gaps if line.is_last else (room - natural) / gaps
    base = flow.y + LEAD / 2 + BODY * 0.36 / MM
    flow.page.text(LEFT + line.indent / MM, base, line.text, face, BODY, spacing=spacing)
    flow.y += LEAD


def _signature(flow: Flow, paper: AnnualReportPaper) -> None:
    """Organ and date, the date four characters from the right, the organ centred over it."""
    if not paper.signer:
        return
    flow.y += LEAD
    flow.need(2 * LEAD - 0.1)
    day = date_text(paper.signed_on)
    right = 210 - RIGHT - 4 * ADVANCE / MM
    wide = fonts.width(day, "Fang") * BODY / 1000 / MM
    organ = fonts.width(paper.signer, "Fang") * BODY / 1000 / MM
    middle = min(right - wide / 2, 210 - RIGHT - ADVANCE / MM - organ / 2)
    for text, align_at in ((paper.signer, middle), (day, right - wide / 2)):
        base = flow.y + LEAD / 2 + BODY * 0.36 / MM
        flow.page.text(align_at, base, text, "Fang", BODY, align="center")
        flow.y += LEAD


def _annex(flow: Flow, paper: AnnualReportPaper) -> None:
    flow.turn()
    base = flow.y + LEAD / 2 + BODY * 0.36 / MM
    flow.page.text(LEFT, base, "附件", "Hei", BODY)
    flow.y += 2 * LEAD
    flow.page.text(
        LEFT + _WIDTH / 2, flow.y + 3, "主要数字对比表", "BiaoSong", TITLE, align="center"
    )
    flow.y += LEAD
    this, last = paper.periods
    flow.page.line(LEFT, flow.y, LEFT + _WIDTH, flow.y, weight=0.8, color=RED)
    flow.y += 8
    said = f"本期：{this}　　上期：{last}"
    flow.page.fit(LEFT, flow.y, said, _WIDTH, "Song", 10.5)
    flow.y += 4
    table = Table(flow, _ANNEX, Style(size=10, lead=5, ruled=True))
    table.rows(_cells(paper.annex))
    table.close()


def _cells(lines: Iterable[AnnexLine]) -> Iterable[tuple[str, ...]]:
    return ((x.name, x.this, x.last, x.change, x.definition) for x in lines)
