"""Figures of deputies: how many there are, and who of them did their duty."""

from collections.abc import Callable

from sqlalchemy import Select, exists, select

from deputydesk.models import (
    Activity,
    Attendance,
    Evaluation,
    EvaluationEntry,
    Honour,
    Leave,
    Mandate,
    Meeting,
    Opinion,
    Person,
    Suggestion,
    Training,
    Vacancy,
    Visit,
    VisitDeputy,
)
from deputydesk.models.attendance import Approval, Presence
from deputydesk.models.choices import EvaluationState, Level, VisitKind
from deputydesk.operations import seats
from deputydesk.operations.figures.measures import (
    Column,
    Condition,
    Measure,
    Period,
    Source,
    Unit,
    count,
    share,
)
from deputydesk.operations.visits import LINKS


def _in_office(period: Period) -> Condition:
    return period.standing(Mandate.started_on, Mandate.ended_on)


def _has_seat(period: Period) -> Condition:
    seat = exists().where(Mandate.person_id == Person.id, _in_office(period))
    return seat.correlate(Person)


def _serving(period: Period) -> Condition:
    return seats.serving(period.first, period.last)


def _and_serving(did: Callable[[Period], Condition]) -> Callable[[Period], Condition]:
    return lambda period: _serving(period) & did(period)


def _done(duty: Select[str], mandate_id: Column, period: Period) -> Condition:
    return seats.done(duty, mandate_id, ever=not (period.first or period.last))


def _came(*where: Condition) -> Callable[[Period], Condition]:
    """Took part in an activity of this kind within the period."""

    def did(period: Period) -> Condition:
        visit = (
            select(VisitDeputy.id)
            .join(Visit, Visit.id == VisitDeputy.visit_id)
            .where(period.covers(Visit.held_on), *where)
        )
        return _done(visit, VisitDeputy.mandate_id, period)

    return did


def _was_at(model: type[Training] | type[Activity]) -> Callable[[Period], Condition]:
    """Was present at an event of this kind within the period."""

    def did(period: Period) -> Condition:
        event = (
            select(Attendance.id)
            .join(model, model.id == Attendance.event_id)
            .where(
                Attendance.event_kind == model.__tablename__,
                Attendance.presence == Presence.PRESENT,
                period.covers(model.held_on),
            )
        )
        return _done(event, Attendance.mandate_id, period)

    return did


def _reported(period: Period) -> Condition:
    entry = (
        select(EvaluationEntry.id)
        .join(Evaluation, Evaluation.id == EvaluationEntry.evaluation_id)
        .where(
            Evaluation.state != EvaluationState.PREPARED,
            period.covers(Evaluation.held_on),
        )
    )
    return _done(entry, EvaluationEntry.mandate_id, period)


def _suggested(period: Period) -> Condition:
    led = select(Suggestion.id).where(period.covers(Suggestion.submitted_on))
    return _done(led, Suggestion.lead_id, period)


def _heard(period: Period) -> Condition:
    heard = select(Opinion.id).where(period.covers(Opinion.heard_on))
    return _done(heard, Opinion.mandate_id, period)


_standing = Source(Mandate, within=_in_office)
_main = _standing.only(Mandate.main)
_all = Source(Mandate, within=_serving)
_leading = (Mandate.person_id.in_(select(Person.id).where(Person.leader)),)


def _coverage(
    ident: str, name: str, what: str, did: Callable[[Period], Condition], *, leaders: bool = False
) -> Measure:
    """Those who did it at least once, out of those who were in office in the period."""
    who = "担任领导职务的代表" if leaders else "在任代表"
    where = _leading if leaders else ()
    return Measure(
        ident,
        name,
        Unit.DEPUTY,
        f"{what}的{who}÷{who}，一人只计一次，用哪个代表身份做的都算",
        (Source(Mandate, where=where, within=_and_serving(did)),),
        (Source(Mandate, where=where, within=_serving) if leaders else _all,),
    )


_entries = Source(
    EvaluationEntry,
    Evaluation.held_on,
    (Evaluation.state != EvaluationState.PREPARED,),
    via=((Evaluation, Evaluation.id == EvaluationEntry.evaluation_id),),
)
_meetings = Source(
    Attendance,
    Meeting.opened_on,
    (
        Attendance.event_kind == Meeting.__tablename__,
        Attendance.presence != Presence.EXPECTED,
    ),
    via=((Meeting, Meeting.id == Attendance.event_id),),
)
_leaves = Source(Leave, Leave.from_on)
_vacancies = Source(Vacancy, Vacancy.arose_on)

PEOPLE: tuple[Measure, ...] = (
    count(
        "mandates.total",
        "各级代表",
        Unit.DEPUTY,
        "在任代表，一人多级的按主身份统计一次",
        _main,
    ),
    *(
        count(
            f"mandates.level.{level.value}",
            f"{level.label}代表",
            Unit.DEPUTY,
            f"主身份为{level.label}代表的在任代表",
            _main.only(Mandate.level == level),
        )
        for level in Level
    ),
    count(
        "mandates.seats",
        "代表资格",
        Unit.PLACE,
        "在任代表资格总数，一人多级的分别统计",
        _standing,
    ),
    count(
        "persons.total",
        "代表人数",
        Unit.PERSON,
        "至少有一个在任代表资格的人数",
        Source(Person, within=_has_seat),
    ),
    count(
        "mandates.suspended",
        "暂停执行职务",
        Unit.DEPUTY,
        "在任代表中暂停执行代表职务的",
        _main.only(Mandate.suspended),
    ),
    count(
        "mandates.ended",
        "终止代表资格",
        Unit.PLACE,
        "期内终止的代表资格数",
        Source(Mandate, Mandate.ended_on),
    ),
    share(
        "vacancies.filled",
        "缺额补选",
        Unit.PLACE,
        "已公告当选的缺额÷期内出现的缺额",
        _vacancies,
        Vacancy.elected_announced_on.is_not(None),
    ),
)
"""Who there is."""

DUTY: tuple[Measure, ...] = (
    _coverage("coverage.deputies", "进家和联系选民覆盖", "至少参加一次活动", _came()),
    _coverage(
        "coverage.at_home",
        "进家覆盖",
        "至少参加一次进家活动",
        _came(Visit.kind.not_in(LINKS)),
    ),
    _coverage(
        "coverage.link",
        "双联系覆盖",
        "至少联系一次选民",
        _came(Visit.kind == VisitKind.LINK_VOTERS),
    ),
    _coverage(
        "coverage.leaders",
        "领导干部进家覆盖",
        "至少参加一次进家活动",
        _came(Visit.kind.not_in(LINKS)),
        leaders=True,
    ),
    _coverage("coverage.heard", "听取意见覆盖", "至少听取一件次意见", _heard),
    _coverage("coverage.suggestions", "提出建议覆盖", "至少领衔提出一件建议", _suggested),
    _coverage("coverage.activities", "参加代表活动覆盖", "至少参加一次代表活动", _was_at(Activity)),
    _coverage("coverage.training", "培训覆盖", "至少参加一次培训", _was_at(Training)),
    _coverage("coverage.reporting", "述职覆盖", "参加述职测评", _reported),
    count(
        "evaluations.total",
        "述职测评会",
        Unit.OCCASION,
        "期内已计票的述职测评会议数",
        Source(Evaluation, Evaluation.held_on, (Evaluation.state != EvaluationState.PREPARED,)),
    ),
    count("evaluations.deputies", "述职代表", Unit.PERSON_TIME, "期内参加述职测评的人次", _entries),
    share(
        "meetings.attendance",
        "人代会出席",
        Unit.PERSON_TIME,
        "到会÷（到会+请假+缺席）人次，只登记应到、还没有结果的不计",
        _meetings,
        Attendance.presence == Presence.PRESENT,
    ),
    share(
        "leaves.approved",
        "请假",
        Unit.TIME,
        "经同意的请假÷期内请假",
        _leaves,
        Leave.approval == Approval.APPROVED,
    ),
    count(
        "honours.total",
        "代表受表彰",
        Unit.TIME,
        "期内代表受表彰次数",
        Source(Honour, Honour.given_on),
    ),
)
"""What they did."""
