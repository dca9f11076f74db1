"""Electoral districts: one to three deputies each (选举法 第二十五条), and who sits for them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import ElectoralDistrict, Mandate, Person
from deputydesk.models.choices import Level
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, not_negative, put
from deputydesk.operations.removal import removal
from deputydesk.rules.names import sort_key

MOST_SEATS = 3


@dataclass(frozen=True)
class DistrictRow:
    """An electoral district with the deputies in office elected there."""

    id: str
    level: Level
    name: str
    villages: str
    seats: int | None
    voters: int | None
    deputies: tuple[str, ...]

    @property
    def vacant(self) -> int:
        """Seats that nobody holds; 0 where the seats are not known."""
        return max(0, (self.seats or 0) - len(self.deputies))

    @property
    def is_over(self) -> bool:
        """Whether more deputies sit than were to be elected, or than the law allows."""
        return len(self.deputies) > (self.seats or MOST_SEATS)


def rows(session: Session) -> list[DistrictRow]:
    """Electoral districts in the order in which they were entered."""
    found = session.execute(
        select(Mandate.electoral_district_id, Person.name)
        .join(Person, Person.id == Mandate.person_id)
        .where(Mandate.ended_on.is_(None), Mandate.electoral_district_id != "")
    )
    people: dict[str, list[str]] = {}
    for district, name in found:
        people.setdefault(district, []).append(name)
    return [
        DistrictRow(
            d.id,
            d.level,
            d.name,
            d.villages,
            d.seats,
            d.voters,
            tuple(sorted(people.get(d.id, ()), key=sort_key)),
        )
        for d in session.scalars(select(ElectoralDistrict).order_by(ElectoralDistrict.id))
    ]


@operation(Right.SETUP, "登记选区")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    name: str,
    level: Level,
    villages: str = "",
    seats: int | None = None,
    voters: int | None = None,
) -> str:
    """Register an electoral district, or change one."""
    if seats is not None and not 1 <= seats <= MOST_SEATS:
        raise FieldError("seats", "每个选区应选一名至三名代表。")
    not_negative("voters", voters or 0, "选民数")
    district = put(
        tx,
        ElectoralDistrict,
        record_id,
        name=filled("name", name, "选区名称"),
        level=level,
        villages=villages.strip(),
        seats=seats,
        voters=voters,
    )
    tx.about = district.name
    return district.id


remove = removal(ElectoralDistrict, right=Right.SETUP)
