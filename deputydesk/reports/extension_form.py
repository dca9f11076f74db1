"""延期申请审批表: a unit asks for more time, the organ decides, the deputy is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.models import Assignment, Extension
from deputydesk.operations import extensions, suggestions
from deputydesk.operations.checks import get
from deputydesk.operations.extensions import ExtensionRow
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

_KIND = Kind("代表建议延期办理申请审批表", "延期申请审批表")
_CODE = "YQ"


@dataclass(frozen=True)
class ExtensionPaper:
    """The form; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    suggestion: Annotated[str, "建议编号"] = ""
    headline: Annotated[str, "建议标题"] = ""
    lead: Annotated[str, "领衔代表"] = ""
    unit: Annotated[str, "承办单位"] = ""
    assigned_on: date | None = None
    due_on: date | None = None
    latest: date | None = None
    asked_on: date | None = None
    reason: Annotated[str, "延期理由"] = ""
    decision: Annotated[str, "审批意见"] = ""
    decided_on: date | None = None
    new_due_on: date | None = None
    told_on: date | None = None


def write(
    papers: Iterable[ExtensionPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a sheet for each application, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [ExtensionPaper()], _draw, to, office=office,
        printed_on=printed_on, progress=progress, named=lambda paper: paper.suggestion,
    )  # fmt: skip


def _draw(paper: ExtensionPaper, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on)
    sheet = Sheet(flow)
    _about(sheet, paper)
    asked = f"承办单位负责人（签名、盖章）：　　　　　　　　{day_or_room(paper.asked_on)}"
    sheet.block("延期理由", paper.reason, height=58, sign=asked)
    decided = f"{office.chair}（签名、盖章）：　　　　　　　　{day_or_room(paper.decided_on)}"
    sheet.block(f"{office.handling_organ}\n审批意见", paper.decision, height=50, sign=decided)
    sheet.cells((Cell("批准后\n的期限", day_or_room(paper.new_due_on)),), height=13)
    told = f"{date_text(paper.told_on)}告知" if paper.told_on else ""
    sheet.cells((Cell("告知代表\n情　　况", told, 1.3), Cell("经办人", "", 0.7)), height=14)
    note = "填表说明：由承办单位在答复期限届满前填写，一式两份；批准后一份退承办单位，一份存档。"
    sheet.close(note=note)
    return flow


def _about(sheet: Sheet, paper: ExtensionPaper) -> None:
    about_suggestion(sheet, paper.suggestion, paper.headline, paper.lead, paper.unit)
    sheet.cells(
        (
            Cell("交办日期", day_or_room(paper.assigned_on)),
            Cell("原定期限", day_or_room(paper.due_on)),
        ),
        height=11,
    )
    latest = f"（最迟{date_text(paper.latest)}）" if paper.latest else ""
    sheet.cells((Cell("申请延期至", f"{DAY}{latest}"),), height=11)


def _read(job: Job) -> list[ExtensionPaper]:
    if not job.options.record_id:
        return []
    d, row, assignment_id = job.office.ask(_found, job.options.record_id, job)
    a = next(a for a in d.assignments if a.id == assignment_id)
    said = "" if row.pending else f"{row.outcome}延期。{row.note}"
    return [
        ExtensionPaper(
            number=record_number(_CODE, row.id, row.asked_on),
            code=code_of(_CODE, row.id, row.asked_on),
            suggestion=named(d.row),
            headline=row.headline,
            lead=lead_for_units(d.row),
            unit=row.unit,
            assigned_on=a.assigned_on,
            due_on=a.first_due_on if row.granted else row.due_on,
            latest=job.office.ask(extensions.latest, assignment_id=a.id) if row.pending else None,
            asked_on=row.asked_on,
            reason=row.reason,
            decision=said,
            decided_on=row.decided_on,
            new_due_on=row.new_due_on,
            told_on=row.deputy_told_on,
        )
    ]


def _found(session: Session, record_id: str, job: Job) -> tuple[Detail, ExtensionRow, str]:
    kept = get(session, Extension, record_id)
    suggestion_id = get(session, Assignment, kept.assignment_id).suggestion_id
    detail = suggestions.detail(session, suggestion_id=suggestion_id, today=job.today)
    row = next(row for row in detail.extensions if row.id == record_id)
    return detail, row, kept.assignment_id


def _wishes(session: Session) -> list[Offered]:
    return [
        Offered(
            row.id,
            f"第{row.number}号　{row.headline}",
            f"{row.unit}　{row.asked_on:%Y-%m-%d} 申请　{row.outcome}",
        )
        for row in reversed(extensions.rows(session))
    ]


FORM = Form(
    "extension_form",
    "延期申请审批表",
    Group.SUGGESTION,
    "选一份延期申请，印出理由和审批；不选，印空白表供承办单位填写。",
    _read,
    write,
    (AskRecord(Extension, _wishes, "延期申请", blank="空白表"),),
    source=("自拟：延期须经交办机关同意并告知代表，按浙江省代表建议办理规定（2016年）等省级规定"),
)
