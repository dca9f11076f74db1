"""Records that name another which is not here: it has not come yet, or was deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.orm import Session

from deputydesk.journal.log import SYNC_CHANGE, SYNC_SELF
from deputydesk.journal.values import models, table_of
from deputydesk.models.base import Record, columns_of, scope_of
from deputydesk.operations import past_names
from deputydesk.operations.naming import called
from deputydesk.rules.choices import Choice
from deputydesk.rules.office_codes import LOCAL

MOST = 200
"""So many of each column are listed: more are of one cause."""


class Missing(Choice):
    """Why what is named is not here."""

    LATE = "late", "还没有来"
    GONE = "gone", "已删除"


@dataclass(frozen=True)
class OrphanRow:
    """A record that names one which is not here.

    Args:
        id: table, record and field, with colons.
        table: of the record.
        record_id: of the record.
        kind: what kind of record it is.
        name: what it is called.
        label: the field that names the other.
        named: what the other is called, or of what kind it is.
        missing: why it is not here.
        office: code of the office whose record it is.
    """

    id: str
    table: str
    record_id: str
    kind: str
    name: str
    label: str
    named: str
    missing: Missing
    office: str


def rows(session: Session) -> list[OrphanRow]:
    """Every record that names one which is not here, by kind; what was erased for good is none."""
    own = session.scalars(select(SYNC_SELF.c.office)).one()
    return [
        row
        for model in models().values()
        if not model.tells_of_the_past
        for column, target, where in _references(session, model)
        for row in _without(session, model, column, target, [*where, _could_be(column, own)])
    ]


Reference = tuple[Column[str], type[Record], list[ColumnElement[bool]]]
"""A column, the kind that it names, and in which rows it does."""


def _references(session: Session, model: type[Record]) -> Iterator[Reference]:
    columns = {column.key: column for column in columns_of(model)}
    for name, column in columns.items():
        beside = columns.get(f"{name.removesuffix('_id')}_kind") if name.endswith("_id") else None
        if target := models().get(column.info["refers"]):
            yield column, target, []
        elif beside is not None:
            for kind in session.scalars(select(beside).distinct()):
                if other := models().get(str(kind)):
                    yield column, other, [beside == kind]


def _could_be(column: Column[str], own: str) -> ColumnElement[bool]:
    """What stays in another office is never here, and nothing is missing."""
    return or_(not_(column.contains(f"{LOCAL}-")), column.startswith(f"{own}{LOCAL}-"))


def _without(
    session: Session,
    model: type[Record],
    column: Column[str],
    target: type[Record],
    where: Iterable[ColumnElement[bool]],
) -> Iterator[OrphanRow]:
    other = table_of(target).alias()
    is_there = exists().where(other.c.id == column)
    wanted = select(model).where(and_(column != "", not_(is_there), *where)).limit(MOST)
    for record in session.scalars(wanted.order_by(model.id)):
        named = str(getattr(record, column.key))
        c = SYNC_CHANGE.c
        this = (c.tab == target.__tablename__, c.pk == named)
        kinds = set(session.scalars(select(c.kind).where(*this)))
        if "X" in kinds:
            continue
        key = (target.__tablename__, named)
        yield OrphanRow(
            id=f"{record.__tablename__}:{record.id}:{column.key}",
            table=record.__tablename__,
            record_id=record.id,
            kind=model.title,
            name=called(record),
            label=column.info["label"],
            named=past_names.names(session, [key]).get(key, "") if kinds else target.title,
            missing=Missing.GONE if kinds else Missing.LATE,
            office=scope_of(record.id).partition(".")[0],
        )
