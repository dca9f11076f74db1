"""The district of `_district`, with the rest of what an office keeps in ten years.

So that every page of the window has its ten years: a rota, leave, money, projects, petitions,
points with closed quarters, … and some of this year's matters that are still open. As there, the
rows are written past the office: fit for reading and for nothing else.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from benchmarks import _decade_matters, _decade_rows, _district
from benchmarks._decade_rows import FIRST, YEARS, Rows, Values
from benchmarks._district import BATCH, DEPUTIES, SUGGESTIONS, ident
from deputydesk import models as m
from deputydesk.journal.values import table_of
from deputydesk.models.base import Record, blank, columns_of
from deputydesk.models.points import PointState
from deputydesk.office import Office, User
from deputydesk.operations import evaluations, point_quarters, point_schemes
from deputydesk.rules.point_schemes import published
from deputydesk.rules.quarters import Quarter
from deputydesk.rules.suggestion_flow import SuggestionState

OPEN_SUGGESTIONS = 300
"""Of the last year's 2,000: as many are still in hand."""
EVALUATIONS = 30


def opened(folder: Path) -> Office:
    """The office, open; close it. Made first if the folder does not have it."""
    file = folder / "office.db"
    if file.exists():
        return Office.open(file, clock=_now, user=User("张丽"))
    folder.mkdir(parents=True, exist_ok=True)
    return create(folder)


def _now() -> datetime:
    return _district.NOW


def create(folder: Path) -> Office:
    """The office, open; close it."""
    office = _district.create(folder)
    dice = random.Random(2)
    with office.data.engine.begin() as connection:
        for model, rows in _all(dice):
            _enter(connection, model, rows)
        _leave_open(connection)
    _points(office)
    _evaluations(office, dice)
    return office


def _enter(connection: Connection, model: type[Record], rows: Iterable[Values]) -> None:
    """Bulk rows, in batches; columns not named are blank."""
    empty = {c.key: blank(c) for c in columns_of(model) if c.key != "id"}
    made: Iterator[dict[str, Any]] = (  # Any: values of columns
        empty | {"id": ident(model.__tablename__, n)} | dict(row) for n, row in enumerate(rows)
    )
    while batch := list(islice(made, BATCH)):
        connection.execute(insert(table_of(model)), batch)


def _all(dice: random.Random) -> Rows:
    yield from _decade_rows.homes(dice)
    yield from _decade_rows.events(dice)
    yield from _decade_rows.money(dice)
    yield from _decade_rows.projects(dice)
    yield from _decade_matters.matters(dice)
    yield from _decade_matters.duty(dice)


def _leave_open(connection: Connection) -> None:
    """Some of the last suggestions are still with their units, and some of these late.

    Opinions given at activities get the day and a unit.
    """
    said, held = table_of(m.EventOpinion), table_of(m.Activity)
    day = select(held.c.held_on).where(held.c.id == said.c.event_id).scalar_subquery()
    connection.execute(update(said).values(given_on=day, unit_id=ident("unit", 3)))
    ids = [ident("suggestion", SUGGESTIONS - 1 - n) for n in range(OPEN_SUGGESTIONS)]
    table, given = table_of(m.Suggestion), table_of(m.Assignment)
    for model in (m.Reply, m.Feedback):
        connection.execute(table_of(model).delete().where(table_of(model).c.suggestion_id.in_(ids)))
    connection.execute(update(table).values(registered_on=table.c.submitted_on))
    values = {"state": SuggestionState.HANDLING, "closed_on": None}
    connection.execute(update(table).where(table.c.id.in_(ids)).values(**values))
    late, soon = ids[: OPEN_SUGGESTIONS // 3], ids[OPEN_SUGGESTIONS // 3 :]
    today = _district.NOW.date()
    for group, due in ((late, today - timedelta(9)), (soon, today + timedelta(5))):
        connection.execute(update(given).where(given.c.suggestion_id.in_(group)).values(due_on=due))


def _words(connection: Connection) -> Iterator[Values]:
    """The clerk's word on services, which want evidence; the last of them wait."""
    there, held = table_of(m.Attendance), table_of(m.Service)
    asked = (
        select(there.c.mandate_id, held.c.id, held.c.held_on)
        .join_from(there, held, held.c.id == there.c.event_id)
        .where(held.c.held_on <= _district.NOW.date() - timedelta(30))
        .order_by(held.c.id, there.c.id)
    )
    for number, (deputy, event, held_on) in enumerate(connection.execute(asked).all()):
        yield {
            "id": ident("word", number),
            "mandate_id": deputy,
            "earned_on": held_on,
            "source_kind": "service",
            "source_id": event,
            "evidence": "照片",
            "state": PointState.VERIFIED if number % 40 else PointState.REFUSED,
        }


def _points(office: Office) -> None:
    """Published rules; the last quarter closed, and its board once more for every one before."""
    rules = next(one for one in published() if one.id)
    with office.data.engine.begin() as connection:
        _enter(connection, m.PointEntry, _words(connection))
    office.do(
        point_schemes.save,
        name=rules.name,
        valid_from=FIRST,
        scheme=rules.scheme,
        source=rules.source,
    )
    office.do(point_quarters.close, quarter=Quarter(2026, 3), leave_unverified=True)
    table = table_of(m.PointQuarter)
    with office.data.engine.begin() as connection:
        closed = dict(connection.execute(select(table)).mappings().one())
        connection.execute(
            insert(table),
            [
                closed
                | {
                    "id": ident("point_quarter", number),
                    "year": YEARS[number // 4],
                    "quarter": number % 4 + 1,
                }
                for number in range(38)
            ],
        )


def _evaluations(office: Office, dice: random.Random) -> None:
    for number in range(EVALUATIONS):
        office.do(
            evaluations.prepare,
            name=f"第{number}次述职评议",
            held_on=date(YEARS[3 + number % 7], 10, 9),  # all are in office by then
            deputy_ids=tuple(ident("mandate", n) for n in dice.sample(range(DEPUTIES), 12)),
        )
