"""谈话提醒记录表: a talk with a deputy whose duty is wanting; kept apart, never shown to others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Caution
from deputydesk.operations import cautions, deputies
from deputydesk.operations.cautions import CautionRow
from deputydesk.operations.deputies import DeputyRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.record_sheet import (
    CONFIDENTIAL,
    DAY,
    Kind,
    begin,
    day_or_room,
    write_sheets,
)
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.wording import date_text, person_notes
from deputydesk.rules.names import spaced

_KIND = Kind("人大代表谈话提醒记录表", "谈话提醒记录表")
_CODE = "TX"


@dataclass(frozen=True)
class TalkPaper:
    """The form; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    name: Annotated[str, "代表姓名"] = ""
    level: Annotated[str, "代表层级"] = ""
    job: Annotated[str, "工作单位及职务"] = ""
    district: Annotated[str, "所在选区"] = ""
    period: Annotated[str, "所属季度"] = ""
    trigger: Annotated[str, "谈话缘由"] = ""
    noticed_on: date | None = None
    held_on: date | None = None
    place: Annotated[str, "谈话地点"] = ""
    talkers: Annotated[str, "谈话人"] = ""
    content: Annotated[str, "谈话内容"] = ""
    answer: Annotated[str, "代表表态"] = ""
    follow_up_due_on: date | None = None
    followed_on: date | None = None
    follow_up: Annotated[str, "跟踪情况"] = ""


def write(
    papers: Iterable[TalkPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a sheet for each talk, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [TalkPaper()], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda paper: paper.number,
    )  # fmt: skip


def _draw(paper: TalkPaper, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on, mark=CONFIDENTIAL)
    sheet = Sheet(flow)
    _about(sheet, paper)
    sheet.block("谈话缘由", paper.trigger, height=20)
    sheet.block("谈话内容\n和要求", paper.content, height=44)
    signed = f"谈话对象（签名）：　　　　　　　　　{DAY}"
    sheet.block("谈话对象\n表　　态", paper.answer, height=34, sign=signed)
    sheet.cells((Cell("谈话人\n签　名", ""), Cell("记录人签名", "")), height=13)
    organ = f"{office.handling_organ}\n负责人意见"
    sheet.block(organ, "", height=24, sign=f"{office.chair}（签名）：　　　　　　　　　{DAY}")
    _follow_up(sheet, paper)
    note = (
        "说明：谈话由两人进行，记录经双方核对后签名；本表单独保管，"
        "不装入履职档案，不公示，不向他人提供。"
    )
    sheet.close(note=note)
    return flow


def _about(sheet: Sheet, paper: TalkPaper) -> None:
    sheet.cells(
        (Cell("谈话对象", paper.name, 1.3, is_name=True), Cell("代表层级", paper.level, 0.9)),
        height=11,
    )
    sheet.cells((Cell("工作单位\n及 职 务", paper.job),), height=11)
    sheet.cells((Cell("所在选区", paper.district, 1.2), Cell("所属季度", paper.period)), height=11)
    sheet.cells(
        (
            Cell("通知日期", day_or_room(paper.noticed_on)),
            Cell("谈话日期", day_or_room(paper.held_on)),
        ),
        height=11,
    )
    sheet.cells((Cell("谈 话 人", paper.talkers, 1.2), Cell("谈话地点", paper.place)), height=11)


def _follow_up(sheet: Sheet, paper: TalkPaper) -> None:
    due = f"（应于{date_text(paper.follow_up_due_on)}前完成）" if paper.follow_up_due_on else ""
    done = f"经办人（签名）：　　　　　　　　　{day_or_room(paper.followed_on)}"
    said = "\n".join(part for part in (paper.follow_up, "" if paper.follow_up else due) if part)
    sheet.block("跟踪情况", said, height=28, sign=done)


def _read(job: Job) -> list[TalkPaper]:
    if not job.options.record_id:
        return []
    return [_paper(*job.office.ask(_found, job.options.record_id))]


def _found(session: Session, record_id: str) -> tuple[CautionRow, DeputyRow]:
    row = next((row for row in cautions.rows(session) if row.id == record_id), None)
    if row is None:
        raise UserError("找不到这次谈话提醒，可能已被删除。", hint="请刷新后再试。")
    return row, deputies.one(session, row.mandate_id)


def _paper(row: CautionRow, who: DeputyRow) -> TalkPaper:
    day = row.held_on or row.noticed_on
    return TalkPaper(
        number=record_number(_CODE, row.id, day),
        code=code_of(_CODE, row.id, day),
        name=spaced(who.name) + person_notes(who.sex.label, who.ethnic),
        level=f"{who.level.label}人大代表",
        job=who.job,
        district=who.district,
        period=row.period,
        trigger=row.trigger,
        noticed_on=row.noticed_on,
        held_on=row.held_on,
        place=row.place,
        talkers="、".join(name for name in (row.talker, row.second_talker) if name),
        content=row.content,
        answer=row.answer,
        follow_up_due_on=row.follow_up_due_on,
        followed_on=row.followed_on,
        follow_up=row.follow_up,
    )


def _talks(session: Session) -> list[Offered]:
    return [
        Offered(row.id, f"{row.period}　{row.name}", row.state.label)
        for row in cautions.rows(session)
    ]


FORM = Form(
    "talk_record",
    "谈话提醒记录表",
    Group.DEPUTY,
    "保密：单独保管，不进履职档案。选一次谈话，印出已登记的内容；不选，印空白表供手写。",
    _read,
    write,
    (AskRecord(Caution, _talks, "谈话", blank="空白表"),),
    source="自拟：栏目按谈话提醒的步骤（通知、两人谈话、双方签名、下一季度跟踪）排列",
)
