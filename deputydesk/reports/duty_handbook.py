"""履职手册: a booklet that a deputy keeps for a year, blank or with what is registered already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports.booklet import Book, Cover, data_sheet, heading, write_papers
from deputydesk.reports.duty_entries import FILLING, DeputyData, Entry, Stream, read_papers
from deputydesk.reports.form import AskDeputies, AskDuplex, AskPeriod, Form, Group, Job, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.page import GREY, HAIR
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import period_text, short_date
from deputydesk.rules.duty import DutyPart

_TITLE = "人大代表履职手册"
_KIND = "SC"
_NUMBERS = "一二三四五六七八九十"
_ROW = 11.0
_STYLE = Style(size=9.5, lead=4.7, head_size=10.5, head_height=9, row=_ROW, ruled=True)
_COLUMNS = (
    Column("日期", 22),
    Column("类别", 24),
    Column("内容", 54, "left"),
    Column("地点", 27, "left"),
    Column("时长", 14),
    Column("证明人", 15),
    Column("积分", 10),
)
_GUIDE = (
    "一、本手册由代表本人保管，随时记录，每季度末交{organ}审核，年末归入履职档案。",
    "二、每参加一次履职活动记一行，写明日期、内容、地点和时长，由组织单位在“证明人”栏签名；已经印好的不必重填。",
    "三、接待和走访选民，按选民原话记录反映的问题；涉及个人隐私和要求保密的，不写姓名和电话。",
    "四、提出的代表建议只记标题，正文用代表建议专用纸书写。",
    "五、积分由{organ}按积分规则计算，有疑问的可在积分榜公示期内提出。",
)


@dataclass(frozen=True)
class Handbook:
    """The booklet of one deputy; what is empty is filled in by hand."""

    who: Annotated[DeputyData, "代表"]
    period: Annotated[str, "期间"] = ""
    number: Annotated[str, "编号"] = ""
    code: str = ""
    rows: Annotated[tuple[Entry, ...], "履职情况"] = ()


def write(
    papers: Stream[Handbook] | Sequence[Handbook],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    duplex: bool = False,
) -> int:
    """Writes the booklet of each deputy, or a blank one; returns the number of pages.

    duplex: every deputy begins on a front side.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_papers(
        papers or [Handbook(DeputyData())], _draw, to, title=_TITLE, subject="履职手册",
        office=office, printed_on=printed_on, progress=progress, duplex=duplex,
    )  # fmt: skip


def _draw(paper: Handbook, office: OfficeHead, printed_on: date) -> Flow:
    who = paper.who
    lines = (
        ("代表姓名", who.name),
        ("代表职务", who.level),
        ("选　　区", who.district),
        ("代表小组", who.group),
        ("代表之家", who.home),
    )
    cover = Cover(_TITLE, paper.period or "（　　　　年度）", lines)
    book = Book(cover, office, printed_on, number=paper.number, code=paper.code)
    flow = book.flow
    _guide(flow, office)
    book.part("代表基本情况")
    heading(flow, "代表基本情况")
    sheet = data_sheet(flow, who)
    sheet.block("简　　历", "", height=46)
    sheet.block("本年履职\n打　　算", "", height=62)
    sheet.close()
    for number, part in enumerate(DutyPart):
        rows = [row for row in paper.rows if row.part is part]
        ordinal = _NUMBERS[number] if number < len(_NUMBERS) else f"十{_NUMBERS[number - 10]}"
        name = f"{ordinal}、{part.label}"
        note = f"{len(rows)}项" if rows else ""
        book.part(name, note)
        heading(flow, name, note)
        _rows(flow, rows)
    book.part("年度小结")
    _summary(flow, office)
    return book.close()


def _rows(flow: Flow, rows: Sequence[Entry]) -> None:
    """What is registered, then lines to the end of the page to write on."""
    table = Table(flow, _COLUMNS, _STYLE)
    table.rows(
        (
            *(short_date(row.day, with_year=True), row.kind, row.what),
            *(row.place, row.time, "", row.points),
        )
        for row in rows
    )
    room = flow.room - (0 if rows else _STYLE.head_height)
    table.rows([[""] * len(_COLUMNS)] * int(room / _ROW))
    table.close()


def _guide(flow: Flow, office: OfficeHead) -> None:
    """How the booklet is filled in, in the lower part of the page of contents."""
    flow.y = 231.0
    flow.page.text(flow.left, flow.y, "填写说明", "Hei", 11)
    flow.y += 2
    for sentence in _GUIDE:
        text = sentence.format(organ=office.handling_organ)
        flow.paragraph(text, "Song", 9.5, lead=5, indent=0, color=GREY)


def _summary(flow: Flow, office: OfficeHead) -> None:
    heading(flow, "年度小结")
    for _ in range(15):
        flow.y += 9.6
        flow.page.line(flow.left, flow.y, flow.right, flow.y, weight=0.4, color=HAIR)
    flow.y += 12
    page = flow.page
    page.text(
        flow.right - 4, flow.y, "代表（签名）：　　　　　　　　　　　", "Song", 11, align="right"
    )
    page.text(flow.right - 4, flow.y + 8, "年　　月　　日", "Song", 11, align="right")
    flow.y += 18
    page.rect(flow.left, flow.y, flow.width, 44, stroke=HAIR, weight=0.6)
    page.fit(flow.left + 4, flow.y + 8, f"{office.handling_organ}审核意见：", 120, "Hei", 11)
    page.text(flow.right - 34, flow.y + 31, "（盖章）", "Song", 10.5, align="right", color=GREY)
    page.text(flow.right - 20, flow.y + 38, "年　　月　　日", "Song", 10.5, align="right")


def _read(job: Job) -> Stream[Handbook] | list[Handbook]:
    first, last = job.period

    def paper(who: DeputyData, rows: tuple[Entry, ...]) -> Handbook:
        number, code = record_number(_KIND, who.id, last), code_of(_KIND, who.id, last)
        return Handbook(who, f"（{period_text(first, last)}）", number, code, rows)

    return read_papers(job, paper, photos=True)


FORM = Form(
    "duty_handbook",
    "履职手册",
    Group.DEPUTY,
    "发给代表随身记录：封面、基本情况、各类履职的登记页；可印已登记的，也可印空白的。",
    _read,
    write,
    (AskDeputies(), AskPeriod(), FILLING, AskDuplex()),
    extras=lambda options: {"duplex": options.duplex},
    each=lambda paper: paper.who.name,
    source="自拟：登记页按履职档案的各部分排列（镇坪县公布的代表履职档案八个部分）",
)
