"""征询意见表, in two copies: the deputy judges the work of the units and its result apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Feedback, Suggestion
from deputydesk.models.choices import Adoption, TalkForm
from deputydesk.operations import suggestions
from deputydesk.operations.checks import get
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document, qr_code
from deputydesk.reports.letter_sources import code_of, named, record_number, sender
from deputydesk.reports.page import GREY
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.wording import date_text
from deputydesk.rules.choices import Choice
from deputydesk.rules.satisfaction import Satisfaction

_TITLE = "代表建议办理情况征询意见表"
_COPIES = ("第一联　由代表填写后退回", "第二联　由代表留存")
_KIND = "ZX"
_JUDGED = (Satisfaction.SATISFIED, Satisfaction.MOSTLY, Satisfaction.DISSATISFIED)
_ADOPTED = tuple(choice for choice in Adoption if choice is not Adoption.NONE)


@dataclass(frozen=True)
class FeedbackPaper:
    """The form; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    suggestion: Annotated[str, "建议编号"] = ""
    headline: Annotated[str, "建议标题"] = ""
    lead: Annotated[str, "领衔代表"] = ""
    cosigners: Annotated[str, "附议代表"] = ""
    main_units: Annotated[str, "主办单位"] = ""
    joint_units: Annotated[str, "协办单位"] = ""
    replied_on: date | None = None
    answer_class: Annotated[str, "答复类别"] = ""
    talk_form: TalkForm | None = None
    attitude: Satisfaction | None = None
    result: Satisfaction | None = None
    adoption: Adoption | None = None
    opinion: Annotated[str, "代表意见"] = ""
    phone: Annotated[str, "联系电话"] = ""
    note: Annotated[str, "填表说明"] = ""


def write(
    papers: Iterable[FeedbackPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes two copies of each form, or of a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    papers = list(papers) or [FeedbackPaper()]
    fonts.check_printable([*fonts.texts_of(papers, "征询意见表"), *fonts.texts_of(office)])
    with document(
        to, title=_TITLE, subject="征询意见表", office=office, printed_on=printed_on
    ) as making:
        for done, paper in enumerate(papers):
            progress.step(done, len(papers), paper.headline)
            for copy in _COPIES:
                shown = f"{paper.suggestion or _TITLE} {copy.partition('　')[0]}"
                making.add(_draw(paper, copy, office, printed_on), bookmark=shown)
        return making.pages


def _draw(paper: FeedbackPaper, copy: str, office: OfficeHead, printed_on: date) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, paper.number))
    page = flow.page
    page.text(105, 29, _TITLE, "BiaoSong", 20, align="center")
    if paper.code:
        qr_code(page, flow.right - 14, 17, 14, paper.code)
    page.text(flow.left, 39, copy, "Kai", 11)
    number = f"编号：{paper.number or '　　　　　　　　　'}"
    page.text(flow.right, 39, number, "Song", 10.5, align="right")
    flow.y = 42
    sheet = Sheet(flow)
    _about(sheet, paper)
    _judged(sheet, paper)
    sheet.cells(
        (Cell("代表签名", "", 1), Cell("填表日期", "　　　　年　　月　　日", 1.2)), height=13
    )
    sheet.cells((Cell("通讯地址", "", 1), Cell("联系电话", paper.phone, 1.2)), height=11)
    sheet.close()
    flow.y += 2
    said = paper.note or f"请填写后退回{office.organ}。"
    note = f"填表说明：请在所选项的方框内打“√”，每项只选一项；选“不满意”的，请写明理由。{said}"
    flow.paragraph(note, "Song", 9, lead=4.8, indent=0, color=GREY)
    return flow


def _about(sheet: Sheet, paper: FeedbackPaper) -> None:
    sheet.cells((Cell("建议编号", paper.suggestion),), height=10.5)
    sheet.cells((Cell("建议标题", paper.headline),), height=13)
    sheet.cells((Cell("领衔代表", paper.lead, is_name=True),), height=10.5)
    sheet.cells((Cell("附议代表", paper.cosigners),), height=10.5)
    sheet.cells(
        (Cell("主办单位", paper.main_units), Cell("协办单位", paper.joint_units)), height=12
    )
    day = date_text(paper.replied_on)
    sheet.cells(
        (Cell("答复日期", day, 1.25), Cell("答复类别", paper.answer_class, 0.75)), height=10.5
    )


def _judged(sheet: Sheet, paper: FeedbackPaper) -> None:
    sheet.cells(
        (Cell("是否收到\n答 复 函", "☐ 是　收到日期：　　　　年　　月　　日　　　☐ 否"),),
        height=12,
    )
    sheet.cells((Cell("面商形式", _boxes(tuple(TalkForm), paper.talk_form)),), height=12)
    sheet.cells((Cell("对办理\n工　作", _boxes(_JUDGED, paper.attitude)),), height=14)
    sheet.cells((Cell("对办理\n结　果", _boxes(_JUDGED, paper.result)),), height=14)
    sheet.cells((Cell("采纳情况", _boxes(_ADOPTED, paper.adoption)),), height=12)
    sheet.block("您的意见", paper.opinion, height=42)


def _boxes(choices: Iterable[Choice], chosen: Choice | None) -> str:
    return "　　".join(f"{'☑' if choice is chosen else '☐'} {choice.label}" for choice in choices)


def _read(job: Job) -> list[FeedbackPaper]:
    if not job.options.record_id:
        return []
    d, form_id = job.office.ask(_found, job.options.record_id, job)
    form = next(f for f in d.feedbacks if f.id == form_id)
    by = sender(job)
    answers = [r for r in d.replies if r.round == form.round]
    returned = form.returned_on is not None
    return [
        FeedbackPaper(
            number=record_number(_KIND, form.id, form.sent_on),
            code=code_of(_KIND, form.id, form.sent_on),
            suggestion=named(d.row),
            headline=d.row.headline,
            lead=d.row.lead,
            cosigners="、".join(signer.name for signer in d.cosigners),
            main_units=d.row.main_unit,
            joint_units="、".join(d.row.assist_units),
            replied_on=max((r.replied_on for r in answers), default=None),
            answer_class="、".join(dict.fromkeys(f"{r.answer_class}类" for r in answers)),
            talk_form=form.talk_form if returned else None,
            attitude=form.attitude,
            result=form.result,
            adoption=form.adoption,
            opinion=form.opinion,
            note=f"请于{date_text(form.due_on)}前退回{by.short}。{by.contact}",
        )
    ]


def _found(session: Session, record_id: str, job: Job) -> tuple[Detail, str]:
    form = get(session, Feedback, record_id)
    return suggestions.detail(session, suggestion_id=form.suggestion_id, today=job.today), form.id


def _forms(session: Session) -> list[Offered]:
    found = session.execute(
        select(Feedback, Suggestion.number, Suggestion.headline)
        .join(Suggestion, Suggestion.id == Feedback.suggestion_id)
        .order_by(Feedback.sent_on.desc(), Feedback.id.desc())
    )
    return [
        Offered(f.id, f"第{number}号　{headline}", f"{f.sent_on:%Y-%m-%d} 发出")
        for f, number, headline in found
    ]


FORM = Form(
    "feedback_form",
    "征询意见表（两联）",
    Group.SUGGESTION,
    "代表对办理工作和办理结果分别评价，一联退回，一联留存；不选，印空白表。",
    _read,
    write,
    (AskRecord(Feedback, _forms, "征询", blank="空白表"),),
    source=(
        "公开的征询意见表（汝州市人大代表履职服务平台，一式两份）；"
        "态度和结果分别评价按山东省、上海市代表建议办理规定"
    ),
)
