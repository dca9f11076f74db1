"""Figures of what an office keeps beside its casework, and of the points of deputies."""

from sqlalchemy import func

from deputydesk.models import (
    Caution,
    OnlinePoll,
    PartySupport,
    PointEntry,
    PointObjection,
    PointQuarter,
    Practice,
    Publicity,
    Regulation,
)
from deputydesk.models.chronicle import OutletLevel, PracticeKind, SupportKind
from deputydesk.models.points import PointState
from deputydesk.operations.figures.measures import (
    Condition,
    Measure,
    Period,
    Source,
    Unit,
    count,
    share,
)

ABOVE = (OutletLevel.NATION, OutletLevel.REGION)
"""Outlets that count as high."""

_SUPPORTED_IN = {SupportKind.GROUP: Unit.PLACE}


def _in_force(period: Period) -> Condition:
    return period.standing(Regulation.adopted_on, Regulation.ended_on)


_published = Source(Publicity, Publicity.published_on)
_polls = Source(OnlinePoll, OnlinePoll.to_on)
_practices = Source(Practice, Practice.noted_on)
_supported = Source(PartySupport, PartySupport.held_on)

CHRONICLE: tuple[Measure, ...] = (
    count(
        "regulations.total",
        "制度",
        Unit.ITEM,
        "现行的制度数，已废止的不计",
        Source(Regulation, within=_in_force),
    ),
    count(
        "regulations.adopted",
        "新定制度",
        Unit.ITEM,
        "期内通过的制度数",
        Source(Regulation, Regulation.adopted_on),
    ),
    count("publicity.total", "宣传信息", Unit.ARTICLE, "期内刊发的宣传信息", _published),
    *(
        count(
            f"publicity.level.{level.value}",
            f"{level.label}媒体宣传信息",
            Unit.ARTICLE,
            f"期内在{level.label}媒体刊发的宣传信息",
            _published.only(Publicity.level == level),
        )
        for level in OutletLevel
    ),
    count(
        "publicity.above",
        "自治区级以上媒体宣传信息",
        Unit.ARTICLE,
        f"期内在{'、'.join(level.label for level in ABOVE)}媒体刊发的宣传信息",
        _published.only(Publicity.level.in_(ABOVE)),
    ),
    count("polls.total", "网络评选", Unit.TIME, "期内结束的网络评选", _polls),
    count(
        "polls.hits",
        "网络评选点击量",
        Unit.TIME,
        "期内结束的网络评选的点击量之和",
        _polls.adding(OnlinePoll.hits),
    ),
    count(
        "polls.votes",
        "网络评选投票数",
        Unit.VOTE,
        "期内结束的网络评选的投票数之和",
        _polls.adding(OnlinePoll.votes),
    ),
    count(
        "polls.winners",
        "网络评选当选",
        Unit.DEPUTY,
        "期内结束的网络评选当选名单的人数",
        _polls.adding(func.json_array_length(OnlinePoll.winners)),
    ),
    count("practices.total", "典型做法和事迹", Unit.PLACE, "期内记录的典型做法和事迹", _practices),
    *(
        count(
            f"practices.kind.{kind.value}",
            f"典型做法：{kind.label}",
            Unit.PLACE,
            f"期内记录、类别为“{kind.label}”的典型做法和事迹",
            _practices.only(Practice.kind == kind),
        )
        for kind in PracticeKind
    ),
    count(
        "practices.amount",
        "典型做法涉及金额",
        Unit.MONEY,
        "期内记录的典型做法登记的金额之和",
        _practices.adding(Practice.amount),
    ),
    count("party_support.total", "党委支持", Unit.TIME, "期内党委支持人大工作的次数", _supported),
    *(
        count(
            f"party_support.kind.{kind.value}",
            f"党委支持：{kind.label}",
            _SUPPORTED_IN.get(kind, Unit.TIME),
            f"期内党委以“{kind.label}”支持人大工作的次数",
            _supported.only(PartySupport.kind == kind),
        )
        for kind in SupportKind
    ),
)
"""Regulations, publicity, polls, practices, support."""

_quarters = Source(PointQuarter, PointQuarter.closed_on)
_talks = Source(Caution, Caution.held_on)

POINTS: tuple[Measure, ...] = (
    count("points.closed", "积分榜", Unit.COURSE, "期内封账的季度积分榜", _quarters),
    share(
        "points.published",
        "积分榜公示",
        Unit.COURSE,
        "已公示的÷期内封账的季度积分榜",
        _quarters,
        PointQuarter.published_on.is_not(None),
    ),
    share(
        "points.verified",
        "积分记录核实",
        Unit.ENTRY,
        "已核实的÷期内的积分记录",
        Source(PointEntry, PointEntry.earned_on),
        PointEntry.state == PointState.VERIFIED,
    ),
    share(
        "points.objections",
        "积分异议处理",
        Unit.MATTER,
        "已处理的÷期内提出的积分异议",
        Source(PointObjection, PointObjection.raised_on),
        PointObjection.decided_on.is_not(None),
    ),
    Measure(
        "cautions.total",
        "谈话提醒",
        Unit.TIME,
        "期内谈话提醒次数，只计数，不列姓名",
        (_talks,),
        is_confidential=True,
    ),
    Measure(
        "cautions.followed",
        "谈话后跟踪",
        Unit.TIME,
        "已跟踪的÷期内的谈话提醒，只计数，不列姓名",
        (_talks.only(Caution.followed_on.is_not(None)),),
        (_talks,),
        is_confidential=True,
    ),
)
"""Points, and the talks that follow from them."""
