"""Checks that every operation needs: the record is there, the field is filled, the day can be."""

from datetime import date
from functools import cache, lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.util import identity_key

from deputydesk.errors import FieldError, UserError
from deputydesk.models.base import Record, office_scope
from deputydesk.office import Tx
from deputydesk.rules.deadlines import chinese

M = TypeVar("M", bound=Record)


def get(session: Session, model: type[M], record_id: str) -> M:
    """The record with this id.

    Raises:
        UserError: it is not there (any more).
    """
    found = find(session, model, record_id)
    if found is None:
        raise UserError(f"找不到这条“{model.title}”记录，可能已被删除。", hint="请刷新后再试。")
    return found


def put(tx: Tx, model: type[M], record_id: str, **values: Any) -> M:  # Any: values of columns
    """Register a new record with these values, or give them to the one with the id.

    Args:
        tx: the transaction.
        model: the kind of record.
        record_id: the record to change; empty makes a new one.
        values: by column; those not named keep what they are, or start blank.

    Raises:
        UserError: the record to change is not there (any more).
    """
    if not record_id:
        made = model(**values)
        tx.session.add(made)
        return made
    kept = get(tx.session, model, record_id)
    for name, value in values.items():
        setattr(kept, name, value)
    return kept


def get_for(session: Session, model: type[M], field: str, record_id: str) -> M:
    """The record that a field names by id.

    Raises:
        FieldError: none was chosen, or it is not there.
    """
    found = find(session, model, record_id) if record_id else None
    if found is None:
        raise FieldError(field, f"请选择{model.title}。")
    return found


def find(session: Session, model: type[M], record_id: str) -> M | None:
    """The record with this id, if it is there.

    As `session.get`, which puts its question together anew each time: twice the work.
    """
    if session.identity_map.get(identity_key(model, record_id)) is not None:
        return session.get(model, record_id)
    return session.scalars(_by_id(model), {"of_id": record_id}).one_or_none()


@cache
def _by_id(model: type[M]) -> Select[M]:
    return select(model).where(model.id == bindparam("of_id"))


def filled(field: str, text: str, what: str) -> str:
    """The text without blanks around it.

    Raises:
        FieldError: nothing is left.
    """
    text = text.strip()
    if not text:
        raise FieldError(field, f"请填写{what}。")
    return text


def not_future(field: str, day: date, today: date, what: str) -> None:
    """Refuse a day that has not come.

    Raises:
        FieldError: the day is after today.
    """
    if day > today:
        raise FieldError(field, f"{what}不能晚于今天（{chinese(today)}）。")


def not_before(field: str, day: date, earliest: date | None, what: str, than: str) -> None:
    """Refuse a day before the one it must follow.

    Raises:
        FieldError: the day is too early.
    """
    if earliest and day < earliest:
        raise FieldError(field, f"{what}不能早于{than}（{chinese(earliest)}）。")


def in_order(
    field: str,
    first: date | None,
    last: date | None,
    what: str = "结束日期",
    than: str = "开始日期",
) -> None:
    """Refuse an end before its beginning; either may be open.

    Raises:
        FieldError: the end comes first.
    """
    if first and last and last < first:
        raise FieldError(field, f"{what}不能早于{than}（{chinese(first)}）。")


def not_negative(field: str, number: int, what: str) -> None:
    """Refuse a count below zero.

    Raises:
        FieldError: it is below zero.
    """
    if number < 0:
        raise FieldError(field, f"{what}不能小于0。")


def next_number(
    session: Session,
    column: InstrumentedAttribute[int],
    *where: ColumnElement[bool],
    of_all: bool = False,
) -> int:
    """The number after the highest given so far in a series of this office.

    Args:
        session: of the operation.
        column: that holds the number.
        where: what the series is limited to.
        of_all: the series is a record's own, whoever adds to it.
    """
    session.flush()
    own = "%" if of_all else office_scope.get("%")
    found = session.connection().scalar(
        _highest(column, where), {"own": f"{own}-%", "local": f"{own}.local-%"}
    )
    return (found or 0) + 1


@lru_cache(maxsize=64)
def _highest(
    column: InstrumentedAttribute[int], where: tuple[ColumnElement[bool], ...]
) -> Select[int]:
    """Put together once where the conditions are those of before."""
    ident = column.class_.id
    mine = or_(ident.like(bindparam("own")), ident.like(bindparam("local")))
    return select(func.max(column)).where(mine, *where)
