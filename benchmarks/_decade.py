"""The district of `_district`, with the rest of what an office keeps in ten years.

So that every page of the window has its ten years: a rota, leave, money, projects, petitions,
points with closed quarters, … and some of this year's matters that are still open. As there, the
rows are written past the office: fit for reading and for nothing else.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from benchmarks import _district
from benchmarks._district import ACTIVITIES, BATCH, DEPUTIES, HOMES, SUGGESTIONS, UNITS, day, ident
from deputydesk import models as m
from deputydesk.journal.values import table_of
from deputydesk.models.activity import ActivityKind
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.attendance import Approval, Presence
from deputydesk.models.base import Record, blank, columns_of
from deputydesk.models.choices import Level
from deputydesk.models.chronicle import OutletLevel
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.models.expense import ExpenseKind
from deputydesk.models.home_check import ShiftState
from deputydesk.models.legislation import AdoptionState, LegRoundState
from deputydesk.models.oversight import OversightKind, OversightState
from deputydesk.models.points import PointState
from deputydesk.models.project import ProjectLevel
from deputydesk.office import Office, User
from deputydesk.operations import evaluations, point_quarters, point_schemes
from deputydesk.rules.conversion_flow import ConversionState
from deputydesk.rules.petition_flow import PetitionState
from deputydesk.rules.point_schemes import published
from deputydesk.rules.project_flow import ProjectState
from deputydesk.rules.quarters import Quarter
from deputydesk.rules.suggestion_flow import SuggestionState

Values = Mapping[str, Any]  # Any: values of columns
Rows = Iterator[tuple[type[Record], Iterable[Values]]]

FIRST, DAYS = _district.FIRST, _district.DAYS
YEARS = tuple(range(2017, 2027))
STREETS = ("东街", "西街", "南街")
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
    yield from _homes(dice)
    yield from _events(dice)
    yield from _money(dice)
    yield from _projects(dice)
    yield from _matters(dice)
    yield from _duty(dice)


def _deputy(dice: random.Random) -> str:
    return ident("mandate", dice.randrange(DEPUTIES))


def _unit(dice: random.Random) -> str:
    return ident("unit", dice.randrange(UNITS))


def _homes(dice: random.Random) -> Rows:
    """Stations, districts, checklists, supervisors; a rota of a day a week at every home."""
    yield (
        m.Station,
        (
            {"name": f"第{n}工作站", "roles": ["station"], "home_id": ident("home", n % HOMES)}
            for n in range(120)
        ),
    )
    yield (
        m.ElectoralDistrict,
        (
            {"name": f"第{n}选区", "level": Level.DISTRICT, "seats": 3, "voters": 3000}
            for n in range(84)
        ),
    )
    yield (
        m.HomeCheck,
        (
            {
                "home_id": ident("home", n % HOMES),
                "item": f"有{n // HOMES % 8}",
                "passed": n % 9 > 0,
                "checked_on": date(YEARS[n // HOMES // 8], 3, 1),
            }
            for n in range(HOMES * 8 * len(YEARS))
        ),
    )
    yield (
        m.Supervisor,
        (
            {"home_id": ident("home", n % HOMES), "name": f"监督员{n}", "from_on": FIRST}
            for n in range(3 * HOMES)
        ),
    )
    yield (
        m.SupervisorRemark,
        (
            {
                "supervisor_id": ident("supervisor", dice.randrange(3 * HOMES)),
                "mandate_id": _deputy(dice),
                "made_on": day(dice, n, 3_000),
                "content": "接待选民认真负责，记录完整。",
            }
            for n in range(3_000)
        ),
    )
    weeks = DAYS // 7 + 5
    yield (
        m.RotaShift,
        (
            {
                "planned_on": FIRST + timedelta(7 * (n // HOMES)),
                "home_id": ident("home", n % HOMES),
                "slot": "上午",
                "topic": "接待选民",
                "visit_id": ident("visit", n),
                "state": ShiftState.HELD if n // HOMES < weeks - 6 else ShiftState.PLANNED,
            }
            for n in range(HOMES * weeks)
        ),
    )
    yield m.Attendance, _there("rota_shift", HOMES * weeks, 2, dice, presence=Presence.EXPECTED)


def _there(
    kind: str, many: int, each: int, dice: random.Random, presence: Presence = Presence.PRESENT
) -> Iterator[Values]:
    """Who is at each event of a kind."""
    for n in range(many * each):
        yield {
            "id": ident(f"att{kind}", n),
            "event_kind": kind,
            "event_id": ident(kind, n % many),
            "mandate_id": _deputy(dice),
            "presence": presence,
        }


def _events(dice: random.Random) -> Rows:
    """Who came to services, trainings and meetings, and street assemblies."""
    yield m.Attendance, _there("service", _district.SERVICES, 1, dice)
    yield m.Attendance, _there("training", _district.TRAININGS, 1, dice)
    yield m.Attendance, _there("meeting", len(YEARS), DEPUTIES, dice)
    yield (
        m.AssemblyMember,
        (
            {"name": f"议事代表{n}", "street": STREETS[n % 3], "group": "第一组", "from_on": FIRST}
            for n in range(180)
        ),
    )
    yield (
        m.Assembly,
        (
            {
                "kind": tuple(AssemblyKind)[n % 3],
                "name": f"第{n}次议事会议",
                "street": STREETS[n % 3],
                "held_on": day(dice, n, 240),
                "expected": 60,
                "present": 50,
                "topics": ["停车", "环境"],
                "votes_for": 48,
            }
            for n in range(240)
        ),
    )


def _money(dice: random.Random) -> Rows:
    yield (
        m.ExpenseRate,
        (
            {"year": year, "level": level, "per_head": 200_000}
            for year in YEARS
            for level in (Level.TOWN, Level.DISTRICT, Level.CITY)
        ),
    )
    yield (
        m.Fund,
        (
            {"year": YEARS[n % 10], "name": f"专项{n}", "amount": 5_000_000, "purpose": "维修"}
            for n in range(30)
        ),
    )
    kinds, levels = tuple(ExpenseKind), (Level.TOWN, Level.DISTRICT, Level.CITY)
    yield (
        m.Expense,
        (
            {
                "number": n + 1,
                "spent_on": day(dice, n, 20_000),
                "kind": kinds[n % len(kinds)],
                "level": levels[n % 3],
                "content": "代表活动用品、交通和误工补贴",
                "amount": 100 * dice.randrange(1, 500),
                "mandate_id": _deputy(dice),
                "half_days": n % 3,
                "voucher_no": f"记字{n}号",
            }
            for n in range(20_000)
        ),
    )


def _projects(dice: random.Random) -> Rows:
    done, whole = ProjectState.DONE, 400
    yield (
        m.Project,
        (
            {
                "level": tuple(ProjectLevel)[n % 2],
                "year": YEARS[n * 10 // whole],
                "number": n % 40 + 1,
                "name": f"第{n}号路段改造",
                "town": f"第{n % 7}镇",
                "proposed_on": date(YEARS[n * 10 // whole], 1, 5),
                "budget": 100_000_000,
                "unit_id": _unit(dice),
                "state": done if n < whole - 30 else ProjectState.BUILDING,
                "due_on": date(YEARS[n * 10 // whole], 12, 20),
                "progress": 100 if n < whole - 30 else 60,
            }
            for n in range(whole)
        ),
    )
    of = [{"project_id": ident("project", n % whole)} for n in range(5 * whole)]
    days = [date(YEARS[n % whole * 10 // whole], 2 + n // whole * 2, 15) for n in range(5 * whole)]
    yield (
        m.Milestone,
        (
            one | {"name": f"节点{n // whole}", "due_on": days[n], "done_on": days[n]}
            for n, one in enumerate(of)
        ),
    )
    yield (
        m.ProjectPayment,
        (one | {"paid_on": days[n], "amount": 20_000_000} for n, one in enumerate(of)),
    )
    yield (
        m.ProjectEval,
        (
            one
            | {
                "step": "评进度",
                "held_on": days[n],
                "members": 50,
                "present": 45,
                "satisfied": 40,
                "mostly": 5,
            }
            for n, one in enumerate(of[: 3 * whole])
        ),
    )


def _matters(dice: random.Random) -> Rows:
    """What comes with casework: conversions, oversight, petitions, drafts of laws."""
    fields, states = tuple(PublicInterest), tuple(ConversionState)
    yield (
        m.Conversion,
        (
            {
                "number": n + 1,
                "direction": tuple(ConversionDirection)[n % 2],
                "subject": "道路安全隐患",
                "suggestion_id": ident("suggestion", n * 37),
                "field": fields[n % len(fields)],
                "state": states[n % len(states)] if n > 280 else ConversionState.TOLD,
                "screened_on": FIRST + timedelta(n * DAYS // 320),
                "unit_id": _unit(dice),
            }
            for n in range(320)
        ),
    )
    yield (
        m.Oversight,
        (
            {
                "suggestion_id": ident("suggestion", n * 15),
                "kind": tuple(OversightKind)[n % 3],
                "congress_leader": "主任",
                "started_on": FIRST + timedelta(n * DAYS // 1300),
                "state": OversightState.DONE if n < 1250 else OversightState.OPEN,
            }
            for n in range(1_300)
        ),
    )
    yield (
        m.OversightVisit,
        (
            {
                "oversight_id": ident("oversight", n % 1300),
                "held_on": FIRST + timedelta(n % 1300 * DAYS // 1300),
                "form": "现场督办",
                "content": "实地查看",
            }
            for n in range(2_600)
        ),
    )
    yield m.Voter, ({"name": f"选民{n}"} for n in range(2_000))
    yield (
        m.Petition,
        (
            {
                "number": n + 1,
                "reported_on": FIRST + timedelta(n * DAYS // 2000),
                "voter_id": ident("voter", n),
                "people": 1,
                "matter": "征地补偿",
                "state": PetitionState.CLOSED if n < 1960 else PetitionState.REGISTERED,
                "agent_id": _deputy(dice),
                "unit_id": _unit(dice),
                "due_on": FIRST + timedelta(n * DAYS // 2000 + 60),
                "closed_on": FIRST + timedelta(n * DAYS // 2000 + 50) if n < 1960 else None,
                "visited_on": FIRST + timedelta(n * DAYS // 2000 + 60) if n < 1960 else None,
            }
            for n in range(2_000)
        ),
    )
    yield (
        m.LegRound,
        (
            {
                "name": f"第{n}号条例草案",
                "received_on": FIRST + timedelta(n * DAYS // 100),
                "state": LegRoundState.FED_BACK,
            }
            for n in range(100)
        ),
    )
    yield (
        m.LegOpinion,
        (
            {
                "round_id": ident("leg_round", n % 100),
                "number": n // 100 + 1,
                "article": "第三条",
                "content": "建议明确责任",
                "station_id": ident("station", n % 120),
                "mandate_id": _deputy(dice),
                "given_on": FIRST + timedelta(n % 100 * DAYS // 100 + 9),
                "adoption": tuple(AdoptionState)[n % 4],
            }
            for n in range(5_000)
        ),
    )
    yield (
        m.Publicity,
        (
            {
                "headline": "代表进家倾听民声",
                "outlet": "日报",
                "level": tuple(OutletLevel)[n % 5],
                "published_on": day(dice, n, 5_000),
                "mandate_id": _deputy(dice) if n % 3 else "",
            }
            for n in range(5_000)
        ),
    )


def _duty(dice: random.Random) -> Rows:
    """Leave, commendations, talks, and the clerk's word on points."""
    days = [day(dice, n, 8_000) for n in range(8_000)]
    yield (
        m.Leave,
        (
            {
                "mandate_id": _deputy(dice),
                "event_kind": "activity",
                "event_id": ident("activity", dice.randrange(ACTIVITIES)),
                "from_on": day,
                "to_on": day,
                "half_days": 2,
                "reason": "出差",
                "approval": Approval.APPROVED,
            }
            for day in days
        ),
    )
    yield (
        m.Honour,
        (
            {
                "mandate_id": _deputy(dice),
                "name": "优秀代表",
                "given_on": date(YEARS[n % 10], 12, 1),
                "giver": "区人大常委会",
            }
            for n in range(300)
        ),
    )
    yield (
        m.Caution,
        (
            {
                "mandate_id": _deputy(dice),
                "year": YEARS[n % 10],
                "quarter": n % 4 + 1,
                "trigger": "积分靠后",
                "held_on": date(YEARS[n % 10], n % 4 * 3 + 2, 8) if n > 10 else None,
                "followed_on": date(YEARS[n % 10], n % 4 * 3 + 2, 18) if n > 10 else None,
            }
            for n in range(200)
        ),
    )
    kinds = tuple(ActivityKind)
    yield (
        m.PointEntry,
        (
            {
                "mandate_id": _deputy(dice),
                "item": kinds[n % len(kinds)].value,
                "earned_on": day(dice, n, 20_000),
                "quantity": 1,
                "evidence": "签到表",
                "state": PointState.VERIFIED if n % 50 else PointState.DRAFT,
            }
            for n in range(20_000)
        ),
    )


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
