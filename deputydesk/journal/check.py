"""Proving that the tables are what the log says, and making them so again."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    String,
    Table,
    delete,
    exists,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from deputydesk.journal.caches import SYNC_CONFLICT, SYNC_ROW, cached, chunks, put
from deputydesk.journal.fold import Change, RowState, fold
from deputydesk.journal.log import HASHED, SYNC_CHANGE, linked, read
from deputydesk.journal.tables import SyncFeed, SyncSelf
from deputydesk.journal.values import blanks, encode, models, table_of, text_of
from deputydesk.late import dataclass
from deputydesk.models.base import Record

_Line = Any  # a row of the log as a tuple with names
_hashed_of = attrgetter(*HASHED)


@dataclass(frozen=True)
class Fault:
    """Something that is not as the log says, in a sentence."""

    where: str
    message: str


def check(session: Session) -> list[Fault]:
    """Everything that is wrong with the data: the chain of the log, and rows against the log."""
    return [*chain(session), *_caches(session), *_strangers(session)]


def rebuild(session: Session) -> int:
    """Make all tables anew from the log, which must be whole; returns the number of living rows."""
    for table in (*_tables(), SYNC_ROW, SYNC_CONFLICT):
        session.execute(delete(table))
    folded = (
        ((tab, pk), fold((read(line) for line in lines), _blanks(tab)))
        for (tab, pk), lines in _by_row(session)
    )
    return put(session, folded)


def chain(session: Session) -> Iterator[Fault]:
    """What is wrong with the log itself."""
    counted = select(SyncSelf.lam).scalar_subquery()
    if session.scalar(select(exists().where(SYNC_CHANGE.c.lam > counted))):
        yield Fault("sync_self", "日志的计数被改动过。")
    for feed in session.scalars(select(SyncFeed).order_by(SyncFeed.feed)):
        yield from _feed(session, feed)
    known = select(SyncFeed.feed)
    feeds = select(SYNC_CHANGE.c.feed).where(SYNC_CHANGE.c.feed.not_in(known)).distinct()
    for name in session.scalars(feeds):
        yield Fault(name, "日志中有来历不明的记录。")


def _feed(session: Session, feed: SyncFeed) -> Iterator[Fault]:
    lines = select(SYNC_CHANGE).where(SYNC_CHANGE.c.feed == feed.feed).order_by(SYNC_CHANGE.c.seq)
    previous, seq = "", 0
    for line in session.execute(lines, execution_options={"yield_per": 1000}):
        seq += 1
        if line.seq != seq:
            yield Fault(f"{line.feed}:{seq}", f"日志缺少第{seq}条。")
            seq = line.seq if isinstance(line.seq, int) else seq
        elif not _follows(previous, line):
            yield Fault(f"{line.feed}:{line.seq}", "日志的这一条被改动过。")
        previous = line.hash
    if (seq, previous) != (feed.seq, feed.hash):
        yield Fault(feed.feed, f"日志末尾不符：应有{feed.seq}条，实有{seq}条。")


def _follows(previous: str, line: _Line) -> bool:
    try:
        return linked(previous, line.feed, _hashed_of(line)) == line.hash
    except (ValueError, TypeError):  # what a meddler wrote need not be JSON, or text
        return False


def _caches(session: Session) -> Iterator[Fault]:
    """Rows, heads and conflicts against the fold of the log."""
    by_table = groupby(_by_row(session), key=lambda pair: pair[0][0])
    for tab, rows in by_table:
        for chunk in chunks((pk, lines) for (_, pk), lines in rows):
            yield from _compare(session, tab, dict(chunk))


def _compare(session: Session, tab: str, lines: dict[str, list[_Line]]) -> Iterator[Fault]:
    keys = [(tab, pk) for pk in lines]
    heads = {row.pk: row.heads for row in cached(session, SYNC_ROW, keys)}
    alts: dict[str, dict[str, str]] = {}
    for row in cached(session, SYNC_CONFLICT, keys):
        alts.setdefault(row.pk, {})[row.field] = row.alts
    model = models().get(tab)
    records = _records(session, model, list(lines)) if model else {}
    for pk, some in lines.items():
        where = f"{tab} {pk}"
        try:
            changes = [read(line) for line in some]
            state = fold(changes, _blanks(tab))
        except (ValueError, TypeError, LookupError):
            yield Fault(where, "这条记录的日志读不懂。")
            continue
        if _erased(changes):
            yield Fault(where, "这条记录的日志内容被清除。")
        conflicts = {name: text_of(said) for name, said in state.conflicts.items()}
        if (heads.get(pk), alts.get(pk, {})) != (state.heads.to_text(), conflicts):
            yield Fault(where, "这条记录的来历与日志不符。")
        if model:
            yield from _row(where, model, state, records.get(pk))


def _erased(changes: Iterable[Change]) -> bool:
    """Whether a body is gone although nobody expunged the row."""
    some = list(changes)
    return any(c.values is None for c in some) and all(c.kind != "X" for c in some)


def _row(
    where: str,
    model: type[Record],
    state: RowState,
    record: dict[str, Any] | None,  # Any: a row
) -> Iterator[Fault]:
    if record is None or not state.alive:
        if state.alive:
            yield Fault(where, f"“{model.title}”少了一条记录。")
        elif record is not None:
            yield Fault(where, f"“{model.title}”多了一条已删除的记录。")
        return
    for column in table_of(model).columns:
        if column.primary_key:
            continue
        if record.get(column.key, ...) != state.values[column.key]:
            yield Fault(where, f"“{model.title}”的“{column.info['label']}”与日志不符。")


def _records(
    session: Session, model: type[Record], pks: list[str]
) -> dict[str, dict[str, Any]]:  # Any: values as the log writes them
    table = table_of(model)
    try:
        found = session.execute(select(table).where(table.c.id.in_(pks))).mappings().all()
    except (ValueError, TypeError):  # someone wrote what is no date, or no JSON
        if len(pks) == 1:
            return {pks[0]: {}}
        halves = (pks[: len(pks) // 2], pks[len(pks) // 2 :])
        return _records(session, model, halves[0]) | _records(session, model, halves[1])
    return {row["id"]: {name: encode(value) for name, value in row.items()} for row in found}


def filled(connection: Connection) -> list[str]:
    """The journal's tables that hold anything, in one question: most of them do not."""
    return sorted(connection.scalars(_filled()))


@cache
def _filled() -> CompoundSelect[str]:
    some = {name: exists(select(table_of(model).c.id)) for name, model in models().items()}
    words = {name: literal_column(f"'{name}'", String) for name in some}
    return union_all(*(select(words[name]).where(found) for name, found in some.items()))


def _strangers(session: Session) -> Iterator[Fault]:
    """Rows that the log has never heard of."""
    for name in filled(session.connection()):
        model = models()[name]
        table = table_of(model)
        for pk in session.scalars(select(table.c.id).where(~_logged(name, table.c.id))):
            yield Fault(f"{name} {pk}", f"“{model.title}”多了一条日志里没有的记录。")
    for kept in (SYNC_ROW, SYNC_CONFLICT):
        lost = select(kept.c.tab, kept.c.pk).where(~_logged(kept.c.tab, kept.c.pk)).distinct()
        for tab, pk in session.execute(lost):
            yield Fault(f"{tab} {pk}", "日志里没有这条记录的来历。")


def _logged(tab: Any, pk: Any) -> Any:  # Any: a column or a text; SQL
    return exists().where(SYNC_CHANGE.c.tab == tab, SYNC_CHANGE.c.pk == pk)


def _by_row(session: Session) -> Iterator[tuple[tuple[str, str], list[_Line]]]:
    lines = select(SYNC_CHANGE).order_by(SYNC_CHANGE.c.tab, SYNC_CHANGE.c.pk)
    found = session.execute(lines, execution_options={"yield_per": 1000})
    for key, some in groupby(found, key=lambda line: (line.tab, line.pk)):
        yield key, list(some)


def _tables() -> list[Table]:
    return [table_of(model) for model in models().values()]


def _blanks(tab: str) -> Any:  # Any: a mapping of JSON values
    return blanks(models()[tab]) if tab in models() else {}
