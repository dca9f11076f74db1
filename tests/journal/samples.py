"""Operations and queries for the journal's tests: any record, any fields."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal.values import encode, models, table_of
from deputydesk.models import Opinion, Person, Record, Visit, Voter
from deputydesk.office import Office, Right, Tx, User, operation

NOW = datetime(2026, 11, 23, 9, 0)
ZHANG = User("张丽")
LI = User("李强")

Values = dict[str, Any]  # Any: JSON
KINDS: tuple[type[Record], ...] = (Visit, Opinion, Voter, Person)


def clock() -> datetime:
    return NOW


@contextmanager
def opened(target: Path | str, user: User = ZHANG) -> Generator[Office]:
    office = Office.open(target, clock=clock, user=user)
    try:
        yield office
    finally:
        office.close()


def create(target: Path | str) -> Office:
    return Office.create(target, code="T1", clock=clock, user=ZHANG)


@operation(Right.REGISTER, "登记")
def add(tx: Tx, model: type[Record], **values: object) -> str:
    record = model(**values)
    tx.session.add(record)
    return record.id


@operation(Right.HANDLE, "修改")
def edit(tx: Tx, model: type[Record], record_id: str, **values: object) -> None:
    record = tx.session.get(model, record_id)
    if record is None:
        raise UserError("没有了。")
    for name, value in values.items():
        setattr(record, name, value)


@operation(Right.HANDLE, "删除")
def remove(tx: Tx, model: type[Record], record_id: str) -> None:
    tx.session.delete(tx.session.get_one(model, record_id))


@operation(Right.HANDLE, "批量")
def batch(
    tx: Tx,
    new: Mapping[str, tuple[type[Record], Values]],
    edits: Mapping[str, tuple[type[Record], Values]],
    gone: Mapping[str, type[Record]],
) -> None:
    for record_id, (model, values) in new.items():
        tx.session.add(model(id=record_id, **values))
    for record_id, (model, values) in edits.items():
        edit(tx, model, record_id, **values)
    for record_id, model in gone.items():
        remove(tx, model, record_id)


def visit(office: Office, topic: str = "道路", **values: object) -> str:
    return office.do(add, Visit, topic=topic, held_on=date(2026, 11, 20), **values)


def topics(session: Session) -> list[str]:
    return list(session.scalars(select(Visit.topic).order_by(Visit.id)))


def everything(session: Session) -> dict[str, dict[str, Values]]:
    """All records: table -> id -> values as JSON. Empty tables are passed over in one statement."""
    tables = {name: table_of(model) for name, model in models().items()}
    filled = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{table.name}\")"
        for name, table in tables.items()
    )
    found: dict[str, dict[str, Values]] = {}
    for name in session.execute(text(filled)).scalars():
        for row in session.execute(select(tables[name])).mappings():
            values = {key: encode(value) for key, value in row.items() if key != "id"}
            found.setdefault(name, {})[row["id"]] = values
    return found
