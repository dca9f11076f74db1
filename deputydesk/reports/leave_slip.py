"""代表请假条: who asks to be excused from what and why, and what the organ decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Leave, Meeting
from deputydesk.models.attendance import Approval
from deputydesk.operations import deputies, leaves
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.leaves import LeaveRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.record_sheet import DAY, Kind, begin, boxes, day_or_room, write_sheets
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.wording import date_text, person_notes
from deputydesk.rules.choices import Choice
from deputydesk.rules.names import spaced

_KIND = Kind("人大代表请假条", "请假条")
_CODE = "QJ"
_NEWEST = 400


class LeaveKind(Choice):
    """What a deputy asks to be excused from."""

    MEETING = "meeting", "人民代表大会会议"
    EVENT = "event", "代表活动、培训"
    DAYS = "days", "其他"


@dataclass(frozen=True)
class LeaveSlip:
    """The form; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    name: Annotated[str, "姓名"] = ""
    level: Annotated[str, "代表层级"] = ""
    job: Annotated[str, "工作单位及职务"] = ""
    phone: Annotated[str, "联系电话"] = ""
    certificate: Annotated[str, "代表证号"] = ""
    kind: LeaveKind | None = None
    event: Annotated[str, "活动"] = ""
    from_on: date | None = None
    to_on: date | None = None
    half_days: int = 0
    reason: Annotated[str, "请假事由"] = ""
    approval: Approval = Approval.ASKED
    approved_by: Annotated[str, "审批人"] = ""
    approved_on: date | None = None


def write(
    papers: Iterable[LeaveSlip],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a slip for each leave, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [LeaveSlip()], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda paper: paper.name,
    )  # fmt: skip


def _draw(paper: LeaveSlip, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on)
    sheet = Sheet(flow)
    sheet.cells(
        (Cell("姓　　名", paper.name, 1.2, is_name=True), Cell("代表层级", paper.level)), height=12
    )
    sheet.cells((Cell("工作单位\n及 职 务", paper.job),), height=12)
    sheet.cells(
        (Cell("代表证号", paper.certificate, 1.2), Cell("联系电话", paper.phone)), height=12
    )
    sheet.cells((Cell("请假种类", boxes(LeaveKind, paper.kind)),), height=12)
    sheet.cells((Cell("会议、\n活动名称", paper.event),), height=14)
    sheet.cells((Cell("请假时间", _days(paper)),), height=13)
    signed = f"请假人（签名）：　　　　　　　　　{DAY}"
    sheet.block("请假事由", paper.reason, height=56, sign=signed)
    decided = "" if paper.approval is Approval.ASKED else f"{paper.approval.label}请假。"
    if decided and paper.approved_by:
        decided += f"（审批人：{paper.approved_by}）"
    day = day_or_room(paper.approved_on)
    sign = f"{office.chair}（签名）：　　　　　　　　　{day}"
    sheet.block(f"{office.handling_organ}\n审批意见", decided, height=44, sign=sign)
    sheet.cells((Cell("告知本人\n情　　况", "", 1.2), Cell("经办人", "", 0.8)), height=14)
    note = (
        "说明：请假应当事先书面提出，经批准后不计缺席。未经批准两次不出席本级人民代表大会会议的，"
        "代表资格终止（《代表法》第六十二条）。本条由人大机关存档，出席情况据此登记。"
    )
    sheet.close(note=note)
    return flow


def _days(paper: LeaveSlip) -> str:
    if paper.from_on is None or paper.to_on is None:
        return "自　　　　年　　月　　日至　　　　年　　月　　日，共　　　个半天"
    days = (paper.to_on - paper.from_on).days + 1
    count = f"{paper.half_days}个半天" if paper.half_days else f"{days}天"
    if days == 1:
        return f"{date_text(paper.from_on)}，共{count}"
    return f"自{date_text(paper.from_on)}至{date_text(paper.to_on)}，共{count}"


def _read(job: Job) -> list[LeaveSlip]:
    return [job.office.ask(_paper, job.options.record_id)] if job.options.record_id else []


def _paper(session: Session, record_id: str) -> LeaveSlip:
    found = leaves.rows(session, ids=[record_id])
    if not found:
        raise UserError("找不到这次请假，可能已被删除。", hint="请刷新后再试。")
    return _slip(found[0], deputies.one(session, found[0].mandate_id))


def _slip(row: LeaveRow, who: DeputyRow) -> LeaveSlip:
    kind = LeaveKind.EVENT if row.event_kind else LeaveKind.DAYS
    if row.event_kind == Meeting.__tablename__:
        kind = LeaveKind.MEETING
    return LeaveSlip(
        number=record_number(_CODE, row.id, row.from_on),
        code=code_of(_CODE, row.id, row.from_on),
        name=spaced(who.name) + person_notes(who.sex.label, who.ethnic),
        level=f"{who.level.label}人大代表",
        job=who.job,
        phone=who.phone,
        certificate=who.certificate_no,
        kind=kind,
        event=row.event,
        from_on=row.from_on,
        to_on=row.to_on,
        half_days=row.half_days,
        reason=row.reason,
        approval=row.approval,
        approved_by=row.approved_by,
        approved_on=row.approved_on,
    )


def _offered(session: Session) -> list[Offered]:
    return [_offer(row) for row in leaves.rows(session)[:_NEWEST]]


def _one(session: Session, record_id: str) -> Offered | None:
    return next((_offer(row) for row in leaves.rows(session, ids=[record_id])), None)


def _offer(row: LeaveRow) -> Offered:
    return Offered(
        row.id, f"{row.from_on:%Y-%m-%d}　{row.name}", f"{row.approval.label}　{row.reason}"
    )


FORM = Form(
    "leave_slip",
    "请假条",
    Group.DEPUTY,
    "选一次请假，印出事由和审批；不选，印空白条供代表填写。",
    _read,
    write,
    (AskRecord(Leave, _offered, "请假", blank="空白条", one=_one),),
    source="自拟：请假须经批准，未经批准两次不出席会议的终止资格，按《代表法》第62条",
)
