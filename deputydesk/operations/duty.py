"""Everything that deputies did, as one dated list drawn from all kinds of records.

The duty file, the duty report and the points read the same list: one entry feeds them all. What
kinds there are, and how each is drawn, stands in `duty_sources`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from deputydesk.operations.duty_sources import SOURCES, Expr, Source
from deputydesk.rules.duty import DutyKind, DutyPart

EARLIEST, LATEST = date(1900, 1, 2), date(9999, 12, 31)
"""Before them lies only the day of a record of which a part has arrived."""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One thing that a deputy did on a day; `table` and `id` are the record it comes from.

    The same record may stand for several deputies, and opens as `open_table`, `open_id`.
    """

    id: str
    table: str
    mandate_id: str
    day: date
    kind: DutyKind
    role: str
    people: int
    hours: int
    half_days: int
    title: str = ""
    detail: str = ""
    open_table: str = ""
    open_id: str = ""

    @property
    def part(self) -> DutyPart:
        """The part of the duty file in which it stands."""
        return self.kind.part

    @property
    def text(self) -> str:
        """What it says on one line."""
        return "，".join(part for part in (self.title, self.detail) if part) or self.kind.label

    @property
    def amount(self) -> str:
        """How much it was, with its unit: 8学时, 6人次."""
        parts = ((self.hours, "学时"), (self.half_days, "个半天"), (self.people, "人次"))
        return "，".join(f"{number}{unit}" for number, unit in parts if number)


Brief = tuple[str, str, str, date, str, str, int, int, int]
"""What points need to know of an entry, as quick as the database gives it: id, table, mandate, day,
kind, role, people, hours and half days."""


def rows(
    session: Session,
    *,
    first: date = EARLIEST,
    last: date = LATEST,
    mandate_ids: Collection[str] | None = None,
    kinds: frozenset[str] = frozenset(),
) -> list[DutyRow]:
    """What the deputies named (all if none) did from first to last, the earliest first.

    Args:
        session: the session.
        first: the first day.
        last: the last day.
        mandate_ids: these deputies; all unless given.
        kinds: kinds of duty that are wanted, all if none is named; others may come too.
    """
    found = _read(session, first, last, mandate_ids, kinds)
    return [
        DutyRow(*line[:4], DutyKind.stored(line[4]), *line[5:])  # type: ignore[misc]  # as _columns
        for line in found
    ]


def count(session: Session, mandate_id: str) -> int:
    """How many things a deputy did, whenever it was."""
    given = {"first": EARLIEST, "last": LATEST, "mandates": [mandate_id]}
    return session.connection().execute(_count_query(), given).scalar_one()


@cache
def _count_query() -> Select[int]:
    each = union_all(*(_select(one, is_brief=True, is_named=True) for one in SOURCES))
    return select(func.count()).select_from(each.subquery())


def briefs(session: Session, *, first: date, last: date, kinds: frozenset[str]) -> Sequence[Brief]:
    """The same of all deputies without words and in no order, for counting.

    Args:
        session: the session.
        first: the first day.
        last: the last day.
        kinds: kinds of duty that are wanted; others may come too.
    """
    given = {"first": first, "last": last}
    found: Any = session.connection().execute(brief_query(kinds), given).all()
    return found


@lru_cache(maxsize=8)
def brief_query(kinds: frozenset[str]) -> CompoundSelect[Any]:
    """What `briefs` asks; its parameters are `first` and `last`."""
    wanted = [source for source in SOURCES if source.gives(kinds)] or SOURCES[:1]
    return union_all(*(_select(one, is_brief=True, is_named=False) for one in wanted))


def by_deputy(
    session: Session,
    *,
    first: date = EARLIEST,
    last: date = LATEST,
    mandate_ids: Collection[str] | None = None,
) -> dict[str, list[DutyRow]]:
    """What each deputy did from first to last, the earliest first."""
    found: dict[str, list[DutyRow]] = {}
    for row in rows(session, first=first, last=last, mandate_ids=mandate_ids):
        found.setdefault(row.mandate_id, []).append(row)
    return found


def _read(
    session: Session,
    first: date,
    last: date,
    mandate_ids: Collection[str] | None,
    kinds: frozenset[str],
) -> Any:  # Any: lines in the order of _columns
    given: dict[str, Any] = {"first": first, "last": last}
    if mandate_ids is not None:
        given["mandates"] = list(mandate_ids)
    query = _query(kinds, is_named=mandate_ids is not None)
    return session.connection().execute(query.order_by("day", "id", "mandate_id"), given)


@lru_cache(maxsize=16)
def _query(kinds: frozenset[str], *, is_named: bool) -> CompoundSelect[Any]:
    """One query over the kinds; made once."""
    wanted = [one for one in SOURCES if not kinds or one.gives(kinds)] or SOURCES[:1]
    return union_all(*(_select(one, is_brief=False, is_named=is_named) for one in wanted))


def _select(source: Source, *, is_brief: bool, is_named: bool) -> Select[*tuple[Any, ...]]:
    query = select(*_columns(source, is_brief=is_brief)).select_from(source.record)
    for model, on in source.joins:
        query = query.join(model, on)
    for model, on in () if is_brief else source.looks:
        query = query.outerjoin(model, on)
    day = source.day
    query = query.where(
        day >= bindparam("first", type_=Date()), day <= bindparam("last", type_=Date())
    )
    if is_named:
        query = query.where(source.mandate.in_(bindparam("mandates", expanding=True)))
    else:
        query = query.where(source.mandate != "")
    return query.where(*source.where)


def _columns(source: Source, *, is_brief: bool) -> list[Expr]:
    """The columns, in the order of a `DutyRow`."""
    table = source.record.__tablename__
    kind = source.kind
    columns: list[tuple[str, Expr, Any]] = [  # Any: types of columns
        ("id", source.record.id, String()),
        ("source", literal(table, String), String()),
        ("mandate_id", source.mandate, String()),
        ("day", source.day, Date()),
        ("kind", literal(kind.value, String) if isinstance(kind, DutyKind) else kind, String()),
        (
            "role",
            literal(source.role, String) if isinstance(source.role, str) else source.role,
            String(),
        ),
        ("people", source.people, Integer()),
        ("hours", source.hours, Integer()),
        ("half_days", source.half_days, Integer()),
    ]
    if not is_brief:
        at, at_id = source.opens or (source.record, source.record.id)
        columns += [
            ("title", source.title, String()),
            ("detail", source.detail, String()),
            ("at", literal(at.__tablename__, String) if isinstance(at, type) else at, String()),
            ("at_id", at_id, String()),
        ]
    return [type_coerce(what, kind).label(name) for name, what, kind in columns]
