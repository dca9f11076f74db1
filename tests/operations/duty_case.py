"""A year of duty of five deputies, entered as an office does, for tests of file and points.

Records whose operations are tested elsewhere are put straight into the tables.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from deputydesk.models import (
    Activity,
    Attendance,
    Evaluation,
    EvaluationEntry,
    Leave,
    Meeting,
    Service,
    Training,
)
from deputydesk.models.activity import ActivityKind, ServiceKind, TrainingForm, TrainingLevel
from deputydesk.models.attendance import Approval, Presence
from deputydesk.models.choices import EvaluationState, Level
from deputydesk.office import Office, Right, operation
from deputydesk.operations import deputies, point_schemes, suggestions, visits
from deputydesk.rules.point_schemes import published
from deputydesk.rules.points import Item, Scheme
from deputydesk.rules.satisfaction import SATISFACTION
from tests import make

YEAR = 2025


@operation(Right.SETUP, "测试数据")
def _add(tx, *, model, **values):
    record = model(**values)
    tx.session.add(record)
    return record.id


def add(office: Office, model, **values) -> str:
    """A record put into its table; returns its id."""
    return office.do(_add, model=model, **values)


def attend(office: Office, event: str, event_id: str, *mandates: str, **values) -> None:
    """Deputies at an event."""
    for mandate in mandates:
        given = {"presence": Presence.PRESENT, **values}
        add(office, Attendance, event_kind=event, event_id=event_id, mandate_id=mandate, **given)


@dataclass(frozen=True)
class Five:
    """The mandates: two who tie, one who joined on 17 May, one who is suspended."""

    wang: str
    gao: str
    li: str
    ding: str
    zhao: str


def five(office: Office) -> Five:
    """Five deputies and what they did in 2025."""
    wang, gao, li, zhao = (make.deputy(office, name=n) for n in ("王伟", "高娃", "李娜", "赵六"))
    ding = office.do(deputies.add, name="丁一", level=Level.TOWN, started_on=date(YEAR, 5, 17))
    who = Five(wang, gao, li, ding, zhao)
    _first(office, who)
    _second(office, who)
    _third(office, who)
    for deputy, times in ((who.wang, 1), (who.gao, 1), (who.li, 1), (who.ding, 2)):
        receive(office, deputy, *(date(YEAR, 10 + n, 9) for n in range(times)))
    office.do(deputies.set_suspended, mandate_id=who.zhao, suspended=True)
    return who


def receive(office: Office, deputy: str, *days: date) -> None:
    """Receptions of one deputy."""
    homes = office.ask(_homes) or [make.home(office)]
    for day in days:
        office.do(visits.register, held_on=day, home_id=homes[0], deputy_ids=(deputy,), received=3)


def _homes(session) -> list[str]:
    from sqlalchemy import select

    from deputydesk.models import Home

    return list(session.scalars(select(Home.id)))


def _first(office: Office, who: Five) -> None:
    congress = add(office, Meeting, name="镇人大一次会议", opened_on=date(YEAR, 1, 10))
    attend(office, "meeting", congress, who.wang, who.gao, who.li, who.zhao)
    receive(office, who.wang, date(YEAR, 1, 20), date(YEAR, 2, 20), date(YEAR, 3, 20))
    receive(office, who.gao, date(YEAR, 2, 6))
    receive(office, who.li, date(YEAR, 2, 7))
    suggest(office, who.wang, date(YEAR, 1, 11), who.gao, who.li)
    train(office, date(YEAR, 3, 5), who.wang, who.gao, who.li)


def _second(office: Office, who: Five) -> None:
    receive(office, who.wang, date(YEAR, 4, 9), date(YEAR, 5, 9), date(YEAR, 6, 9))
    receive(office, who.gao, date(YEAR, 4, 8), date(YEAR, 5, 8))
    receive(office, who.li, date(YEAR, 4, 7))
    receive(office, who.ding, date(YEAR, 5, 20), date(YEAR, 6, 10))
    for day, people in (
        (date(YEAR, 4, 10), (who.wang, who.gao, who.li)),
        (date(YEAR, 5, 21), (who.gao,)),
    ):
        view = add(office, Activity, kind=ActivityKind.INSPECTION, name="视察水利工程", held_on=day)
        attend(office, "activity", view, *people)
    train(office, date(YEAR, 6, 5), who.wang, who.ding)
    suggest(office, who.ding, date(YEAR, 6, 12), who.wang)
    add(
        office,
        Leave,
        mandate_id=who.li,
        from_on=date(YEAR, 4, 28),
        to_on=date(YEAR, 4, 29),
        half_days=3,
        reason="住院",
        approval=Approval.APPROVED,
    )


def _third(office: Office, who: Five) -> None:
    train(office, date(YEAR, 7, 8), who.wang)
    train(office, date(YEAR, 8, 8), who.wang)
    for day, deputy in ((date(YEAR, 8, 1), who.gao), (date(YEAR, 8, 2), who.li)):
        service = add(
            office, Service, kind=ServiceKind.HARMONY, campaign="调解邻里纠纷", held_on=day
        )
        attend(office, "service", service, deputy)
    meeting = add(
        office,
        Evaluation,
        name="述职测评会",
        held_on=date(YEAR, 9, 10),
        state=EvaluationState.ANNOUNCED,
        scale=SATISFACTION.to_dict(),
    )
    for place, deputy in enumerate((who.wang, who.gao, who.li), 1):
        add(
            office,
            EvaluationEntry,
            evaluation_id=meeting,
            mandate_id=deputy,
            position=place,
            counts={"yes": 9, "mostly": 1, "no": 0, "unknown": 0},
            grade="满意",
        )
    receive(office, who.wang, date(YEAR, 9, 9))
    receive(office, who.ding, date(YEAR, 9, 8))


def suggest(office: Office, lead: str, day: date, *cosigners: str) -> str:
    """A suggestion with its signers."""
    return office.do(
        suggestions.enter,
        headline="修通村路",
        lead_id=lead,
        cosigner_ids=cosigners,
        submitted_on=day,
        registered_on=day,
    )


def train(office: Office, day: date, *people: str, hours: int = 8) -> str:
    """A training with its attendants."""
    training = add(
        office,
        Training,
        topic="预算审查",
        form=TrainingForm.CLASSROOM,
        level=TrainingLevel.TOWN,
        held_on=day,
        hours=hours,
    )
    attend(office, "training", training, *people)
    return training


def scheme(name: str, **own: tuple[str, str, str | None]) -> Scheme:
    """A published scheme; `own` fills in what it leaves to the office: first, extra, cap."""
    found = next(one.scheme for one in published() if one.name == name)
    items = tuple(_filled(item, *own[item.id]) if item.id in own else item for item in found.items)
    return replace(found, items=items)


def _filled(item: Item, first: str, extra: str, cap: str | None) -> Item:
    most = Decimal(cap) if cap else None
    return replace(item, first=Decimal(first), extra=Decimal(extra), cap=most)


def adopt(
    office: Office, rules: Scheme, *, name: str = "汝州", valid_from: date = date(YEAR, 1, 1)
) -> str:
    """Let a scheme hold from a day on."""
    return office.do(point_schemes.save, name=name, valid_from=valid_from, scheme=rules)
