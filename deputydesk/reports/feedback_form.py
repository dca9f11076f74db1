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
from deputydesk.operations.scan_runs import NAMED, Printed
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts, tick_paper
from deputydesk.reports.form import AskLarge, AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document, qr_code
from deputydesk.reports.layout import Layout
from deputydesk.reports.letter_sources import named, record_number, sender, short_id
from deputydesk.reports.record_sheet import DAY
from deputydesk.reports.sheet import Cell, Sheet, annex
from deputydesk.reports.tick_paper import Print, code_text, sheet_number
from deputydesk.reports.wording import date_text
from deputydesk.rules.choices import Choice
from deputydesk.rules.names import spaced
from deputydesk.rules.satisfaction import JUDGED, Option, Satisfaction
from deputydesk.rules.scan_plan import Plan
from deputydesk.rules.scan_plan import Question as Asked

FORM_ID = "feedback_form"
_TITLE = "代表建议办理情况征询意见表"
_COPIES = ("第一联　由代表填写后退回", "第二联　由代表留存")
_KIND = "ZX"
_ADOPTED = tuple(choice for choice in Adoption if choice is not Adoption.NONE)
_TOP = 43.0
_HEIGHTS = (10.0, 13.0, 10.0, 10.0, 12.0, 10.0)
_WORDS = 10.5  # points of the words beside a box


@dataclass(frozen=True)
class Question:
    """A row of boxes: which field of the answer it is, its label, value and words of each box."""

    field: str
    label: str
    options: tuple[tuple[str, str], ...]

    def chosen(self, paper: "FeedbackPaper") -> int:
        """Which box the paper says; -1 if none."""
        said = getattr(paper, self.field, None)
        return next((n for n, (value, _) in enumerate(self.options) if value == said), -1)


def _choices(choices: Iterable[Choice]) -> tuple[tuple[str, str], ...]:
    return tuple((choice.value, choice.label) for choice in choices)


_UNKNOWN = (Satisfaction.NONE.value, "不了解")
"""A box of its own for who cannot say, so that a row left empty is a slip."""


QUESTIONS = (
    Question(
        "received",
        "是否收到\n答 复 函",
        (("yes", "是　　收到日期：　　　　年　　月　　日"), ("no", "否")),
    ),
    Question("talk_form", "面商形式", _choices(TalkForm)),
    Question("attitude", "对办理\n工　作", (*_choices(JUDGED), _UNKNOWN)),
    Question("result", "对办理\n结　果", (*_choices(JUDGED), _UNKNOWN)),
    Question("adoption", "采纳情况", _choices(_ADOPTED)),
)
"""What the deputy answers, from top to bottom as the layout's rows."""


_USUAL = Print("", len(QUESTIONS), 12.0, 6.0)
_LARGE = Print("L", len(QUESTIONS), 16.0, 8.0, 1.4)


def _layout(size: Print) -> Layout:
    options = [len(question.options) for question in QUESTIONS]
    return tick_paper.record_layout("ZX-3", size, _TOP + sum(_HEIGHTS), options)


LAYOUT = _layout(_USUAL)
_LARGE_LAYOUT = _layout(_LARGE)


@dataclass(frozen=True)
class FeedbackPaper:
    """The form; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    """The end of the record's id, in capitals and digits."""
    sheet: str = ""
    """The number of this sheet, by chance."""
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
    large: bool = False


def layout_of(paper: FeedbackPaper) -> Layout:
    """Where the boxes of this form stand."""
    return _LARGE_LAYOUT if paper.large else LAYOUT


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
            for copy in enumerate(_COPIES, start=1):
                shown = f"{paper.suggestion or _TITLE} {copy[1].partition('　')[0]}"
                making.add(_draw(paper, copy, office, printed_on), bookmark=shown)
        return making.pages


def _draw(
    paper: FeedbackPaper, copy: tuple[int, str], office: OfficeHead, printed_on: date
) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, paper.number))
    page, layout, size = flow.page, layout_of(paper), _LARGE if paper.large else _USUAL
    tick_paper.corners(page, layout)
    page.text(105, 29, _TITLE, "BiaoSong", 20, align="center")
    pages = (copy[0], len(_COPIES))
    qr_code(page, *layout.code, code_text(layout.version, paper.code, pages, paper.sheet))
    page.text(flow.left, 40, copy[1], "Kai", 11)
    number = f"编号：{paper.number or '　　　　　　　　　'}"
    page.fit(flow.right, 40, number, 82, "Song", 10.5, align="right")
    flow.y = _TOP
    sheet = Sheet(flow)
    over = _about(sheet, paper)
    for row, question in enumerate(QUESTIONS):
        sheet.ticks(
            question.label,
            layout.row(row),
            [label for _, label in question.options],
            chosen=question.chosen(paper),
            height=size.pitch,
            size=_WORDS * size.words,
        )
    sheet.block("您的意见", paper.opinion, height=38 if paper.large else 58)
    sheet.cells((Cell("代表签名", "", 1), Cell("填表日期", DAY, 1.2)), height=13)
    sheet.cells((Cell("通讯地址", "", 1), Cell("联系电话", paper.phone, 1.2)), height=11)
    said = paper.note or f"请填写后退回{office.organ}。"
    note = "填表说明：请在所选项的方框内打“√”，每项只选一项；选“不满意”的，请写明理由。"
    note += f"本表不是无记名的，二维码里有本表的编号和张号。{said}"
    sheet.close(note=note)
    if over:
        annex(flow, over)
    return flow


def _about(sheet: Sheet, paper: FeedbackPaper) -> list[Cell]:
    """What it is about, in rows that never grow: the boxes stand below; gives what did not fit."""
    day = date_text(paper.replied_on)
    rows = (
        (Cell("建议编号", paper.suggestion),),
        (Cell("建议标题", paper.headline),),
        (Cell("领衔代表", spaced(paper.lead), is_name=True),),
        (Cell("附议代表", paper.cosigners),),
        (Cell("主办单位", paper.main_units), Cell("协办单位", paper.joint_units)),
        (Cell("答复日期", day, 1.25), Cell("答复类别", paper.answer_class, 0.75)),
    )
    return sheet.fixed(rows, _HEIGHTS)


def _read(job: Job) -> list[FeedbackPaper]:
    if not job.options.record_id:
        return []
    d, form_id = job.office.ask(_found, job.options.record_id, job)
    form = next(f for f in d.feedbacks if f.id == form_id)
    by = sender(job)
    answers = [r for r in d.replies if r.round == form.round]
    returned = form.returned_on is not None
    size = _LARGE if job.options.large else _USUAL
    return [
        FeedbackPaper(
            number=record_number(_KIND, form.id, form.sent_on),
            code=short_id(form.id) + size.variant,
            large=job.options.large,
            sheet="" if returned else sheet_number(),
            suggestion=named(d.row),
            headline=d.row.headline,
            lead=d.row.lead,
            cosigners="、".join(signer.name for signer in d.cosigners),
            main_units=d.row.main_unit,
            joint_units="、".join(d.row.assist_units),
            replied_on=max((r.replied_on for r in answers), default=None),
            answer_class="、".join(dict.fromkeys(f"{r.answer_class}类" for r in answers)),
            talk_form=form.talk_form if returned else None,
            attitude=_judged(form.attitude),
            result=_judged(form.result),
            adoption=form.adoption,
            opinion=form.opinion,
            note=f"请于{date_text(form.due_on)}前退回{by.short}。{by.contact}",
        )
    ]


def _judged(said: Satisfaction) -> Satisfaction | None:
    """What was said; of who said nothing nobody knows which box it would have been."""
    return None if said is Satisfaction.NONE else said


def _run(job: Job) -> Printed | None:
    """The paper that waits for the deputy; a blank one, or one that is back, is not read."""
    if not job.options.record_id:
        return None
    d, form_id = job.office.ask(_found, job.options.record_id, job)
    form = next(f for f in d.feedbacks if f.id == form_id)
    if form.returned_on is not None:
        return None
    size = _LARGE if job.options.large else _USUAL
    return Printed(
        code=short_id(form.id) + size.variant,
        form=FORM_ID,
        record_kind=Feedback.__tablename__,
        record_id=form.id,
        name=f"征询意见表 {named(d.row)} {d.row.headline}",
        secret=False,
        layout=_layout(size).version,
        plan=Plan((tuple(map(_asked, QUESTIONS)),)),
        details={NAMED: True},
    )


def _asked(question: Question) -> Asked:
    words = "".join(question.label.split())
    options = (Option(value, label.partition("　")[0]) for value, label in question.options)
    return Asked(question.field, words, tuple(options))


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
    FORM_ID,
    "征询意见表（两联）",
    Group.SUGGESTION,
    "代表对办理工作和办理结果分别评价，一联退回，一联留存；不选，印空白表。",
    _read,
    write,
    (AskRecord(Feedback, _forms, "征询", blank="空白表"), AskLarge()),
    source=(
        "公开的征询意见表（汝州市人大代表履职服务平台，一式两份）；"
        "态度和结果分别评价按山东省、上海市代表建议办理规定"
    ),
    layouts={layout.version: layout for layout in (LAYOUT, _LARGE_LAYOUT)},
    run=_run,
)
