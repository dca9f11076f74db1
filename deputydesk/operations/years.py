"""The years in which there are records of a kind."""

from sqlalchemy import Date, extract, select
from sqlalchemy.orm import Session

from deputydesk.journal.values import table_of
from deputydesk.models.base import Record


def years(session: Session, model: type[Record]) -> list[int]:
    """Years with records, the newest first: by the column `year`, or the first day of the kind."""
    columns = table_of(model).c
    if "year" in columns:
        found = select(columns["year"]).distinct()
    else:
        days = [c for c in columns if isinstance(c.type, Date)]
        day = next((c for c in days if not c.nullable), days[0])
        found = select(extract("year", day)).where(day.is_not(None)).distinct()
    return sorted((int(year) for year in session.scalars(found)), reverse=True)
