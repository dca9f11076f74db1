"""Fields that two people wrote differently without knowing of each other; a person settles them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal import capture, fitting
from deputydesk.journal.fold import Change
from deputydesk.journal.log import SYNC_CHANGE, changes_of
from deputydesk.journal.tables import SyncConflict
from deputydesk.journal.values import Value, decode, models, table_of, text_of
from deputydesk.models import own_rules
from deputydesk.models.base import Record, columns_of, labels
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import past_names
from deputydesk.operations.naming import called


@dataclass(frozen=True)
class Said:
    """One of the values, with who wrote it and when; `text` is the value for people."""

    value: Value
    user: str
    at: str
    text: str


@dataclass(frozen=True)
class ConflictRow:
    """A field in conflict; the last of the values is the one that is shown meanwhile.

    Args:
        id: table, record and field, as `settle` takes them, with colons.
        table: of the record.
        record_id: of the record.
        field: identifier of the field.
        kind: what kind of record it is.
        name: what the record is called.
        label: what the field is called.
        said: the values, in the order in which they would win.
    """

    id: str
    table: str
    record_id: str
    field: str
    kind: str
    name: str
    label: str
    said: tuple[Said, ...]


def rows(session: Session) -> list[ConflictRow]:
    """Every field in conflict, by kind and record."""
    found: list[ConflictRow] = []
    for one in session.scalars(
        select(SyncConflict).order_by(SyncConflict.tab, SyncConflict.pk, SyncConflict.field)
    ):
        model = models().get(one.tab)
        record = _found(session, model, one.pk) if model else None
        if model is None or record is None:
            continue
        found.append(
            ConflictRow(
                f"{one.tab}:{one.pk}:{one.field}",
                one.tab,
                one.pk,
                one.field,
                model.title,
                called(record),
                labels(model).get(one.field, one.field),
                _all_said(session, record, one.field, json.loads(one.alts)),
            )
        )
    return found


def _all_said(
    session: Session, record: Record, field: str, alts: list[tuple[str, Value]]
) -> tuple[Said, ...]:
    model = type(record)
    log = {change.dot: change for change in changes_of(session, model.__tablename__, record.id)}
    column = next(column for column in columns_of(model) if column.key == field)
    meant = [past_names.references(model, {field: value}) for _, value in alts]
    known = past_names.names(session, {key for some in meant for key in some.values()})
    return tuple(
        _said(
            session,
            _first_writer(log, dot, field),
            value,
            past_names.shown(column, value, column.info["refers"], known),
        )
        for dot, value in alts
    )


def _first_writer(log: Mapping[str, Change], dot: str, field: str) -> str:
    """Who wrote a value: one that came back because a settlement was undone, was written before."""
    while earlier := _written_before(log, log[dot], field):
        dot = earlier
    return dot


def _written_before(log: Mapping[str, Change], change: Change, field: str) -> str:
    """The change that wrote the same before a settlement that this change takes back."""
    for settled in _replaced(log, change, field):
        before = _replaced(log, settled, field)
        for one in before if len(before) > 1 else ():
            if (one.values or {}).get(field) == (change.values or {}).get(field):
                return one.dot
    return ""


def _replaced(log: Mapping[str, Change], change: Change, field: str) -> list[Change]:
    """The earlier changes of a field that a change replaced; a forged one may name a later one."""
    known = [log[dot] for dot in change.base if dot in log]
    return [one for one in known if one.writes(field) and one.rank < change.rank]


def _said(session: Session, dot: str, value: Value, text: str) -> Said:
    feed, _, seq = dot.rpartition(":")
    c = SYNC_CHANGE.c
    line = session.execute(select(c.usr, c.ts).where(c.feed == feed, c.seq == int(seq))).one()
    return Said(value, line.usr, line.ts, text)


def _found(session: Session, model: type[Record], record_id: str) -> Record | None:
    with own_rules.all_shown(session):
        return session.get(model, record_id)


@operation(Right.MANAGE, "裁定不一致的内容")
def settle(tx: Tx, *, table: str, record_id: str, field: str, value: Value) -> None:
    """Say which value counts: it replaces all that were written.

    Undo opens it again: all that was written stands beside each other as before.

    Args:
        tx: the transaction.
        table: of the record.
        record_id: of the record.
        field: identifier of the field.
        value: the value that counts, as the log writes it.

    Raises:
        UserError: it is settled already, or the field cannot hold the value.
    """
    known = tx.session.get(SyncConflict, (table, record_id, field))
    model = models().get(table)
    record = _found(tx.session, model, record_id) if model else None
    if known is None or model is None or record is None:
        raise UserError("这一项已经没有不一致了。", hint="请刷新后再看。")
    _prove(model, field, value)
    setattr(record, field, decode(table_of(model).columns[field], value))
    capture.settle(tx.session, record, field)
    tx.about = f"{model.title} {called(record)}"


def _prove(model: type[Record], field: str, value: Value) -> None:
    """Refuse what the field cannot hold, before the database is asked to hold it."""
    try:
        fitting.prove(model.__tablename__, {field: value}, text_of(value))
    except fitting.Misfit as misfit:
        label = labels(model).get(field, field)
        raise UserError(
            f"“{label}”中有不能保存的内容，没有裁定。", hint="请按其中一个值的样子填写。"
        ) from misfit
