"""Numbers that begin anew each year, an activity's and an opinion's: none is given twice."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Opinion, Record, Visit
from deputydesk.operations.checks import next_number
from deputydesk.operations.years import in_year

NUMBERED = {Visit: Visit.held_on, Opinion: Opinion.heard_on}
"""The kinds, and the day that says which year a number is of."""


def keep_single(session: Session, record: Record) -> None:
    """Give another number where the record's own stands for another one of its year."""
    if not isinstance(record, Visit | Opinion):
        return
    model, held = type(record), NUMBERED[type(record)]
    day: date = getattr(record, held.key)
    same = select(model.id).where(
        model.number == record.number, model.id != record.id, in_year(held, day.year)
    )
    if session.scalars(same.limit(1)).first():
        record.number = next_number(session, model.number, in_year(held, day.year))
