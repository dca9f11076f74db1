"""Figures of activities at the homes and of meetings with voters."""

from deputydesk.models import Visit, VisitDeputy
from deputydesk.models.choices import VisitKind
from deputydesk.operations.figures.measures import Measure, Source, Unit, count
from deputydesk.operations.visits import LINKS

_held = Source(Visit, Visit.held_on)
_at_home = _held.only(Visit.kind.not_in(LINKS))
_linked = _held.only(Visit.kind == VisitKind.LINK_VOTERS)
_came = Source(
    VisitDeputy,
    Visit.held_on,
    (Visit.kind.not_in(LINKS),),
    via=((Visit, Visit.id == VisitDeputy.visit_id),),
)

MEASURES: tuple[Measure, ...] = (
    count("home_activities.total", "进家活动", Unit.TIME, "在代表之家开展的活动次数", _at_home),
    *(
        count(
            f"home_activities.kind.{kind.value}",
            f"进家活动：{kind.label}",
            Unit.TIME,
            f"在代表之家开展、方式为“{kind.label}”的活动次数",
            _held.only(Visit.kind == kind),
        )
        for kind in VisitKind
        if kind not in LINKS
    ),
    count(
        "home_activities.deputies",
        "代表进家",
        Unit.PERSON_TIME,
        "参加进家活动的代表人次",
        _came,
    ),
    count(
        "reception.voters",
        "接待选民",
        Unit.PERSON_TIME,
        "进家活动中接待的选民人次",
        _at_home.adding(Visit.received),
    ),
    count(
        "link.voters",
        "走访选民",
        Unit.PERSON_TIME,
        "代表联系选民的人次",
        _linked.adding(Visit.received),
    ),
    count("link.total", "代表联系选民", Unit.TIME, "代表联系选民的次数", _linked),
    count(
        "link.deputies",
        "组成人员联系代表",
        Unit.TIME,
        "组成人员联系代表的次数",
        _held.only(Visit.kind == VisitKind.LINK_DEPUTIES),
    ),
)
"""In the order of reports."""
