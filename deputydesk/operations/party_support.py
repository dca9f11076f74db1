"""How the party committee supports the congress: studies, notes, press groups, documents."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.models import PartySupport
from deputydesk.models.chronicle import SupportKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, not_future, put
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year


@dataclass(frozen=True)
class PartySupportRow:
    """One instance as lists show it."""

    id: str
    kind: SupportKind
    held_on: date
    subject: str
    leader: str
    outcome: str
    note: str


def rows(session: Session, *, year: int | None = None) -> list[PartySupportRow]:
    """Instances, the newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(PartySupport.held_on, year))
    found = session.scalars(
        select(PartySupport)
        .where(*where)
        .order_by(PartySupport.held_on.desc(), PartySupport.id.desc())
    )
    return [
        PartySupportRow(p.id, p.kind, p.held_on, p.subject, p.leader, p.outcome, p.note)
        for p in found
    ]


@operation(Right.REGISTER, "登记党委支持")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    kind: SupportKind,
    held_on: date,
    subject: str,
    leader: str = "",
    outcome: str = "",
    note: str = "",
) -> str:
    """Register an instance, or correct it; returns its id."""
    not_future("held_on", held_on, tx.today, "日期")
    made = put(
        tx,
        PartySupport,
        record_id,
        kind=kind,
        held_on=held_on,
        subject=filled("subject", subject, "事项"),
        leader=leader.strip(),
        outcome=outcome.strip(),
        note=note.strip(),
    )
    tx.about = f"{kind.label} {made.subject}"
    return made.id


remove = removal(PartySupport)
