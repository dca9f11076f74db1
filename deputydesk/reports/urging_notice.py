"""督办通知: a unit that owes its answer is told how long, and what is asked of it by when."""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Suggestion, Unit, Urging
from deputydesk.operations import presets, suggestions
from deputydesk.operations.checks import get
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.operations.urgings import UrgingRow
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered
from deputydesk.reports.letter import Letter, write
from deputydesk.reports.letter_sources import PAPERS, Sender, letterhead, named, proposers, sender
from deputydesk.reports.letter_word import write_docx
from deputydesk.reports.official import Block, Signature, blocks_of
from deputydesk.reports.wording import date_text
from deputydesk.rules.deadlines import workdays_after

FORM_ID = "urging_notice"
_KIND = "DB"


def _read(job: Job) -> list[Letter]:
    by = sender(job)
    urging_id = job.options.record_id or job.office.ask(_newest)
    if not urging_id:
        return [Letter(letterhead(job, by, form=FORM_ID, style="red"))]
    detail, urging = job.office.ask(_found, urging_id, job)
    head = letterhead(
        job, by, form=FORM_ID, owner_id=urging.id, style="red", kind=_KIND,
        day=urging.urged_on, number=urging.document_no,
    )  # fmt: skip
    return [
        Letter(
            head=head,
            title=f"关于督促办理{named(detail.row)}的通知",
            to=urging.unit,
            blocks=(
                Block("text", _state(detail, urging)),
                *blocks_of(urging.content),
                Block("text", _wish(by, urging)),
            ),
            signed=Signature(by.organ, urging.urged_on, by.contact),
            copies=by.government if by.government != urging.unit else "",
            printed_by=by.organ,
            bookmark=urging.unit,
        )
    ]


def _state(d: Detail, urging: UrgingRow) -> str:
    """What was given when, until when, and how late it is on the day of the notice."""
    row = d.row
    given = [a for a in d.assignments if a.unit_id == urging.unit_id]
    said = f"{proposers(row)}提出的《{row.headline}》（{named(row)}）"
    if not given:
        return f"{said}，至今没有书面答复代表。"
    a = given[-1]
    said += f"，于{date_text(a.assigned_on)}交由你单位{a.role.label}，"
    said += f"答复期限为{date_text(a.due_on)}。"
    late = (urging.urged_on - a.due_on).days
    if late > 0:
        said += f"截至{date_text(urging.urged_on)}，已超过期限{late}天，仍未书面答复代表。"
    else:
        said += f"截至{date_text(urging.urged_on)}，距期限还有{-late}天，尚未书面答复代表。"
    return said + (f"此前已催办{urging.nth - 1}次。" if urging.nth > 1 else "")


def _wish(by: Sender, urging: UrgingRow) -> str:
    until = workdays_after(urging.urged_on, by.rule["urge_workdays"], presets.calendar()).due
    return (
        f"请你单位抓紧办理，于{date_text(until)}前书面答复代表，"
        f"并将办理情况、未能按期答复的原因和下一步的时间安排书面报送{by.short}。"
    )


def _newest(session: Session) -> str:
    found = select(Urging.id).order_by(Urging.by_letter.desc(), Urging.urged_on.desc(), Urging.id)
    return session.scalars(found.limit(1)).first() or ""


def _found(session: Session, urging_id: str, job: Job) -> tuple[Detail, UrgingRow]:
    urging = get(session, Urging, urging_id)
    detail = suggestions.detail(session, suggestion_id=urging.suggestion_id, today=job.today)
    return detail, next(row for row in detail.urgings if row.id == urging_id)


def _urgings(session: Session) -> list[Offered]:
    found = session.execute(
        select(Urging, Suggestion.number, Suggestion.headline, Unit.name)
        .join(Suggestion, Suggestion.id == Urging.suggestion_id)
        .outerjoin(Unit, Unit.id == Urging.unit_id)
        .order_by(Urging.by_letter.desc(), Urging.urged_on.desc(), Urging.id)
    )
    return [
        Offered(
            u.id, f"第{number}号　{headline}", f"{u.urged_on:%Y-%m-%d}　{unit or ''}　第{u.nth}次"
        )
        for u, number, headline, unit in found
    ]


FORM = Form(
    FORM_ID,
    "督办通知",
    Group.SUGGESTION,
    "选一次催办，印给承办单位的红头通知；还没有催办的，印空白红头。",
    _read,
    partial(write, title="督办通知"),
    (AskRecord(Urging, _urgings, "催办"), PAPERS),
    source="GB/T 9704-2012（红头）；督促办理按《代表法》第52条",
    write_docx=write_docx,
)
