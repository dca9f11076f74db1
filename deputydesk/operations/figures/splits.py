"""By what the rows of each table can be split: read off the table, or said here."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from deputydesk.late import dataclass
from deputydesk.models import (
    Activity,
    Assignment,
    Attendance,
    EvaluationEntry,
    Home,
    HomeCheck,
    LegOpinion,
    Mandate,
    Opinion,
    Person,
    PointEntry,
    Project,
    ProjectEval,
    Reply,
    Service,
    Suggestion,
    Training,
    Visit,
    VisitDeputy,
)
from deputydesk.models.attendance import Presence
from deputydesk.models.base import Record, columns_of
from deputydesk.models.choices import HandbackOutcome, UnitRole
from deputydesk.operations.figures.measures import GRAINS, Column, Dimension, Measure, Source
from deputydesk.rules.choices import Choice
from deputydesk.rules.office_codes import LOCAL, VOTERS

Join = tuple[Any, ColumnElement[bool]]  # Any: a table or another name of it


@dataclass(frozen=True, eq=False)
class Split:
    """What the rows of a table are split by.

    Args:
        key: the part a row belongs to.
        table: the table that holds the parts' names; empty if the key is a name itself.
        joins: other names of tables that the key is found in.
        adds_up: whether every row belongs to exactly one part.
    """

    key: Column
    table: str = ""
    joins: tuple[Join, ...] = ()
    adds_up: bool = True

    @property
    def choice(self) -> type[Choice] | None:
        """The fixed list that the key is from."""
        return getattr(self.key.type, "choice", None)


Splits = Mapping[Dimension, Split]

_NAMED = {
    "home_id": Dimension.HOME,
    "group_id": Dimension.GROUP,
    "unit_id": Dimension.UNIT,
    "level": Dimension.LEVEL,
    "town": Dimension.TOWN,
    "street": Dimension.TOWN,
    "channel": Dimension.CHANNEL,
    "kind": Dimension.KIND,
    "category": Dimension.KIND,
    "state": Dimension.STATE,
}
"""Columns that say by their name what they are; of two, the first in this order counts."""

_DEPUTIES = ("mandate_id", "lead_id", "agent_id")
"""Columns that name the deputy a row belongs to."""


class office_of(FunctionElement[str]):  # noqa: N801 - a function of SQL
    """The code of the office that a record's id begins with."""

    inherit_cache = True
    type = String()


@compiles(office_of, "sqlite")
def _in_sqlite(element: office_of, compiler: SQLCompiler, **kw: Any) -> str:  # Any: passed on
    ident = compiler.process(element.clauses, **kw)
    scope = f"substr({ident}, 1, instr({ident}, '-') - 1)"
    return f"replace(replace({scope}, '{LOCAL}', ''), '{VOTERS}', '')"


@compiles(office_of, "postgresql")
def _in_postgresql(element: office_of, compiler: SQLCompiler, **kw: Any) -> str:  # Any: as above
    scope = f"split_part({compiler.process(element.clauses, **kw)}, '-', 1)"
    return f"replace(replace({scope}, '{LOCAL}', ''), '{VOTERS}', '')"


@cache
def splits_of(model: type[Record]) -> Splits:
    """All splits of a table's rows."""
    found: dict[Dimension, Split] = {Dimension.OFFICE: Split(office_of(model.id))}
    columns = {column.key: column for column in columns_of(model)}
    for name in _DEPUTIES:
        if name in columns:
            found |= _by_deputy(getattr(model, name))
    by_name: dict[Dimension, Split] = {}
    for name, dimension in _NAMED.items():
        if name in columns:
            split = Split(getattr(model, name), columns[name].info["refers"])
            by_name.setdefault(dimension, split)
    return {**found, **by_name, **_said().get(model, {})}


def shared(measure: Measure) -> list[Dimension]:
    """What a figure can be split by: what all of its tables can."""
    wanted = GRAINS if measure.is_confidential else Dimension
    return [d for d in wanted if all(can(source, d) for source in measure.sources)]


def can(source: Source, dimension: Dimension) -> bool:
    """Whether these rows can be split so."""
    if dimension in GRAINS:
        return source.day is not None
    return dimension in splits_of(source.model)


def adds_up(measure: Measure, dimension: Dimension) -> bool:
    """Whether the parts of a figure make the whole; several deputies at one visit do not."""
    if dimension in GRAINS:
        return True
    return all(splits_of(source.model)[dimension].adds_up for source in measure.sources)


@cache
def _other(model: type[Record]) -> Any:  # Any: a name of a table
    """Another name of a table, always the same: for joins beside the table itself."""
    return aliased(model)


def _by_deputy(
    deputy_id: InstrumentedAttribute[str], *before: Join, adds_up: bool = True
) -> dict[Dimension, Split]:
    """By the deputy that a column names, and by what is known of the deputy."""
    deputy = _other(Mandate)
    joins = (*before, (deputy, deputy.id == deputy_id))
    return {
        Dimension.DEPUTY: Split(deputy_id, Mandate.__tablename__, before, adds_up),
        Dimension.LEVEL: Split(deputy.level, "", joins, adds_up),
        Dimension.TOWN: Split(deputy.town, "", joins, adds_up),
        Dimension.GROUP: Split(deputy.group_id, "deputy_group", joins, adds_up),
        Dimension.HOME: Split(deputy.home_id, "home", joins, adds_up),
    }


def _by_attendance(model: type[Record]) -> dict[Dimension, Split]:
    """By the deputies who were at an event; several may have been."""
    there = _other(Attendance)
    was_there = (
        (there.event_id == model.id)
        & (there.event_kind == model.__tablename__)
        & (there.presence == Presence.PRESENT)
    )
    return _by_deputy(there.mandate_id, (there, was_there), adds_up=False)


def _without_home(splits: dict[Dimension, Split]) -> dict[Dimension, Split]:
    """The table knows its own home: that one counts, not the deputies'."""
    return {d: split for d, split in splits.items() if d is not Dimension.HOME}


@cache
def _said() -> Mapping[type[Record], Splits]:
    """What cannot be read off the columns."""
    given, came = _other(Assignment), _other(VisitDeputy)
    owed = (
        (given.suggestion_id == Suggestion.id)
        & (given.round == Suggestion.round)
        & (given.role != UnitRole.ASSIST)
        & (given.handback != HandbackOutcome.AGREED)
    )
    return {
        Mandate: {
            Dimension.DEPUTY: Split(Mandate.id, Mandate.__tablename__),
            Dimension.GROUP: Split(Mandate.group_id, "deputy_group"),
        },
        Person: {Dimension.KIND: Split(Person.sex)},
        Home: {
            Dimension.KIND: Split(Home.level),
            Dimension.HOME: Split(Home.id, Home.__tablename__),
        },
        HomeCheck: {Dimension.KIND: Split(HomeCheck.item)},
        Opinion: {Dimension.HOME: Split(Opinion.home_id, Home.__tablename__)},
        Suggestion: {Dimension.UNIT: Split(given.unit_id, "unit", ((given, owed),), adds_up=False)},
        Reply: {
            Dimension.KIND: Split(Reply.answer_class),
            Dimension.UNIT: Split(
                given.unit_id, "unit", ((given, given.id == Reply.assignment_id),)
            ),
        },
        Visit: {
            **_without_home(
                _by_deputy(came.mandate_id, (came, came.visit_id == Visit.id), adds_up=False)
            ),
        },
        Activity: {
            d: split
            for d, split in _without_home(_by_attendance(Activity)).items()
            if d is not Dimension.GROUP
        },
        Service: _without_home(_by_attendance(Service)),
        Training: _by_attendance(Training) | {Dimension.KIND: Split(Training.level)},
        EvaluationEntry: {Dimension.KIND: Split(EvaluationEntry.grade)},
        LegOpinion: {Dimension.STATE: Split(LegOpinion.adoption)},
        PointEntry: {Dimension.KIND: Split(PointEntry.item)},
        ProjectEval: {Dimension.KIND: Split(ProjectEval.step)},
        Project: {Dimension.KIND: Split(Project.category)},
    }
