"""Ways of working and deeds worth telling, with their text."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.models import Home, Practice
from deputydesk.models.chronicle import PracticeKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies
from deputydesk.operations.checks import filled, not_future, not_negative, put
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year


@dataclass(frozen=True)
class PracticeRow:
    """A story as lists show it."""

    id: str
    kind: PracticeKind
    name: str
    owner: str
    mandate_id: str
    deputy: str
    home_id: str
    home: str
    noted_on: date
    summary: str
    content: str
    amount: int

    @property
    def whose(self) -> str:
        """Who did it: the deputy, the home, or the unit."""
        return self.deputy or self.home or self.owner


def rows(session: Session, *, year: int | None = None) -> list[PracticeRow]:
    """Stories, the newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Practice.noted_on, year))
    found = session.execute(
        select(Practice, Home.name)
        .outerjoin(Home, Home.id == Practice.home_id)
        .where(*where)
        .order_by(Practice.noted_on.desc(), Practice.id.desc())
    ).all()
    names = deputies.names(session, {p.mandate_id for p, _ in found})
    return [
        PracticeRow(
            id=p.id,
            kind=p.kind,
            name=p.name,
            owner=p.owner,
            mandate_id=p.mandate_id,
            deputy=names.get(p.mandate_id, ""),
            home_id=p.home_id,
            home=home or "",
            noted_on=p.noted_on,
            summary=p.summary,
            content=p.content,
            amount=p.amount,
        )
        for p, home in found
    ]


@operation(Right.REGISTER, "登记典型做法")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    kind: PracticeKind,
    name: str,
    noted_on: date,
    owner: str = "",
    mandate_id: str = "",
    home_id: str = "",
    summary: str = "",
    content: str = "",
    amount: int = 0,
) -> str:
    """Write down a way of working or a deed, or correct it; returns its id."""
    not_future("noted_on", noted_on, tx.today, "日期")
    not_negative("amount", amount, "金额")
    made = put(
        tx,
        Practice,
        record_id,
        kind=kind,
        name=filled("name", name, "名称"),
        noted_on=noted_on,
        owner=owner.strip(),
        mandate_id=mandate_id,
        home_id=home_id,
        summary=summary.strip(),
        content=content.strip(),
        amount=amount,
    )
    tx.about = made.name
    return made.id


remove = removal(Practice)
