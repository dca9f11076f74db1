"""Who has come to a home and who has not, and what became of the planned days of each home."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.models import Attendance, Home, Mandate, Person, RotaShift, Visit, VisitDeputy
from deputydesk.models.choices import HomeLevel, Level
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import rotas, seats
from deputydesk.operations.visits import LINKS
from deputydesk.rules.names import sort_key
from deputydesk.rules.rates import Rate


@dataclass(frozen=True)
class CoverageRow:
    """How often a deputy was planned for a home, and came, in a period."""

    id: str
    name: str
    level: Level
    town: str
    home: str
    planned: int
    came: int
    last_on: date | None
    next_on: date | None

    @property
    def is_missing(self) -> bool:
        """Whether the deputy has not come at all."""
        return not self.came


@dataclass(frozen=True)
class ShareRow:
    """How many of a part of the deputies have come."""

    id: str
    came: Rate


@dataclass(frozen=True)
class HomeRotaRow:
    """What became of a home's planned days."""

    id: str
    level: HomeLevel
    home: str
    planned: int
    held: int
    missed: int
    cancelled: int
    ahead: int


def deputies_came(session: Session, first: date, last: date, today: date) -> list[CoverageRow]:
    """Deputies active in a period, by their main seat; who has not come stands first."""
    came = _came(session, first, last)
    planned = _planned(session, first, last)
    ahead = _next(session, today)
    found = session.execute(
        select(Mandate, Person.name, Home.name)
        .join(Person, Person.id == Mandate.person_id)
        .outerjoin(Home, Home.id == Mandate.home_id)
        .where(seats.serving(first, last))
    )
    rows = [
        CoverageRow(
            id=m.id,
            name=name,
            level=m.level,
            town=m.town,
            home=home or "",
            planned=planned.get(m.person_id, 0),
            came=came.get(m.person_id, (0, None))[0],
            last_on=came.get(m.person_id, (0, None))[1],
            next_on=ahead.get(m.person_id),
        )
        for m, name, home in found
    ]
    return sorted(rows, key=lambda r: (r.came, sort_key(r.name), r.id))


def shares(rows: Sequence[CoverageRow], by: Callable[[CoverageRow], str]) -> list[ShareRow]:
    """How many have come, by a part of the row such as the level or the town."""
    parts: dict[str, list[CoverageRow]] = {}
    for row in rows:
        parts.setdefault(by(row), []).append(row)
    return [ShareRow(part, share(found)) for part, found in parts.items()]


def share(rows: Iterable[CoverageRow]) -> Rate:
    """How many of these deputies have come."""
    came = [not row.is_missing for row in rows]
    return Rate(sum(came), len(came))


def homes_done(session: Session, first: date, last: date, today: date) -> list[HomeRotaRow]:
    """Every home that has planned days in a period, and what became of them."""
    found = rotas.rows(session, today, first=first, last=last)
    homes: dict[str, list[rotas.ShiftRow]] = {}
    for row in found:
        homes.setdefault(row.home_id, []).append(row)
    order = list(HomeLevel)
    lines = [
        HomeRotaRow(
            id=home_id,
            level=shifts[0].home_level,
            home=shifts[0].home,
            planned=sum(s.state != ShiftState.CANCELLED for s in shifts),
            held=sum(s.state == ShiftState.HELD for s in shifts),
            missed=sum(s.state == ShiftState.MISSED for s in shifts),
            cancelled=sum(s.state == ShiftState.CANCELLED for s in shifts),
            ahead=sum(s.is_open for s in shifts),
        )
        for home_id, shifts in homes.items()
    ]
    return sorted(lines, key=lambda line: (order.index(line.level), line.id))


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the quarter of a day, the last not after the day itself."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, day


def _came(session: Session, first: date, last: date) -> dict[str, tuple[int, date | None]]:
    found = session.execute(
        select(Mandate.person_id, func.count(), func.max(Visit.held_on))
        .join(VisitDeputy, VisitDeputy.mandate_id == Mandate.id)
        .join(Visit, Visit.id == VisitDeputy.visit_id)
        .where(Visit.held_on >= first, Visit.held_on <= last, Visit.kind.not_in(LINKS))
        .group_by(Mandate.person_id)
    )
    return {person: (count, newest) for person, count, newest in found}


def _planned(session: Session, first: date, last: date) -> dict[str, int]:
    found = session.execute(
        select(Mandate.person_id, func.count())
        .join(Attendance, Attendance.mandate_id == Mandate.id)
        .join(RotaShift, RotaShift.id == Attendance.event_id)
        .where(
            Attendance.event_kind == RotaShift.__tablename__,
            RotaShift.planned_on >= first,
            RotaShift.planned_on <= last,
            RotaShift.state != ShiftState.CANCELLED,
        )
        .group_by(Mandate.person_id)
    )
    return dict(found.all())


def _next(session: Session, today: date) -> dict[str, date]:
    found = session.execute(
        select(Mandate.person_id, func.min(RotaShift.planned_on))
        .join(Attendance, Attendance.mandate_id == Mandate.id)
        .join(RotaShift, RotaShift.id == Attendance.event_id)
        .where(
            Attendance.event_kind == RotaShift.__tablename__,
            RotaShift.planned_on >= today,
            RotaShift.state == ShiftState.PLANNED,
        )
        .group_by(Mandate.person_id)
    )
    return dict(found.all())
