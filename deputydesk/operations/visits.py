"""Duty activities: receptions at a home, meetings with voters; one entry feeds everything."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import Home, Mandate, Opinion, Person, Visit, VisitDeputy
from deputydesk.models.choices import LinkMethod, VisitKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import seats, yearly_numbers
from deputydesk.operations.attendances import forget
from deputydesk.operations.checks import (
    filled,
    get,
    get_for,
    next_number,
    not_future,
    not_negative,
)
from deputydesk.operations.deputies import in_office
from deputydesk.operations.years import in_year, of_days

LINKS = (VisitKind.LINK_VOTERS, VisitKind.LINK_DEPUTIES)
"""双联系: they take place anywhere, the other kinds at a home."""


@dataclass(frozen=True)
class VisitRow:
    """An activity as the register shows it."""

    id: str
    number: int
    kind: VisitKind
    held_on: date
    slot: str
    home_id: str
    home: str
    place: str
    method: LinkMethod
    member: str
    topic: str
    received: int
    deputies: tuple[str, ...]
    deputy_ids: tuple[str, ...]
    opinions: int
    matters: tuple[str, ...]
    sign_sheet: str
    recorder: str
    note: str

    @property
    def where(self) -> str:
        """The home, or the place of a 双联系, or which member contacted the deputies."""
        return self.home or self.place or self.member


def rows(
    session: Session,
    *,
    year: int | None = None,
    mandate_id: str = "",
    visit_id: str = "",
    ids: Sequence[str] | None = None,
) -> list[VisitRow]:
    """Activities newest first, of a year, of a deputy, one, or those named."""
    where: list[ColumnElement[bool]] = []
    if ids is not None:
        where.append(Visit.id.in_(ids))
    if year is not None:
        where.append(in_year(Visit.held_on, year))
    if visit_id:
        where.append(Visit.id == visit_id)
    if mandate_id:
        present = select(VisitDeputy.visit_id).where(VisitDeputy.mandate_id == mandate_id)
        where.append(Visit.id.in_(present))
    found = session.execute(
        select(Visit, Home.name)
        .outerjoin(Home, Home.id == Visit.home_id)
        .where(*where)
        .order_by(Visit.held_on.desc(), Visit.number.desc(), Visit.id.desc())
    )
    people = _people(session, where)
    heard: dict[str, list[str]] = {}
    matters = (
        select(Opinion.visit_id, Opinion.matter)
        .join(Visit, Visit.id == Opinion.visit_id)
        .where(*where)
    )
    for visit, matter in session.execute(matters.order_by(Opinion.id)):
        heard.setdefault(visit, []).append(matter)
    return [_row(v, home or "", people.get(v.id, []), heard.get(v.id, [])) for v, home in found]


def years(session: Session) -> list[int]:
    """Years in which something was held, the newest first."""
    return of_days(session, Visit.held_on)


def topics(session: Session) -> list[str]:
    """What activities were about, the one used last first."""
    found = session.scalars(
        select(Visit.topic)
        .where(Visit.topic != "")
        .group_by(Visit.topic)
        .order_by(func.max(Visit.held_on).desc(), Visit.topic)
    )
    return list(found)


def _people(
    session: Session, where: Iterable[ColumnElement[bool]]
) -> dict[str, list[tuple[str, str]]]:
    found = session.execute(
        select(VisitDeputy.visit_id, Mandate.id, Person.name)
        .join(Visit, Visit.id == VisitDeputy.visit_id)
        .join(Mandate, Mandate.id == VisitDeputy.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
        .where(*where)
        .order_by(VisitDeputy.id)
    )
    people: dict[str, list[tuple[str, str]]] = {}
    for visit, mandate, name in found:
        people.setdefault(visit, []).append((mandate, name))
    return people


def _row(v: Visit, home: str, people: list[tuple[str, str]], matters: list[str]) -> VisitRow:
    return VisitRow(
        id=v.id,
        number=v.number,
        kind=v.kind,
        held_on=v.held_on,
        slot=v.slot,
        home_id=v.home_id,
        home=home,
        place=v.place,
        method=v.method,
        member=v.member,
        topic=v.topic,
        received=v.received,
        deputies=tuple(name for _, name in people),
        deputy_ids=tuple(mandate for mandate, _ in people),
        opinions=len(matters),
        matters=tuple(matters),
        sign_sheet=v.sign_sheet,
        recorder=v.recorder,
        note=v.note,
    )


def unvisited(session: Session, first: date, last: date, *, at_home: bool = False) -> list[str]:
    """Mandates in office that took part in nothing from first to last: who has not come.

    Args:
        session: the session.
        first: the first day.
        last: the last day.
        at_home: only what was held at a home counts; else meeting voters does as well.
    """
    came = (
        select(VisitDeputy.id)
        .join(Visit, Visit.id == VisitDeputy.visit_id)
        .where(Visit.held_on >= first, Visit.held_on <= last)
    )
    if at_home:
        came = came.where(Visit.kind.not_in(LINKS))
    missing = ~seats.done(came, VisitDeputy.mandate_id)
    return list(session.scalars(select(Mandate.id).where(seats.serving(first, last), missing)))


@operation(Right.REGISTER, "登记进家接待")
def register(
    tx: Tx,
    *,
    held_on: date,
    kind: VisitKind = VisitKind.RECEPTION,
    home_id: str = "",
    deputy_ids: tuple[str, ...] = (),
    received: int = 0,
    slot: str = "",
    place: str = "",
    method: LinkMethod = LinkMethod.NONE,
    member: str = "",
    topic: str = "",
    sign_sheet: str = "",
    recorder: str = "",
    note: str = "",
) -> str:
    """Register an activity that was held, with the deputies who took part; returns its id."""
    where = _checked(tx, held_on, kind, home_id, deputy_ids, received, place)
    visit = Visit(
        number=next_number(tx.session, Visit.number, in_year(Visit.held_on, held_on.year)),
        kind=kind,
        held_on=held_on,
        slot=slot.strip(),
        home_id=home_id,
        place=place.strip(),
        method=method,
        member=_member(kind, member),
        topic=topic.strip(),
        received=received,
        sign_sheet=sign_sheet.strip(),
        recorder=recorder.strip(),
        note=note.strip(),
    )
    tx.session.add(visit)
    for mandate_id in deputy_ids:
        tx.session.add(VisitDeputy(visit_id=visit.id, mandate_id=mandate_id, signed=True))
    tx.about = f"{held_on.month}月{held_on.day}日 {where}"
    return visit.id


@operation(Right.REGISTER, "修改进家接待")
def edit(
    tx: Tx,
    *,
    visit_id: str,
    held_on: date,
    kind: VisitKind = VisitKind.RECEPTION,
    home_id: str = "",
    deputy_ids: tuple[str, ...] = (),
    received: int = 0,
    slot: str = "",
    place: str = "",
    method: LinkMethod = LinkMethod.NONE,
    member: str = "",
    topic: str = "",
    sign_sheet: str = "",
    recorder: str = "",
    note: str = "",
) -> None:
    """Change an activity and who took part."""
    visit = get(tx.session, Visit, visit_id)
    where = _checked(tx, held_on, kind, home_id, deputy_ids, received, place)
    visit.held_on, visit.kind, visit.home_id, visit.received = held_on, kind, home_id, received
    visit.slot, visit.place, visit.method, visit.topic = slot, place, method, topic
    visit.sign_sheet, visit.recorder, visit.note = sign_sheet, recorder, note
    visit.member = _member(kind, member)
    present = {
        row.mandate_id: row
        for row in tx.session.scalars(select(VisitDeputy).where(VisitDeputy.visit_id == visit_id))
    }
    for mandate_id, row in present.items():
        if mandate_id not in deputy_ids:
            tx.session.delete(row)
    for mandate_id in deputy_ids:
        if mandate_id not in present:
            tx.session.add(VisitDeputy(visit_id=visit_id, mandate_id=mandate_id, signed=True))
    yearly_numbers.keep_single(tx.session, visit)
    tx.about = f"{held_on.month}月{held_on.day}日 {where}"


@operation(Right.REGISTER, "删除进家接待")
def delete(tx: Tx, *, visit_id: str) -> None:
    """Remove an activity entered by mistake; opinions heard there stay."""
    visit = get(tx.session, Visit, visit_id)
    for row in tx.session.scalars(select(VisitDeputy).where(VisitDeputy.visit_id == visit_id)):
        tx.session.delete(row)
    forget(tx, Visit, visit_id)
    tx.session.delete(visit)
    tx.about = f"{visit.held_on.month}月{visit.held_on.day}日 第{visit.number}号"


def _member(kind: VisitKind, member: str) -> str:
    """Who contacts the deputies; nobody in the other kinds."""
    return filled("member", member, "联系代表的组成人员") if kind == VisitKind.LINK_DEPUTIES else ""


def _checked(
    tx: Tx,
    held_on: date,
    kind: VisitKind,
    home_id: str,
    deputy_ids: tuple[str, ...],
    received: int,
    place: str,
) -> str:
    """Check what register and edit share, as the form asks; returns where it was held."""
    held = _held(tx, held_on, kind, home_id, received, place)
    if not deputy_ids:
        raise FieldError("deputy_ids", "请填写参加的代表。")
    if len(set(deputy_ids)) < len(deputy_ids):
        raise FieldError("deputy_ids", "同一名代表填了两次。")
    for mandate_id in deputy_ids:
        in_office(tx, "deputy_ids", mandate_id, held_on)
    return held


def _held(tx: Tx, held_on: date, kind: VisitKind, home_id: str, received: int, place: str) -> str:
    not_future("held_on", held_on, tx.today, "日期")
    not_negative("received", received, "接待人次")
    if kind in LINKS:
        return place or kind.label
    return get_for(tx.session, Home, "home_id", home_id).name


def sound(tx: Tx, visit: Visit) -> None:
    """Check an activity as it stands, without asking who took part.

    Raises:
        FieldError: as registering it would.
    """
    _held(tx, visit.held_on, visit.kind, visit.home_id, visit.received, visit.place)


def sound_deputy(tx: Tx, came: VisitDeputy) -> None:
    """Check that a deputy could take part in an activity, and stands there once.

    Raises:
        FieldError: as registering it would.
    """
    visit = get_for(tx.session, Visit, "visit_id", came.visit_id)
    in_office(tx, "mandate_id", came.mandate_id, visit.held_on)
    again = select(VisitDeputy.id).where(
        VisitDeputy.visit_id == came.visit_id,
        VisitDeputy.mandate_id == came.mandate_id,
        VisitDeputy.id != came.id,
    )
    if tx.session.scalars(again).first():
        raise FieldError("mandate_id", "同一名代表填了两次。")
