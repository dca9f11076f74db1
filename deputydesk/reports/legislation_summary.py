"""立法意见汇总表: what was said on a draft law by article, by whom, and if it was taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import LegRound
from deputydesk.models.legislation import AdoptionState
from deputydesk.operations import leg_opinions, leg_rounds
from deputydesk.operations.leg_opinions import LegOpinionRow
from deputydesk.operations.leg_rounds import LegRoundRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import AskRecord, Due, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.page import A4_WIDE, GREY
from deputydesk.reports.record_sheet import DAY, Kind, begin, write_sheets
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import date_text, short_date
from deputydesk.rules import articles

FORM_ID = "legislation_summary"
_KIND = Kind("立法意见建议汇总表", "立法意见汇总表")
_CODE = "LF"
_WHOLE = "总体意见"
_BLANK_ROWS = 5
_SIGN = 30.0
COLUMNS = (
    Column("序号", 11),
    Column("条　款", 25),
    Column("意见内容", 68, "left"),
    Column("理　由", 38, "left"),
    Column("提出人", 48, "left"),
    Column("采纳情况", 19),
    Column("反馈内容\n（未采纳的说明理由）", 39, "left"),
    Column("反馈日期", 22),
)
_STYLE = Style(size=10, lead=5, head_size=10, head_height=11, ruled=True, row=10)


@dataclass(frozen=True)
class SummaryRow:
    """An opinion with those merged into it."""

    article: Annotated[str, "条款"]
    content: Annotated[str, "意见内容"]
    reason: Annotated[str, "理由"] = ""
    who: Annotated[str, "提出人"] = ""
    count: int = 1
    adoption: Annotated[str, "采纳情况"] = ""
    answer: Annotated[str, "反馈内容"] = ""
    fed_back_on: date | None = None


@dataclass(frozen=True)
class Summary:
    """The opinions on a draft law; without any it prints a table to fill in."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    name: Annotated[str, "法规草案"] = ""
    tasked_by: Annotated[str, "交办机关"] = ""
    received_on: date | None = None
    due_on: date | None = None
    held: Annotated[str, "征集方式"] = ""
    counts: Annotated[str, "征集情况"] = ""
    rows: Annotated[tuple[SummaryRow, ...], "意见"] = ()


def write(
    summaries: Sequence[Summary],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a table for each draft law, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(summaries) or [Summary()], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda summary: summary.name,
    )  # fmt: skip


def _draw(summary: Summary, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(summary, _KIND.title, office, printed_on, size=A4_WIDE)
    sheet = Sheet(flow)
    sheet.cells((Cell("法规草案", summary.name),), height=11)
    received = f"{_day(summary.received_on)}（上报时限：{_day(summary.due_on)}）"
    sheet.cells((Cell("交办机关", summary.tasked_by, 0.8), Cell("收到日期", received, 1.2)))
    sheet.cells((Cell("征集方式", summary.held),))
    sheet.cells((Cell("征集情况", summary.counts),))
    sheet.close()
    flow.y += 5
    table = Table(flow, COLUMNS, _STYLE)
    rows = [_cells(number, row) for number, row in enumerate(summary.rows, start=1)]
    table.rows(rows or [[""] * len(COLUMNS)] * _BLANK_ROWS, keep=_SIGN)
    table.close()
    _signed(flow, office)
    return flow


def _cells(number: int, row: SummaryRow) -> list[str]:
    said = f"{row.who}（共{row.count}条）" if row.count > 1 else row.who
    return [
        str(number),
        row.article,
        row.content,
        row.reason,
        said,
        row.adoption,
        row.answer,
        short_date(row.fed_back_on, with_year=True),
    ]


def _signed(flow: Flow, office: OfficeHead) -> None:
    flow.y += 3
    note = (
        "注：内容相同的意见合并为一条，条数照计；采纳情况和反馈内容由立法机关反馈后填写，"
        "并告知提出人。"
    )
    flow.paragraph(note, "Song", 9, lead=4.8, indent=0, color=GREY)
    flow.need(14)
    flow.y += 10
    page = flow.page
    page.fit(flow.left, flow.y, f"填报单位（盖章）：{office.organ}", flow.width * 0.4, "Song", 11)
    page.text(flow.left + flow.width * 0.43, flow.y, "负责人（签名）：", "Song", 11)
    page.text(flow.left + flow.width * 0.63, flow.y, "填报人：", "Song", 11)
    page.text(flow.right, flow.y, DAY, "Song", 11, align="right")


def _day(day: date | None) -> str:
    return date_text(day)


def _read(job: Job) -> list[Summary]:
    chosen = job.options.record_id
    return [job.office.ask(_summary, chosen)] if chosen else []


def _summary(session: Session, round_id: str) -> Summary:
    found = next((row for row in leg_rounds.rows(session) if row.id == round_id), None)
    if found is None:
        raise UserError("找不到这次立法征集，可能已被删除。", hint="请刷新后再试。")
    said = leg_opinions.rows(session, round_id=round_id)
    return Summary(
        number=record_number(_CODE, found.id, found.received_on),
        code=code_of(_CODE, found.id, found.received_on),
        name=found.name,
        tasked_by=found.tasked_by,
        received_on=found.received_on,
        due_on=found.due_on,
        held=_held(found),
        counts=_counts(found, said),
        rows=tuple(_rows(said)),
    )


def _held(row: LegRoundRow) -> str:
    day = date_text(row.held_on) if row.held_on else ""
    held = f"{day}{f'在{row.place}' if row.place else ''}座谈" if day or row.place else ""
    points = f"立法联络站、信息采集点{len(row.point_ids)}个" if row.point_ids else ""
    return "；".join(part for part in (held, points) if part)


def _counts(row: LegRoundRow, said: Sequence[LegOpinionRow]) -> str:
    """How many took part, how many opinions, and what became of them: all that were given count."""
    merged = sum(bool(one.merged_into) for one in said)
    told = sum(one.fed_back_on is not None for one in said)
    by_state = "，".join(
        f"{state.label}{sum(one.adoption is state for one in said)}条" for state in AdoptionState
    )
    return (
        f"参加{row.people}人次，收集意见{len(said)}条，其中合并{merged}条；"
        f"{by_state}；已告知提出人{told}条"
    )


def _rows(said: Sequence[LegOpinionRow]) -> list[SummaryRow]:
    """By article; those merged into another add who said it."""
    same: dict[str, list[LegOpinionRow]] = {}
    for one in said:
        same.setdefault(one.merged_into or one.id, []).append(one)
    heads = sorted(
        (one for one in said if not one.merged_into),
        key=lambda one: (articles.order(one.article), one.number),
    )
    return [
        SummaryRow(
            article=one.article or _WHOLE,
            content=one.content,
            reason=one.reason,
            who="、".join(dict.fromkeys(_who(each) for each in same[one.id] if _who(each))),
            count=len(same[one.id]),
            adoption=one.adoption.label,
            answer=one.answer,
            fed_back_on=one.fed_back_on,
        )
        for one in heads
    ]


def _who(one: LegOpinionRow) -> str:
    person = one.speaker or one.deputy
    return f"{person}（{one.station}）" if person and one.station else one.who


def _rounds(session: Session) -> list[Offered]:
    return [
        Offered(
            row.id,
            row.name,
            f"{row.received_on:%Y-%m-%d}　{row.opinions}条　{row.state.label}",
            row.received_on,
        )
        for row in leg_rounds.rows(session)
    ]


FORM = Form(
    FORM_ID,
    "立法意见汇总表",
    Group.OFFICE,
    "选一部法规草案，逐条印出意见、理由、提出人、采纳情况和反馈；不选，印空白表。",
    _read,
    write,
    (AskRecord(LegRound, _rounds, "法规草案", blank="空白表"),),
    due=(Due.QUARTER,),
    source=("自拟：基层立法联系点逐条汇总上报、采纳与否反馈提出人，见公开的基层立法联系点工作办法"),
)
