"""Rows of ten years for `_decade`: homes, events, money and projects."""

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from benchmarks import _district
from benchmarks._district import DEPUTIES, HOMES, UNITS, day, ident
from deputydesk import models as m
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.attendance import Presence
from deputydesk.models.base import Record
from deputydesk.models.choices import Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.models.home_check import ShiftState
from deputydesk.models.project import ProjectLevel
from deputydesk.rules.project_flow import ProjectState

Values = Mapping[str, Any]  # Any: values of columns
Rows = Iterator[tuple[type[Record], Iterable[Values]]]

FIRST, DAYS = _district.FIRST, _district.DAYS
YEARS = tuple(range(2017, 2027))
STREETS = ("东街", "西街", "南街")


def deputy(dice: random.Random) -> str:
    """Some deputy."""
    return ident("mandate", dice.randrange(DEPUTIES))


def unit(dice: random.Random) -> str:
    """Some unit."""
    return ident("unit", dice.randrange(UNITS))


def homes(dice: random.Random) -> Rows:
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
                "mandate_id": deputy(dice),
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
            "mandate_id": deputy(dice),
            "presence": presence,
        }


def events(dice: random.Random) -> Rows:
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


def money(dice: random.Random) -> Rows:
    """Rates, funds, and what was spent."""
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
                "mandate_id": deputy(dice),
                "half_days": n % 3,
                "voucher_no": f"记字{n}号",
            }
            for n in range(20_000)
        ),
    )


def projects(dice: random.Random) -> Rows:
    """Livelihood projects, with milestones, payments and evaluations."""
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
                "unit_id": unit(dice),
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
