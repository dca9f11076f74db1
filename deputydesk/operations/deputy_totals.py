"""How much a deputy did, in all the years: what a file says before its lists are looked at."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from deputydesk.models import Cosigner, Opinion, Suggestion, Visit, VisitDeputy
from deputydesk.operations import duty
from deputydesk.operations.years import in_year


@dataclass(frozen=True)
class DeputyTotals:
    """What a deputy did; `duty` is the number of entries of all kinds."""

    visits: int
    visits_this_year: int
    led: int
    cosigned: int
    opinions: int
    settled: int
    duty: int

    @property
    def suggestions(self) -> int:
        """Led and signed."""
        return self.led + self.cosigned


def totals(session: Session, mandate_id: str, year: int) -> DeputyTotals:
    """What a deputy did; of visits also those of a year."""
    came = select(VisitDeputy.visit_id).where(VisitDeputy.mandate_id == mandate_id)
    is_now = case((in_year(Visit.held_on, year), 1), else_=0)
    visits = session.execute(
        select(func.count(), func.sum(is_now)).select_from(Visit).where(Visit.id.in_(came))
    ).one()
    led = select(func.count()).select_from(Suggestion).where(Suggestion.lead_id == mandate_id)
    signed = select(Cosigner.suggestion_id).where(Cosigner.mandate_id == mandate_id)
    cosigned = (
        select(func.count())
        .select_from(Suggestion)
        .where(Suggestion.id.in_(signed), Suggestion.lead_id != mandate_id)
    )
    heard = session.execute(
        select(func.count(), func.count(Opinion.settled_on)).where(Opinion.mandate_id == mandate_id)
    ).one()
    return DeputyTotals(
        visits=visits[0],
        visits_this_year=int(visits[1] or 0),
        led=session.scalar(led) or 0,
        cosigned=session.scalar(cosigned) or 0,
        opinions=heard[0],
        settled=heard[1],
        duty=duty.count(session, mandate_id),
    )
