"""What a record is called where another refers to it."""

from typing import Any

from sqlalchemy import ColumnElement, String, cast, select
from sqlalchemy.sql import Select

from deputydesk.models import (
    Assignment,
    DeputyGroup,
    ElectoralDistrict,
    Evaluation,
    Home,
    Mandate,
    Meeting,
    Opinion,
    Person,
    Reply,
    Suggestion,
    Term,
    Unit,
    Visit,
    Voter,
)
from deputydesk.models.base import Record

_CALLED: dict[type[Record], ColumnElement[Any]] = {  # Any: a text of the row, whichever column
    DeputyGroup: DeputyGroup.name.expression,
    ElectoralDistrict: ElectoralDistrict.name.expression,
    Evaluation: Evaluation.name.expression,
    Home: Home.name.expression,
    Meeting: Meeting.name.expression,
    Opinion: Opinion.matter.expression,
    Person: Person.name.expression,
    Suggestion: Suggestion.headline.expression,
    Term: cast(Term.level, String) + cast(Term.number, String),
    Unit: Unit.name.expression,
    Visit: cast(Visit.held_on, String) + " " + Visit.topic,
    Voter: Voter.name.expression,
}


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
    called = next((m, c) for m, c in _CALLED.items() if m.__tablename__ == table)
    return select(called[0].id, called[1])
