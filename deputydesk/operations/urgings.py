"""Reminding units: counted per unit, never two within three days."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Suggestion, Urging
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import get
from deputydesk.operations.handling import (
    check_step,
    is_done,
    step_day,
    unit_at_work,
    unit_name,
    unit_names,
)
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.suggestion_flow import SuggestionStep

APART = timedelta(days=3)
"""The least time between two reminders to the same unit."""


@dataclass(frozen=True)
class UrgingRow:
    """A reminder as the suggestion's page lists it."""

    id: str
    suggestion_id: str
    unit_id: str
    unit: str
    urged_on: date
    nth: int
    by_letter: bool
    document_no: str
    content: str


def rows(session: Session, *, suggestion_id: str) -> list[UrgingRow]:
    """Reminders about a suggestion, in order."""
    units = unit_names(session)
    found = session.scalars(
        select(Urging)
        .where(Urging.suggestion_id == suggestion_id)
        .order_by(Urging.urged_on, Urging.id)
    )
    return [
        UrgingRow(
            id=u.id,
            suggestion_id=u.suggestion_id,
            unit_id=u.unit_id,
            unit=units.get(u.unit_id, ""),
            urged_on=u.urged_on,
            nth=u.nth,
            by_letter=u.by_letter,
            document_no=u.document_no,
            content=u.content,
        )
        for u in found
    ]


@operation(Right.HANDLE, "催办")
def urge(
    tx: Tx,
    *,
    suggestion_id: str,
    unit_id: str = "",
    urged_on: date | None = None,
    by_letter: bool = False,
    document_no: str = "",
    content: str = "",
) -> str:
    """Record the next reminder to a unit that owes its answer; returns the reminder's id.

    Args:
        tx: the transaction.
        suggestion_id: the suggestion.
        unit_id: the unit; the one that answers unless given.
        urged_on: the day; today unless given.
        by_letter: with a 督办通知.
        document_no: number of that letter.
        content: what is asked for.
    """
    suggestion = get(tx.session, Suggestion, suggestion_id)
    check_step(tx, suggestion, SuggestionStep.URGE)
    unit = unit_at_work(tx, suggestion, unit_id)
    if is_done(tx, unit):
        name = unit_name(tx, unit.unit_id)
        raise UserError(f"“{name}”已经办完自己的部分，不需要催办。")
    day = step_day(tx, "urged_on", urged_on, "催办日期", ("交办日期", unit.assigned_on))
    before = tx.session.scalars(
        select(Urging.urged_on)
        .where(Urging.suggestion_id == suggestion_id, Urging.unit_id == unit.unit_id)
        .order_by(Urging.urged_on.desc())
    ).all()
    if before and day - before[0] < APART:
        raise FieldError(
            "urged_on",
            f"上次催办是{chinese(before[0])}，两次催办应间隔三天以上。",
            hint=f"请在{chinese(before[0] + APART)}以后再催办。",
        )
    urging = Urging(
        suggestion_id=suggestion_id,
        unit_id=unit.unit_id,
        urged_on=day,
        nth=len(before) + 1,
        by_letter=by_letter,
        document_no=document_no.strip(),
        content=content.strip(),
    )
    tx.session.add(urging)
    return urging.id
