"""民生实事项目票决计票报告单: people, ballots, votes, who is chosen and by which rule, signed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter
from deputydesk.reports.page import GREY, RED
from deputydesk.reports.result_parts import count_tiles, signatures, write_result
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import date_text, percent

_NAME = "民生实事项目票决计票报告单"
_SIGNATURES = 25.0
_ROWS_HEIGHT = 118.0  # twelve projects with the rule and the signatures fill a page


@dataclass(frozen=True)
class ProjectVotes:
    """What one project got."""

    name: Annotated[str, "项目名称"]
    yes: int
    no: int
    abstain: int
    budget: Annotated[str, "投资"] = ""
    rank: int | None = None
    result: Annotated[str, "结果"] = ""
    """当选, 同票, or empty."""


@dataclass(frozen=True)
class VoteResult:
    """The whole result of a vote."""

    title: Annotated[str, "标题"]
    """五当召镇第十届人民代表大会第一次会议"""
    seats: int
    expected: int
    present: int
    issued: int
    returned: int
    valid: int
    invalid: int
    projects: Annotated[tuple[ProjectVotes, ...], "项目"]
    held_on: date | None = None
    is_again: bool = False
    of_present: bool = False
    """Shares are of those present, not of all deputies, as the rule has it."""
    rule: Annotated[tuple[str, ...], "票决办法"] = ()
    source: Annotated[str, "依据"] = ""
    tie: Annotated[str, "同票处理"] = ""
    """What happened at the last place, in a sentence; empty if nobody was tied."""
    host: Annotated[str, "主持人"] = ""
    scrutineer: Annotated[str, "总监票人"] = ""
    counter: Annotated[str, "计票人"] = ""
    number: Annotated[str, "编号"] = ""

    @property
    def chosen(self) -> int:
        """How many are chosen."""
        return sum(project.result == CHOSEN for project in self.projects)

    @property
    def base(self) -> tuple[str, int]:
        """What shares are of: its name, and how many."""
        return ("实到", self.present) if self.of_present else ("应到", self.expected)


CHOSEN = "当选"


def write(
    result: VoteResult,
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
    return write_result(
        result, _draw, to, title=f"{result.title}{_NAME}", subject=_NAME, office=office,
        printed_on=printed_on, progress=progress,
    )  # fmt: skip


def _draw(result: VoteResult, office: OfficeHead, printed_on: date) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, result.number))
    page, middle = flow.page, flow.size.width / 2
    page.fit(middle, 25, result.title, flow.width, "BiaoSong", 18, align="center")
    again = "（再次投票）" if result.is_again else ""
    name = f"{_NAME}{again}"
    page.fit(middle, 35, name, flow.width, "BiaoSong", 22, align="center")
    page.line(flow.left, 40, flow.right, 40, weight=1.4, color=RED)
    page.line(flow.left, 41.1, flow.right, 41.1, weight=0.4, color=RED)
    flow.y = 47.5
    count = f"候选{len(result.projects)}项，应选{result.seats}项，当选{result.chosen}项"
    page.text(flow.left, flow.y, count, "Hei", 12)
    if result.held_on:
        held = f"票决日期：{date_text(result.held_on)}"
        page.text(flow.right, flow.y, held, "Song", 10.5, align="right")
    flow.y += 4
    _counts(flow, result)
    _table(flow, result)
    _rules(flow, result)
    signers = (
        ("主持人", result.host),
        ("总监票人", result.scrutineer),
        ("计票人", result.counter),
    )
    flow.need(_SIGNATURES)
    signatures(flow, signers)
    return flow


def _counts(flow: Flow, result: VoteResult) -> None:
    """应到, 实到, 发出, 收回, 有效, 作废 as figures that stand out."""
    count_tiles(
        flow,
        (
            ("应到代表", result.expected, "人", ""),
            ("实到代表", result.present, "人", ""),
            ("发出票", result.issued, "张", ""),
            ("收回票", result.returned, "张", ""),
            ("有效票", result.valid, "张", ""),
            ("作废票", result.invalid, "张", ""),
        ),
    )


def _table(flow: Flow, result: VoteResult) -> None:
    columns = (
        Column("序号", 11),
        Column("项目名称", 62, "left"),
        Column("投资\n（万元）", 20),
        Column("票数", 12, group="赞成"),
        Column(f"占{result.base[0]}", 17, group="赞成"),
        Column("反对", 12),
        Column("弃权", 12),
        Column("名次", 12),
        Column("结果", 16),
    )
    row_height = min(9.0, max(7.0, _ROWS_HEIGHT / max(1, len(result.projects))))
    style = Style(
        row=row_height, lead=4.4, size=10, head_height=7, ruled=True, padding=1.2, above=0.9
    )
    table = Table(flow, columns, style)
    rows = [
        [
            str(number),
            project.name,
            project.budget,
            str(project.yes),
            percent(project.yes, result.base[1]),
            str(project.no),
            str(project.abstain),
            "" if project.rank is None else str(project.rank),
            project.result,
        ]
        for number, project in enumerate(result.projects, start=1)
    ]
    if not rows:
        rows = [["", "（无）", *[""] * (len(columns) - 2)]]
    table.rows(rows, keep=17 + _SIGNATURES)
    table.close()
    flow.y += 3


def _rules(flow: Flow, result: VoteResult) -> None:
    """By which rule it was decided, what was done about a tie, what the shares are of."""
    if result.tie:
        flow.paragraph(f"同票处理：{result.tie}", "Hei", 10.5, lead=5.6, indent=0, keep=_SIGNATURES)
        flow.y += 1
    name, count = result.base
    notes = [f"占{name}＝赞成票÷{name}代表（{count}人），保留一位小数。"]
    if result.rule:
        notes.append(f"票决办法：{'；'.join(result.rule)}。")
    if result.source:
        notes.append(f"依据：{result.source}。".replace("。。", "。"))
    for number, note in enumerate(notes, start=1):
        text = f"注{number}．{note}"
        flow.paragraph(text, "Song", 9, lead=4.4, indent=0, keep=_SIGNATURES, color=GREY)
