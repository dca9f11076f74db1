"""承诺事项落实回执: how a unit kept a promise, and whether deputy and organ agree that it did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.models import Commitment
from deputydesk.models.choices import CommitmentState
from deputydesk.operations import commitments, suggestions
from deputydesk.operations.checks import get
from deputydesk.operations.commitments import CommitmentRow
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, lead_for_units, named, record_number, sender
from deputydesk.reports.record_sheet import (
    DAY,
    Kind,
    about_suggestion,
    begin,
    boxes,
    day_or_room,
    write_sheets,
)
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.wording import date_text

FORM_ID = "promise_receipt"
_KIND = Kind("代表建议承诺事项落实回执", "承诺事项落实回执")
_CODE = "CN"


@dataclass(frozen=True)
class PromisePaper:
    """The receipt; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    suggestion: Annotated[str, "建议编号"] = ""
    headline: Annotated[str, "建议标题"] = ""
    lead: Annotated[str, "领衔代表"] = ""
    unit: Annotated[str, "承办单位"] = ""
    promised_on: date | None = None
    due_on: date | None = None
    content: Annotated[str, "承诺内容"] = ""
    progress: Annotated[str, "落实情况"] = ""
    state: CommitmentState | None = None
    verdict: Annotated[str, "认定意见"] = ""
    settled_on: date | None = None
    contact: Annotated[str, "联系方式"] = ""


def write(
    papers: Iterable[PromisePaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a receipt for each promise, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [PromisePaper()], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda paper: paper.suggestion,
    )  # fmt: skip


def _draw(paper: PromisePaper, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on)
    sheet = Sheet(flow)
    about_suggestion(sheet, paper.suggestion, paper.headline, paper.lead, paper.unit)
    sheet.cells(
        (
            Cell("承诺日期", day_or_room(paper.promised_on)),
            Cell("落实时限", day_or_room(paper.due_on)),
        ),
        height=11,
    )
    sheet.block("承诺内容", paper.content, height=30)
    done = f"承办单位负责人（签名、盖章）：　　　　　　　　{DAY}"
    sheet.block("落实情况\n（承办单位\n填写）", paper.progress, height=56, sign=done)
    agreed = f"代表（签名）：　　　　　　　　{DAY}"
    sheet.block("代表意见", "☐ 已落实　　☐ 部分落实　　☐ 没有落实", height=28, sign=agreed)
    judged = f"{office.chair}（签名、盖章）：　　　　　　　　{day_or_room(paper.settled_on)}"
    states = (CommitmentState.KEPT, CommitmentState.BROKEN)
    verdict = "\n".join(part for part in (boxes(states, paper.state), paper.verdict) if part)
    sheet.block(f"{office.handling_organ}\n认定意见", verdict, height=32, sign=judged)
    until = f"于{date_text(paper.due_on)}前" if paper.due_on else "在落实后"
    note = (
        f"填表说明：请承办单位{until}填写落实情况，附照片、合同、验收单等证明材料，"
        f"退回{office.organ}。{paper.contact}"
    )
    sheet.close(note=note)
    return flow


def _read(job: Job) -> list[PromisePaper]:
    if not job.options.record_id:
        return []
    row, suggestion = job.office.ask(_found, job.options.record_id, job)
    return [
        PromisePaper(
            number=record_number(_CODE, row.id, row.promised_on),
            code=code_of(_CODE, row.id, row.promised_on),
            suggestion=named(suggestion),
            headline=row.headline,
            lead=lead_for_units(suggestion),
            unit=row.unit,
            promised_on=row.promised_on,
            due_on=row.due_on,
            content=row.content,
            progress=row.progress,
            state=row.state,
            verdict=row.note,
            settled_on=row.settled_on,
            contact=sender(job).contact,
        )
    ]


def _found(session: Session, record_id: str, job: Job) -> tuple[CommitmentRow, SuggestionRow]:
    suggestion_id = get(session, Commitment, record_id).suggestion_id
    d = suggestions.detail(session, suggestion_id=suggestion_id, today=job.today)
    return next(row for row in d.commitments if row.id == record_id), d.row


def _promises(session: Session) -> list[Offered]:
    return [
        Offered(
            row.id,
            f"第{row.number}号　{row.headline}",
            f"{row.unit}　{f'{row.due_on:%Y-%m-%d} 前' if row.due_on else ''}　{row.state.label}",
        )
        for row in commitments.rows(session, today=date.min)
    ]


FORM = Form(
    FORM_ID,
    "承诺事项落实回执",
    Group.SUGGESTION,
    "选一项承诺，由承办单位填写落实情况，代表和人大认定；不选，印空白表。",
    _read,
    write,
    (AskRecord(Commitment, _promises, "承诺事项", blank="空白表"),),
    source="自拟：B类答复写明计划和时限，承诺事项逐件跟踪认定，按各地代表建议办理规定",
)
