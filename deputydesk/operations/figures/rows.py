"""The rows behind a figure, as people read them, and what each opens."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column as TableColumn
from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from deputydesk.journal.values import models
from deputydesk.late import dataclass
from deputydesk.models import (
    Assignment,
    Attendance,
    Caution,
    Commitment,
    Dispatch,
    Evaluation,
    EvaluationEntry,
    EventOpinion,
    ExpenseRate,
    Extension,
    HomeCheck,
    Leave,
    Mandate,
    Milestone,
    Oversight,
    OversightVisit,
    PointObjection,
    PointQuarter,
    ProjectEval,
    ProjectPayment,
    Reply,
    Suggestion,
    Urging,
    Vacancy,
    Visit,
    VisitDeputy,
)
from deputydesk.models.base import Record, columns_of
from deputydesk.operations.figures import namesakes
from deputydesk.operations.figures.counting import Lines, day_of, joined, of_source
from deputydesk.operations.figures.measures import GRAINS, Condition, Dimension, Period, Source
from deputydesk.operations.figures.splits import splits_of
from deputydesk.operations.naming import name_column, naming
from deputydesk.rules.choices import Choice
from deputydesk.rules.periods import span_of

_MANY = 500
"""So many names are looked up one by one; more of them are read with the whole table."""


@dataclass(frozen=True)
class FigureRow:
    """One row that a figure counts; the weights of all rows add up to the figure.

    `opens_table` and `opens_id` name the record that shows it: a deputy's presence opens the visit.
    """

    table: str
    id: str
    title: str
    detail: str
    day: date | None
    weight: int
    opens_table: str
    opens_id: str


@dataclass(frozen=True)
class Part:
    """One part of one dimension; the key is empty where nothing was filled in."""

    by: Dimension
    key: str


_TITLES: Mapping[type[Record], tuple[str, ...]] = {
    Assignment: ("suggestion_id",),
    Attendance: ("mandate_id",),
    Caution: ("year", "quarter"),
    Dispatch: ("kind", "number"),
    EvaluationEntry: ("mandate_id",),
    ExpenseRate: ("level", "year"),
    Extension: ("reason",),
    HomeCheck: ("item",),
    Leave: ("mandate_id",),
    Mandate: ("person_id",),
    Oversight: ("suggestion_id",),
    PointQuarter: ("year", "quarter"),
    ProjectEval: ("project_id",),
    ProjectPayment: ("project_id",),
    Reply: ("suggestion_id",),
    Urging: ("suggestion_id",),
    Vacancy: ("mandate_id",),
    Visit: ("kind", "topic"),
    VisitDeputy: ("mandate_id",),
}
"""Columns that say what a row is about, where no single one has its name."""

_DETAILS: Mapping[type[Record], tuple[str, ...]] = {
    Caution: (),
    Mandate: ("level", "town", "home_id"),
    Suggestion: ("number", "lead_id", "state"),
    Visit: ("home_id", "place"),
    ProjectEval: ("step", "grade"),
    VisitDeputy: (),
    Commitment: ("suggestion_id", "state"),
    Evaluation: ("place", "state"),
}
_USUAL = (
    *("number", "channel", "kind", "level", "role", "article", "home_id", "unit_id", "street"),
    *("mandate_id", "grade", "outlet", "state", "adoption", "document_no"),
)
"""Columns that tell one row from another, in the order they are read."""

_OPENS: Mapping[type[Record], str] = {
    Assignment: "suggestion_id",
    Commitment: "suggestion_id",
    EvaluationEntry: "evaluation_id",
    Milestone: "project_id",
    OversightVisit: "oversight_id",
    PointObjection: "quarter_id",
    ProjectEval: "project_id",
    ProjectPayment: "project_id",
    Reply: "suggestion_id",
    Urging: "suggestion_id",
    VisitDeputy: "visit_id",
}
"""Rows that are a part of another record, and the column that names it."""

_EVENTS = (Attendance, EventOpinion)
"""Rows that name their event by its table and id."""


def read(
    session: Session,
    sources: Iterable[Source],
    period: Period,
    part: Part | None = None,
    limit: int | None = None,
) -> list[FigureRow]:
    """The rows of some sources, of one part or of all, the newest first in each table."""
    found: list[FigureRow] = []
    for source in sources:
        left = None if limit is None else limit - len(found)
        found += _rows(session, source, period, part, left)
    return found


def _rows(
    session: Session, source: Source, period: Period, part: Part | None, limit: int | None
) -> list[FigureRow]:
    model = source.model
    titles = _columns(model, _TITLES.get(model, (name_column(model),)))
    details = _columns(model, _DETAILS.get(model, _USUAL))
    details = [c for c in details if c.key not in {t.key for t in titles}]
    opens = _opens(model)
    weight = literal(1) if source.weight is None else source.weight
    dated = source.shown if source.day is None else source.day
    day = literal(None) if dated is None else dated
    query = select(table_id(model), weight, day, *opens, *titles, *details)
    query, conditions = _of_part(query, source, part)
    query = of_source(source, query, period, [*source.conditions(period), *conditions])
    if dated is not None:
        query = query.order_by(dated.desc())
    lines = session.execute(query.order_by(table_id(model).desc()).limit(limit)).all()
    shown = [*titles, *details]
    names = _names(session, shown, [line[3 + len(opens) :] for line in lines])
    return [_row(model, line, len(titles), opens, shown, names) for line in lines]


def table_id(model: type[Record]) -> TableColumn[str]:
    """The column of a table's record numbers."""
    return next(column for column in columns_of(model) if column.key == "id")


def _of_part(query: Lines, source: Source, part: Part | None) -> tuple[Lines, list[Condition]]:
    """The query, and the conditions, of one part: its days, or the rows that have the key."""
    if part is None:
        return query, []
    if part.by in GRAINS:
        span = span_of(part.key)
        return query, [Period(span.first, span.last).covers(day_of(source))]
    split = splits_of(source.model)[part.by]
    return joined(query, split), [namesakes.has(split, part.key)]


def _columns(
    model: type[Record], names: Sequence[str]
) -> list[TableColumn[Any]]:  # Any: columns of all types
    columns = {column.key: column for column in columns_of(model)}
    return [columns[name] for name in names if name in columns]


def _opens(model: type[Record]) -> list[TableColumn[Any]]:  # Any: columns of all types
    """The columns that name what a row opens: a table and an id, an id, or none."""
    if model in _EVENTS:
        return _columns(model, ("event_kind", "event_id"))
    return _columns(model, (_OPENS[model],)) if model in _OPENS else []


Names = Mapping[str, Mapping[str, str]]
"""For each table that is referred to: the name of a record by its id."""


def _names(
    session: Session,
    shown: Sequence[TableColumn[Any]],  # Any: columns of all types
    lines: Sequence[Sequence[Any]],  # Any: their values
) -> Names:
    wanted: dict[str, set[str]] = {}
    for place, column in enumerate(shown):
        if column.info["refers"]:
            ids = {line[place] for line in lines if line[place]}
            wanted.setdefault(column.info["refers"], set()).update(ids)
    return {table: names_in(session, table, ids) for table, ids in wanted.items()}


def names_in(session: Session, table: str, ids: Iterable[str]) -> Mapping[str, str]:
    """Names of records of a table by their ids."""
    wanted = set(ids)
    query = naming(table)
    if len(wanted) <= _MANY:
        query = query.where(table_id(models()[table]).in_(wanted))
    return {record_id: name.strip() for record_id, name in session.execute(query)}


def _row(
    model: type[Record],
    line: Sequence[Any],  # Any: values of the columns
    titles: int,
    opens: Sequence[TableColumn[Any]],
    shown: Sequence[TableColumn[Any]],
    names: Names,
) -> FigureRow:
    record_id, weight, day, *rest = line
    to, values = rest[: len(opens)], rest[len(opens) :]
    texts = [_text(c, v, names) for c, v in zip(shown, values, strict=True)]
    table = model.__tablename__
    owner = (table, record_id)
    if to:
        owner = (opens[0].info["refers"], to[0]) if len(to) == 1 else (to[0], to[1])
    return FigureRow(
        table=table,
        id=record_id,
        title=" ".join(dict.fromkeys(filter(None, texts[:titles]))) or model.title,
        detail=" · ".join(filter(None, texts[titles:])),
        day=day,
        weight=weight,
        opens_table=owner[0],
        opens_id=owner[1],
    )


def _text(column: TableColumn[Any], value: object, names: Names) -> str:
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, int):
        if column.key == "number":
            return f"第{value}号" if value else ""
        return f"{value}{column.info['label']}" if value else ""
    if column.info["refers"]:
        return names[column.info["refers"]].get(str(value), "")
    return str(value or "")
