"""测评结果汇总表: what the count of a ballot gave, signed by those who counted."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter
from deputydesk.reports.page import A4, A4_WIDE, GREY, RED
from deputydesk.reports.result_parts import count_tiles, signatures, write_result
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import date_text, percent
from deputydesk.rules.names import spaced

_SIGNERS = ("主持人", "监票人", "计票人")
_SIGNATURES = 25.0
_ROWS_HEIGHT = 134.0  # twenty deputies fill a page


@dataclass(frozen=True)
class Tally:
    """What one deputy got; `votes` in the order of the options."""

    name: Annotated[str, "代表姓名"]
    votes: tuple[int, ...]
    void: int = 0
    """Valid ballots on which this row is blank or ticked twice."""
    grade: Annotated[str, "等次"] = ""
    unit: Annotated[str, "选区（单位）"] = ""


@dataclass(frozen=True)
class BallotResult:
    """The whole result of an evaluation."""

    title: Annotated[str, "标题"]
    """五当召镇第十七届人大代表述职"""
    options: Annotated[tuple[str, ...], "测评等次"]
    tallies: Annotated[tuple[Tally, ...], "代表"]
    issued: int
    returned: int
    valid: int
    invalid: int
    meeting: Annotated[str, "测评会议"] = ""
    place: Annotated[str, "测评地点"] = ""
    held_on: date | None = None
    host: Annotated[str, "主持人"] = ""
    scrutineers: Annotated[str, "监票人"] = ""
    tellers: Annotated[str, "计票人"] = ""
    rule: Annotated[str, "等次评定办法"] = ""
    """How a grade follows from the votes, as the office's scale says it."""
    order: Annotated[str, "排序说明"] = "按姓名笔画为序"
    number: Annotated[str, "编号"] = ""


def write(
    result: BallotResult,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the result sheet; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_result(
        result, _draw, to, title=f"{result.title}满意度测评结果汇总表",
        subject="测评结果汇总表", office=office, printed_on=printed_on, progress=progress,
    )  # fmt: skip


def _draw(result: BallotResult, office: OfficeHead, printed_on: date) -> Flow:
    size = A4 if len(result.options) <= 4 else A4_WIDE
    flow = Flow(
        RecordFooter(office, printed_on, result.number), size=size, left=22 if size == A4 else 15
    )
    page, middle = flow.page, flow.size.width / 2
    page.fit(middle, 25, result.title, flow.width, "BiaoSong", 18, align="center")
    page.text(middle, 35, "满意度测评结果汇总表", "BiaoSong", 22, align="center")
    page.line(flow.left, 40, flow.right, 40, weight=1.4, color=RED)
    page.line(flow.left, 41.1, flow.right, 41.1, weight=0.4, color=RED)
    flow.y = 47
    _meeting(flow, result)
    _counts(flow, result)
    _table(flow, result)
    _definitions(flow, result)
    _signatures(flow, result)
    return flow


def _meeting(flow: Flow, result: BallotResult) -> None:
    held = f"测评日期：{date_text(result.held_on)}" if result.held_on else ""
    lines = (("测评会议", result.meeting, f"（{result.order}）"), ("测评地点", result.place, held))
    for label, words, right in lines:
        page, room = flow.page, flow.width - 52
        used = page.text(flow.left, flow.y, f"{label}：", "Hei", 10.5)
        page.fit(flow.left + used, flow.y, words, room - used)
        page.text(flow.right, flow.y, right, "Song", 10.5, align="right")
        flow.y += 6.4
    flow.y -= 2.5


def _counts(flow: Flow, result: BallotResult) -> None:
    """发出, 收回, 有效, 无效 as figures that stand out."""
    counts = (
        ("发出测评票", result.issued, "张", ""),
        ("收回测评票", result.returned, "张", f"收回率 {percent(result.returned, result.issued)}"),
        ("有效票", result.valid, "张", f"占收回 {percent(result.valid, result.returned)}"),
        ("无效票", result.invalid, "张", f"占收回 {percent(result.invalid, result.returned)}"),
    )
    count_tiles(flow, counts)


def _table(flow: Flow, result: BallotResult) -> None:
    has_units = any(tally.unit for tally in result.tallies)
    has_void = any(tally.void for tally in result.tallies)
    columns = [Column("序号", 10), Column("代表姓名", 25, fits=True)]
    if has_units:
        columns.append(Column("选区（单位）", 34, "left", fits=True))
    for option in result.options:
        columns += [Column("票数", 10, group=option), Column("比例", 14, group=option)]
    if has_void:
        columns.append(Column("空白\n多选", 11))
    columns.append(Column("等次", 15))
    row_height = min(9.0, max(6.7, _ROWS_HEIGHT / max(1, len(result.tallies))))
    style = Style(
        row=row_height, lead=3.4, size=10, head_height=7, ruled=True, padding=1.2, above=0.5
    )
    table = Table(flow, columns, style)
    rows: list[list[str]] = []
    for number, tally in enumerate(result.tallies, start=1):
        row = [str(number), spaced(tally.name)]
        row += [tally.unit] if has_units else []
        for votes in tally.votes:
            row += [str(votes), percent(votes, result.valid)]
        row += [str(tally.void)] if has_void else []
        rows.append([*row, tally.grade])
    if not result.tallies:
        rows.append(["", "（无）", *[""] * (len(columns) - 2)])
    table.rows(rows, keep=17 + _SIGNATURES)
    table.close()
    flow.y += 2


def _definitions(flow: Flow, result: BallotResult) -> None:
    """What the shares are shares of, and how a grade is found."""
    flow.need(9 + _SIGNATURES)
    notes = [f"比例＝该项票数÷有效票（{result.valid}张），保留一位小数；无效票和未收回的票不计入。"]
    if result.rule:
        notes.append(f"等次评定：{result.rule}。".replace("。。", "。"))
    for number, note in enumerate(notes, start=1):
        flow.paragraph(
            f"注{number}．{note}", "Song", 9, lead=4.4, indent=0, keep=_SIGNATURES, color=GREY
        )


def _signatures(flow: Flow, result: BallotResult) -> None:
    """Lines for those who answer for the count; names known are printed beside."""
    names = (result.host, result.scrutineers, result.tellers)
    signatures(flow, tuple(zip(_SIGNERS, names, strict=True)))
