"""履职登记表: what a deputy did, line by line, with room to go on by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports.booklet import write_papers
from deputydesk.reports.duty_entries import FILLING, DeputyData, Entry, Stream, read_papers
from deputydesk.reports.form import AskDeputies, AskDuplex, AskPeriod, Form, Group, Job, OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.page import A4_WIDE, GREY
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import period_text, short_date

_TITLE = "人大代表履职登记表"
_KIND = "LD"
_ROW, _SIGN = 10.0, 17.0
_STYLE = Style(size=10, lead=4.9, head_size=10.5, head_height=9, row=_ROW, ruled=True)
_COLUMNS = (
    Column("序号", 12),
    Column("日期", 24),
    Column("履职类别", 31),
    Column("主要内容", 92, "left"),
    Column("地点", 40, "left"),
    Column("时长", 19),
    Column("证明人", 22),
    Column("积分", 13),
    Column("审核", 18),
)


@dataclass(frozen=True)
class DutyRegister:
    """The form of one deputy; what is empty is filled in by hand."""

    who: Annotated[DeputyData, "代表"]
    period: Annotated[str, "期间"] = ""
    number: Annotated[str, "编号"] = ""
    code: str = ""
    rows: Annotated[tuple[Entry, ...], "履职情况"] = ()


def write(
    papers: Stream[DutyRegister] | Sequence[DutyRegister],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    duplex: bool = False,
) -> int:
    """Writes the form of each deputy, or a blank one; returns the number of pages.

    duplex: every deputy begins on a front side.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_papers(
        papers or [DutyRegister(DeputyData())], _draw, to, title=_TITLE, subject="履职登记表",
        office=office, printed_on=printed_on, progress=progress, duplex=duplex,
    )  # fmt: skip


def _draw(paper: DutyRegister, office: OfficeHead, printed_on: date) -> Flow:
    flow = Flow(
        RecordFooter(office, printed_on, paper.number, paper.code),
        size=A4_WIDE,
        left=15,
        top=18,
        bottom=22,
    )
    _head(flow, paper, office)
    table = Table(flow, _COLUMNS, _STYLE)
    table.rows(_lines(paper.rows), keep=_SIGN)
    room = flow.room - _SIGN - (0 if paper.rows else _STYLE.head_height)
    table.rows([[""] * len(_COLUMNS)] * int(room / _ROW))
    table.close()
    _sign(flow, office)
    return flow


def _lines(rows: Sequence[Entry]) -> list[tuple[str, ...]]:
    by_day = sorted(rows, key=lambda row: row.day)
    return [
        (
            *(str(number), short_date(row.day, with_year=True), row.kind, row.what),
            *(row.place, row.time, "", row.points, row.word),
        )
        for number, row in enumerate(by_day, start=1)
    ]


def _head(flow: Flow, paper: DutyRegister, office: OfficeHead) -> None:
    page, who = flow.page, paper.who
    middle = A4_WIDE.width / 2
    page.text(middle, 24, _TITLE, "BiaoSong", 22, align="center")
    period = paper.period or "　　　　年度"
    page.text(middle, 31, f"（{period}）", "Song", 11, align="center")
    page.fit(flow.left, 31, office.full_name, 70, "Song", 10.5)
    x = flow.left
    for label, words, room in (
        ("代表姓名：", who.name, 58),
        ("代表职务：", who.level, 62),
        ("选区：", who.district, 62),
        ("工作单位及职务：", who.job, 85),
    ):
        used = page.text(x, 40, label, "Hei", 10.5)
        box = (x + used, 34.5, room - used - 3, 8)
        if label == "代表姓名：":
            page.name_box(box, words, "Song", 11, align="left")
        else:
            page.fit_box(box, words, "Song", 10.5, align="left")
        page.line(x + used, 42.3, x + room - 2, 42.3, weight=0.4)
        x += room
    flow.y = 46


def _sign(flow: Flow, office: OfficeHead) -> None:
    page, y = flow.page, flow.y + 8
    page.text(flow.left, y, "代表（签名）：", "Song", 10.5)
    page.text(flow.left + 86, y, "登记人（签名）：", "Song", 10.5)
    page.text(flow.right - 2, y, "　　　　年　　月　　日", "Song", 10.5, align="right")
    page.fit(flow.left + 176, y, f"{office.handling_organ}（盖章）", 50, "Song", 10.5)
    note = "证明人、审核由手工签注；积分按所在季度的规则计算，没有封账的季度以封账时为准。"
    page.text(flow.left, y + 6, note, "Song", 8.5, color=GREY)


def _read(job: Job) -> Stream[DutyRegister] | list[DutyRegister]:
    first, last = job.period

    def paper(who: DeputyData, rows: tuple[Entry, ...]) -> DutyRegister:
        number, code = record_number(_KIND, who.id, last), code_of(_KIND, who.id, last)
        return DutyRegister(who, period_text(first, last), number, code, rows)

    return read_papers(job, paper)


FORM = Form(
    "duty_register",
    "履职登记表",
    Group.DEPUTY,
    "按日期逐条印出已登记的履职，证明人、审核和空行手工填写；也可以印空白表。",
    _read,
    write,
    (AskDeputies(), AskPeriod(), FILLING, AskDuplex()),
    extras=lambda options: {"duplex": options.duplex},
    each=lambda paper: paper.who.name,
    source="自拟：栏目为代表履职登记通行的日期、类别、内容、地点、时长、证明人、积分、审核",
)
