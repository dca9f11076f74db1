"""Signing in at an event by a scanned card or a typed name: the sheet fills itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal.tables import SyncSelf
from deputydesk.journal.values import models
from deputydesk.models import (
    Attendance,
    Home,
    Leave,
    Mandate,
    Person,
    RotaShift,
    Training,
    Visit,
    VisitDeputy,
)
from deputydesk.models.attendance import Approval, Presence
from deputydesk.models.base import Record
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import get
from deputydesk.operations.deputies import in_office
from deputydesk.operations.naming import called
from deputydesk.operations.participants import follow, present_at
from deputydesk.rules import qr_codes
from deputydesk.rules.choices import Choice
from deputydesk.rules.names import sort_key

ADDED = "签到时补入"
"""What the sheet notes of somebody who signed without being expected."""
_VISIT = Visit.__tablename__
_DAYS = ("held_on", "planned_on", "opened_on", "from_on")
"""Columns that say when an event is; the first that a kind has counts."""


class SignState(Choice):
    """How a deputy stands on the sheet."""

    MISSING = "missing", "未到"
    SIGNED = "signed", "已签到"
    LEAVE = "leave", "请假"


class Verdict(Choice):
    """What a scan came to."""

    SIGNED = "signed", "已签到"
    ADDED = "added", "补签"
    AGAIN = "again", "重复"
    UNFIT = "unfit", "不能签到"
    FOREIGN = "foreign", "外单位"
    UNREAD = "unread", "没有认出"

    @property
    def is_good(self) -> bool:
        """Whether the deputy may sign."""
        return self in (Verdict.SIGNED, Verdict.ADDED)


@dataclass(frozen=True)
class SignRow:
    """A deputy on the sheet."""

    id: str
    name: str
    detail: str
    state: SignState
    at: str


@dataclass(frozen=True)
class SignSheet:
    """The sheet of an event: 应到, 实到, 请假, 未到."""

    title: str
    held_on: date | None
    rows: tuple[SignRow, ...]

    @property
    def expected(self) -> int:
        """How many should come."""
        return len(self.rows)

    def count(self, state: SignState) -> int:
        """How many stand so."""
        return sum(row.state == state for row in self.rows)


@dataclass(frozen=True)
class Sighting:
    """Whom a scan or a name means, and whether that deputy may sign now."""

    verdict: Verdict
    sentence: str
    mandate_id: str = ""
    name: str = ""


def sheet(session: Session, event_kind: str, event_id: str) -> SignSheet:
    """The sign-in sheet of an event, in the order of names."""
    event = _event(session, event_kind, event_id)
    day = _day(event)
    signed = _signed(session, event_kind, event_id)
    listed = {*signed, *_expected(session, event_kind, event_id)}
    excused = _excused(session, event_kind, event_id, day)
    rows = [
        _row(mandate, person, signed.get(mandate.id), is_excused=mandate.id in excused)
        for mandate, person in _people(session, listed)
    ]
    rows.sort(key=lambda row: (sort_key(row.name), row.id))
    return SignSheet(_title(session, event), day, tuple(rows))


def recognise(session: Session, event_kind: str, event_id: str, text: str) -> Sighting:
    """Whom a scanned text means."""
    try:
        card = qr_codes.parse(text)
    except UserError as error:
        return Sighting(Verdict.UNREAD, str(error))
    own = session.scalars(select(SyncSelf.office)).one()
    ids = [f"{office}-{card.mandate}" for office in dict.fromkeys((card.office, own))]
    mandate = session.scalars(select(Mandate).where(Mandate.id.in_(ids))).first()
    mandate = mandate or _by_number(session, card.mandate)
    if mandate is None:
        if card.office != own:
            return Sighting(
                Verdict.FOREIGN, f"这是其他单位（代码 {card.office}）的代表卡，不在本单位名册里。"
            )
        return Sighting(Verdict.UNFIT, "名册里没有这名代表，可能已被删除。请核对后输入姓名。")
    return meet(session, event_kind, event_id, mandate.id)


def meet(session: Session, event_kind: str, event_id: str, mandate_id: str) -> Sighting:
    """Whether a deputy may sign now."""
    mandate = get(session, Mandate, mandate_id)
    name = get(session, Person, mandate.person_id).name
    signed = _signed(session, event_kind, event_id)
    listed = _expected(session, event_kind, event_id)
    same = _of_person(session, mandate.person_id)
    if already := same & set(signed):
        at = signed[next(iter(already))]
        when = f"（{at[-5:]}）" if at else ""
        return Sighting(Verdict.AGAIN, f"{name}已经签到过了{when}。", mandate_id, name)
    # Whoever shows the card of another level signs where the name stands on the sheet.
    stands = next(iter(same & listed), mandate_id)
    day = _day(_event(session, event_kind, event_id))
    if why := _unfit(get(session, Mandate, stands), name, day):
        return Sighting(Verdict.UNFIT, why, stands, name)
    if listed and stands not in listed:
        return Sighting(Verdict.ADDED, f"{name}不在应到名单里，已补签。", stands, name)
    return Sighting(Verdict.SIGNED, f"{name}已签到。", stands, name)


@operation(Right.REGISTER, "签到")
def sign(tx: Tx, *, event_kind: str, event_id: str, mandate_id: str) -> None:
    """Let a deputy sign the sheet of an event."""
    event = _event(tx.session, event_kind, event_id)
    mandate = in_office(tx, "mandate_id", mandate_id, _day(event) or tx.today)
    name = get(tx.session, Person, mandate.person_id).name
    before = _signed(tx.session, event_kind, event_id)
    if mandate_id in before:
        raise UserError(f"{name}已经签到过了。")
    if event_kind == _VISIT:
        came = _visitor(tx.session, event_id, mandate_id)
        if came is None:
            came = VisitDeputy(visit_id=event_id, mandate_id=mandate_id)
            tx.session.add(came)
        else:  # stays on the list when the signature is taken back
            _expect(tx, event_kind, event_id, mandate_id)
        came.signed = True
    else:
        row = _attendance(tx.session, event_kind, event_id, mandate_id)
        if row is None:
            row = _expect(tx, event_kind, event_id, mandate_id)
            row.note = ADDED
        row.presence, row.signed_at = Presence.PRESENT, f"{tx.now:%Y-%m-%d %H:%M}"
        row.hours = event.hours if isinstance(event, Training) else row.hours
        follow(tx, event, len(before))
    tx.about = f"{name}，{_title(tx.session, event)}"


@operation(Right.REGISTER, "取消签到")
def unsign(tx: Tx, *, event_kind: str, event_id: str, mandate_id: str) -> None:
    """Take a wrong scan back: who was not expected leaves the sheet."""
    person = get(tx.session, Person, get(tx.session, Mandate, mandate_id).person_id)
    if event_kind == _VISIT:
        came = _visitor(tx.session, event_id, mandate_id)
        if came is not None:
            tx.session.delete(came)
    else:
        event = _event(tx.session, event_kind, event_id)
        before = present_at(tx.session, event)
        row = _attendance(tx.session, event_kind, event_id, mandate_id)
        if row is not None and row.note != ADDED:
            row.presence, row.signed_at = Presence.EXPECTED, ""
            row.half_days = row.hours = 0
        elif row is not None:
            tx.session.delete(row)
        follow(tx, event, before)
    tx.about = person.name


@operation(Right.REGISTER, "设应到名单")
def expect(tx: Tx, *, event_kind: str, event_id: str, mandate_ids: tuple[str, ...]) -> int:
    """Put these deputies on the sheet; who stands there stays. Returns how many are new."""
    event = _event(tx.session, event_kind, event_id)
    there = {*_signed(tx.session, event_kind, event_id)}
    there |= _expected(tx.session, event_kind, event_id)
    new = [mandate_id for mandate_id in dict.fromkeys(mandate_ids) if mandate_id not in there]
    for mandate_id in new:
        in_office(tx, "mandate_ids", mandate_id, _day(event) or tx.today)
        _expect(tx, event_kind, event_id, mandate_id)
    tx.about = f"{_title(tx.session, event)}，{len(new)}人"
    return len(new)


@operation(Right.REGISTER, "登记签到表上的请假")
def excuse(tx: Tx, *, event_kind: str, event_id: str, mandate_id: str) -> None:
    """Note on the sheet that a deputy is excused."""
    name = get(tx.session, Person, get(tx.session, Mandate, mandate_id).person_id).name
    if mandate_id in _signed(tx.session, event_kind, event_id):
        raise UserError(f"{name}已经签到，不能再登记请假。", hint="扫错的请先取消签到。")
    row = _attendance(tx.session, event_kind, event_id, mandate_id)
    if row is None:
        row = _expect(tx, event_kind, event_id, mandate_id)
    row.presence = Presence.LEAVE
    tx.about = name


def _expect(tx: Tx, event_kind: str, event_id: str, mandate_id: str) -> Attendance:
    found = _attendance(tx.session, event_kind, event_id, mandate_id)
    if found is None:
        found = Attendance(event_kind=event_kind, event_id=event_id, mandate_id=mandate_id)
        tx.session.add(found)
    found.presence = Presence.EXPECTED
    return found


def _event(session: Session, event_kind: str, event_id: str) -> Record:
    model = models().get(event_kind)
    if model is None:
        raise UserError(f"没有“{event_kind}”这种活动，不能签到。")
    return get(session, model, event_id)


def _day(event: Record) -> date | None:
    return next((getattr(event, name) for name in _DAYS if hasattr(event, name)), None)


def _title(session: Session, event: Record) -> str:
    if isinstance(event, Visit):
        home = session.get(Home, event.home_id)
        return home.name if home else event.place or event.topic
    return called(event)


def _signed(session: Session, event_kind: str, event_id: str) -> dict[str, str]:
    """Who has signed, with the time as far as it is known."""
    if event_kind == _VISIT:
        came = select(VisitDeputy.mandate_id).where(
            VisitDeputy.visit_id == event_id, VisitDeputy.signed
        )
        return dict.fromkeys(session.scalars(came), "")
    found = session.execute(
        select(Attendance.mandate_id, Attendance.signed_at).where(
            Attendance.event_kind == event_kind,
            Attendance.event_id == event_id,
            Attendance.presence == Presence.PRESENT,
        )
    )
    return dict(found.all())


def _expected(session: Session, event_kind: str, event_id: str) -> set[str]:
    """Who stands on the list of those who should come."""
    found = set(
        session.scalars(
            select(Attendance.mandate_id).where(
                Attendance.event_kind == event_kind,
                Attendance.event_id == event_id,
                Attendance.note != ADDED,
            )
        )
    )
    if event_kind == _VISIT:
        unsigned = select(VisitDeputy.mandate_id).where(
            VisitDeputy.visit_id == event_id, VisitDeputy.signed.is_(False)
        )
        shifts = select(RotaShift.id).where(RotaShift.visit_id == event_id)
        planned = select(Attendance.mandate_id).where(
            Attendance.event_kind == RotaShift.__tablename__, Attendance.event_id.in_(shifts)
        )
        found |= {*session.scalars(unsigned), *session.scalars(planned)}
    return found


def _excused(session: Session, event_kind: str, event_id: str, day: date | None) -> set[str]:
    """Who asked to be excused from this event or for this day and was not refused."""
    noted = select(Attendance.mandate_id).where(
        Attendance.event_kind == event_kind,
        Attendance.event_id == event_id,
        Attendance.presence == Presence.LEAVE,
    )
    found = {*session.scalars(noted)}
    asked = select(Leave.mandate_id).where(Leave.approval != Approval.REFUSED)
    found |= {*session.scalars(asked.where(Leave.event_id == event_id))}
    if day:
        covers = (Leave.event_id == "", Leave.from_on <= day, Leave.to_on >= day)
        found |= {*session.scalars(asked.where(*covers))}
    return found


def _people(session: Session, mandate_ids: Iterable[str]) -> list[tuple[Mandate, Person]]:
    found = session.execute(
        select(Mandate, Person)
        .join(Person, Person.id == Mandate.person_id)
        .where(Mandate.id.in_(list(mandate_ids)))
    )
    return [(mandate, person) for mandate, person in found]


def _row(mandate: Mandate, person: Person, signed: str | None, *, is_excused: bool) -> SignRow:
    excused = SignState.LEAVE if is_excused else SignState.MISSING
    return SignRow(
        id=mandate.id,
        name=person.name,
        detail=" · ".join(part for part in (mandate.level.label, mandate.town) if part),
        state=excused if signed is None else SignState.SIGNED,
        at=(signed or "")[-5:],
    )


def _by_number(session: Session, number: str) -> Mandate | None:
    """A mandate that another office entered and that came here with its data."""
    return session.scalars(select(Mandate).where(Mandate.id.like(f"%-{number}"))).first()


def _of_person(session: Session, person_id: str) -> set[str]:
    return {*session.scalars(select(Mandate.id).where(Mandate.person_id == person_id))}


def _unfit(mandate: Mandate, name: str, day: date | None) -> str:
    if mandate.ended_on and (day is None or day > mandate.ended_on):
        return f"{name}的代表资格已于{mandate.ended_on:%Y-%m-%d}终止，不能签到。"
    if mandate.suspended:
        return f"{name}已暂停执行代表职务，不能签到。"
    if day and mandate.started_on and day < mandate.started_on:
        return f"{name}于{mandate.started_on:%Y-%m-%d}才当选代表，不能签到。"
    return ""


def _visitor(session: Session, visit_id: str, mandate_id: str) -> VisitDeputy | None:
    return session.scalars(
        select(VisitDeputy).where(
            VisitDeputy.visit_id == visit_id, VisitDeputy.mandate_id == mandate_id
        )
    ).first()


def _attendance(
    session: Session, event_kind: str, event_id: str, mandate_id: str
) -> Attendance | None:
    return session.scalars(
        select(Attendance).where(
            Attendance.event_kind == event_kind,
            Attendance.event_id == event_id,
            Attendance.mandate_id == mandate_id,
        )
    ).first()
