"""Talks of the handling unit with the deputy, before it answers."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.late import dataclass
from deputydesk.models import Suggestion, Talk
from deputydesk.models.choices import TalkForm
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import get
from deputydesk.operations.handling import check_step, step_day, unit_at_work, unit_names
from deputydesk.rules.suggestion_flow import SuggestionStep


@dataclass(frozen=True)
class TalkRow:
    """A talk as the suggestion's page lists it."""

    id: str
    suggestion_id: str
    round: int
    held_on: date
    form: TalkForm
    unit_id: str
    unit: str
    people: str
    content: str


def rows(session: Session, *, suggestion_id: str) -> list[TalkRow]:
    """Talks about a suggestion, in order."""
    units = unit_names(session)
    found = session.scalars(
        select(Talk).where(Talk.suggestion_id == suggestion_id).order_by(Talk.held_on, Talk.id)
    )
    return [
        TalkRow(
            id=t.id,
            suggestion_id=t.suggestion_id,
            round=t.round,
            held_on=t.held_on,
            form=t.form,
            unit_id=t.unit_id,
            unit=units.get(t.unit_id, ""),
            people=t.people,
            content=t.content,
        )
        for t in found
    ]


@operation(Right.HANDLE, "登记面商")
def log(
    tx: Tx,
    *,
    suggestion_id: str,
    form: TalkForm,
    held_on: date | None = None,
    unit_id: str = "",
    people: str = "",
    content: str = "",
) -> str:
    """Record how a unit talked with the deputy, or that it did not; returns the talk's id.

    Args:
        tx: the transaction.
        suggestion_id: the suggestion.
        form: the way they met; 无沟通 is recorded too.
        held_on: the day; today unless given.
        unit_id: the unit; the one that answers unless given.
        people: who took part.
        content: what was said.
    """
    suggestion = get(tx.session, Suggestion, suggestion_id)
    check_step(tx, suggestion, SuggestionStep.TALK)
    unit = unit_at_work(tx, suggestion, unit_id)
    day = step_day(tx, "held_on", held_on, "面商日期", ("交办日期", unit.assigned_on))
    talk = Talk(
        suggestion_id=suggestion_id,
        round=suggestion.round,
        held_on=day,
        form=form,
        unit_id=unit.unit_id,
        people=people.strip(),
        content=content.strip(),
    )
    tx.session.add(talk)
    return talk.id
