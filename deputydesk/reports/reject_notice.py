"""不予受理告知单, 退回修改告知单: a deputy is told why a suggestion is not handled."""

from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.models import Suggestion
from deputydesk.models.choices import RejectReason
from deputydesk.operations import reject_reasons, suggestions
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered
from deputydesk.reports.letter import Letter, write
from deputydesk.reports.letter_sources import PAPERS, Sender, letterhead, named, sender
from deputydesk.reports.letter_word import write_docx
from deputydesk.reports.official import Block, Signature, blocks_of
from deputydesk.reports.slip import Slip, SlipCell
from deputydesk.reports.wording import date_text
from deputydesk.rules.suggestion_flow import SuggestionState

FORM_ID = "reject_notice"
_KIND = "GZ"
_STATES = (SuggestionState.REJECTED, SuggestionState.RETURNED)
_REJECTED, _RETURNED = "代表建议不予受理告知单", "代表建议退回修改告知单"
_GAP = "　　　　　　　　"


def _read(job: Job) -> list[Letter]:
    by = sender(job)
    if not job.options.record_id:
        return [_blank(job, by)]
    d = job.office.ask(suggestions.detail, suggestion_id=job.options.record_id, today=job.today)
    people = [d.row.lead, *(signer.name for signer in d.cosigners)]
    to = d.row.lead if len(people) == 1 else f"{d.row.lead}等{len(people)}名"
    day = d.texts.told_on or d.texts.reviewed_on or job.today
    is_returned = d.row.state is SuggestionState.RETURNED
    return [
        Letter(
            head=letterhead(job, by, form=FORM_ID, owner_id=d.row.id, kind=_KIND, day=day),
            title=_RETURNED if is_returned else _REJECTED,
            to=f"{to}代表",
            blocks=_returned(by, d) if is_returned else _rejected(d),
            signed=Signature(by.organ, day, by.contact),
            annex=_slip(by, named(d.row)),
            bookmark=d.row.lead,
        )
    ]


def _opening(d: Detail) -> str:
    you = "你们联名" if d.cosigners else "您"
    day = f"于{date_text(d.row.submitted_on)}" if d.row.submitted_on else ""
    number = f"（{named(d.row)}）" if d.row.number else ""
    return f"{you}{day}提出的《{d.row.headline}》{number}收悉。"


def _rejected(d: Detail) -> tuple[Block, ...]:
    known = d.texts.reject_reason is not RejectReason.NONE
    why = f"因{d.texts.reject_reason.label}，" if known else ""
    return (
        Block("text", f"{_opening(d)}经审核，{why}不作为代表建议交办，现予告知。"),
        *blocks_of(d.texts.review_note),
        Block("text", "感谢您对人大工作的支持。所反映的情况可以作为代表来信转有关方面研究参考。"),
    )


def _returned(by: Sender, d: Detail) -> tuple[Block, ...]:
    return (
        Block("text", f"{_opening(d)}经审核，需要修改补充后重新提出，现予退回。"),
        *(blocks_of(f"审核意见：{d.texts.review_note}") if d.texts.review_note else ()),
        Block("text", f"请按上述意见修改后交{by.short}，我们将及时登记、交办。"),
    )


def _blank(job: Job, by: Sender) -> Letter:
    """A notice to fill in by hand, with the reasons to tick."""
    reasons = [name for _, name in job.office.ask(reject_reasons.choices, job.today) if name]
    return Letter(
        head=letterhead(job, by, form=FORM_ID),
        title=_REJECTED,
        to=f"{_GAP}代表",
        blocks=(
            Block(
                "text",
                f"您提出的《{_GAP}{_GAP}》收悉。"
                "经审核，因下列第　　项原因，不作为代表建议交办，现予告知。",
            ),
            Block("text", "；".join(f"{n}.{reason}" for n, reason in enumerate(reasons, 1)) + "。"),
        ),
        signed=Signature(by.organ, None),
        annex=_slip(by, "", by.contact),
    )


def _slip(by: Sender, what: str, contact: str = "") -> Slip:
    return Slip(
        "送达回执",
        (
            (SlipCell("告知事项", what),),
            (SlipCell("代表签收"), SlipCell("签收日期", "　　　　年　　月　　日")),
        ),
        f"请签收后沿虚线剪下，退回{by.short}{f'（{contact}）' if contact else ''}。",
    )


def _refused(session: Session) -> list[Offered]:
    reviewed = select(func.max(Suggestion.reviewed_on)).where(Suggestion.state.in_(_STATES))
    today = session.scalar(reviewed)
    if today is None:
        return []
    return [
        Offered(row.id, f"{row.code}　{row.headline}", f"{row.lead}　{row.state.label}")
        for row in suggestions.rows(session, today=today, states=_STATES)
    ]


FORM = Form(
    FORM_ID,
    "不予受理、退回告知单",
    Group.SUGGESTION,
    "告知代表建议不予受理或退回修改，附送达回执；不选，印空白单供手写。",
    _read,
    partial(write, title="代表建议告知单"),
    (AskRecord(Suggestion, _refused, "建议", blank="空白单"), PAPERS),
    source=(
        "自拟：不予受理的情形按京、沪、浙、渝、青等地代表建议办理规定归并；告知代表是各地规定的要求"
    ),
    write_docx=write_docx,
)
