"""Reading the log for people: who changed what, when, from what to what."""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.journal.caches import RowKey, heads_of
from deputydesk.journal.fold import Heads
from deputydesk.journal.log import read
from deputydesk.journal.tables import SyncChange, SyncConflict
from deputydesk.journal.values import Value, blanks, models
from deputydesk.models.base import labels

KINDS = {"I": "新建", "U": "修改", "D": "删除", "R": "恢复", "X": "清除"}


@dataclass(frozen=True)
class ChangeRow:
    """One changed field of a record, as a person reads it."""

    at: str
    user: str
    kind: str
    field: str
    label: str
    before: Value
    after: Value


def seen(session: Session, *keys: RowKey) -> dict[RowKey, Heads]:
    """The heads of some records now; give it to `Office.do_seen` when the form is saved."""
    return heads_of(session, keys)


def of_record(session: Session, table: str, record_id: str) -> list[ChangeRow]:
    """Every change of a record, oldest first."""
    model = models()[table]
    names = labels(model)
    now = dict(blanks(model))
    rows: list[ChangeRow] = []
    found = session.scalars(
        select(SyncChange)
        .where(SyncChange.tab == table, SyncChange.pk == record_id)
        .order_by(SyncChange.lam, SyncChange.feed, SyncChange.seq)
    )
    for line in found:
        kind = KINDS[line.kind]
        values = read(line).values or {}
        for name, value in values.items():
            rows.append(
                ChangeRow(
                    line.ts, line.usr, kind, name, names.get(name, name), now.get(name), value
                )
            )
            now[name] = value
        if not values:
            rows.append(ChangeRow(line.ts, line.usr, kind, "", "", None, None))
    return rows


def conflicts(session: Session) -> list[tuple[str, str, str]]:
    """Fields that hold several values until a person settles them: table, id, field."""
    found = session.scalars(select(SyncConflict).order_by(SyncConflict.tab, SyncConflict.pk))
    return [(c.tab, c.pk, c.field) for c in found]


def values_in_conflict(session: Session, table: str, record_id: str) -> dict[str, list[Value]]:
    """What was said of each field in conflict, by identifier; the value that is shown is last."""
    wanted = select(SyncConflict).where(SyncConflict.tab == table, SyncConflict.pk == record_id)
    return {
        conflict.field: [value for _, value in json.loads(conflict.alts)]
        for conflict in session.scalars(wanted)
    }
