"""问卷统计表: what each question of a survey has got, signed by those who counted."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter
from deputydesk.reports.page import RED
from deputydesk.reports.result_parts import count_tiles, signatures, write_result
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import date_text, percent
from deputydesk.rules.survey import Ask, Asked, Counts

_TITLE = "问卷统计表"
_SIGNATURES = 25.0


@dataclass(frozen=True)
class SurveyResult:
    """The whole result of a survey."""

    headline: Annotated[str, "标题"]
    asked: tuple[Asked, ...]
    counts: Counts
    issued: int
    returned: int
    valid: int
    invalid: int
    audience: Annotated[str, "调查对象"] = ""
    held_on: date | None = None
    counter: Annotated[str, "统计人"] = ""
    scrutineer: Annotated[str, "复核人"] = ""
    number: Annotated[str, "编号"] = ""


def write(
    result: SurveyResult,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the result; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_result(
        result, _draw, to, title=f"{result.headline}{_TITLE}", subject=_TITLE, office=office,
        printed_on=printed_on, progress=progress,
    )  # fmt: skip


def _draw(result: SurveyResult, office: OfficeHead, printed_on: date) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, result.number))
    page = flow.page
    page.fit(105, 25, result.headline, flow.width, "BiaoSong", 18, align="center")
    page.text(105, 35, _TITLE, "BiaoSong", 22, align="center")
    page.line(flow.left, 40, flow.right, 40, weight=1.4, color=RED)
    flow.y = 47
    about = (
        f"调查对象：{result.audience}" if result.audience else "",
        f"调查日期：{date_text(result.held_on)}" if result.held_on else "",
    )
    said = "　　".join(part for part in about if part)
    page.fit(flow.left, flow.y, said, flow.width, "Song", 10.5)
    flow.y += 4
    count_tiles(
        flow,
        (
            ("发出", result.issued, "份", ""),
            ("收回", result.returned, "份", f"收回率 {percent(result.returned, result.issued)}"),
            ("有效", result.valid, "份", f"占收回 {percent(result.valid, result.returned)}"),
            ("无效", result.invalid, "份", ""),
        ),
    )
    table = Table(
        flow,
        (
            Column("题号", 12),
            Column("题目", 66, "left"),
            Column("选项", 52, "left"),
            Column("人数", 16),
            Column("比例", 20),
        ),
        Style(size=10, ruled=True),
    )
    table.rows(_rows(result), keep=_SIGNATURES)
    table.close()
    said = (
        "比例是占有效份数的比例；没有选、选了不止一项的不计入；可多选的题各项之和可以超过有效份数"
    )
    over = "，选的多于最多项数的，那一题不计入" if any(a.most for a in result.asked) else ""
    flow.paragraph(f"{said}{over}。")
    flow.need(_SIGNATURES)
    signatures(flow, (("统计人", result.counter), ("复核人", result.scrutineer)))
    return flow


def _rows(result: SurveyResult) -> list[list[str]]:
    """A row for each option; a question that leaves papers uncounted says how many."""
    rows: list[list[str]] = []
    for number, asked in enumerate(result.asked, start=1):
        given = result.counts.get(asked.id, {})
        for place, option in enumerate(asked.options):
            count = given.get(option.id, 0)
            head = [str(number), asked.text] if place == 0 else ["", ""]
            rows.append([*head, option.label, str(count), percent(count, result.valid)])
        blank = result.valid - sum(given.values())
        if asked.ask is not Ask.SEVERAL and blank:
            rows.append(["", "", "空白、多选", str(blank), percent(blank, result.valid)])
    return rows
