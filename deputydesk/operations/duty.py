"""Everything that deputies did, as one dated list drawn from all kinds of records.

The duty file, the duty report and the points read the same list: one entry feeds them all. What
kinds there are, and how each is drawn, stands in `duty_sources`.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
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

from deputydesk.late import dataclass
from deputydesk.models import PointEntry
from deputydesk.rules.duty import DutyKind, DutyPart
from deputydesk.rules.quarters import Quarter

if TYPE_CHECKING:
    from deputydesk.operations.duty_sources import Expr, Source

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


Lines = Select[*tuple[Any, ...]]  # Any: whatever a query selects
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
    each = union_all(*(_select(one, is_brief=True, is_named=True) for one in _sources()))
    return select(func.count()).select_from(each.subquery())


def briefs(session: Session, *, first: date, last: date, kinds: frozenset[str]) -> Sequence[Brief]:
    """The same of all deputies without words and in no order, for counting.

    Args:
        session: the session.
        first: the first day.
        last: the last day.
        kinds: kinds of duty that are wanted.
    """
    given = {"first": first, "last": last}
    found: Any = session.connection().execute(brief_query(kinds), given).all()
    return found


@lru_cache(maxsize=8)
def brief_query(kinds: frozenset[str]) -> CompoundSelect[Any]:
    """What `briefs` asks; its parameters are `first` and `last`."""
    return union_all(*(_brief(one, kinds) for one in _giving(kinds)))


def judged(
    session: Session, *, first: date, last: date, kinds: frozenset[str], tables: frozenset[str]
) -> Sequence[Brief]:
    """Of the same, those of which the clerk has said whether they count for points.

    Args:
        session: the session.
        first: the first day.
        last: the last day.
        kinds: kinds of duty that are wanted.
        tables: of which tables there is a word.
    """
    given = {"first": first, "last": last}
    found: Any = session.connection().execute(_judged_query(kinds, tables), given).all()
    return found


@lru_cache(maxsize=8)
def _judged_query(kinds: frozenset[str], tables: frozenset[str]) -> CompoundSelect[Any]:
    giving = _giving(kinds)
    chosen: list[Lines] = []
    for source in [one for one in giving if one.record.__tablename__ in tables] or giving[:1]:
        said = select(PointEntry.source_id).where(
            PointEntry.source_kind == source.record.__tablename__, *_within(PointEntry.earned_on)
        )
        chosen.append(_brief(source, kinds).where(source.record.id.in_(said)))
    return union_all(*chosen)


Total = Sequence[Any]  # Any: text, then numbers
"""A mandate, a kind and a role, and how many entries there were by the end of each quarter."""


def totals(
    session: Session, *, quarters: Sequence[Quarter], kinds: frozenset[str]
) -> Sequence[Total]:
    """How many entries all deputies have; none is read to be counted.

    Args:
        session: the session.
        quarters: one after the other.
        kinds: kinds of duty that are wanted.
    """
    given = {"first": quarters[0].first, "last": quarters[-1].last}
    ends = {f"end_{number}": quarter.last for number, quarter in enumerate(quarters[:-1])}
    query = _totals_query(kinds, len(ends))
    return session.connection().execute(query, given | ends).all()


@lru_cache(maxsize=8)
def _totals_query(kinds: frozenset[str], ends: int) -> CompoundSelect[Any]:
    """Several queries over the kinds; of each, one line for each deputy, kind and role."""
    chosen: list[Lines] = []
    for source in _giving(kinds):
        by_end = [
            func.count().filter(source.day <= bindparam(f"end_{number}", type_=Date()))
            for number in range(ends)
        ]
        columns: list[Expr] = [
            source.mandate.label("whose"),
            _text(source.kind).label("duty_kind"),
            _text(source.role).label("duty_role"),
            *by_end,
            func.count(),
        ]
        varying = {"duty_kind": source.kind, "duty_role": source.role}
        names = [name for name, what in varying.items() if not isinstance(what, str)]
        chosen.append(_chosen(source, select(*columns), kinds).group_by("whose", *names))
    return union_all(*chosen)


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
    wanted = _giving(kinds) if kinds else _sources()
    return union_all(*(_select(one, is_brief=False, is_named=is_named) for one in wanted))


def _sources() -> "tuple[Source, ...]":
    """Imported when asked for: what is put together there concerns half of all tables."""
    from deputydesk.operations.duty_sources import SOURCES

    return SOURCES


def _giving(kinds: frozenset[str]) -> "Sequence[Source]":
    """From where entries of these kinds may come; one at least, for a query needs one."""
    return [one.of(kinds) for one in _sources() if one.gives(kinds)] or _sources()[:1]


def _brief(source: "Source", kinds: frozenset[str]) -> Lines:
    return _chosen(source, select(*_columns(source, is_brief=True)), kinds)


def _chosen(source: "Source", query: Lines, kinds: frozenset[str]) -> Lines:
    """The query, of those entries of all deputies that are of these kinds."""
    query = _drawn(source, query, is_brief=True).where(source.mandate != "")
    if source.every_kind <= kinds:
        return query
    return query.where(_text(source.kind).in_(sorted(kinds)))


def _within(day: "Expr") -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    first, last = (bindparam(name, type_=Date()) for name in ("first", "last"))
    return day >= first, day <= last


def _drawn(source: "Source", query: Lines, *, is_brief: bool) -> Lines:
    query = query.select_from(source.record)
    for model, on in source.joins:
        query = query.join(model, on)
    for model, on in () if is_brief else source.looks:
        query = query.outerjoin(model, on)
    return query.where(*_within(source.day), *source.where)


def _select(source: "Source", *, is_brief: bool, is_named: bool) -> Lines:
    query = _drawn(source, select(*_columns(source, is_brief=is_brief)), is_brief=is_brief)
    if is_named:
        return query.where(source.mandate.in_(bindparam("mandates", expanding=True)))
    return query.where(source.mandate != "")


def _text(what: "Expr | str") -> "Expr":
    return literal(str(what), String) if isinstance(what, str) else what


def _columns(source: "Source", *, is_brief: bool) -> "list[Expr]":
    """The columns, in the order of a `DutyRow`."""
    table = source.record.__tablename__
    columns: list[tuple[str, Expr, Any]] = [  # Any: types of columns
        ("id", source.record.id, String()),
        ("source", literal(table, String), String()),
        ("mandate_id", source.mandate, String()),
        ("day", source.day, Date()),
        ("kind", _text(source.kind), String()),
        ("role", _text(source.role), String()),
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
