"""Numbers that two PCs gave without knowing of each other: each is kept, a person gives another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import SQLColumnExpression, case, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from deputydesk import models as m
from deputydesk.errors import UserError
from deputydesk.journal.log import SYNC_CHANGE
from deputydesk.journal.values import models
from deputydesk.models.base import Record, office_scope, scope_of
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import get, next_number
from deputydesk.operations.figures.splits import office_of
from deputydesk.operations.naming import called

Key = SQLColumnExpression[Any]  # Any: a text or a number


@dataclass(frozen=True)
class Series:
    """Within what a number stands once.

    Args:
        keys: what the records of one series have in common.
        of_all: the series is a record's own, whichever office adds to it.
        printed: the number stands on a document that went out, and is not given anew.
    """

    keys: tuple[Key, ...]
    of_all: bool = False
    printed: bool = False


def _year(day: InstrumentedAttribute[Any]) -> Key:  # Any: a day, which may be open
    return extract("year", day)


SERIES: Mapping[type[Record], Series] = {
    m.Suggestion: Series(
        (m.Suggestion.meeting_id, case((m.Suggestion.meeting_id == "", m.Suggestion.year), else_=0))
    ),
    m.Opinion: Series((_year(m.Opinion.heard_on),)),
    m.Visit: Series((_year(m.Visit.held_on),)),
    m.Activity: Series((_year(m.Activity.held_on),)),
    m.Expense: Series((_year(m.Expense.spent_on),)),
    m.Petition: Series((_year(m.Petition.reported_on),)),
    m.Conversion: Series((_year(m.Conversion.screened_on),)),
    m.Project: Series((m.Project.year, m.Project.level)),
    m.EventOpinion: Series((m.EventOpinion.event_id,), of_all=True),
    m.LegOpinion: Series((m.LegOpinion.round_id,), of_all=True),
    m.DocumentNumber: Series((m.DocumentNumber.prefix, m.DocumentNumber.year), printed=True),
    m.Dispatch: Series((m.Dispatch.kind, _year(m.Dispatch.last_on)), printed=True),
}
"""Kinds with numbers, and the series of each."""


@dataclass(frozen=True)
class DoubleRow:
    """One of several records with the same number; those of one number stand together.

    Args:
        id: table and record, with a colon.
        table: of the record.
        record_id: of the record.
        kind: what kind of record it is.
        number: which all of them have.
        name: what the record is called.
        office: code of the office whose record it is.
        user: who registered it.
        at: when, by that PC's clock.
        printed: whether the number stands on a document that went out.
    """

    id: str
    table: str
    record_id: str
    kind: str
    number: int
    name: str
    office: str
    user: str
    at: str
    printed: bool


def rows(session: Session) -> list[DoubleRow]:
    """Every record whose number another one of its office and series has too."""
    return [row for model in SERIES for row in _of_kind(session, model)]


@operation(Right.REGISTER, "改为下一个编号")
def renumber(tx: Tx, *, table: str, record_id: str) -> int:
    """Give a record whose number stands twice the next one of its series; returns it.

    Raises:
        UserError: it stands once, is another office's, or stands on a document that went out.
    """
    model = models().get(table)
    if model is None or model not in SERIES:
        raise UserError("这种记录没有编号。")
    series, record = SERIES[model], get(tx.session, model, record_id)
    if series.printed:
        raise UserError("这个编号已经印在文件上，不能改。", hint="给错的请作废，再另编一个。")
    if not series.of_all and scope_of(record_id).partition(".")[0] != office_scope.get():
        raise UserError("这是别的单位的编号。", hint="请由登记它的单位改。")
    if record_id not in {row.record_id for row in _of_kind(tx.session, model)}:
        raise UserError("这个编号没有重复，不用改。", hint="请刷新后再看。")
    said = tx.session.execute(select(*series.keys).where(model.id == record_id)).one()
    where = [key == value for key, value in zip(series.keys, said, strict=True)]
    number = next_number(tx.session, _number(model), *where, of_all=series.of_all)
    setattr(record, "number", number)  # noqa: B010 - of whichever kind
    tx.about = f"{model.title} {called(record)}，{number}号"
    return number


def _number(model: type[Record]) -> InstrumentedAttribute[int]:
    found: Any = model.__mapper__.all_orm_descriptors["number"]  # Any: of whichever kind
    return found


def _of_kind(session: Session, model: type[Record]) -> Iterator[DoubleRow]:
    series, number = SERIES[model], _number(model)
    keys = series.keys if series.of_all else (office_of(model.id), *series.keys)
    twice = select(number, *keys).where(number > 0).group_by(number, *keys)
    for line in session.execute(twice.having(func.count() > 1).order_by(*keys, number)):
        these = [key == value for key, value in zip((number, *keys), line, strict=True)]
        for record in session.scalars(select(model).where(*these).order_by(model.id)):
            yield _row(session, record, line[0], printed=series.printed)


def _row(session: Session, record: Record, number: int, *, printed: bool) -> DoubleRow:
    table, c = record.__tablename__, SYNC_CHANGE.c
    births = select(c.usr, c.ts).where(c.tab == table, c.pk == record.id, c.kind == "I")
    born = session.execute(births).first()
    return DoubleRow(
        id=f"{table}:{record.id}",
        table=table,
        record_id=record.id,
        kind=record.title,
        number=number,
        name=called(record),
        office=scope_of(record.id).partition(".")[0],
        user=born.usr if born else "",
        at=born.ts if born else "",
        printed=printed,
    )
