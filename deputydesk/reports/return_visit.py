"""代办回访表: what the petitioner says once the matter that a deputy carried is settled.

It names the petitioner, so it is marked and stays in the office; its boxes are read by the scanner.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Petition
from deputydesk.models.choices import YesNo
from deputydesk.operations import petitions
from deputydesk.operations.petitions import PetitionRow
from deputydesk.operations.scan_runs import NAMED, Printed
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import tick_paper
from deputydesk.reports.form import AskLarge, AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, qr_code
from deputydesk.reports.layout import Layout
from deputydesk.reports.letter_sources import record_number, short_id
from deputydesk.reports.page import BLACK
from deputydesk.reports.record_sheet import CONFIDENTIAL, DAY, Kind, write_sheets
from deputydesk.reports.sheet import Cell, Sheet, annex
from deputydesk.reports.tick_paper import Print
from deputydesk.rules.names import spaced
from deputydesk.rules.petition_flow import PETITION, PetitionStep
from deputydesk.rules.satisfaction import JUDGED, Option, Satisfaction
from deputydesk.rules.scan_plan import Plan, Question

FORM_ID = "return_visit"
_FORM = Kind("人大代表信访代办回访表", "代办回访表")
_KIND = "HF"
_TOP = 43.0
_USUAL, _LARGE = Print("", 4, 13.0, 6.0), Print("L", 4, 18.0, 8.0, 1.4)
_HEIGHTS = (12.0, 12.0, 12.0, 22.0)
_WORDS = 10.5  # points of the words beside a box
_JUDGED = (
    *(Option(grade.value, grade.label) for grade in JUDGED),
    Option(Satisfaction.NONE.value, "不了解"),
)
QUESTIONS = (
    Question(
        "visit_told",
        "是否告知处理结果",
        (
            Option(YesNo.YES.value, "是"),
            Option(YesNo.NO.value, "否"),
            Option("unknown", "记不清"),
        ),
    ),
    Question("visit_attitude", "对代办代表的工作", _JUDGED),
    Question("visit_result", "对处理结果", _JUDGED),
    Question(
        "visit_follow",
        "是否还要继续跟踪",
        (
            Option(YesNo.YES.value, "要"),
            Option(YesNo.NO.value, "不要"),
            Option("unknown", "说不清"),
        ),
    ),
)
"""What is asked, from top to bottom as the layout's rows; a box of its own for who cannot say."""
_LABELS = (
    "是否告知\n处理结果",
    "对代办代\n表的工作",
    "对　处　理\n结　　　果",
    "是否还要\n继续跟踪",
)


def _layout(size: Print) -> Layout:
    options = [len(question.options) for question in QUESTIONS]
    return tick_paper.record_layout("HF-1", size, _TOP + sum(_HEIGHTS), options)


LAYOUT = _layout(_USUAL)
_LARGE_LAYOUT = _layout(_LARGE)


@dataclass(frozen=True)
class VisitPaper:
    """The form; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    """The end of the record's id, in capitals and digits."""
    sheet: str = ""
    """The number of this sheet, by chance."""
    name: Annotated[str, "信访人姓名"] = ""
    phone: Annotated[str, "联系电话"] = ""
    matter: Annotated[str, "信访事项"] = ""
    agent: Annotated[str, "代办代表"] = ""
    unit: Annotated[str, "受理机关"] = ""
    answer: Annotated[str, "处理意见"] = ""
    large: bool = False


def layout_of(paper: VisitPaper) -> Layout:
    """Where the boxes of this form stand."""
    return _LARGE_LAYOUT if paper.large else LAYOUT


def write(
    papers: Iterable[VisitPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes each form, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _FORM, list(papers) or [VisitPaper()], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda paper: paper.number,
    )  # fmt: skip


def _draw(paper: VisitPaper, office: OfficeHead, printed_on: date) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, paper.number))
    page, layout, size = flow.page, layout_of(paper), _LARGE if paper.large else _USUAL
    tick_paper.corners(page, layout)
    page.text(22, 15.5, CONFIDENTIAL, "Hei", 12, color=BLACK)
    page.text(105, 29, _FORM.title, "BiaoSong", 20, align="center")
    said = tick_paper.code_text(layout.version, paper.code, (1, 1), paper.sheet)
    qr_code(page, *layout.code, said)
    page.fit(flow.left, 40, office.full_name, 60, "Song", 10.5)
    number = f"编号：{paper.number or '　　　　　　　　　'}"
    page.fit(flow.right, 40, number, 82, "Song", 10.5, align="right")
    flow.y = _TOP
    sheet = Sheet(flow)
    over = _about(sheet, paper)
    for row, (question, label) in enumerate(zip(QUESTIONS, _LABELS, strict=True)):
        words = [option.label for option in question.options]
        boxes, points = layout.row(row), _WORDS * size.words
        sheet.ticks(label, boxes, words, chosen=-1, height=size.pitch, size=points)
    sheet.block("您的意见\n和回访情况", "", height=40 if paper.large else 60)
    sheet.cells((Cell("信访人签名", "", 1), Cell("回访人签名", "", 1.2)), height=13)
    sheet.cells((Cell("回访日期", DAY),), height=11)
    sheet.close(
        note="填表说明：请在所选项的方框内打“√”，每项只选一项。本表不是无记名的，二维码里有本表的"
        "编号和张号；载有信访人信息，单独保管，不公开、不外传。"
    )
    if over:
        annex(flow, over)
    return flow


def _about(sheet: Sheet, paper: VisitPaper) -> list[Cell]:
    """What it is about, in rows that never grow: the boxes stand below; gives what did not fit."""
    rows = (
        (Cell("信访人", spaced(paper.name), is_name=True), Cell("联系电话", paper.phone)),
        (Cell("信访事项", paper.matter),),
        (Cell("代办代表", spaced(paper.agent), is_name=True), Cell("受理机关", paper.unit)),
        (Cell("机关的\n处理意见", paper.answer),),
    )
    return sheet.fixed(rows, _HEIGHTS)


def _read(job: Job) -> list[VisitPaper]:
    if not job.options.record_id:
        return []
    row = job.office.ask(_petition, job.options.record_id)
    size = _LARGE if job.options.large else _USUAL
    return [
        VisitPaper(
            number=record_number(_KIND, row.id, row.reported_on),
            code=short_id(row.id) + size.variant,
            large=job.options.large,
            sheet=tick_paper.sheet_number() if _waits(row) else "",
            name=row.voter_name,
            phone=row.voter_phone,
            matter=row.matter,
            agent=row.agent,
            unit=row.unit,
            answer=row.answer,
        )
    ]


def _run(job: Job) -> Printed | None:
    """The paper of a petition that waits for the visit; of no other one anything comes back."""
    if not job.options.record_id:
        return None
    row = job.office.ask(_petition, job.options.record_id)
    if not _waits(row):
        return None
    size = _LARGE if job.options.large else _USUAL
    return Printed(
        code=short_id(row.id) + size.variant,
        form=FORM_ID,
        record_kind=Petition.__tablename__,
        record_id=row.id,
        name=f"代办回访表 {row.reported_on:%Y}年第{row.number}号",
        secret=False,
        layout=_layout(size).version,
        plan=Plan((QUESTIONS,)),
        details={NAMED: True},
    )


def _waits(row: PetitionRow) -> bool:
    return PETITION.may(row.state, PetitionStep.VISIT) and row.visited_on is None


def _petition(session: Session, petition_id: str) -> PetitionRow:
    found = next((row for row in petitions.rows(session) if row.id == petition_id), None)
    if found is None:
        raise UserError("找不到这件信访代办，可能已被删除。", hint="请刷新后再试。")
    return found


def _offered(session: Session) -> list[Offered]:
    """Those that can be chosen; who petitions is not named in a list."""
    return [
        Offered(row.id, f"{row.reported_on:%Y}年第{row.number}号　{row.matter}", row.state.label)
        for row in petitions.rows(session)
    ]


FORM = Form(
    FORM_ID,
    _FORM.subject,
    Group.RECEPTION,
    "信访代办办结以后回访时填写，收回扫描后登记回访；不选，印空白表。有保密标注，只在本机关保管。",
    _read,
    write,
    (AskRecord(Petition, _offered, "信访代办", blank="空白表"), AskLarge()),
    source="自拟：办结后回访、对代办工作和处理结果分别评价，比照代表建议征询意见表",
    layouts={layout.version: layout for layout in (LAYOUT, _LARGE_LAYOUT)},
    run=_run,
)
