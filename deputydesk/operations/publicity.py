"""Articles on deputies and the office that were published, and where."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.models import Home, Mandate, Person, Publicity
from deputydesk.models.chronicle import OutletLevel
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get, get_for, not_future, put
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year

HIGH = (OutletLevel.NATION, OutletLevel.REGION)
"""Outlets that reports count apart: national ones and those of the region."""


@dataclass(frozen=True)
class PublicityRow:
    """An article as lists show it."""

    id: str
    headline: str
    outlet: str
    level: OutletLevel
    published_on: date
    author: str
    mandate_id: str
    deputy: str
    home_id: str
    home: str
    note: str


def rows(session: Session, *, year: int | None = None) -> list[PublicityRow]:
    """Articles, the newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Publicity.published_on, year))
    found = session.execute(
        select(Publicity, Home.name, Person.name)
        .outerjoin(Home, Home.id == Publicity.home_id)
        .outerjoin(Mandate, Mandate.id == Publicity.mandate_id)
        .outerjoin(Person, Person.id == Mandate.person_id)
        .where(*where)
        .order_by(Publicity.published_on.desc(), Publicity.id.desc())
    )
    return [
        PublicityRow(
            p.id,
            p.headline,
            p.outlet,
            p.level,
            p.published_on,
            p.author,
            p.mandate_id,
            deputy or "",
            p.home_id,
            home or "",
            p.note,
        )
        for p, home, deputy in found
    ]


def outlets(session: Session) -> list[str]:
    """Papers and sites used so far, the most frequent first."""
    found = (
        select(Publicity.outlet)
        .group_by(Publicity.outlet)
        .order_by(func.count().desc(), Publicity.outlet)
    )
    return list(session.scalars(found))


@operation(Right.REGISTER, "登记宣传信息")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    headline: str,
    outlet: str,
    level: OutletLevel,
    published_on: date,
    author: str = "",
    mandate_id: str = "",
    home_id: str = "",
    note: str = "",
) -> str:
    """Register an article that was published, or correct it; returns its id.

    Written by a deputy it stands in the deputy's file; the deputy is the author then.
    """
    not_future("published_on", published_on, tx.today, "刊发日期")
    if mandate_id:
        writer = get_for(tx.session, Mandate, "mandate_id", mandate_id)
        author = author.strip() or get(tx.session, Person, writer.person_id).name
    made = put(
        tx,
        Publicity,
        record_id,
        headline=filled("headline", headline, "标题"),
        outlet=filled("outlet", outlet, "刊发媒体"),
        level=level,
        published_on=published_on,
        author=author.strip(),
        mandate_id=mandate_id,
        home_id=home_id,
        note=note.strip(),
    )
    tx.about = made.headline
    return made.id


remove = removal(Publicity)
