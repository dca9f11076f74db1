"""Figures of homes, stations and those who watch over them."""

from sqlalchemy import ColumnElement, String, cast, exists, func, select
from sqlalchemy.orm import aliased

from deputydesk.models import (
    DeputyGroup,
    ElectoralDistrict,
    Home,
    HomeCheck,
    Preset,
    RotaShift,
    Station,
    Supervisor,
    SupervisorRemark,
    Visit,
)
from deputydesk.models.base import Record
from deputydesk.models.choices import HomeLevel, StationRole
from deputydesk.models.home_check import ShiftState
from deputydesk.operations.figures.measures import (
    Condition,
    Measure,
    Period,
    Source,
    Unit,
    count,
    share,
)
from deputydesk.operations.visits import LINKS
from deputydesk.rules.local_rules import shipped

DUTY = "home_duty"
"""The local rule that says how many supervisors a home should have."""


def _opened(period: Period) -> Condition | None:
    return period.begun(Home.opened_on)


def _in_office(period: Period) -> Condition:
    return period.standing(Supervisor.from_on, Supervisor.to_on)


def _is_supervised(period: Period) -> Condition:
    number = (
        select(func.count())
        .where(Supervisor.home_id == Home.id, _in_office(period))
        .correlate(Home)
        .scalar_subquery()
    )
    opened = _opened(period)
    enough = number.between(_asked(period, "least_supervisors"), _asked(period, "most_supervisors"))
    return enough if opened is None else enough & opened


def _asked(period: Period, name: str) -> ColumnElement[int]:
    """A number of the rule in force on the last day, as adopted by the office or as shipped."""
    adopted = select(Preset.rule[name].as_integer()).where(Preset.kind == DUTY)
    if period.last:
        adopted = adopted.where(Preset.valid_from <= period.last)
    newest = adopted.order_by(Preset.valid_from.desc(), Preset.id.desc()).limit(1)
    return func.coalesce(newest.scalar_subquery(), shipped(DUTY)[0].rule[name])


def _is_visited(period: Period) -> Condition:
    """Something was held at the home within the period."""
    held = (
        exists()
        .where(Visit.home_id == Home.id, Visit.kind.not_in(LINKS), period.covers(Visit.held_on))
        .correlate(Home)
    )
    opened = _opened(period)
    return held if opened is None else held & opened


_later = aliased(HomeCheck)
_is_newest = ~exists().where(
    _later.home_id == HomeCheck.home_id,
    _later.item == HomeCheck.item,
    (_later.checked_on > HomeCheck.checked_on)
    | ((_later.checked_on == HomeCheck.checked_on) & (_later.id > HomeCheck.id)),
).correlate(HomeCheck)

_homes = Source(Home, within=_opened)
_stations = Source(Station)
_supervisors = Source(Supervisor, within=_in_office)
_checks = Source(HomeCheck, where=(_is_newest,))
_shifts = Source(RotaShift, RotaShift.planned_on, (RotaShift.state != ShiftState.CANCELLED,))


def _has(role: StationRole) -> ColumnElement[bool]:
    return cast(Station.roles, String).like(f'%"{role.value}"%')


def _all(model: type[Record]) -> Source:
    return Source(model)


MEASURES: tuple[Measure, ...] = (
    count("homes.total", "代表之家", Unit.PLACE, "现有代表之家总数", _homes),
    *(
        count(
            f"homes.level.{level.value}",
            f"{level.label}代表之家",
            Unit.PLACE,
            f"级别为“{level.label}”的代表之家数",
            _homes.only(Home.level == level),
        )
        for level in HomeLevel
    ),
    count(
        "homes.opened",
        "新建代表之家",
        Unit.PLACE,
        "建成日期在期内的代表之家数",
        Source(Home, Home.opened_on),
    ),
    Measure(
        "coverage.homes",
        "代表之家活动覆盖",
        Unit.PLACE,
        "期内至少开展一次进家活动的代表之家÷代表之家",
        (Source(Home, within=_is_visited),),
        (_homes,),
    ),
    share(
        "home_checks.passed",
        "“八有”达标",
        Unit.ITEM,
        "最近一次检查达标的项数÷已检查的项数",
        _checks,
        HomeCheck.passed,
    ),
    count("stations.total", "工作站等履职阵地", Unit.PLACE, "代表之家以外的站点总数", _stations),
    *(
        count(
            f"stations.role.{role.value}",
            role.label,
            Unit.PLACE,
            f"承担“{role.label}”职能的站点数，一处多职的分别统计",
            _stations.only(_has(role)),
        )
        for role in StationRole
    ),
    count("supervisors.total", "履职监督员", Unit.DEPUTY, "在聘的履职监督员人数", _supervisors),
    Measure(
        "supervisors.homes",
        "履职监督员配备达标",
        Unit.PLACE,
        "在聘监督员人数符合本地规则“进家安排和监督员”的代表之家÷代表之家",
        (Source(Home, within=_is_supervised),),
        (_homes,),
    ),
    count(
        "supervisors.remarks",
        "监督员评语",
        Unit.ENTRY,
        "期内监督员对代表作出的评语条数",
        Source(SupervisorRemark, SupervisorRemark.made_on),
    ),
    share(
        "rota.held",
        "进家安排落实",
        Unit.TIME,
        "已开展的安排÷期内安排，取消的不计",
        _shifts,
        RotaShift.state == ShiftState.HELD,
    ),
    count("groups.total", "代表小组", Unit.PLACE, "代表小组总数", _all(DeputyGroup)),
    count("districts.total", "选区", Unit.PLACE, "选区总数", _all(ElectoralDistrict)),
)
"""In the order of reports."""
