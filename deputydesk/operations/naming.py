"""What a record is called where another refers to it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String, cast, select
from sqlalchemy.sql import Select

from deputydesk.journal.values import models, table_of
from deputydesk.models import Assignment, Mandate, Person, Reply, Suggestion, Term, Unit, Visit
from deputydesk.models.base import Record, columns_of

_NAMES = ("name", "headline", "subject", "topic", "matter", "campaign", "content")
"""Columns that say what a record is called; the first that a kind has counts."""


@cache
def _called() -> Mapping[type[Record], ColumnElement[Any]]:  # Any: a text of the row
    """What records of a kind are called, where it is not one column."""
    return {
        Term: cast(Term.level, String) + cast(Term.number, String),
        Visit: cast(Visit.held_on, String) + " " + Visit.topic,
    }


def name_column(model: type[Record]) -> str:
    """The column that says what records of a kind are called; their id where none does."""
    columns = {column.key for column in columns_of(model)}
    return next((name for name in _NAMES if name in columns), "id")


def called(record: Record) -> str:
    """What one record is called."""
    return str(getattr(record, name_column(type(record))))


def naming(table: str) -> Select[str, str]:
    """A query for id and name of every record of a table."""
    if table == Mandate.__tablename__:
        return select(Mandate.id, Person.name).join(Person, Person.id == Mandate.person_id)
    if table == Assignment.__tablename__:
        return (
            select(Assignment.id, Suggestion.headline + " " + Unit.name)
            .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
            .join(Unit, Unit.id == Assignment.unit_id)
        )
    if table == Reply.__tablename__:
        return select(Reply.id, Suggestion.headline + " " + Reply.answer_class).join(
            Suggestion, Suggestion.id == Reply.suggestion_id
        )
    model = models()[table]
    named = _called().get(model)
    if named is None:
        named = table_of(model).c[name_column(model)]
    return select(model.id, named)
