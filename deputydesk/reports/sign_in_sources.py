"""What a sign-in sheet says: any event that people come to, who is expected, who has signed."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import (
    Activity,
    Assembly,
    Home,
    LegRound,
    Meeting,
    RotaShift,
    Service,
    Term,
    Training,
    Visit,
)
from deputydesk.models.base import Record
from deputydesk.operations import (
    assembly_members,
    attendances,
    check_ins,
    events,
    list_orders,
    meeting_attendance,
    visits,
)
from deputydesk.operations.check_ins import SignRow, SignState
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.events import EventRow
from deputydesk.operations.visits import VisitRow
from deputydesk.reports.form import MONTHLY, AskPaper, AskRecord, Form, Group, Job, Offered
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.sign_in import Signer, SignIn, write
from deputydesk.reports.wording import date_text, period_text

_KIND = "QD"
_TITLES: dict[type[Record], str] = {
    Visit: "代表进家签到表",
    RotaShift: "代表进家签到表",
    Activity: "代表活动签到表",
    Service: "代表服务签到表",
    Training: "代表培训签到表",
    Meeting: "人民代表大会会议签到表",
    Assembly: "议事会议签到表",
    LegRound: "立法意见征集签到表",
}
_KINDS = {model.__tablename__: model.title for model in _TITLES}
_HOST = "主持"
_OFFERED = 400
"""The newest so many events can be chosen."""


def sheet(session: Session, event_id: str, *, today: date) -> SignIn:
    """The sheet of an event of any kind.

    Raises:
        UserError: there is no such event.
    """
    record = _record(session, event_id)
    model = type(record)
    listed = check_ins.sheet(session, model.__tablename__, record.id)
    found = {row.id: row for row in listed.rows}
    if isinstance(record, Meeting) and not found:
        found = _called(session, record, today)
    people = _in_order(session, found, today)
    signers = [_signer(row, found[row.id]) for row in people]
    if isinstance(record, Assembly):
        signers = [*_members(session, record), *signers]
    signed = listed.count(SignState.SIGNED)
    day = listed.held_on
    return SignIn(
        title=_TITLES[model],
        number=record_number(_KIND, record.id, day),
        code=code_of(_KIND, record.id, day),
        event=_name(session, record),
        when=_when(session, record),
        place=_place(session, record),
        host=_host(session, record),
        signers=tuple(signers),
        order=list_orders.caption(session, today) if len(people) > 1 else "",
        came=signed or None,
        away=listed.count(SignState.LEAVE),
    )


def _record(session: Session, event_id: str) -> Record:
    for model in _TITLES:
        if record := session.get(model, event_id):
            return record
    raise UserError("找不到这次活动，可能已被删除。", hint="请刷新后再试。")


def _called(session: Session, meeting: Meeting, today: date) -> dict[str, SignRow]:
    """Who belongs to a meeting of the congress to which nobody was called yet."""
    term = session.get(Term, meeting.term_id)
    if term is None:
        return {}
    ids = meeting_attendance.expected(session, term.level, meeting.opened_on or today)
    return {one: SignRow(one, "", "", SignState.MISSING, "") for one in ids}


def _in_order(session: Session, found: Mapping[str, object], today: date) -> list[DeputyRow]:
    if not found:
        return []
    rows = list_orders.in_list_order(session, today, former=True)
    return [row for row in rows if row.id in found]


def _signer(row: DeputyRow, at: SignRow) -> Signer:
    return Signer(
        name=row.name,
        level=row.level.label,
        job=row.job,
        phone=row.public_phone if row.phone_public else "",
        sign=at.state.label if at.state is SignState.LEAVE else "",
        at=at.at,
    )


def _members(session: Session, assembly: Assembly) -> Iterable[Signer]:
    """Members of a street's assembly are no deputies, and it is they who meet."""
    rows = assembly_members.rows(session, street=assembly.street)
    return [
        Signer(row.name, row.group or "议事代表", row.job)
        for row in rows
        if row.serves(assembly.held_on)
    ]


def _name(session: Session, record: Record) -> str:
    if isinstance(record, Visit):
        return record.topic or record.kind.label
    event = events.find(session, record.id)
    return event.name if event else record.title


def _when(session: Session, record: Record) -> str:
    slot = str(getattr(record, "slot", "") or "")
    if isinstance(record, Visit):
        return f"{date_text(record.held_on)} {slot}".strip()
    event = events.find(session, record.id)
    if event is None:
        return ""
    days = date_text(event.first) if event.days == 1 else period_text(event.first, event.last)
    return f"{days} {slot}".strip()


def _place(session: Session, record: Record) -> str:
    """The home and the place in it, as far as they are known."""
    home = session.get(Home, str(getattr(record, "home_id", "") or ""))
    parts = (home.name if home else "", str(getattr(record, "place", "") or ""))
    return "　".join(dict.fromkeys(part for part in parts if part))


def _host(session: Session, record: Record) -> str:
    people = attendances.rows(session, type(record), [record.id]).get(record.id, [])
    return "、".join(one.name for one in people if _HOST in one.role)


def _offered(session: Session) -> list[Offered]:
    """The newest events of every kind, visits among them."""
    newest = select(Visit.id).order_by(Visit.held_on.desc(), Visit.id.desc()).limit(_OFFERED)
    found = _offers(session, events.rows(session), newest)
    found.sort(key=lambda each: (each.day or date.min, each.id), reverse=True)
    return found[:_OFFERED]


def _between(session: Session, first: date, last: date) -> list[Offered]:
    held = select(Visit.id).where(Visit.held_on.between(first, last))
    return _offers(session, events.rows(session, first=first, last=last), held)


def _offers(session: Session, found: Iterable[EventRow], visit_ids: Select[str]) -> list[Offered]:
    query = select(RotaShift.id, Home.name).join(Home, Home.id == RotaShift.home_id)
    homes = dict(session.execute(query).all())
    rows = visits.rows(session, ids=list(session.scalars(visit_ids)))
    return [
        *(_offer_event(event, homes.get(event.id, "")) for event in found),
        *map(_offer_visit, rows),
    ]


def _one(session: Session, record_id: str) -> Offered | None:
    row = next(iter(visits.rows(session, visit_id=record_id)), None)
    if row:
        return _offer_visit(row)
    event = events.find(session, record_id)
    if event is None:
        return None
    shift = session.get(RotaShift, record_id)
    home = session.get(Home, shift.home_id) if shift else None
    return _offer_event(event, home.name if home else "")


def _offer_visit(row: VisitRow) -> Offered:
    return Offered(row.id, f"{row.held_on:%Y-%m-%d} {row.where}", row.topic, row.held_on)


def _offer_event(event: EventRow, home: str) -> Offered:
    name = f"{event.first:%Y-%m-%d} {home or event.name}"
    return Offered(event.id, name, _KINDS[event.kind], event.first)


def _read(job: Job) -> list[SignIn]:
    chosen = job.options.record_id
    return [job.office.ask(sheet, chosen, today=job.today)] if chosen else []


FORM = Form(
    "sign_in",
    "签到表",
    Group.HOME,
    "进家、活动、培训、会议、议事会议都能印；不选，印空白表。扫码签到的，印上时间。",
    _read,
    write,
    (
        AskRecord(
            Visit,
            _offered,
            "活动",
            blank="空白表",
            others=tuple(m for m in _TITLES if m is not Visit),
            one=_one,
            between=_between,
        ),
        AskPaper((("roomy", "一人一行：层级、单位、电话"), ("dense", "一行两人：大会用")), "排法"),
    ),
    due=MONTHLY,
    extras=lambda options: {"dense": options.paper == "dense"},
    source="公开的代表进“家”签到表：序号、姓名、层级、单位职务、电话、签名，应到、实到、请假",
)
