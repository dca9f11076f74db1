"""Rows of records, their heads and their conflicts: caches of the log, written as it folds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Delete, Select, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from deputydesk.journal import asking
from deputydesk.journal.fold import Change, Heads, RowState, fold
from deputydesk.journal.log import SYNC_CHANGE, changes_of, read
from deputydesk.journal.tables import SyncConflict, SyncRow
from deputydesk.journal.values import Value, blanks, models, table_of, text_of
from deputydesk.journal.writing import insert_plain, stored

T = TypeVar("T")

RowKey = tuple[str, str]
"""Table and id of a row."""

SYNC_ROW = table_of(SyncRow)
SYNC_CONFLICT = table_of(SyncConflict)
_NEW_HEADS = insert(SYNC_ROW)
_OTHER_HEADS = update(SYNC_ROW).where(
    SYNC_ROW.c.tab == bindparam("of_tab"), SYNC_ROW.c.pk == bindparam("of_pk")
)

BATCH = 500
"""Rows asked for or written at once: few enough for a statement, many enough to be quick."""


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of `BATCH`."""
    left = iter(items)
    while chunk := list(islice(left, BATCH)):
        yield chunk


def put(session: Session, folded: Iterable[tuple[RowKey, RowState]]) -> int:
    """Write what the folds say, where nothing is yet; returns the number of living rows."""
    connection, known, living = session.connection(), models(), 0
    for chunk in chunks(folded):
        heads = [(tab, pk, state.heads.to_text()) for (tab, pk), state in chunk]
        insert_plain(connection, SYNC_ROW, heads)
        alts = [
            (tab, pk, name, text_of(said))
            for (tab, pk), state in chunk
            for name, said in state.conflicts.items()
        ]
        insert_plain(connection, SYNC_CONFLICT, alts)
        rows: dict[str, list[tuple[str, Mapping[str, Value]]]] = defaultdict(list)
        for (tab, pk), state in chunk:
            if state.alive and tab in known:
                rows[tab].append((pk, state.values))
        for tab, some in rows.items():
            insert_plain(connection, table_of(known[tab]), stored(connection, known[tab], some))
            living += len(some)
    return living


def refold(session: Session, key: RowKey) -> None:
    """Make one row again from the log."""
    tab, pk = key
    _forget(session, tab, [pk])
    put(session, [(key, fold(changes_of(session, tab, pk), blanks_of(tab)))])


def refold_many(session: Session, keys: Iterable[RowKey]) -> None:
    """Make rows again from the log, many at once."""
    for tab, pks in by_table(keys).items():
        blank = blanks_of(tab)
        for chunk in chunks(pks):
            _forget(session, tab, chunk)
            logged = changes_of_many(session, tab, chunk)
            put(session, (((tab, pk), fold(some, blank)) for pk, some in logged.items()))


def changes_of_many(session: Session, tab: str, pks: Sequence[str]) -> dict[str, list[Change]]:
    """Every change of rows of a table, by their ids."""
    found: dict[str, list[Change]] = defaultdict(list)
    for line in _of_ids(session, SYNC_CHANGE, tab, pks):
        found[line.pk].append(read(line))
    return found


def by_table(keys: Iterable[RowKey]) -> dict[str, list[str]]:
    """The ids of rows by their tables."""
    found: dict[str, list[str]] = defaultdict(list)
    for tab, pk in keys:
        found[tab].append(pk)
    return found


def blanks_of(tab: str) -> Mapping[str, Value]:
    """What fields hold that nobody has written; of a newer version's table nothing is known."""
    return blanks(models()[tab]) if tab in models() else {}


def heads_of(session: Session, keys: Iterable[RowKey]) -> dict[RowKey, Heads]:
    """The stored heads of those of the rows that the log knows."""
    found = cached(session, SYNC_ROW, keys)
    return {(row.tab, row.pk): Heads.from_text(row.heads) for row in found}


def save_heads(
    session: Session, before: Mapping[RowKey, Heads], after: Mapping[RowKey, Heads]
) -> None:
    """Store the heads that rows have after a change."""
    fresh = [
        {"tab": tab, "pk": pk, "heads": heads.to_text()}
        for (tab, pk), heads in after.items()
        if (tab, pk) not in before
    ]
    changed = [
        {"of_tab": tab, "of_pk": pk, "heads": heads.to_text()}
        for (tab, pk), heads in after.items()
        if (tab, pk) in before
    ]
    if fresh:
        session.connection().execute(_NEW_HEADS, fresh)
    if changed:
        session.connection().execute(_OTHER_HEADS, changed)


def cached(session: Session, table: Table, keys: Iterable[RowKey]) -> Iterator[Any]:  # Any: rows
    """The rows of `sync_row` or `sync_conflict` that belong to these records."""
    for tab, pks in by_table(keys).items():
        for chunk in chunks(pks):
            yield from _of_ids(session, table, tab, chunk)


def _of_ids(session: Session, table: Table, tab: str, pks: Sequence[str]) -> Sequence[Any]:
    """The rows of a table of the journal that belong to records of a table; Any: rows.

    All at once: one after the other takes SQLAlchemy twice as long.
    """
    connection = session.connection()
    on_server = asking.is_server(connection)
    asked = {"of_tab": tab, "pks": asking.ids_of(pks, on_server=on_server)}
    return connection.execute(_asking(table, on_server=on_server), asked).all()


def _forget(session: Session, tab: str, pks: Sequence[str]) -> None:
    connection = session.connection()
    on_server = asking.is_server(connection)
    told = {"of_tab": tab, "pks": asking.ids_of(pks, on_server=on_server)}
    for table in (SYNC_ROW, SYNC_CONFLICT):
        connection.execute(_forgetting(table, "pk", on_server=on_server), told)
    if tab in models():
        table = table_of(models()[tab])
        connection.execute(_forgetting(table, "id", on_server=on_server), {"pks": told["pks"]})


# Put together once, since every change asks for heads.
@cache
def _asking(table: Table, *, on_server: bool) -> Select[Any]:  # Any: columns of any type
    these = asking.among(table.c.pk, "pks", on_server=on_server)
    return select(table).where(table.c.tab == bindparam("of_tab"), these)


@cache
def _forgetting(table: Table, column: str, *, on_server: bool) -> Delete:
    these = delete(table).where(asking.among(table.c[column], "pks", on_server=on_server))
    return these.where(table.c.tab == bindparam("of_tab")) if column == "pk" else these
