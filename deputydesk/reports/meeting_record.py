"""面商记录: when a unit met the deputy, who was there, what was said; signed by both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Suggestion, Talk
from deputydesk.models.choices import TalkForm
from deputydesk.operations import suggestions
from deputydesk.operations.checks import get
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.operations.talks import TalkRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, lead_for_units, named, record_number
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

FORM_ID = "meeting_record"
_KIND = Kind("代表建议办理面商记录", "面商记录")
_CODE = "MS"
_FORMS = tuple(form for form in TalkForm if form is not TalkForm.NONE)


@dataclass(frozen=True)
class MeetingPaper:
    """The record; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    suggestion: Annotated[str, "建议编号"] = ""
    headline: Annotated[str, "建议标题"] = ""
    lead: Annotated[str, "领衔代表"] = ""
    unit: Annotated[str, "承办单位"] = ""
    held_on: date | None = None
    form: TalkForm | None = None
    people: Annotated[str, "参加人员"] = ""
    content: Annotated[str, "面商内容"] = ""


def write(
    papers: Iterable[MeetingPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a record for each talk, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [MeetingPaper()], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda paper: paper.suggestion,
    )  # fmt: skip


def _draw(paper: MeetingPaper, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on)
    sheet = Sheet(flow)
    about_suggestion(sheet, paper.suggestion, paper.headline, paper.lead, paper.unit)
    sheet.cells((Cell("面商时间", day_or_room(paper.held_on), 1.1), Cell("面商地点", "", 0.9)))
    sheet.cells((Cell("面商形式", boxes(_FORMS, paper.form)),), height=12)
    sheet.cells((Cell("参加人员\n（职务）", paper.people),), height=20)
    sheet.block("面商内容\n和代表意见", paper.content, height=88)
    sheet.cells((Cell("代表签名", "", 1), Cell("承办单位\n负责人签名", "", 1.2)), height=14)
    sheet.cells((Cell("记录人", "", 1), Cell("日期", DAY, 1.2)), height=12)
    note = (
        "填表说明：由承办单位在答复前与领衔代表面商时填写，双方签名，一式两份："
        f"一份随答复函送{office.organ}，一份由承办单位存档。"
    )
    sheet.close(note=note)
    return flow


def _read(job: Job) -> list[MeetingPaper]:
    if not job.options.record_id:
        return []
    d, talk = job.office.ask(_found, job.options.record_id, job)
    about = MeetingPaper(
        suggestion=named(d.row),
        headline=d.row.headline,
        lead=lead_for_units(d.row),
        unit=d.row.main_unit,
    )
    return [_of(about, talk) if talk else about]


def _of(about: MeetingPaper, talk: TalkRow) -> MeetingPaper:
    return MeetingPaper(
        number=record_number(_CODE, talk.id, talk.held_on),
        code=code_of(_CODE, talk.id, talk.held_on),
        suggestion=about.suggestion,
        headline=about.headline,
        lead=about.lead,
        unit=talk.unit or about.unit,
        held_on=talk.held_on,
        form=talk.form,
        people=talk.people,
        content=talk.content,
    )


def _found(session: Session, record_id: str, job: Job) -> tuple[Detail, TalkRow | None]:
    """A talk; or a suggestion, for a record with its head filled in and the rest to write."""
    talk = session.get(Talk, record_id)
    suggestion_id = talk.suggestion_id if talk else get(session, Suggestion, record_id).id
    d = suggestions.detail(session, suggestion_id=suggestion_id, today=job.today)
    return d, next((row for row in d.talks if row.id == record_id), None)


def _talks(session: Session) -> list[Offered]:
    found = session.execute(
        select(Talk, Suggestion.number, Suggestion.headline)
        .join(Suggestion, Suggestion.id == Talk.suggestion_id)
        .where(Talk.form != TalkForm.NONE)
        .order_by(Talk.held_on.desc(), Talk.id.desc())
    )
    return [
        Offered(t.id, f"第{number}号　{headline}", f"{t.held_on:%Y-%m-%d}　{t.form.label}")
        for t, number, headline in found
    ]


FORM = Form(
    FORM_ID,
    "面商记录",
    Group.SUGGESTION,
    "选一次面商，印出已登记的内容，供双方签名；不选，印空白表。",
    _read,
    write,
    (AskRecord(Talk, _talks, "面商", blank="空白表"),),
    source="自拟：答复前与代表面商、登记形式和参加人，是各地代表建议办理规定的要求；面商形式同征询意见表",
)
