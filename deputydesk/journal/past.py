"""Reading the past out of the log: its lines, the actions that wrote them, what is gone."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from deputydesk.journal.caches import RowKey, chunks
from deputydesk.journal.fold import Change, RowState, fold
from deputydesk.journal.log import SYNC_CHANGE, read
from deputydesk.journal.tables import JournalAction
from deputydesk.journal.values import Value, blanks, decode, models, table_of
from deputydesk.models.base import Record

Place = tuple[str, str]
"""A table and one of its fields."""
FEW = 24
"""Of so many ids at the most the database looks for each in every line."""
_REVERSED = {"undo": "撤销：", "redo": "重做："}


@dataclass(frozen=True)
class Line:
    """One change in the log, with who wrote it and when."""

    tab: str
    pk: str
    at: str
    user: str
    change: Change

    @property
    def key(self) -> RowKey:
        """The row it is about."""
        return (self.tab, self.pk)

    @property
    def values(self) -> Mapping[str, Value]:
        """What it says of the row's fields."""
        return self.change.values or {}


@dataclass(frozen=True)
class Deed:
    """What a person did at once: an operation, its undoing, or what came from another PC."""

    id: str
    title: str
    """Name of the operation; empty if it was not done here."""


def lines_of(session: Session, keys: Iterable[RowKey]) -> list[Line]:
    """Every change of these rows, oldest first."""
    found: list[Line] = []
    for chunk in chunks(dict.fromkeys(keys)):
        by_table: dict[str, list[str]] = {}
        for tab, pk in chunk:
            by_table.setdefault(tab, []).append(pk)
        columns = SYNC_CHANGE.c
        mine = [and_(columns.tab == tab, columns.pk.in_(pks)) for tab, pks in by_table.items()]
        found += [_line(row) for row in session.execute(select(SYNC_CHANGE).where(or_(*mine)))]
    return sorted(found, key=_rank)


def naming(session: Session, named: Mapping[Place, Collection[str]]) -> set[RowKey]:
    """The rows of which some change says one of these ids in one of these fields.

    One statement for all fields. The log is asked for lines in which an id stands anywhere; what
    they say is read here, for an id may be a part of another one, or stand in another field.
    """
    fields: dict[str, dict[str, Collection[str]]] = {}
    for (tab, field), ids in named.items():
        if ids:
            fields.setdefault(tab, {})[field] = ids
    if not fields:
        return set()
    columns = SYNC_CHANGE.c
    lines = [and_(columns.tab == tab, _holding(by_field)) for tab, by_field in fields.items()]
    found: set[RowKey] = set()
    for row in session.execute(select(SYNC_CHANGE).where(or_(*lines))):
        values = read(row).values or {}
        if any(values.get(field) in ids for field, ids in fields[row.tab].items()):
            found.add((row.tab, row.pk))
    return found


def _holding(by_field: Mapping[str, Collection[str]]) -> ColumnElement[bool]:
    """That one of the ids stands in a line; of many ids, reading every line is quicker."""
    ids = sorted({one for ids in by_field.values() for one in ids})
    if len(ids) > FEW:
        return true()
    return or_(*(SYNC_CHANGE.c.body.contains(one, autoescape=True) for one in ids))


def gone(session: Session) -> list[Line]:
    """The last deletion of each row that is deleted and can come back, newest first."""
    wanted = select(SYNC_CHANGE).where(SYNC_CHANGE.c.kind.in_(("D", "X")))
    newest: dict[RowKey, Line] = {}
    erased: set[RowKey] = set()
    for line in sorted((_line(row) for row in session.execute(wanted)), key=_rank, reverse=True):
        if line.change.kind == "X":
            erased.add(line.key)
        newest.setdefault(line.key, line)
    left = [key for key in newest if key not in erased and key[0] in models()]
    living = _living(session, left)
    return [newest[key] for key in left if key not in living]


def deeds(session: Session, lines: Iterable[Line]) -> dict[str, Deed]:
    """By the name of each change (its dot): what a person did when it was written."""
    some = list(lines)
    by_stamp: dict[str, list[JournalAction]] = {}
    for chunk in chunks({line.at for line in some}):
        for action in session.scalars(select(JournalAction).where(JournalAction.ts.in_(chunk))):
            by_stamp.setdefault(action.ts, []).append(action)
    found: dict[str, Deed] = {}
    for line in some:
        change = line.change
        mine = [a for a in by_stamp.get(line.at, []) if _wrote(a, change)]
        found[change.dot] = (
            Deed(str(mine[0].id), _title(mine[0]))
            if mine
            else Deed(f"{change.feed} {line.at} {line.user}", "")
        )
    return found


def as_of(log: Iterable[Change], model: type[Record], until: int) -> RowState:
    """The state of a row after everything up to a moment of the log's own clock."""
    return fold((change for change in log if change.lam <= until), blanks(model))


def columns(model: type[Record], values: Mapping[str, Value]) -> dict[str, Any]:
    """What the log says of a row, as its columns hold it; Any: values of columns."""
    known = table_of(model).columns
    return {name: decode(known[name], values[name]) for name in blanks(model)}


def _living(session: Session, keys: Iterable[RowKey]) -> set[RowKey]:
    by_table: dict[str, list[str]] = {}
    for tab, pk in keys:
        by_table.setdefault(tab, []).append(pk)
    found: set[RowKey] = set()
    for tab, pks in by_table.items():
        ids = table_of(models()[tab]).c.id
        for chunk in chunks(pks):
            found |= {(tab, pk) for pk in session.scalars(select(ids).where(ids.in_(chunk)))}
    return found


def _line(row: Any) -> Line:  # Any: a row of the log
    return Line(row.tab, row.pk, row.ts, row.usr, read(row))


def _rank(line: Line) -> tuple[int, str, int]:
    return line.change.rank


def _wrote(action: JournalAction, change: Change) -> bool:
    first, last = action.ranges.get(change.feed, (1, 0))
    return bool(first <= change.seq <= last)


def _title(action: JournalAction) -> str:
    about = f"（{action.about}）" if action.about else ""
    return f"{_REVERSED.get(action.kind, '')}{action.title}{about}"
