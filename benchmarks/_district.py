"""Ten years of a district in a data file, for benchmarks that read.

100,000 opinions, 20,000 suggestions with all that belongs to them, 200,000 duty entries (visits,
activities, services, trainings), 252 deputies. The rows are written past the office, straight into
the tables and without the journal, which would take an hour: fit for reading and for nothing else.
The same rows every time, in the order in which an office enters them: by day.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from deputydesk import models as m
from deputydesk.journal.values import table_of
from deputydesk.models.activity import ActivityKind, ServiceKind, TrainingForm, TrainingLevel
from deputydesk.models.attendance import Presence
from deputydesk.models.base import Record, blank, columns_of
from deputydesk.models.choices import (
    Channel,
    CommitmentState,
    HomeLevel,
    Level,
    OfficeKind,
    Route,
    TalkForm,
    UnitRole,
    VisitKind,
)
from deputydesk.office import Office, User
from deputydesk.operations import offices
from deputydesk.rules.opinion_flow import OpinionState
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.suggestion_flow import SuggestionState

NOW = datetime(2026, 11, 23, 9, 0)
FIRST = date(2017, 1, 1)
DAYS = (date(2026, 11, 22) - FIRST).days

HOMES, UNITS, GROUPS, DEPUTIES = 27, 40, 12, 252
OPINIONS, SUGGESTIONS = 100_000, 20_000
VISITS, ACTIVITIES, SERVICES, TRAININGS = 80_000, 40_000, 40_000, 40_000
BATCH = 5_000

Values = Mapping[str, Any]  # Any: values of columns


def create(folder: Path) -> Office:
    """The district's office, open; close it."""
    office = Office.create(folder / "office.db", code="B1", clock=_now, user=User("张丽"))
    office.do(offices.set_profile, kind=OfficeKind.DISTRICT, name="示范区")
    with office.data.engine.begin() as connection:
        for model, rows in _all(random.Random(1)):
            _enter(connection, model, rows)
    return office


def _now() -> datetime:
    return NOW


def _enter(connection: Connection, model: type[Record], rows: Iterable[Values]) -> None:
    """Bulk rows, in batches; columns not named are blank."""
    empty = {c.key: blank(c) for c in columns_of(model) if c.key != "id"}
    statement = insert(table_of(model))
    batch: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        batch.append(empty | {"id": ident(model.__tablename__, number)} | dict(row))
        if len(batch) == BATCH:
            connection.execute(statement, batch)
            batch = []
    if batch:
        connection.execute(statement, batch)


def ident(table: str, number: int) -> str:
    """The record number of the n-th row of a table, as long as a real one."""
    return f"B1-{table:x<16.16}{number:016x}"


def _all(dice: random.Random) -> Iterator[tuple[type[Record], Iterable[Values]]]:
    yield from _places()
    yield from _people(dice)
    yield m.Visit, (_visit(dice, n) for n in range(VISITS))
    yield m.VisitDeputy, (_came(dice, n) for n in range(2 * VISITS))
    yield m.Opinion, (_opinion(dice, n) for n in range(OPINIONS))
    yield m.Suggestion, (_suggestion(dice, n) for n in range(SUGGESTIONS))
    yield (
        m.Cosigner,
        (
            {"suggestion_id": _of("suggestion", n % SUGGESTIONS), "mandate_id": _deputy(dice)}
            for n in range(SUGGESTIONS)
        ),
    )
    yield from _handling(dice)
    yield from _duty(dice)


def _places() -> Iterator[tuple[type[Record], Iterable[Values]]]:
    levels = list(HomeLevel)
    yield (
        m.Home,
        ({"name": f"第{n}代表之家", "level": levels[n % 4]} for n in range(HOMES)),
    )
    yield m.Unit, ({"name": f"第{n}局"} for n in range(UNITS))
    yield m.DeputyGroup, ({"name": f"第{n}小组"} for n in range(GROUPS))
    yield m.Term, ({"level": Level.DISTRICT, "number": n + 16} for n in range(3))
    yield (
        m.Meeting,
        (
            {
                "term_id": _of("term", n // 5),
                "number": n % 5 + 1,
                "name": f"第{n}次会议",
                "opened_on": date(2017 + n, 1, 8),
            }
            for n in range(10)
        ),
    )


def _people(dice: random.Random) -> Iterator[tuple[type[Record], Iterable[Values]]]:
    levels = (Level.TOWN, Level.DISTRICT, Level.DISTRICT, Level.CITY)
    yield m.Person, ({"name": f"代表{n:03}", "leader": n % 20 == 0} for n in range(DEPUTIES))
    yield (
        m.Mandate,
        (
            {
                "person_id": _of("person", n),
                "level": levels[n % 4],
                "main": True,
                "town": f"第{n % 7}镇",
                "group_id": _of("deputy_group", n % GROUPS),
                "home_id": _of("home", n % HOMES),
                "started_on": FIRST + timedelta(dice.randrange(700)),
            }
            for n in range(DEPUTIES)
        ),
    )


def _of(table: str, number: int) -> str:
    return ident(table, number)


def _deputy(dice: random.Random) -> str:
    return _of("mandate", dice.randrange(DEPUTIES))


def day(dice: random.Random, number: int, many: int) -> date:
    """The day of the n-th of so many: entered one after the other, up to ten days late."""
    return FIRST + timedelta(max(0, number * DAYS // many - dice.randrange(10)))


def _visit(dice: random.Random, number: int) -> Values:
    kinds = tuple(VisitKind)
    kind = kinds[number % len(kinds)]
    is_link = kind in (VisitKind.LINK_VOTERS, VisitKind.LINK_DEPUTIES)
    return {
        "number": number + 1,
        "kind": kind,
        "held_on": day(dice, number, VISITS),
        "home_id": "" if is_link else _of("home", dice.randrange(HOMES)),
        "topic": "接待选民，听取意见建议",
        "received": dice.randrange(12),
    }


def _came(dice: random.Random, number: int) -> Values:
    return {"visit_id": _of("visit", number % VISITS), "mandate_id": _deputy(dice)}


def _opinion(dice: random.Random, number: int) -> Values:
    heard = day(dice, number, OPINIONS)
    is_settled = dice.random() < 0.94  # as many as were published
    return {
        "number": number + 1,
        "heard_on": heard,
        "channel": dice.choice(tuple(Channel)),
        "visit_id": _of("visit", number * VISITS // OPINIONS),
        "mandate_id": _deputy(dice),
        "home_id": _of("home", dice.randrange(HOMES)),
        "matter": "村里的路灯不亮，老人晚上出行不方便，希望尽快维修",
        "detail": "反映人说已经坏了两个月，村委会报过一次，没有人来修。",
        "category": dice.choice(("基础设施", "教育", "医疗", "环境", "就业")),
        "state": OpinionState.CLOSED if is_settled else OpinionState.ASSIGNED,
        "route": dice.choice(tuple(Route)),
        "unit_id": _of("unit", dice.randrange(UNITS)),
        "told_on": heard + timedelta(20) if is_settled else None,
        "settled_on": heard + timedelta(22) if is_settled else None,
        "satisfaction": Satisfaction.SATISFIED if is_settled else Satisfaction.NONE,
    }


def _suggestion(dice: random.Random, number: int) -> Values:
    year = number * 10 // SUGGESTIONS
    is_meeting = number % 3 != 0
    submitted = date(2017 + year, 1, 8) if is_meeting else date(2017 + year, 2 + number % 9, 3)
    return {
        "number": number + 1,
        "year": 2017 + year,
        "meeting_id": _of("meeting", year) if is_meeting else "",
        "headline": f"关于改善第{number}号路段通行条件的建议",
        "reason": "现状、原因和影响。" * 20,
        "proposal": "具体的意见和措施。" * 20,
        "lead_id": _deputy(dice),
        "key": number % 15 == 0,
        "state": SuggestionState.CLOSED,
        "round": 1,
        "submitted_on": submitted,
        "closed_on": submitted + timedelta(120),
    }


def _handling(dice: random.Random) -> Iterator[tuple[type[Record], Iterable[Values]]]:
    days = [_submitted(n) for n in range(SUGGESTIONS)]
    given = ({"suggestion_id": _of("suggestion", n)} for n in range(SUGGESTIONS))
    yield (
        m.Assignment,
        (
            one
            | {
                "unit_id": _of("unit", dice.randrange(UNITS)),
                "role": UnitRole.MAIN,
                "round": 1,
                "assigned_on": days[n] + timedelta(14),
                "due_on": days[n] + timedelta(104),
            }
            for n, one in enumerate(given)
        ),
    )
    yield (
        m.Talk,
        (
            {
                "suggestion_id": _of("suggestion", n),
                "round": 1,
                "held_on": days[n] + timedelta(40),
                "form": TalkForm.VISIT if n % 9 else TalkForm.NONE,
            }
            for n in range(SUGGESTIONS)
        ),
    )
    yield (
        m.Reply,
        (
            {
                "suggestion_id": _of("suggestion", n),
                "assignment_id": _of("assignment", n),
                "round": 1,
                "replied_on": days[n] + timedelta(60 + n % 60),
                "answer_class": "ABC"[n % 3],
                "body": "您提出的建议收悉，现答复如下。" * 30,
            }
            for n in range(SUGGESTIONS)
        ),
    )
    yield (
        m.Feedback,
        (
            {
                "suggestion_id": _of("suggestion", n),
                "round": 1,
                "sent_on": days[n] + timedelta(121),
                "due_on": days[n] + timedelta(140),
                "returned_on": days[n] + timedelta(130) if n % 11 else None,
                "attitude": Satisfaction.SATISFIED,
                "result": Satisfaction.SATISFIED if n % 13 else Satisfaction.MOSTLY,
            }
            for n in range(SUGGESTIONS)
        ),
    )
    yield (
        m.Commitment,
        (
            {
                "suggestion_id": _of("suggestion", n),
                "content": "列入明年计划",
                "state": CommitmentState.KEPT if n % 4 else CommitmentState.OPEN,
            }
            for n in range(1, SUGGESTIONS, 3)
        ),
    )


def _submitted(number: int) -> date:
    year = number * 10 // SUGGESTIONS
    return date(2017 + year, 1, 8) if number % 3 else date(2017 + year, 2 + number % 9, 3)


def _duty(dice: random.Random) -> Iterator[tuple[type[Record], Iterable[Values]]]:
    kinds, served, levels = tuple(ActivityKind), tuple(ServiceKind), tuple(TrainingLevel)
    yield (
        m.Activity,
        (
            {
                "kind": kinds[n % len(kinds)],
                "name": "视察民生实事项目建设情况",
                "held_on": day(dice, n, ACTIVITIES),
                "people": dice.randrange(20),
                "topics": ["一", "二"],
            }
            for n in range(ACTIVITIES)
        ),
    )
    yield (
        m.Attendance,
        (
            {
                "event_kind": "activity",
                "event_id": _of("activity", n % ACTIVITIES),
                "mandate_id": _deputy(dice),
                "presence": Presence.PRESENT if n % 10 else Presence.LEAVE,
            }
            for n in range(2 * ACTIVITIES)
        ),
    )
    yield (
        m.EventOpinion,
        (
            {
                "event_kind": "activity",
                "event_id": _of("activity", n),
                "content": "建议加快进度",
                "speaker": f"代表{n % DEPUTIES:03}",
            }
            for n in range(ACTIVITIES)
        ),
    )
    yield (
        m.Service,
        (
            {
                "kind": served[n % len(served)],
                "campaign": "走访月",
                "held_on": day(dice, n, SERVICES),
                "people": dice.randrange(9),
                "home_id": _of("home", dice.randrange(HOMES)),
            }
            for n in range(SERVICES)
        ),
    )
    yield (
        m.Training,
        (
            {
                "topic": "代表法学习",
                "form": tuple(TrainingForm)[n % 2],
                "level": levels[n % len(levels)],
                "held_on": day(dice, n, TRAININGS),
                "sessions": 1,
                "hours": 4,
                "people": dice.randrange(60),
            }
            for n in range(TRAININGS)
        ),
    )
