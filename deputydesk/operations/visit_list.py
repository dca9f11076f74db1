"""The register of activities as a long list: which to show, in order, and how many there are."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, extract, func, select, true
from sqlalchemy.orm import Session

from deputydesk.models import Visit
from deputydesk.models.choices import VisitKind
from deputydesk.operations import figures, shown
from deputydesk.operations.figures import Figure
from deputydesk.operations.visits import LINKS
from deputydesk.rules.cell_filters import AS_GIVEN, Arrangement
from deputydesk.rules.choices import Choice
from deputydesk.rules.record_ids import RecordIds

MOST = 1_000_000
"""More than a year's activities."""
FIGURES = ("reception.voters", "link.voters", "opinions.heard")
"""What the register says of its year; voters received and voters called on are never added."""

ORDER = (Visit.held_on.desc(), Visit.number.desc(), Visit.id.desc())
COLUMNS: shown.Columns = {
    "编号": shown.Shown(
        extract("year", Visit.held_on) * MOST + Visit.number,
        shown.number(Visit.number, "04d", blank="0000").says,
    ),
    "日期": shown.day(Visit.held_on),
    "方式": shown.choice(Visit.kind, VisitKind),
    "人次": shown.number(Visit.received),
}
"""What its columns show that SQL can say."""


class VisitPart(Choice):
    """A part of the register that is seen alone."""

    ALL = "all", "全部"
    MONTH = "month", "本月"
    HOME = "home", "进家活动"
    LINK = "link", "双联系"


@dataclass(frozen=True)
class VisitCounts:
    """How many activities there are in each part, and what the catalogue says of the year."""

    parts: dict[VisitPart, int]
    figures: tuple[Figure, ...]


def ids(
    session: Session,
    *,
    year: int | None,
    today: date,
    part: VisitPart = VisitPart.ALL,
    words: tuple[str, ...] = (),
    arrangement: Arrangement = AS_GIVEN,
    limit: int | None = None,
) -> RecordIds:
    """Ids of activities of a year and part in which every word stands; so many at the most.

    The newest come first, unless the arrangement has them sorted by a column.
    """
    where = [*_of_year(year), *_of_part(part, today)]
    where += shown.conditions(COLUMNS, arrangement)
    order = shown.ordered(COLUMNS, arrangement, ORDER)
    query = select(Visit.id).where(*where).order_by(*order)
    looked = shown.looked(Visit, words, COLUMNS, arrangement)
    return shown.found_ids(session, query, looked, limit)


def size(session: Session, year: int | None) -> int:
    """How many activities a year has."""
    return session.scalar(select(func.count()).select_from(Visit).where(*_of_year(year))) or 0


def counts(session: Session, *, year: int | None, today: date) -> VisitCounts:
    """How many activities a year has."""
    whole = _of_year(year)
    counted = [
        func.sum(case((and_(true(), *_of_part(part, today)), 1), else_=0)) for part in VisitPart
    ]
    query = select(*counted).where(*whole)
    numbers = [int(found or 0) for found in session.execute(query).mappings().one().values()]
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    said = figures.figures(session, first=first, last=last, ids=FIGURES)
    return VisitCounts(dict(zip(VisitPart, numbers, strict=True)), tuple(said))


def last_home(session: Session) -> str:
    """The home of the newest activity that was held at one; empty if there is none."""
    found = session.scalar(
        select(Visit.home_id)
        .where(Visit.home_id != "")
        .order_by(Visit.held_on.desc(), Visit.number.desc())
        .limit(1)
    )
    return found or ""


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _of_year(year: int | None) -> list[ColumnElement[bool]]:
    if year is None:
        return []
    return [Visit.held_on >= date(year, 1, 1), Visit.held_on <= date(year, 12, 31)]


def _of_part(part: VisitPart, today: date) -> list[ColumnElement[bool]]:
    if part is VisitPart.MONTH:
        return [Visit.held_on >= today.replace(day=1), Visit.held_on <= _month_end(today)]
    if part is VisitPart.HOME:
        return [Visit.kind.not_in(LINKS)]
    return [Visit.kind.in_(LINKS)] if part is VisitPart.LINK else []
