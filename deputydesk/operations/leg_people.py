"""Liaisons and advisers for legislation."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import LegPerson, Station
from deputydesk.models.legislation import LegRole
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, in_order, put
from deputydesk.operations.removal import removal
from deputydesk.rules.names import clean_name, sort_key


@dataclass(frozen=True)
class LegPersonRow:
    """A liaison or an adviser."""

    id: str
    role: LegRole
    name: str
    station_id: str
    station: str
    job: str
    phone: str
    from_on: date | None
    to_on: date | None

    def serves(self, day: date) -> bool:
        """Whether they serve on a day."""
        begun = self.from_on is None or self.from_on <= day
        return begun and (self.to_on is None or day <= self.to_on)


def rows(session: Session) -> list[LegPersonRow]:
    """All of them, advisers first, in the official order of names."""
    found = session.execute(
        select(LegPerson, Station.name).outerjoin(Station, Station.id == LegPerson.station_id)
    )
    listed = [
        LegPersonRow(
            p.id, p.role, p.name, p.station_id, station or "", p.job, p.phone, p.from_on, p.to_on
        )
        for p, station in found
    ]
    order = (LegRole.ADVISER, LegRole.LIAISON)
    return sorted(listed, key=lambda row: (order.index(row.role), sort_key(row.name), row.id))


@operation(Right.REGISTER, "登记立法联络员和顾问")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    role: LegRole,
    name: str,
    station_id: str = "",
    job: str = "",
    phone: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
) -> str:
    """Register somebody who helps with legislation, or correct it; returns the record's id."""
    in_order("to_on", from_on, to_on, "解聘日期", "聘任日期")
    name = filled("name", clean_name(name), "姓名")
    same = select(LegPerson.id).where(
        LegPerson.role == role,
        LegPerson.name == name,
        LegPerson.station_id == station_id,
        LegPerson.to_on.is_(None),
        LegPerson.id != record_id,
    )
    if to_on is None and tx.session.scalars(same).first():
        raise FieldError("name", f"{name}已经是{role.label}。")
    made = put(
        tx,
        LegPerson,
        record_id,
        role=role,
        name=name,
        station_id=station_id,
        job=job.strip(),
        phone=phone.strip(),
        from_on=from_on,
        to_on=to_on,
    )
    tx.about = f"{role.label}{name}"
    return made.id


remove = removal(LegPerson)
