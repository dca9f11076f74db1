"""What the reception forms say: a visit, its deputies and each opinion with the voter."""

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Visit
from deputydesk.operations import opinions, visits
from deputydesk.operations.opinion_rows import OpinionRow
from deputydesk.operations.visits import VisitRow
from deputydesk.reports.form import MONTHLY, AskRecord, Form, Group, Job, Offered
from deputydesk.reports.reception_form import DeputyPresent, Reception, VoterOpinion, write
from deputydesk.reports.wording import date_text
from deputydesk.rules.names import in_order
from deputydesk.rules.satisfaction import Satisfaction


def receptions(session: Session, visit_id: str, *, today: date) -> list[Reception]:
    """The visit to print; nothing (a blank form) when no visit is named.

    Raises:
        UserError: there is no such visit.
    """
    if not visit_id:
        return []
    found = visits.rows(session, visit_id=visit_id)
    if not found:
        raise UserError("找不到这次接待，可能已被删除。", hint="请刷新后再试。")
    heard = opinions.rows(session, today=today, visit_id=visit_id, contacts=True)
    return [_reception(found[0], sorted(heard, key=lambda row: row.number))]


def _reception(visit: VisitRow, heard: list[OpinionRow]) -> Reception:
    return Reception(
        number=f"JD-{visit.held_on.year}-{visit.number:04d}",
        code=f"DD1:JD:{visit.id[-12:].upper()}:{visit.held_on:%Y%m%d}",
        home=visit.home,
        place=visit.place,
        begins=datetime.combine(visit.held_on, time()),
        deputies=tuple(DeputyPresent(name) for name in in_order(visit.deputies)),
        recorder=visit.recorder,
        opinions=tuple(_opinion(row) for row in heard),
    )


def _opinion(row: OpinionRow) -> VoterOpinion:
    voter = row.voter
    told = date_text(row.told_on) + " " + row.told_how if row.told_on else ""
    return VoterOpinion(
        voter=voter.name,
        sex=voter.sex.label,
        age=str(voter.age or ""),
        address=voter.address,
        phone=voter.phone,
        words="\n".join(part for part in (row.matter, row.detail) if part),
        answer=row.spot_answer,
        deputy_view=row.deputy_view,
        handling=row.route.label,
        result="：".join(part for part in (row.unit, row.outcome) if part),
        feedback=told,
        rating="" if row.satisfaction == Satisfaction.NONE else row.satisfaction.label,
    )


def _visits(session: Session) -> list[Offered]:
    return [
        Offered(row.id, f"{row.held_on:%Y-%m-%d} {row.where}", row.topic, row.held_on)
        for row in visits.rows(session)
    ]


def _read(job: Job) -> list[Reception]:
    return job.office.ask(receptions, job.options.record_id, today=job.today)


FORM = Form(
    "reception_form",
    "人大代表接待选民登记表",
    Group.RECEPTION,
    "选一次接待，印出已登记的内容；不选，印空白表供手写。",
    _read,
    write,
    (AskRecord(Visit, _visits, "接待", blank="空白表"),),
    due=MONTHLY,
    source=(
        "自拟：栏目按各地公开的接待选民登记表；“按选民原话记录”出自公开的联络站制度；"
        "处理分工按《代表法》第31条（代表不直接处理问题）"
    ),
)
