"""Rows of records, their heads and their conflicts: caches of the log, written as it folds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from deputydesk.journal.fold import Heads, RowState, fold
from deputydesk.journal.log import changes_of
from deputydesk.journal.tables import SyncConflict, SyncRow
from deputydesk.journal.values import blanks, decode, models, table_of, text_of

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


def insert_plain(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows of texts and numbers; SQLAlchemy would look at each value of each row."""
    connection = session.connection()
    compiled = insert(table).values(dict.fromkeys(rows[0])).compile(connection)
    names = compiled.positiontup
    told = [tuple(row[name] for name in names) for row in rows] if names else [*map(dict, rows)]
    connection.exec_driver_sql(str(compiled), told)


def put(session: Session, folded: Iterable[tuple[RowKey, RowState]]) -> int:
    """Write what the folds say, where nothing is yet; returns the number of living rows."""
    living = 0
    for chunk in chunks(folded):
        rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)  # Any: values of columns
        for (tab, pk), state in chunk:
            for table, row in _stored(tab, pk, state):
                rows[table].append(row)
        for table, some in rows.items():
            if table in (SYNC_ROW, SYNC_CONFLICT):
                insert_plain(session, table, some)
                continue
            session.execute(insert(table), some)
            living += len(some)
    return living


def refold(session: Session, key: RowKey) -> None:
    """Make one row again from the log."""
    tab, pk = key
    model = models()[tab]
    table = table_of(model)
    session.execute(delete(table).where(table.c.id == pk))
    for kept in (SYNC_ROW, SYNC_CONFLICT):
        session.execute(delete(kept).where(kept.c.tab == tab, kept.c.pk == pk))
    put(session, [(key, fold(changes_of(session, tab, pk), blanks(model)))])


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
    by_table: dict[str, list[str]] = defaultdict(list)
    for tab, pk in keys:
        by_table[tab].append(pk)
    for tab, pks in by_table.items():
        for chunk in chunks(pks):
            asked = {"of_tab": tab, "pks": chunk}
            yield from session.connection().execute(_of_records(table), asked)


@cache
def _of_records(table: Table) -> Select[Any]:  # Any: columns of any type
    """Put together once, since every change asks for heads."""
    these = table.c.pk.in_(bindparam("pks", expanding=True))
    return select(table).where(table.c.tab == bindparam("of_tab"), these)


def _stored(tab: str, pk: str, state: RowState) -> Iterator[tuple[Table, dict[str, Any]]]:
    """What each table holds of a row; Any: values of columns."""
    yield SYNC_ROW, {"tab": tab, "pk": pk, "heads": state.heads.to_text()}
    for name, said in state.conflicts.items():
        yield SYNC_CONFLICT, {"tab": tab, "pk": pk, "field": name, "alts": text_of(said)}
    if state.alive and tab in models():
        columns: Sequence[Any] = table_of(models()[tab]).columns.values()
        values = {c.key: decode(c, state.values[c.key]) for c in columns if not c.primary_key}
        yield table_of(models()[tab]), {"id": pk} | values
