"""信访代办登记表: who asks for what, which deputy carries it, what the organ answered and when.

It names the petitioner, so it is marked on every page and stays in the office.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Petition
from deputydesk.operations import petitions
from deputydesk.operations.petitions import PetitionRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.record_sheet import (
    CONFIDENTIAL,
    Kind,
    begin,
    day_or_room,
    write_sheets,
    yes_or_no,
)
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.wording import date_text
from deputydesk.rules.names import spaced
from deputydesk.rules.petition_flow import PetitionState

FORM_ID = "petition_form"
_KIND = Kind("人大代表信访代办登记表", "信访代办登记表")
_CODE = "XF"
_ANSWERED = (
    PetitionState.ANSWERED,
    PetitionState.REVIEWING,
    PetitionState.REVIEWED,
    PetitionState.RECHECKING,
    PetitionState.CLOSED,
    PetitionState.ENDED,
)


@dataclass(frozen=True)
class PetitionPaper:
    """The form; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    reported_on: date | None = None
    name: Annotated[str, "信访人姓名"] = ""
    sex: Annotated[str, "性别"] = ""
    people: int | None = None
    phone: Annotated[str, "联系电话"] = ""
    address: Annotated[str, "住址"] = ""
    category: Annotated[str, "类别"] = ""
    matter: Annotated[str, "信访事项"] = ""
    detail: Annotated[str, "情况"] = ""
    risk: bool | None = None
    risk_note: Annotated[str, "风险说明"] = ""
    agent: Annotated[str, "代办代表"] = ""
    named_on: date | None = None
    promise: Annotated[str, "代办承诺"] = ""
    unit: Annotated[str, "受理机关"] = ""
    registered: Annotated[str, "机关登记"] = ""
    told_on: date | None = None
    due_on: date | None = None
    extension: Annotated[str, "延期"] = ""
    answer: Annotated[str, "处理意见"] = ""
    is_accepted: bool | None = None
    appeals: Annotated[str, "复查复核"] = ""
    visit: Annotated[str, "回访情况"] = ""
    closed_on: date | None = None


def write(
    papers: Iterable[PetitionPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a form for each petition, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [PetitionPaper()], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda paper: paper.number,
    )  # fmt: skip


def _draw(paper: PetitionPaper, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on, mark=CONFIDENTIAL)
    sheet = Sheet(flow)
    _petitioner(sheet, paper)
    sheet.cells((Cell("信访事项", paper.matter),), height=12)
    sheet.block("情况和诉求", paper.detail, height=26)
    _agent(sheet, paper)
    _organ(sheet, paper)
    sheet.block("复查、复核", paper.appeals, height=14)
    sheet.block("回访情况", paper.visit, height=14)
    sheet.cells(
        (Cell("代办代表\n签　　名", "", 1.1), Cell("信访人签名", ""), Cell("经办人签名", "")),
        height=12,
    )
    note = (
        "说明：代表只陪同和转递，不作决定（《代表法》第三十一条）；本表载有信访人信息，单独保管，"
        "不公开、不外传。"
    )
    sheet.close(note=note)
    return flow


def _petitioner(sheet: Sheet, paper: PetitionPaper) -> None:
    people = f"{paper.people}人" if paper.people else "　人"
    sheet.cells(
        (
            Cell("信访人", spaced(paper.name), 1.2, is_name=True),
            Cell("性别", paper.sex, 0.5),
            Cell("人数", people, 0.7),
            Cell("电话", paper.phone, 1.1),
        )
    )
    sheet.cells((Cell("住　　址", paper.address),))
    sheet.cells(
        (Cell("受理日期", day_or_room(paper.reported_on)), Cell("类　　别", paper.category))
    )


def _agent(sheet: Sheet, paper: PetitionPaper) -> None:
    risk = yes_or_no(is_yes=paper.risk, yes="有", no="无")
    said = f"{risk}　{paper.risk_note}" if paper.risk_note else risk
    sheet.cells((Cell("稳定风险", said),))
    sheet.cells(
        (
            Cell("代办代表", spaced(paper.agent), is_name=True),
            Cell("确定日期", day_or_room(paper.named_on)),
        )
    )
    sheet.block("代办承诺", paper.promise, height=10)


def _organ(sheet: Sheet, paper: PetitionPaper) -> None:
    sheet.cells((Cell("受理机关", paper.unit),))
    sheet.cells((Cell("机关登记\n（日期、编号）", paper.registered),), height=11)
    sheet.cells(
        (
            Cell("告知受理", day_or_room(paper.told_on)),
            Cell("办理时限", day_or_room(paper.due_on)),
        )
    )
    if paper.extension:
        sheet.block("延长期限", paper.extension, height=10)
    sheet.block("机关的\n处理意见", paper.answer, height=20)
    accepted = yes_or_no(is_yes=paper.is_accepted)
    closed = day_or_room(paper.closed_on)
    sheet.cells((Cell("信访人\n是否认可", accepted), Cell("办结日期", closed)), height=11)


def _read(job: Job) -> list[PetitionPaper]:
    chosen = job.options.record_id
    if not chosen:
        return []
    found = job.office.ask(petitions.rows, today=job.today)
    row = next((row for row in found if row.id == chosen), None)
    if row is None:
        raise UserError("找不到这件信访代办，可能已被删除。", hint="请刷新后再试。")
    return [_paper(row)]


def _paper(row: PetitionRow) -> PetitionPaper:
    is_answered = row.state in _ANSWERED
    return PetitionPaper(
        number=record_number(_CODE, row.id, row.reported_on),
        code=code_of(_CODE, row.id, row.reported_on),
        reported_on=row.reported_on,
        name=row.voter_name,
        sex=row.voter_sex.label,
        people=row.people,
        phone=row.voter_phone,
        address=row.voter_address,
        category=row.category,
        matter=row.matter,
        detail=row.detail,
        risk=row.risk,
        risk_note=row.risk_note,
        agent=row.agent,
        named_on=row.named_on,
        promise=row.promise,
        unit=row.unit,
        registered="　".join(part for part in (_day(row.registered_on), row.registered_no) if part),
        told_on=row.told_on,
        due_on=row.due_on,
        extension=_dated(row.extended_on, row.extension_why),
        answer=_dated(row.answered_on, row.answer),
        is_accepted=row.accepted if is_answered else None,
        appeals=_appeals(row),
        visit="\n".join(
            part for part in (_dated(row.visited_on, row.visit_note), row.visit_words) if part
        ),
        closed_on=row.closed_on,
    )


def _appeals(row: PetitionRow) -> str:
    lines = (
        _dated(row.reviewed_on, "申请复查") if row.reviewed_on else "",
        _dated(row.review_answered_on, f"复查意见：{row.review_result}")
        if row.review_answered_on
        else "",
        _dated(row.rechecked_on, "申请复核") if row.rechecked_on else "",
        f"复核意见：{row.recheck_result}" if row.recheck_result else "",
    )
    return "\n".join(line for line in lines if line)


def _dated(day: date | None, said: str) -> str:
    return "　".join(part for part in (_day(day), said) if part)


def _day(day: date | None) -> str:
    return date_text(day) if day else ""


def _petitions(session: Session) -> list[Offered]:
    """Those that can be chosen; who petitions is not named in a list."""
    return [
        Offered(row.id, f"{row.reported_on:%Y}年第{row.number}号　{row.matter}", row.state.label)
        for row in petitions.rows(session)
    ]


FORM = Form(
    FORM_ID,
    "信访代办登记表",
    Group.RECEPTION,
    "选一件信访代办，印出登记和办理经过；不选，印空白表。每页有保密标注，只在本机关保管。",
    _read,
    write,
    (AskRecord(Petition, _petitions, "信访代办", blank="空白表"),),
    source=(
        "自拟：登记、告知、办理、复查、复核和时限按《信访工作条例》；"
        "代表只陪同和转递按《代表法》第31条"
    ),
)
