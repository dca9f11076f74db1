"""Commendations of deputies, for the duty file."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Honour, Mandate, Person
from deputydesk.models.choices import Level
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get, get_for, not_future, put
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year


@dataclass(frozen=True)
class HonourRow:
    """A commendation."""

    id: str
    mandate_id: str
    deputy: str
    level: Level
    name: str
    given_on: date
    giver: str


def rows(session: Session, year: int | None = None) -> list[HonourRow]:
    """Commendations of a year or all, the newest first."""
    query = (
        select(Honour, Person.name, Mandate.level)
        .join(Mandate, Mandate.id == Honour.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
        .order_by(Honour.given_on.desc(), Honour.id.desc())
    )
    if year is not None:
        query = query.where(in_year(Honour.given_on, year))
    return [
        HonourRow(h.id, h.mandate_id, deputy, level, h.name, h.given_on, h.giver)
        for h, deputy, level in session.execute(query)
    ]


@operation(Right.REGISTER, "登记表彰")
def save(
    tx: Tx, *, mandate_id: str, name: str, given_on: date, giver: str, record_id: str = ""
) -> str:
    """Register a commendation of a deputy, or change one."""
    mandate = get_for(tx.session, Mandate, "mandate_id", mandate_id)
    not_future("given_on", given_on, tx.today, "日期")
    honour = put(
        *(tx, Honour, record_id),
        mandate_id=mandate_id,
        name=filled("name", name, "表彰名称"),
        given_on=given_on,
        giver=filled("giver", giver, "表彰单位"),
    )
    tx.about = f"{get(tx.session, Person, mandate.person_id).name} {honour.name}"
    return honour.id


remove = removal(Honour)
