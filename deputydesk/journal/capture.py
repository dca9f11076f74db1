"""Seeing what an operation changes, and writing it to the log in the same transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import event, inspect
from sqlalchemy.orm import (
    ORMExecuteState,
    Session,
    SessionTransaction,
    UOWTransaction,
    attributes,
)

from deputydesk.errors import UserError
from deputydesk.journal.caches import (
    RowKey,
    heads_of,
    refold,
    save_heads,
)
from deputydesk.journal.erasing import erase
from deputydesk.journal.fold import Heads, fold, said_by
from deputydesk.journal.log import Entry, Myself, Writer, changes_of
from deputydesk.journal.values import Value, blanks, encode
from deputydesk.late import dataclass
from deputydesk.models.base import Record

_UNKNOWN = object()
"""The old value of an attribute that was set without being read."""


@dataclass
class _Touched:
    """What happened to one row so far in this transaction."""

    model: type[Record]
    was: bool
    there: bool = True
    whole: bool = False
    old: dict[str, Value] = field(default_factory=dict[str, Value])
    new: dict[str, Value] = field(default_factory=dict[str, Value])

    @property
    def changed(self) -> dict[str, Value]:
        """The fields that are not as they were."""
        return {name: value for name, value in self.new.items() if self.old[name] != value}


class Written(NamedTuple):
    """What a transaction did to one row, for what is kept in step with the rows.

    Args:
        model: the kind of record.
        is_fresh: the log has never heard of it before, so nothing refers to it yet.
        fields: the columns that may be different now.
        before: values that columns had; of a changed row only of those in `fields`.
        after: values that they have; a column that is not there must be looked up.
    """

    model: type[Record]
    is_fresh: bool
    fields: frozenset[str]
    before: Mapping[str, Value]
    after: Mapping[str, Value]


@dataclass
class Recorder:
    """Collects the changes of a session's records and writes them to the log before commit.

    Args:
        myself: who writes, from `lock_myself`.
        seen: heads that the user saw when a form was opened, by row; an edit replaces only
            what was seen, so an edit that came in between shows as a conflict.
    """

    now: datetime
    user: str
    myself: Myself
    seen: Mapping[RowKey, Heads] = field(default_factory=dict[RowKey, Heads])
    touched: dict[RowKey, _Touched] = field(default_factory=dict[RowKey, _Touched])
    settled: dict[RowKey, set[str]] = field(default_factory=dict[RowKey, set[str]])
    reopened: dict[RowKey, dict[str, tuple[Value, ...]]] = field(
        default_factory=dict[RowKey, dict[str, tuple[Value, ...]]]
    )
    expunged: set[RowKey] = field(default_factory=set[RowKey])
    ranges: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    written: Mapping[RowKey, Written] = field(default_factory=dict[RowKey, Written])

    def collect(self, session: Session) -> None:
        """Take note of what a flush wrote."""
        for record in session.new:
            if isinstance(record, Record):
                touch = self._touch(record, was=False)
                touch.there = touch.whole = True
                _note(touch, record)
        for record in session.dirty:
            if isinstance(record, Record) and session.is_modified(record):
                _note(self._touch(record, was=True), record)
        for record in session.deleted:
            if isinstance(record, Record):
                touch = self._touch(record, was=True)
                touch.there = False
                held = inspect(record).dict
                for name in blanks(touch.model).keys() & held.keys():
                    touch.old.setdefault(name, encode(held[name]))

    def write(self, session: Session) -> frozenset[type[Record]]:
        """Write what was collected; returns the kinds of record that changed."""
        before = heads_of(session, self.touched)
        writer = Writer(session, self.myself, self.now, self.user)
        written = writer.append(self._entries(session, before))
        after = {
            (entry.tab, entry.pk): advance(before.get((entry.tab, entry.pk), Heads()), entry, dot)
            for entry, dot in written
        }
        doubtful = {key for key in self.touched if self._is_stale(key, before)}
        doubtful |= self.reopened.keys()
        for some in (before, after):
            doubtful |= {key for key, heads in some.items() if not heads.agree}
        sure = {key: heads for key, heads in after.items() if key not in doubtful}
        save_heads(session, before, sure)
        for key in doubtful:
            refold(session, key)
        for key in self.expunged:
            erase(session, *key)
            refold(session, key)
        kinds = frozenset(self.touched[key].model for key in after)
        self.written = {
            key: _written(self.touched[key], is_fresh=key not in before, is_sure=key in sure)
            for key in {**after, **dict.fromkeys(doubtful)}
        }
        self.touched.clear()
        self.ranges = writer.ranges
        return kinds

    def settle(self, record: Record, name: str) -> None:
        """Write a field even if its value stays: it replaces all that was said of it."""
        touch = self._touch(record, was=True)
        touch.new[name] = encode(getattr(record, name))
        touch.old.setdefault(name, touch.new[name])
        self.settled.setdefault((record.__tablename__, record.id), set()).add(name)

    def reopen(self, record: Record, name: str, others: tuple[Value, ...]) -> None:
        """Write a field as it is, and beside it what else was said of it: none replaces another."""
        self.settle(record, name)
        key = (record.__tablename__, record.id)
        self.reopened.setdefault(key, {})[name] = others

    def expunge(self, model: type[Record], record_id: str) -> None:
        """Erase a record that was deleted from the log as well, for ever."""
        key = (model.__tablename__, record_id)
        self.touched.setdefault(key, _Touched(model, was=True, there=False))
        self.expunged.add(key)

    def _touch(self, record: Record, *, was: bool) -> _Touched:
        key = (record.__tablename__, record.id)
        return self.touched.setdefault(key, _Touched(type(record), was))

    def _new_values(self, key: RowKey, touch: _Touched) -> dict[str, Value]:
        return touch.changed | {name: touch.new[name] for name in self.settled.get(key, ())}

    def _is_stale(self, key: RowKey, before: Mapping[RowKey, Heads]) -> bool:
        return key in self.seen and self.seen[key] != before.get(key)

    def _entries(self, session: Session, before: Mapping[RowKey, Heads]) -> Iterable[Entry]:
        for (tab, pk), touch in self.touched.items():
            heads = before.get((tab, pk), Heads())
            known = self.seen.get((tab, pk), heads)
            if touch.was and not heads.life:
                raise UserError(
                    f"这条“{touch.model.title}”记录不是在本程序中登记的，不能修改。",
                    hint="请先检查并修复数据。",
                )
            if touch.there and touch.whole and heads.life:
                yield _restored(session, tab, pk, touch, heads)
            elif touch.there and touch.whole:
                empty = blanks(touch.model)
                values = {name: v for name, v in touch.new.items() if empty[name] != v}
                yield Entry(tab, pk, "I", (), values)
            elif touch.was and not touch.there:
                kind = "X" if (tab, pk) in self.expunged else "D"
                yield Entry(tab, pk, kind, known.all(), {})
            elif touch.was and (values := self._new_values((tab, pk), touch)):
                if known != heads:
                    values = _meant(session, tab, pk, touch, known)
                yield from self._beside(tab, pk, known)
                base = {dot for name in values for dot in known.of(name)}
                if values:
                    yield Entry(tab, pk, "U", tuple(sorted(base)), values)

    def _beside(self, tab: str, pk: str, known: Heads) -> Iterable[Entry]:
        """What else was said of fields that are in conflict again."""
        for name, others in self.reopened.get((tab, pk), {}).items():
            for other in others:
                yield Entry(tab, pk, "U", known.of(name), {name: other})


def _written(touch: _Touched, *, is_fresh: bool, is_sure: bool) -> Written:
    """What happened to a row; where its log had to be folded, what was meant need not be there."""
    is_whole = touch.whole or not touch.there or not is_sure
    fields = frozenset(blanks(touch.model) if is_whole else touch.changed)
    before = {name: value for name, value in touch.old.items() if value is not _UNKNOWN}
    return Written(touch.model, is_fresh, fields, before, touch.new if is_sure else {})


def _note(touch: _Touched, record: Record) -> None:
    names = blanks(touch.model)
    if touch.whole:
        touch.new = {name: encode(getattr(record, name)) for name in names}
        return
    for name in names.keys() - inspect(record).unmodified:
        history = attributes.get_history(record, name)
        if history.has_changes():
            old = encode(history.deleted[0]) if history.deleted else _UNKNOWN
            touch.old.setdefault(name, old)
            touch.new[name] = encode(getattr(record, name))


def _restored(session: Session, tab: str, pk: str, touch: _Touched, heads: Heads) -> Entry:
    """A row that the log knows, written whole: what differs from what it was.

    Raises:
        UserError: it was erased for ever.
    """
    log = changes_of(session, tab, pk)
    if any(change.kind == "X" for change in log):
        raise UserError(f"这条“{touch.model.title}”记录已经彻底删除，恢复不了。")
    state = fold(log, blanks(touch.model))
    values = {name: v for name, v in touch.new.items() if state.values[name] != v}
    base = {*heads.life, *(dot for name in values for dot in heads.of(name))}
    return Entry(tab, pk, "R", tuple(sorted(base)), values)


def _meant(session: Session, tab: str, pk: str, touch: _Touched, known: Heads) -> dict[str, Value]:
    """What the user of an outdated form changed: a form hands back untouched fields as well."""
    log = {change.dot: change for change in changes_of(session, tab, pk)}

    def shown(name: str) -> Value:
        said = said_by(log, known.of(name), name, blanks(touch.model))
        return said[-1][1] if said else _UNKNOWN

    return {name: value for name, value in touch.changed.items() if value != shown(name)}


def advance(heads: Heads, entry: Entry, dot: str) -> Heads:
    """The heads of a row after one more change of this device."""
    if entry.kind == "I":
        return Heads((dot,), (dot,))
    replaced = set(entry.base)

    def after(old: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({d for d in old if d not in replaced} | {dot}))

    fields = dict(heads.fields) | {name: after(heads.of(name)) for name in entry.values}
    life = heads.life if entry.kind == "U" else after(heads.life)
    return Heads(life, heads.rest, fields)


RECORDER = "recorder"
"""The recorder of a session, as `Session.info` names it."""


def settle(session: Session, record: Record, name: str) -> None:
    """Say that a field's value, as it is now, replaces everything that was said of it."""
    session.flush()
    session.info[RECORDER].settle(record, name)


def reopen(session: Session, record: Record, name: str, others: tuple[Value, ...]) -> None:
    """Say that a field's value, as it is now, and these others stand beside each other again."""
    session.flush()
    session.info[RECORDER].reopen(record, name, others)


def expunge(session: Session, model: type[Record], record_id: str) -> None:
    """Erase a record, living or deleted, from the tables and from the log, for ever."""
    record = session.get(model, record_id)
    if record is not None:
        session.delete(record)
    session.flush()
    session.info[RECORDER].expunge(model, record_id)


def listen(session: Session, recorder: Recorder) -> None:
    """Let the recorder see every flush of the session, and refuse what would pass it by."""
    session.info[RECORDER] = recorder

    def flushed(session: Session, _flush: UOWTransaction) -> None:
        recorder.collect(session)

    event.listen(session, "after_flush", flushed)
    event.listen(session, "do_orm_execute", refuse_bulk)
    event.listen(session, "after_transaction_create", _refuse_savepoint)


def refuse_bulk(state: ORMExecuteState) -> None:
    """Refuse a bulk change of records, which the journal would not see: a fault of ours.

    Raises:
        TypeError: it is one.
    """
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    mapper: Any = state.bind_mapper  # Any: SQLAlchemy's own type is not exported
    if mapper is not None and issubclass(mapper.class_, Record):
        message = f"bulk change of {mapper.class_.__tablename__} bypasses the journal"
        raise TypeError(message)


def _refuse_savepoint(_session: Session, transaction: SessionTransaction) -> None:
    """What is rolled back in part would stay in the journal."""
    if transaction.nested:
        message = "an operation is one transaction: no savepoints"
        raise TypeError(message)
