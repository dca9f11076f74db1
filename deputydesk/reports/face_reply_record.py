"""当面答复记录: an answer given to the deputy in person, signed by both (山东省办法第二十二条)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Reply, Suggestion
from deputydesk.operations import suggestions
from deputydesk.operations.checks import get
from deputydesk.operations.replies import ReplyRow
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, lead_for_units, named, record_number
from deputydesk.reports.record_sheet import (
    DAY,
    Kind,
    about_suggestion,
    begin,
    day_or_room,
    write_sheets,
)
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.wording import date_text
from deputydesk.rules.names import spaced

FORM_ID = "face_reply_record"
_KIND = Kind("代表建议当面答复记录", "当面答复记录")
_CODE = "DM"


@dataclass(frozen=True)
class FaceReplyPaper:
    """The record; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    suggestion: Annotated[str, "建议编号"] = ""
    headline: Annotated[str, "建议标题"] = ""
    lead: Annotated[str, "领衔代表"] = ""
    unit: Annotated[str, "承办单位"] = ""
    replied_on: date | None = None
    signer: Annotated[str, "答复人"] = ""
    document_no: Annotated[str, "答复函文号"] = ""
    answer_class: Annotated[str, "答复类别"] = ""
    answer: Annotated[str, "答复内容"] = ""


def write(
    papers: Iterable[FaceReplyPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a record for each answer, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [FaceReplyPaper()], _draw, to, office=office,
        printed_on=printed_on, progress=progress, named=lambda paper: paper.suggestion,
    )  # fmt: skip


def _draw(paper: FaceReplyPaper, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on)
    sheet = Sheet(flow)
    about_suggestion(sheet, paper.suggestion, paper.headline, paper.lead, paper.unit)
    sheet.cells((Cell("答复时间", day_or_room(paper.replied_on), 1.1), Cell("答复地点", "", 0.9)))
    sheet.cells(
        (Cell("答复人", spaced(paper.signer), 1.1, is_name=True), Cell("职务", "", 0.9)), height=11
    )
    sheet.cells(
        (
            Cell("答复函文号", paper.document_no, 1.1),
            Cell("答复类别", paper.answer_class, 0.9),
        ),
        height=11,
    )
    sheet.cells((Cell("参加人员\n（职务）", ""),), height=16)
    sheet.block("答复内容", paper.answer, height=66)
    sheet.block("代表意见", "", height=30)
    sheet.cells((Cell("代表签名", "", 1), Cell("答复人签名", "", 1.2)), height=13)
    sheet.cells((Cell("记录人", "", 1), Cell("日期", DAY, 1.2)), height=12)
    note = (
        "填表说明：当面答复不代替书面答复。代表、答复人核对后签名，"
        f"一份送{office.organ}，一份由承办单位存档。"
    )
    sheet.close(note=note)
    return flow


def _read(job: Job) -> list[FaceReplyPaper]:
    if not job.options.record_id:
        return []
    d, reply = job.office.ask(_found, job.options.record_id, job)
    about = FaceReplyPaper(
        suggestion=named(d.row),
        headline=d.row.headline,
        lead=lead_for_units(d.row),
        unit=d.row.main_unit,
    )
    return [_of(about, reply) if reply else about]


def _of(about: FaceReplyPaper, reply: ReplyRow) -> FaceReplyPaper:
    return FaceReplyPaper(
        number=record_number(_CODE, reply.id, reply.replied_on),
        code=code_of(_CODE, reply.id, reply.replied_on),
        suggestion=about.suggestion,
        headline=about.headline,
        lead=about.lead,
        unit=reply.unit,
        replied_on=reply.replied_on,
        signer=reply.signer,
        document_no=reply.document_no,
        answer_class=f"{reply.answer_class}类",
        answer=answer_text(reply),
    )


def answer_text(reply: ReplyRow) -> str:
    """What was answered: the whole text, else its parts as they were registered."""
    if reply.body:
        return reply.body
    until = f"（{date_text(reply.planned_by)}前）" if reply.planned_by else ""
    parts = (
        ("已落实", reply.done),
        (f"计划落实{until}", reply.planned),
        ("未采纳的理由", reply.refused_why),
    )
    return "\n".join(f"{name}：{said}" for name, said in parts if said)


def _found(session: Session, record_id: str, job: Job) -> tuple[Detail, ReplyRow | None]:
    """An answer; or a suggestion, for a record with its head filled in and the rest to write."""
    reply = session.get(Reply, record_id)
    suggestion_id = reply.suggestion_id if reply else get(session, Suggestion, record_id).id
    d = suggestions.detail(session, suggestion_id=suggestion_id, today=job.today)
    return d, next((row for row in d.replies if row.id == record_id), None)


def _replies(session: Session) -> list[Offered]:
    found = session.execute(
        select(Reply, Suggestion.number, Suggestion.headline)
        .join(Suggestion, Suggestion.id == Reply.suggestion_id)
        .order_by(Reply.replied_on.desc(), Reply.id.desc())
    )
    return [
        Offered(r.id, f"第{number}号　{headline}", f"{r.replied_on:%Y-%m-%d}　{r.answer_class}类")
        for r, number, headline in found
    ]


FORM = Form(
    FORM_ID,
    "当面答复记录",
    Group.SUGGESTION,
    "选一次答复，印出答复内容，供代表和答复人签名；不选，印空白表。",
    _read,
    write,
    (AskRecord(Reply, _replies, "答复", blank="空白表"),),
    source="自拟：当面答复须形成书面记录，按山东省代表建议办理规定第22条",
)
