"""履职档案: everything on a deputy's duty in eight parts and an appendix, bound as a book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports.booklet import Book, Cover, data_sheet, heading, write_papers
from deputydesk.reports.duty_entries import DeputyData, Entry, Stream
from deputydesk.reports.duty_report import ScoreRow, SuggestionRow
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.page import GREY
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import short_date
from deputydesk.rules.duty import DutyPart

TITLE = "人大代表履职档案"
PERSONAL = "基本情况"
PARTS = (
    DutyPart.MEETING,
    DutyPart.INSPECTION,
    DutyPart.STUDY,
    DutyPart.GROUP,
    DutyPart.PROPOSAL,
    DutyPart.ACCOUNT,
    DutyPart.HONOUR,
)
"""The second to the eighth part; the first is who the deputy is."""
APPENDIX = (
    DutyPart.RECEPTION,
    DutyPart.LINK,
    DutyPart.SPEECH,
    DutyPart.SERVICE,
    DutyPart.LEAVE,
)
_ORDINALS = "一二三四五六七八"
_NONE = "没有记录"
_KEEP = 46.0
_STYLE = Style(size=10, lead=4.9, head_size=10, head_height=8.4, row=8.6)
_ENTRIES = (
    Column("序号", 12),
    Column("日期", 23),
    Column("类别", 30),
    Column("内容", 54, "left"),
    Column("地点", 34, "left"),
    Column("积分", 13),
)
_SUGGESTIONS = (
    Column("编号", 16),
    Column("建议标题", 66, "left"),
    Column("角色", 14),
    Column("承办单位", 32, "left"),
    Column("办理状态", 20),
    Column("满意度", 18),
)
_VOTES = (
    Column("日期", 23),
    Column("测评会议", 58, "left"),
    Column("得票", 65, "left"),
    Column("等次", 20),
)
_SCORES = (
    Column("季度", 40),
    Column("积分", 20),
    Column("名次", 32),
    Column("积分规则", 74, "left"),
)


@dataclass(frozen=True)
class Proposal:
    """A suggestion with the part the deputy had in it."""

    role: Annotated[str, "角色"]
    row: SuggestionRow


@dataclass(frozen=True)
class Votes:
    """An evaluation with what the deputy got."""

    day: date
    meeting: Annotated[str, "测评会议"]
    votes: Annotated[str, "得票"]
    grade: Annotated[str, "等次"]


@dataclass(frozen=True)
class DutyFile:
    """The file of one deputy; without data it is a blank set of cover and dividers."""

    who: Annotated[DeputyData, "代表"]
    period: Annotated[str, "期间"] = ""
    number: Annotated[str, "编号"] = ""
    code: str = ""
    rows: Annotated[tuple[Entry, ...], "履职情况"] = ()
    proposals: Annotated[tuple[Proposal, ...], "建议情况"] = ()
    votes: Annotated[tuple[Votes, ...], "述职测评"] = ()
    scores: Annotated[tuple[ScoreRow, ...], "季度积分"] = ()


def write(
    papers: Stream[DutyFile] | Sequence[DutyFile],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    divided: bool = True,
    duplex: bool = False,
) -> int:
    """Writes the file of each deputy, a bookmark each; returns the number of pages.

    Args:
        papers: the files, read as they are wanted.
        to: the file.
        office: who prints.
        printed_on: the day.
        progress: told of each deputy.
        divided: a divider before each part; else the parts follow each other.
        duplex: every deputy begins on a front side.

    Raises:
        UserError: a character cannot be printed, a photo is damaged, the file cannot be written.
    """
    return write_papers(
        papers or [DutyFile(DeputyData())], partial(_draw, divided=divided), to,
        title=TITLE, subject="履职档案", office=office,
        printed_on=printed_on, progress=progress, duplex=duplex,
    )  # fmt: skip


def _draw(paper: DutyFile, office: OfficeHead, printed_on: date, *, divided: bool) -> Flow:
    who = paper.who
    lines = (
        ("代表姓名", who.name),
        ("代表职务", who.level),
        ("选　　区", who.district),
        ("代表证号", who.certificate),
        ("代表之家", who.home),
    )
    cover = Cover(TITLE, paper.period or "（　　　　年度）", lines)
    book = Book(cover, office, printed_on, number=paper.number, code=paper.code)
    book.part(f"第一部分　{PERSONAL}", divided=divided)
    heading(book.flow, f"第一部分　{PERSONAL}")
    _personal(book.flow, paper, office)
    for ordinal, part in zip(_ORDINALS[1:], PARTS, strict=True):
        rows = [row for row in paper.rows if row.part is part]
        _part(book, f"第{ordinal}部分　{part.label}", paper, rows, divided=divided)
    _appendix(book, paper, divided=divided)
    return book.close()


def _personal(flow: Flow, paper: DutyFile, office: OfficeHead) -> None:
    sheet = data_sheet(flow, paper.who)
    sheet.block("履职概况", _overview(paper), height=34)
    sheet.block("备　　注", "", height=30)
    sign = f"{office.chair}（签名）：　　　　　　　（盖章）　　　　　年　　月　　日"
    sheet.block(f"{office.handling_organ}\n审核意见", "", height=40, sign=sign)
    sheet.close()


def _overview(paper: DutyFile) -> str:
    """会议出席3项，视察调研2项: what the file holds, and the last points."""
    counted = [
        f"{part.label}{number}项"
        for part in DutyPart
        if (number := sum(row.part is part for row in paper.rows))
    ]
    points = [
        f"{row.quarter}积分{row.points}{f'，{row.rank}' if row.rank != row.points else ''}"
        for row in paper.scores
    ]
    parts = [*(["、".join(counted)] if counted else []), *points]
    return "；".join(parts) + ("。" if parts else "")


def _part(book: Book, name: str, paper: DutyFile, rows: Sequence[Entry], *, divided: bool) -> None:
    """A part with a divider, or below the one before; an empty part has no page of its own."""
    flow = book.flow
    note = f"{len(rows)}项" if rows else _NONE if paper.number else ""
    if divided and not rows:
        book.divider(name, note)
        return
    if not divided:
        flow.y += 6
        flow.need(_KEEP)
    book.part(name, note, divided=divided, turned=False)
    heading(flow, name, note if rows else "")
    if not rows:
        nothing = f"（{_NONE}）" if paper.number else "（空白）"
        flow.page.text(flow.left, flow.y + 3, nothing, "Song", 10, color=GREY)
        flow.y += 8
        return
    _tables(flow, paper, rows)


def _tables(flow: Flow, paper: DutyFile, rows: Sequence[Entry]) -> None:
    """Suggestions and evaluations have tables of their own, all else is listed."""
    part = rows[0].part
    if part is DutyPart.PROPOSAL and paper.proposals:
        _table(
            flow,
            _SUGGESTIONS,
            [
                (
                    *(one.row.number, one.row.heading, one.role),
                    *(one.row.unit, one.row.status, one.row.satisfaction),
                )
                for one in paper.proposals
            ],
        )
        rows = [row for row in rows if row.table != "suggestion"]
    if part is DutyPart.ACCOUNT and paper.votes:
        votes = [
            (short_date(one.day, with_year=True), one.meeting, one.votes, one.grade)
            for one in paper.votes
        ]
        _table(flow, _VOTES, votes)
        rows = [row for row in rows if row.table != "evaluation"]
    if rows:
        lines = [
            (
                *(str(number), short_date(row.day, with_year=True), row.kind),
                *(row.what, row.place, row.points),
            )
            for number, row in enumerate(rows, start=1)
        ]
        _table(flow, _ENTRIES, lines)


def _table(flow: Flow, columns: Sequence[Column], lines: Sequence[Sequence[str]]) -> None:
    table = Table(flow, columns, _STYLE)
    table.rows(lines)
    table.close()
    flow.y += 6


def _appendix(book: Book, paper: DutyFile, *, divided: bool) -> None:
    """Points by quarter, and what is no part of the eight."""
    flow = book.flow
    if divided:
        book.divider("附录　季度积分和其他履职")
        flow.turn()
    else:
        flow.y += 6
        flow.need(_KEEP)
    name = "附录一　季度积分"
    note = f"{len(paper.scores)}个季度" if paper.scores else ""
    book.part(name, note, turned=False)
    heading(flow, name, note)
    scores = [(row.quarter, row.points, row.rank, row.rules) for row in paper.scores]
    nothing = "（没有封账的季度积分）" if paper.number else ""
    _table(flow, _SCORES, scores or [("", "", "", nothing)])
    held = {part: [row for row in paper.rows if row.part is part] for part in APPENDIX}
    listed = [part for part in APPENDIX if held[part] or not paper.number]
    for ordinal, part in zip(_ORDINALS[1:], listed, strict=False):
        _part(book, f"附录{ordinal}　{part.label}", paper, held[part], divided=False)
