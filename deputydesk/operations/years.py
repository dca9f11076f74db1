"""Years: in which there are records of a kind, and which records belong to one."""

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, SQLColumnExpression, and_, func, select
from sqlalchemy.orm import Session

from deputydesk.journal.values import table_of
from deputydesk.models.base import Record

Day = SQLColumnExpression[Any]  # Any: a day, which may be open


def years(session: Session, model: type[Record]) -> list[int]:
    """Years with records, the newest first: by the column `year`, or the first day of the kind."""
    columns = table_of(model).c
    if "year" in columns:
        found = session.scalars(select(columns["year"]).distinct())
        return sorted((int(year) for year in found), reverse=True)
    days = [c for c in columns if isinstance(c.type, Date)]
    return of_days(session, next((c for c in days if not c.nullable), days[0]))


def of_days(session: Session, day: Day) -> list[int]:
    """Years in which there are such days, the newest first; each costs one look at an index."""
    found: list[int] = []
    newest = session.scalar(select(func.max(day)))
    while newest is not None:
        found.append(newest.year)
        newest = session.scalar(select(func.max(day)).where(day < date(newest.year, 1, 1)))
    return found


@lru_cache(maxsize=256)
def in_year(day: Day, year: int) -> ColumnElement[bool]:
    """The day lies in the year; said so that an index on it can be used.

    The same condition is given again: a question with it need not be put together anew.
    """
    return and_(day >= date(year, 1, 1), day <= date(year, 12, 31))
