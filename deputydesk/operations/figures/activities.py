"""Figures of deputies' activities, services and trainings."""

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from deputydesk.models import Activity, Attendance, EventOpinion, Service, Training
from deputydesk.models.activity import ActivityKind, ServiceKind, TrainingForm, TrainingLevel
from deputydesk.models.attendance import Presence
from deputydesk.operations.figures.measures import (
    Condition,
    Measure,
    Period,
    Source,
    Unit,
    count,
    share,
)

OVERSEEING = (
    ActivityKind.REPORT,
    ActivityKind.INSPECTION,
    ActivityKind.LAW_CHECK,
    ActivityKind.FOLLOW_UP,
    ActivityKind.RESEARCH,
    ActivityKind.COMMITTEE,
    ActivityKind.INTERVIEW,
)
"""Kinds by which a congress oversees."""

_UNITS = {ActivityKind.LAW_ORDER: Unit.OCCASION}
"""Kinds that are not counted in 次."""


def _at_least_one(number: InstrumentedAttribute[int]) -> ColumnElement[int]:
    """A number that people leave empty when it is one."""
    return case((number > 0, number), else_=1)


_held = Source(Activity, Activity.held_on)
_overseen = _held.only(Activity.kind.in_(OVERSEEING))
_attended = Source(
    Attendance,
    Activity.held_on,
    (
        Attendance.event_kind == Activity.__tablename__,
        Attendance.presence == Presence.PRESENT,
    ),
    via=((Activity, Activity.id == Attendance.event_id),),
)
_said = Source(
    EventOpinion,
    Activity.held_on,
    (EventOpinion.event_kind == Activity.__tablename__,),
    via=((Activity, Activity.id == EventOpinion.event_id),),
)
_said_by_cadres = _said.only(Activity.kind == ActivityKind.CADRE)


_speaker: ColumnElement[str] = func.coalesce(
    func.nullif(EventOpinion.mandate_id, ""), EventOpinion.speaker
)


def _first_of_speaker(period: Period) -> Condition:
    """The first opinion of each cadre within the period: as many as there were speakers."""
    firsts = (
        select(func.min(EventOpinion.id))
        .join(Activity, Activity.id == EventOpinion.event_id)
        .where(*_said_by_cadres.where, period.covers(Activity.held_on))
        .group_by(_speaker)
    )
    return EventOpinion.id.in_(firsts.correlate(None))


_cadres = Source(
    EventOpinion,
    _said_by_cadres.day,
    (*_said_by_cadres.where, _speaker != ""),
    _first_of_speaker,
    via=_said.via,
)


def _by_kind(kind: ActivityKind) -> tuple[Measure, ...]:
    unit = _UNITS.get(kind, Unit.TIME)
    held = _held.only(Activity.kind == kind)
    return (
        count(f"activities.kind.{kind.value}", kind.label, unit, f"期内{kind.label}的次数", held),
        count(
            f"activities.kind.{kind.value}.people",
            f"{kind.label}参加人次",
            Unit.PERSON_TIME,
            f"期内{kind.label}登记的参加人次",
            held.adding(Activity.people),
        ),
    )


ACTIVITIES: tuple[Measure, ...] = (
    count("activities.total", "代表活动", Unit.TIME, "期内代表之家以外的代表活动次数", _held),
    *(measure for kind in ActivityKind for measure in _by_kind(kind)),
    count(
        "activities.overseeing",
        "监督类活动",
        Unit.TIME,
        f"期内{'、'.join(kind.label for kind in OVERSEEING)}的次数",
        _overseen,
    ),
    count(
        "activities.overseeing.people",
        "监督类活动参加人次",
        Unit.PERSON_TIME,
        "期内监督类活动登记的参加人次",
        _overseen.adding(Activity.people),
    ),
    count(
        "activities.deputies",
        "代表参加活动",
        Unit.PERSON_TIME,
        "期内代表活动的签到代表人次",
        _attended,
    ),
    count(
        "activities.pre_meeting.topics",
        "会前征求意见议题",
        Unit.ITEM,
        "期内会前征求意见会的议题数",
        Source(
            Activity,
            Activity.held_on,
            (Activity.kind == ActivityKind.PRE_MEETING,),
            weight=func.json_array_length(Activity.topics),
        ),
    ),
    share(
        "activities.opinions",
        "代表活动中的意见反馈",
        Unit.ENTRY,
        "已反馈的意见÷期内代表活动中提出的意见",
        _said,
        EventOpinion.fed_back_on.is_not(None),
    ),
    count(
        "cadre_opinions.people",
        "以代表身份提出意见的领导干部",
        Unit.PERSON,
        "期内领导干部以代表身份座谈时提出意见的人数，一人多次的计一次",
        _cadres,
    ),
    count(
        "cadre_opinions.total",
        "领导干部以代表身份提出的意见",
        Unit.ITEM,
        "期内领导干部以代表身份座谈时提出的意见建议",
        _said_by_cadres,
    ),
    share(
        "activities.fed_back",
        "视察调研报告反馈",
        Unit.MATTER,
        "已反馈的报告÷期内转交有关机关的报告",
        _held.only(Activity.forwarded_on.is_not(None)),
        Activity.feedback_on.is_not(None),
    ),
)
"""Activities outside the homes."""

_served = Source(Service, Service.held_on)
_times = _at_least_one(Service.times)


def _service(kind: ServiceKind) -> tuple[Measure, ...]:
    served = _served.only(Service.kind == kind)
    return (
        count(
            f"services.kind.{kind.value}",
            kind.label,
            Unit.TIME,
            f"期内{kind.label}的次数",
            served.adding(_times),
        ),
        count(
            f"services.kind.{kind.value}.people",
            f"{kind.label}人次",
            Unit.PERSON_TIME,
            f"期内{kind.label}的人次",
            served.adding(Service.people),
        ),
    )


SERVICES: tuple[Measure, ...] = (
    count("services.total", "代表服务", Unit.TIME, "期内代表服务的次数", _served.adding(_times)),
    count(
        "services.people",
        "代表服务人次",
        Unit.PERSON_TIME,
        "期内代表服务的人次",
        _served.adding(Service.people),
    ),
    *(measure for kind in ServiceKind for measure in _service(kind)),
)
"""What deputies do for people; 次 and 人次 are never added."""

_courses = _at_least_one(Training.sessions)
_trained = Source(Training, Training.held_on)
_online = _trained.only(Training.form == TrainingForm.ONLINE)
_classroom = _trained.only(Training.form == TrainingForm.CLASSROOM)

TRAININGS: tuple[Measure, ...] = (
    count(
        "trainings.online",
        "线上学习",
        Unit.TIME,
        "期内线上培训的次数",
        _online.adding(_courses),
    ),
    count(
        "trainings.classroom",
        "线下培训",
        Unit.COURSE,
        "期内线下培训的期数",
        _classroom.adding(_courses),
    ),
    *(
        count(
            f"trainings.level.{level.value}",
            level.label,
            Unit.COURSE,
            f"期内线下举办的{level.label}期数",
            _classroom.only(Training.level == level).adding(_courses),
        )
        for level in TrainingLevel
    ),
    count(
        "trainings.people",
        "参训",
        Unit.PERSON_TIME,
        "期内培训登记的参训人次",
        _trained.adding(Training.people),
    ),
    count(
        "trainings.hours",
        "培训学时",
        Unit.HOUR,
        "期内培训的学时，不乘人数",
        _trained.adding(Training.hours),
    ),
)
"""Trainings."""
