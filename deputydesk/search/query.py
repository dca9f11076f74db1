"""Asking the index: which records hold every word, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, Select, false, func, literal_column, select
from sqlalchemy.orm import Session

from deputydesk.journal.asking import is_server
from deputydesk.journal.values import table_of
from deputydesk.rules.search_tokens import expression, words
from deputydesk.search import numbering, spec
from deputydesk.search.spec import Kind
from deputydesk.search.store import DOC, NEWEST, NEWEST_IDS, holding

__all__ = ["Found", "condition", "counts", "newest", "newest_ids", "words"]


@dataclass(frozen=True)
class Found:
    """A record that was found."""

    model: Kind
    id: str


def newest(
    session: Session, looked_for: Sequence[str], model: Kind | None = None, limit: int | None = None
) -> list[Found]:
    """Records in which every word stands: kind by kind in their order, the newest day first.

    Args:
        session: where the records are.
        looked_for: as `words` gave them; without any, nothing is found.
        model: a kind; None: all.
        limit: so many at most; the first of a long answer come at once.
    """
    if not looked_for:
        return []
    connection = session.connection()
    if is_server(connection):
        number, where = holding(connection, looked_for, *_span(model))
        query = select(DOC.c.id, DOC.c.pk).where(where).order_by(number.desc()).limit(limit)
        rows = connection.execute(query)
    else:
        first, last = _span(model)
        asked = {"asked": expression(looked_for), "first": first, "last": last}
        rows = connection.execute(NEWEST, asked | {"most": -1 if limit is None else limit})
    return [Found(numbering.kind_of(row.id), row.pk) for row in rows]


def newest_ids(
    session: Session, model: Kind, looked_for: Sequence[str], limit: int
) -> tuple[CTE, Mapping[str, object]]:
    """A part of a query: the newest records of a kind in which every word stands, as `pk`.

    On SQLite it is always the same, so that a query with it is put together once; what is asked
    for is in the parameters.
    """
    connection = session.connection()
    first, last = _span(model)
    if is_server(connection):
        number, where = holding(connection, looked_for, first, last)
        query = select(DOC.c.pk).where(where).order_by(number.desc()).limit(limit)
        return query.cte("newest"), {}
    asked = {"asked": expression(looked_for), "first": first, "last": last, "most": limit}
    return NEWEST_IDS, asked


def counts(session: Session, looked_for: Sequence[str]) -> dict[Kind, int]:
    """How many records of each kind hold every word; kinds with none are left out."""
    if not looked_for:
        return {}
    number, where = holding(session.connection(), looked_for, *_span(None))
    kind = number.op(">>")(literal_column(str(numbering.KIND_SHIFT)))
    query = select(func.max(number), func.count()).where(where).group_by(kind)
    rows = session.execute(query.order_by(func.max(number).desc()))
    return {numbering.kind_of(highest): many for highest, many in rows}


def condition(session: Session, model: Kind, looked_for: Sequence[str]) -> ColumnElement[bool]:
    """The condition, for lists of a kind, under which every word stands in a record."""
    if not looked_for:
        return false()
    number, where = holding(session.connection(), looked_for, *_span(model))
    numbers: Select[int] = select(number).where(where)
    return table_of(model).c.id.in_(select(DOC.c.pk).where(DOC.c.id.in_(numbers)))


def _span(model: Kind | None) -> tuple[int, int]:
    """The numbers of a kind's documents, or of all."""
    highest, lowest = (model, model) if model else (spec.KINDS[0], spec.KINDS[-1])
    return numbering.first_of(lowest), numbering.last_of(highest)
