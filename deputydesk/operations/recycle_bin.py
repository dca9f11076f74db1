"""The recycle bin: what was deleted, by whom and how, and bringing it back with its parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.journal import past
from deputydesk.journal.caches import RowKey
from deputydesk.journal.past import Deed, Line
from deputydesk.journal.values import Value, models
from deputydesk.models.base import Record, columns_of
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import past_names, written_checks
from deputydesk.operations.belongings import INNER, parts_of

"""Kinds whose numbers begin anew each year; the number of a deleted one may be in use again."""


@dataclass(frozen=True)
class GoneRow:
    """A deleted record as the bin lists it.

    Args:
        id: table and id of the record: `visit:T1-…`.
        table: its kind.
        record_id: its id.
        kind: the kind in Chinese.
        name: what it was called.
        at: when it was deleted, as ISO text.
        user: who did it.
        action: name of what was done.
        deed: what was deleted at once has the same.
        parts: what went with it: 参加代表2条.
    """

    id: str
    table: str
    record_id: str
    kind: str
    name: str
    at: str
    user: str
    action: str
    deed: str
    parts: str


@dataclass(frozen=True)
class _Gone:
    """A deleted row: its deletion, what it said, and what was done."""

    line: Line
    values: Mapping[str, Value]
    deed: Deed

    @property
    def model(self) -> type[Record]:
        """The kind of record."""
        return models()[self.line.tab]


def rows(session: Session) -> list[GoneRow]:
    """What is deleted and can come back, newest first; what went with another is not by itself."""
    found = _gone(session)
    named = _by_owner(found)
    with_it = {key: _parts(found, named, key) for key in found}
    below = {part for parts in with_it.values() for part in parts}
    shown = [key for key in found if key not in below and models()[key[0]] not in INNER]
    known = past_names.names_of_lost(session, shown)
    return [
        GoneRow(
            id=f"{key[0]}:{key[1]}",
            table=key[0],
            record_id=key[1],
            kind=found[key].model.title,
            name=known.get(key, ""),
            at=found[key].line.at,
            user=found[key].line.user,
            action=found[key].deed.title or "删除",
            deed=found[key].deed.id,
            parts=_counted(with_it[key]),
        )
        for key in shown
    ]


def values(session: Session, table: str, record_id: str) -> list[tuple[str, str]]:
    """What a deleted record said, by the Chinese names of its fields; empty ones are left out."""
    lines = past.lines_of(session, [(table, record_id)])
    said = past_names.last_values(lines)
    model = models()[table]
    known = past_names.names(session, past_names.references(model, said).values())
    found: list[tuple[str, str]] = []
    for column in columns_of(model):
        if column.primary_key or said.get(column.key) in (None, "", False, 0):
            continue
        refers = column.info["refers"] or past_names.kind_beside(column.key, said)
        text = past_names.shown(column, said[column.key], refers, known)
        if text not in (past_names.EMPTY, past_names.CHANGED, past_names.HIDDEN):
            found.append((column.info["label"], text))
    return found


@operation(Right.REGISTER, "从回收站恢复")
def restore(tx: Tx, *, ids: Sequence[str]) -> int:
    """Bring deleted records back with what went with them; returns how many came back.

    Args:
        tx: the transaction.
        ids: the records, each as table and id: `visit:T1-…`.

    Raises:
        UserError: one is not deleted, names what is not there any more, or cannot stand any more.
    """
    found = _gone(tx.session)
    named = _by_owner(found)
    wanted: dict[RowKey, None] = {}
    for one in ids:
        table, _, record_id = one.partition(":")
        key = (table, record_id)
        if key not in found:
            raise UserError("这条记录没有被删除，或者已经恢复了。", hint="请刷新后再试。")
        wanted |= dict.fromkeys((key, *_parts(found, named, key)))
    for table, _ in wanted:
        written_checks.refuse_without_right(tx, models()[table])
    back = [_bring_back(tx, found[key]) for key in wanted]
    tx.session.flush()
    for record in back:
        _refuse_orphan(tx, record)
        written_checks.check_whole(tx, record)
    first = next(iter(wanted))
    name = past_names.names(tx.session, [first]).get(first, "")
    tx.about = f"{len(ids)}条" if len(ids) > 1 else f"{models()[first[0]].title} {name}".strip()
    return len(back)


def _gone(session: Session) -> dict[RowKey, _Gone]:
    """Every deleted row, newest first."""
    ends = past.gone(session)
    log: dict[RowKey, list[Line]] = {line.key: [] for line in ends}
    for line in past.lines_of(session, log):
        log[line.key].append(line)
    deeds = past.deeds(session, ends)
    return {
        line.key: _Gone(line, past_names.last_values(log[line.key]), deeds[line.change.dot])
        for line in ends
    }


def _by_owner(found: Mapping[RowKey, _Gone]) -> dict[tuple[str, str, str], list[RowKey]]:
    """The deleted rows by their table, a column of theirs, and the id that stands in it."""
    named: dict[tuple[str, str, str], list[RowKey]] = {}
    for key, gone in found.items():
        for name, value in gone.values.items():
            if name.endswith("_id") and value:
                named.setdefault((key[0], name, value), []).append(key)
    return named


def _parts(
    found: Mapping[RowKey, _Gone],
    named: Mapping[tuple[str, str, str], list[RowKey]],
    owner: RowKey,
) -> list[RowKey]:
    """What belonged to a record and was deleted with it, and what belonged to that."""
    taken: list[RowKey] = []
    for part, column in parts_of(models()[owner[0]]):
        for key in named.get((part.__tablename__, column.key, owner[1]), ()):
            if found[key].deed.id == found[owner].deed.id:
                taken += [key, *_parts(found, named, key)]
    return taken


def _counted(keys: Iterable[RowKey]) -> str:
    counts: dict[str, int] = {}
    for table, _ in keys:
        title = models()[table].title
        counts[title] = counts.get(title, 0) + 1
    return "、".join(f"{title}{count}条" for title, count in counts.items())


def _bring_back(tx: Tx, gone: _Gone) -> Record:
    record = gone.model(id=gone.line.pk, **past.columns(gone.model, gone.values))
    tx.session.add(record)
    return record


def _refuse_orphan(tx: Tx, record: Record) -> None:
    """Refuse a record that names one that is deleted: that one comes back first."""
    said = {c.key: getattr(record, c.key) for c in columns_of(type(record))}
    labels = {c.key: c.info["label"] for c in columns_of(type(record))}
    for name, key in past_names.references(type(record), said).items():
        if key[0] in models() and tx.session.get(models()[key[0]], key[1]) is None:
            kind = models()[key[0]].title
            called = past_names.names(tx.session, [key]).get(key, "")
            raise FieldError(
                name,
                f"“{record.title}”的“{labels[name]}”是{kind}“{called}”，它也被删除了。",
                hint=f"请同时选中这条{kind}一起恢复。",
            )
