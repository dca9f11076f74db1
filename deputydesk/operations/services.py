"""What deputies do for people: lectures, voluntary work, help; 次 and 人次 are counted apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Home, Service
from deputydesk.models.activity import ServiceKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attendances, participants, shown
from deputydesk.operations.attendances import AttendeeRow
from deputydesk.operations.checks import filled, get_for, not_future, put
from deputydesk.operations.listing import Listing
from deputydesk.operations.participants import Attendee, not_fewer
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year

MOST_TIMES = 1000


@dataclass(frozen=True)
class ServiceRow:
    """A service as the register shows it."""

    id: str
    kind: ServiceKind
    campaign: str
    held_on: date
    times: int
    people: int
    home_id: str
    home: str
    place: str
    outcome: str
    attendees: tuple[AttendeeRow, ...]
    note: str


LISTING = Listing(
    Service,
    day=Service.held_on,
    order=(Service.held_on.desc(), Service.id.desc()),
    parts={
        "宣讲": lambda _today: Service.kind == ServiceKind.POLICY,
        "志愿服务": lambda _today: Service.kind == ServiceKind.VOLUNTEER,
    },
    sums={"times": func.sum(Service.times), "people": func.sum(Service.people)},
    columns={
        "日期": shown.day(Service.held_on),
        "类型": shown.choice(Service.kind, ServiceKind),
        "活动名称": shown.text(Service.campaign),
        "次数": shown.number(Service.times),
        "人次": shown.number(Service.people),
    },
)
"""How the register lists them."""


def rows(
    session: Session, year: int | None = None, *, ids: Sequence[str] | None = None
) -> list[ServiceRow]:
    """Services newest first: of a year, those named, or all."""
    where: list[ColumnElement[bool]] = []
    if ids is not None:
        where.append(Service.id.in_(ids))
    if year is not None:
        where.append(in_year(Service.held_on, year))
    found = session.execute(
        select(Service, Home.name)
        .outerjoin(Home, Home.id == Service.home_id)
        .where(*where)
        .order_by(*LISTING.order)
    ).all()
    people = attendances.rows(session, Service, [s.id for s, _ in found] if where else None)
    return [
        ServiceRow(
            id=s.id,
            kind=s.kind,
            campaign=s.campaign,
            held_on=s.held_on,
            times=s.times,
            people=s.people,
            home_id=s.home_id,
            home=home or "",
            place=s.place,
            outcome=s.outcome,
            attendees=tuple(people.get(s.id, [])),
            note=s.note,
        )
        for s, home in found
    ]


def campaigns(session: Session) -> list[str]:
    """What services were called, the newest first."""
    found = session.scalars(select(Service.campaign).order_by(Service.held_on.desc()))
    return list(dict.fromkeys(found))


@operation(Right.REGISTER, "登记代表服务")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    kind: ServiceKind,
    campaign: str,
    held_on: date,
    times: int = 1,
    people: int = 0,
    home_id: str = "",
    place: str = "",
    outcome: str = "",
    attendees: Sequence[Attendee] = (),
    note: str = "",
) -> str:
    """Register a service that was done, or several of a kind at once; or change it."""
    not_future("held_on", held_on, tx.today, "日期")
    if not 0 <= times <= MOST_TIMES:
        raise FieldError("times", f"次数应在1到{MOST_TIMES}之间。")
    if home_id:
        get_for(tx.session, Home, "home_id", home_id)
    service = put(
        tx,
        Service,
        record_id,
        kind=kind,
        campaign=filled("campaign", campaign, "活动名称"),
        held_on=held_on,
        times=times or 1,
        people=not_fewer("people", people, attendees),
        home_id=home_id,
        place=place.strip(),
        outcome=outcome.strip(),
        note=note.strip(),
    )
    tx.session.flush()
    participants.put(tx, Service, service.id, attendees, first=held_on)
    tx.about = service.campaign
    return service.id


remove = removal(Service, is_event=True)
