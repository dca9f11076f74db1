"""交办函: what a unit is given, by when, and the slip that it signs and sends back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.models import Assignment, Suggestion
from deputydesk.models.choices import HandbackOutcome
from deputydesk.operations import assignments, presets, suggestions
from deputydesk.operations.assignments import AssignmentRow
from deputydesk.operations.checks import get
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.reports import official
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter import Letter, write
from deputydesk.reports.letter_sources import (
    PAPERS,
    Sender,
    lead_for_units,
    letterhead,
    named,
    proposers,
    sender,
)
from deputydesk.reports.letter_word import write_docx
from deputydesk.reports.official import Block, Signature
from deputydesk.reports.slip import Slip, SlipCell
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.word import WordPaper
from deputydesk.reports.wording import date_text

FORM_ID = "assign_notice"
ANNEX = "{}建议目录和签收回执"
"""交办 or 转办 before it."""
_KIND = "JB"
_BLANK_ROWS = 6
_COLUMNS = (
    Column("编号", 16, fits=True),
    Column("建议标题", 45, "left"),
    Column("领衔代表", 20, fits=True),
    Column("方式", 14),
    Column("主办、协办单位", 28, "left"),
    Column("答复期限", 33),
)
_STYLE = Style(size=10.5, lead=5.2, head_size=10.5, head_height=9, ruled=True, row=10)


@dataclass(frozen=True)
class AssignAnnex:
    """What is given to the unit, and its slip."""

    items: Annotated[tuple[tuple[str, ...], ...], "交办目录"]
    slip: Annotated[Slip, "回执"]
    name: Annotated[str, "附件名称"] = ANNEX.format("交办")

    def draw(self, flow: Flow) -> None:
        """Draws the list and the slip on a page of their own."""
        official.annex_head(flow, self.name)
        table = Table(flow, _COLUMNS, _STYLE)
        table.rows(self.items or [[""] * len(_COLUMNS)] * _BLANK_ROWS)
        table.close()
        self.slip.draw(flow)

    def write_word(self, paper: WordPaper) -> None:
        """Writes them into a Word file."""
        paper.annex(self.name)
        paper.table(_COLUMNS, self.items or [[""] * len(_COLUMNS)] * _BLANK_ROWS)
        self.slip.write_word(paper)


Given = tuple[AssignmentRow, SuggestionRow]
"""An assignment with its suggestion."""


def _read(job: Job) -> list[Letter]:
    by = sender(job)
    chosen = job.options.record_id
    found = job.office.ask(_of_record, chosen, job) if chosen else job.office.ask(_unsigned, job)
    by_unit: dict[str, list[Given]] = {}
    for given in found:
        by_unit.setdefault(given[0].unit, []).append(given)
    if not by_unit:
        return [_letter(job, by, "　　　　　　　　", [])]
    return [_letter(job, by, unit, given) for unit, given in sorted(by_unit.items())]


def _letter(job: Job, by: Sender, unit: str, given: list[Given]) -> Letter:
    first = given[0] if given else None
    day = max(a.assigned_on for a, _ in given) if given else None
    head = letterhead(
        job, by, form=FORM_ID, owner_id=first[0].id if first else "", kind=_KIND, day=day
    )
    single = first[1] if first and len(given) == 1 else None
    what = named(single) if single else "人大代表建议"
    annex = ANNEX.format(by.handing)
    return Letter(
        head=head,
        title=f"关于{by.handing}{what}的函",
        to=unit,
        blocks=(Block("text", _opening(by, given)), *_demands(job, by, given)),
        annexes=(annex,),
        signed=Signature(by.organ, day, by.contact),
        annex=AssignAnnex(
            tuple(_item(a, row) for a, row in given), _slip(by, unit, given, head.number), annex
        ),
        bookmark=unit.strip("　"),
    )


def _opening(by: Sender, given: list[Given]) -> str:
    if len(given) == 1:
        a, row = given[0]
        return (
            f"{proposers(row)}提出的《{row.headline}》（{named(row)}），"
            f"经研究，{by.handing[0]}由你单位{a.role.label}。请按以下要求办理。"
        )
    count = str(len(given)) if given else "　　"
    return f"现将人大代表建议{count}件（见附件）{by.handing[0]}由你单位办理。请按以下要求办理。"


def _demands(job: Job, by: Sender, given: list[Given]) -> tuple[Block, ...]:
    day = given[0][0].assigned_on if given else job.today
    classes = "；".join(
        f"{c.code}类为{c.meaning}" for c in job.office.ask(presets.answer_classes, day)
    )
    back = [a.hand_back_by for a, _ in given]
    until = f"于{date_text(min(back))}前" if back else "在规定时限内"
    return (
        Block("heading", "一、按期办理"),
        Block("text", _due(given)),
        Block("heading", "二、加强沟通"),
        Block("text", "办理中请主动与领衔代表见面沟通，听取意见，不得以会议、文件代替面商。"),
        Block("heading", "三、规范答复"),
        Block(
            "text",
            f"书面答复应在右上角标明类别（{classes}），由单位负责人签发并加盖公章，"
            f"分送领衔代表和附议代表，抄送{by.short}。{_withheld(by, given)}",
        ),
        Block("heading", "四、签收和退办"),
        Block(
            "text",
            f"收到后请填写签收回执退回{by.short}。不属于你单位职责的，"
            f"{until}书面说明理由退回，不得自行转送其他单位。",
        ),
    )


def _withheld(by: Sender, given: list[Given]) -> str:
    """How an answer reaches a deputy who is not named."""
    if not any(row.confidential for _, row in given):
        return ""
    return f"代表要求姓名保密的，答复送{by.short}转交。"


def _due(given: list[Given]) -> str:
    if len(given) != 1:
        return (
            "请按附件所列期限书面答复代表；协办的，请按期限将协办意见书面送主办单位。"
            "不能按期答复的，应当在期限届满前书面申请延期。"
        )
    a, _ = given[0]
    rest = "不能按期完成的，应当在期限届满前书面申请延期。"
    if not a.answers:
        return f"请于{date_text(a.due_on)}前将协办意见书面送主办单位。"
    return f"请于{date_text(a.due_on)}前书面答复代表。{rest}"


def _item(a: AssignmentRow, row: SuggestionRow) -> tuple[str, ...]:
    assisted = f"主办：{row.main_unit}"
    if row.assist_units:
        assisted += f"\n协办：{'、'.join(row.assist_units)}"
    return row.code, row.headline, lead_for_units(row), a.role.label, assisted, date_text(a.due_on)


def _slip(by: Sender, unit: str, given: list[Given], number: str) -> Slip:
    count = f"{len(given)}件" if given else ""
    return Slip(
        "签收回执",
        (
            (SlipCell(f"{by.handing}文号", number), SlipCell("件　　数", count)),
            (SlipCell("承办单位", unit.strip("　")), SlipCell("经办人员")),
            (SlipCell("签收人员"), SlipCell("联系电话")),
            (SlipCell("签收日期", "　　　　年　　月　　日"), SlipCell("单位盖章")),
        ),
        f"请签收后沿虚线剪下，退回{by.short}。{by.contact}",
    )


def _of_record(session: Session, record_id: str, job: Job) -> list[Given]:
    """One unit's part if an assignment is named, all units' if a suggestion is."""
    one = session.get(Assignment, record_id)
    suggestion_id = one.suggestion_id if one else get(session, Suggestion, record_id).id
    detail = suggestions.detail(session, suggestion_id=suggestion_id, today=job.today)
    if one:
        return [(a, detail.row) for a in detail.assignments if a.id == one.id]
    return [(a, detail.row) for a in detail.at_work]


def _unsigned(session: Session, job: Job) -> list[Given]:
    """All that no unit has signed for."""
    known: Mapping[str, SuggestionRow] = {
        row.id: row for row in suggestions.rows(session, today=job.today)
    }
    return [
        (a, known[a.suggestion_id])
        for a in assignments.rows(session)
        if a.suggestion_id in known
        and a.signed_on is None
        and a.handback is not HandbackOutcome.AGREED
        and a.round == known[a.suggestion_id].round
        and a.replied_on is None
        and a.assist_given_on is None
    ]


def _assigned(session: Session) -> list[Offered]:
    given = {a.suggestion_id: a.assigned_on for a in assignments.rows(session)}
    if not given:
        return []
    today = max(given.values())
    return [
        Offered(row.id, f"{row.code}　{row.headline}", f"{given[row.id]:%Y-%m-%d}　{row.main_unit}")
        for row in suggestions.rows(session, today=today, ids=tuple(given))
    ]


FORM = Form(
    FORM_ID,
    "交办函（转办函）和签收回执",
    Group.SUGGESTION,
    "每个承办单位一份：要求、期限、目录和可剪下的签收回执。",
    _read,
    partial(write, title="交办代表建议"),
    (AskRecord(Suggestion, _assigned, "建议", blank="各单位未签收的全部建议"), PAPERS),
    source=(
        "GB/T 9704-2012第10.1条（信函格式）；交办机关和期限按《代表法》第51条、《地方组织法》第42条"
    ),
    write_docx=write_docx,
)
