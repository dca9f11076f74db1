"""民生实事项目评议情况表: each step with its votes, who was there, and the grade."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter
from deputydesk.reports.page import A4_WIDE, GREY, RED
from deputydesk.reports.result_parts import write_result
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import short_date


@dataclass(frozen=True)
class Judgement:
    """A step taken for a project."""

    project: Annotated[str, "项目名称"]
    step: Annotated[str, "评议环节"]
    held_on: date
    unit: Annotated[str, "责任单位"] = ""
    members: int = 0
    present: int = 0
    satisfied: int = 0
    mostly: int = 0
    dissatisfied: int = 0
    grade: Annotated[str, "等次"] = ""
    questions: Annotated[str, "询问内容"] = ""
    answers: Annotated[str, "答复内容"] = ""


@dataclass(frozen=True)
class EvalReport:
    """The steps of a period."""

    title: Annotated[str, "标题"]
    period: Annotated[str, "期间"]
    judgements: Annotated[tuple[Judgement, ...], "评议"]
    rule: Annotated[str, "等次评定办法"] = ""
    number: Annotated[str, "编号"] = ""


def write(
    report: EvalReport,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the table; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_result(
        report, _draw, to, title=report.title, subject="民生实事项目评议情况表", office=office,
        printed_on=printed_on, progress=progress,
    )  # fmt: skip


def _draw(report: EvalReport, office: OfficeHead, printed_on: date) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, report.number), size=A4_WIDE, left=15, top=18)
    page, middle = flow.page, flow.size.width / 2
    page.fit(middle, 25, report.title, flow.width, "BiaoSong", 20, align="center")
    page.line(flow.left, 30, flow.right, 30, weight=1.4, color=RED)
    page.line(flow.left, 31.1, flow.right, 31.1, weight=0.4, color=RED)
    page.text(flow.left, 37, f"评议期间：{report.period}", "Song", 10.5)
    flow.y = 40
    graded = [each for each in report.judgements if each.members]
    asked = [each for each in report.judgements if each.questions]
    _table(flow, graded)
    notes = ["各项为票数；等次按应到的全体成员计。", report.rule]
    for note in filter(None, notes):
        flow.paragraph(f"注：{note}", "Song", 9, lead=4.6, indent=0, color=GREY)
    if asked:
        flow.y += 4
        _inquiries(flow, asked)
    return flow


def _table(flow: Flow, graded: Sequence[Judgement]) -> None:
    columns = (
        Column("序号", 11),
        Column("项目名称", 72, "left"),
        Column("责任单位", 40, "left"),
        Column("环节", 24),
        Column("日期", 24),
        Column("应到", 13),
        Column("实到", 13),
        Column("满意", 15),
        Column("基本满意", 18),
        Column("不满意", 15),
        Column("等次", 22),
    )
    table = Table(flow, columns, Style(size=10, row=8, ruled=True, above=1))
    rows = [
        [
            str(number),
            each.project,
            each.unit,
            each.step,
            short_date(each.held_on, with_year=True),
            *map(str, (each.members, each.present, each.satisfied, each.mostly, each.dissatisfied)),
            each.grade,
        ]
        for number, each in enumerate(graded, start=1)
    ]
    table.rows(rows or [["", "（无）", *[""] * (len(columns) - 2)]])
    table.close()
    flow.y += 3


def _inquiries(flow: Flow, asked: Sequence[Judgement]) -> None:
    flow.section("询问和答复")
    columns = (
        Column("项目名称", 60, "left"),
        Column("环节", 22),
        Column("日期", 24),
        Column("询问内容", 80, "left"),
        Column("答复内容", 81, "left"),
    )
    table = Table(flow, columns, Style(size=10, row=8, ruled=True, above=1))
    table.rows(
        [
            [
                each.project,
                each.step,
                short_date(each.held_on, with_year=True),
                each.questions,
                each.answers,
            ]
            for each in asked
        ]
    )
    table.close()
