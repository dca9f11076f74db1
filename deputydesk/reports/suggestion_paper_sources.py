"""What the paper of a suggestion is filled with: the record, who signed, what was decided."""

from datetime import date

from sqlalchemy.orm import Session

from deputydesk.models import Suggestion
from deputydesk.models.choices import UnitRole
from deputydesk.operations import deputies, suggestions
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered
from deputydesk.reports.letter_sources import code_of, origin, record_number
from deputydesk.reports.suggestion_paper import SuggestionPaper, write
from deputydesk.reports.wording import date_text

FORM_ID = "suggestion_paper"
_CODE = "JY"


def _read(job: Job) -> list[SuggestionPaper]:
    if not job.options.record_id:
        return []
    return [job.office.ask(_paper, job.options.record_id, job.today)]


def _paper(session: Session, suggestion_id: str, today: date) -> SuggestionPaper:
    d = suggestions.detail(session, suggestion_id=suggestion_id, today=today)
    row, texts = d.row, d.texts
    lead = deputies.one(session, row.lead_id)
    given = [a for a in d.assignments if a.round == 1]
    return SuggestionPaper(
        number=record_number(_CODE, row.id, row.submitted_on),
        code=code_of(_CODE, row.id, row.submitted_on),
        suggestion=row.code if row.number else "",
        meeting=origin(row),
        category=row.category,
        submitted_on=row.submitted_on,
        headline=row.headline,
        lead=row.lead,
        certificate=lead.certificate_no,
        district=lead.district,
        job=lead.job,
        phone=lead.phone,
        cosigners=tuple(signer.name for signer in d.cosigners),
        wished_unit=texts.wished_unit,
        wishes_talk=texts.wishes_talk,
        is_public=row.public,
        is_confidential=row.confidential,
        reason=texts.reason,
        proposal=texts.proposal,
        review=_reviewed(d),
        reviewed_on=texts.reviewed_on,
        handling=_given(d),
        handled_on=min((a.assigned_on for a in given), default=None),
    )


def _reviewed(d: Detail) -> str:
    said = (d.texts.reject_reason.label, d.texts.review_note)
    return "；".join(part for part in said if part)


def _given(d: Detail) -> str:
    """Which units were given it first, and until when."""
    lines: list[str] = []
    for role in UnitRole:
        given = [a for a in d.assignments if a.round == 1 and a.role is role]
        if given:
            units = "、".join(a.unit for a in given)
            until = max(a.first_due_on for a in given)
            lines.append(f"{role.label}：{units}（{date_text(until)}前）")
    return "\n".join(lines)


def _all(session: Session) -> list[Offered]:
    return [
        Offered(row.id, f"{row.code}　{row.headline}", f"{origin(row)}　{row.lead}")
        for row in suggestions.rows(session, today=date.min)
    ]


FORM = Form(
    FORM_ID,
    "代表建议专用纸",
    Group.SUGGESTION,
    "选一件建议，印出全文和附议代表签名处；不选，印空白专用纸供代表书写。",
    _read,
    write,
    (AskRecord(Suggestion, _all, "建议", blank="空白专用纸"),),
    source=(
        "公开的代表建议专用纸：题目、领衔和附议代表、案由、是否公开、希望承办单位；"
        "必备内容按北京市代表建议办理规定第9条"
    ),
)
