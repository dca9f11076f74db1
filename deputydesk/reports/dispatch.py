"""周调度、月小结、季报告: the ledger of a period in three tables and a text, signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.page import GREY, INK, RED
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import date_text, short_date

_UNITS = (
    Column("承办单位", 50, "left"),
    Column("承办", 13),
    Column("已复", 13),
    Column("未到期", 14),
    Column("近期", 13),
    Column("逾期", 13),
    Column("满意", 13),
    Column("基本\n满意", 13),
    Column("不满意", 14),
)
_OVERDUE = (
    Column("编号", 17, fits=True),
    Column("建议标题", 70, "left"),
    Column("承办单位", 40, "left"),
    Column("时限", 22),
    Column("逾期天数", 16),
    Column("已催办", 14),
)
_CHANGES = (
    Column("编号", 17, fits=True),
    Column("建议标题", 62, "left"),
    Column("本期办理情况", 90, "left"),
)
_STYLE = Style(size=9.5, lead=4.6, head_size=9.5, head_height=8.4, ruled=True, row=7.4)
_SIGNATURE = 24.0
"""mm that the signature takes."""
_NEAR = "近期＝15日内到期；已复、满意等以件次计，分别办理的各单位各计一次，协办不计。"


@dataclass(frozen=True)
class UnitLine:
    """How a unit stands."""

    unit: Annotated[str, "承办单位"]
    assigned: int = 0
    answered: int = 0
    not_due: int = 0
    soon: int = 0
    overdue: int = 0
    satisfied: int = 0
    mostly: int = 0
    dissatisfied: int = 0


@dataclass(frozen=True)
class OverdueLine:
    """An answer that is overdue."""

    number: Annotated[str, "编号"]
    headline: Annotated[str, "标题"]
    unit: Annotated[str, "承办单位"]
    due_on: date
    days: int
    urged: int = 0


@dataclass(frozen=True)
class ChangeLine:
    """What happened to a suggestion."""

    number: Annotated[str, "编号"]
    headline: Annotated[str, "标题"]
    what: Annotated[str, "办理情况"]


@dataclass(frozen=True)
class DispatchPaper:
    """The whole report."""

    title: Annotated[str, "标题"]
    """五当召镇人大代表建议办理周调度"""
    issue: Annotated[str, "期号"] = ""
    """2023年第8期"""
    period: Annotated[str, "期间"] = ""
    as_of: date | None = None
    word: Annotated[str, "期间简称"] = "本期"
    units: Annotated[tuple[UnitLine, ...], "承办单位"] = ()
    total: UnitLine | None = None
    overdue: Annotated[tuple[OverdueLine, ...], "逾期"] = ()
    changes: Annotated[tuple[ChangeLine, ...], "本期变化"] = ()
    text: Annotated[str, "文字小结"] = ""
    signed_by: Annotated[str, "签发人"] = ""
    signed_on: date | None = None
    number: Annotated[str, "编号"] = ""
    check: Annotated[str, "校验值"] = ""


def write(
    paper: DispatchPaper,
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
    fonts.check_printable([*fonts.texts_of(paper), *fonts.texts_of(office)])
    with document(
        to, title=paper.title, subject="调度报告", office=office, printed_on=printed_on
    ) as making:
        progress.step(0, 1, paper.title)
        making.add(_draw(paper, office, printed_on))
        return making.pages


def _draw(paper: DispatchPaper, office: OfficeHead, printed_on: date) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, paper.number))
    _head(flow, paper)
    flow.paragraph(paper.text or "（没有填写小结）", "Fang", 12, lead=7.4)
    flow.y += 4
    flow.section("表A　各承办单位办理情况", keep=32)
    _table(flow, _UNITS, _unit_rows(paper), "没有交办的建议")
    flow.y += 1.5
    flow.paragraph(f"注：{_NEAR}", "Song", 9, lead=4.4, indent=0, color=GREY)
    flow.y += 4
    flow.section("表B　逾期未答复的建议", keep=20)
    _table(flow, _OVERDUE, [_overdue(row) for row in paper.overdue], "没有逾期的建议")
    flow.y += 5
    flow.section(f"表C　{paper.word}办理变化", keep=20)
    _table(
        flow,
        _CHANGES,
        [[row.number, row.headline, row.what] for row in paper.changes],
        f"{paper.word}没有变化",
        keep=_SIGNATURE,
    )
    _sign(flow, paper, office)
    return flow


def _head(flow: Flow, paper: DispatchPaper) -> None:
    page, middle = flow.page, flow.size.width / 2
    page.fit(middle, 30, paper.title, flow.width, "BiaoSong", 20, align="center")
    page.line(flow.left, 35, flow.right, 35, weight=1.4, color=RED)
    half = flow.width / 2 - 2
    page.fit(flow.left, 41, f"{paper.issue}　{paper.period}", half, "Song", 10.5)
    if paper.as_of:
        words = f"数据截至{date_text(paper.as_of)}"
        page.text(flow.right, 41, words, "Song", 10.5, align="right", color=GREY)
    flow.y = 47


def _unit_rows(paper: DispatchPaper) -> list[list[str]]:
    lines = [*paper.units, *([paper.total] if paper.total and paper.units else [])]
    return [[line.unit, *(_count(line, name) for name in _COUNTS)] for line in lines]


_COUNTS = (
    "assigned", "answered", "not_due", "soon", "overdue", "satisfied", "mostly", "dissatisfied"
)  # fmt: skip


def _count(line: UnitLine, name: str) -> str:
    number: int = getattr(line, name)
    return str(number) if number else ""


def _overdue(row: OverdueLine) -> list[str]:
    urged = f"{row.urged}次" if row.urged else ""
    due = short_date(row.due_on, with_year=True)
    return [row.number, row.headline, row.unit, due, f"{row.days}天", urged]


def _table(
    flow: Flow,
    columns: Sequence[Column],
    rows: list[list[str]],
    nothing: str,
    *,
    keep: float = 0,
) -> None:
    table = Table(flow, columns, _STYLE)
    place = next(n for n, column in enumerate(columns) if column.align == "left")
    blank = ["" if n != place else f"（{nothing}）" for n in range(len(columns))]
    table.rows(rows or [blank], keep=keep)
    table.close()


def _sign(flow: Flow, paper: DispatchPaper, office: OfficeHead) -> None:
    """Who signs, below at least two rows of the last table."""
    flow.need(_SIGNATURE)
    flow.y += 12
    page, left = flow.page, flow.right - 92
    used = page.text(left, flow.y, f"签发（{office.chair}）：", "Hei", 11)
    if paper.signed_by:
        page.fit(left + used, flow.y, paper.signed_by, 92 - used, "Kai", 12)
    else:
        page.line(left + used, flow.y + 1.2, flow.right, flow.y + 1.2, weight=0.4, color=INK)
    flow.y += 8
    page.text(flow.right, flow.y, date_text(paper.signed_on), "Song", 11, align="right")
    if paper.check:
        page.text(flow.left, flow.y, f"台账校验值 {paper.check}", "Song", 8, color=GREY)
