"""Rows of ten years for `_decade`: casework, laws, publicity, leave, points."""

import random
from datetime import date, timedelta

from benchmarks._decade_rows import DAYS, FIRST, YEARS, Rows, deputy, unit
from benchmarks._district import ACTIVITIES, day, ident
from deputydesk import models as m
from deputydesk.models.activity import ActivityKind
from deputydesk.models.attendance import Approval
from deputydesk.models.chronicle import OutletLevel
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.models.legislation import AdoptionState, LegRoundState
from deputydesk.models.oversight import OversightKind, OversightState
from deputydesk.models.points import PointState
from deputydesk.rules.conversion_flow import ConversionState
from deputydesk.rules.petition_flow import PetitionState


def matters(dice: random.Random) -> Rows:
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
                "unit_id": unit(dice),
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
                "agent_id": deputy(dice),
                "unit_id": unit(dice),
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
                "mandate_id": deputy(dice),
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
                "mandate_id": deputy(dice) if n % 3 else "",
            }
            for n in range(5_000)
        ),
    )


def duty(dice: random.Random) -> Rows:
    """Leave, commendations, talks, and the clerk's word on points."""
    days = [day(dice, n, 8_000) for n in range(8_000)]
    yield (
        m.Leave,
        (
            {
                "mandate_id": deputy(dice),
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
                "mandate_id": deputy(dice),
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
                "mandate_id": deputy(dice),
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
                "mandate_id": deputy(dice),
                "item": kinds[n % len(kinds)].value,
                "earned_on": day(dice, n, 20_000),
                "quantity": 1,
                "evidence": "签到表",
                "state": PointState.VERIFIED if n % 50 else PointState.DRAFT,
            }
            for n in range(20_000)
        ),
    )
