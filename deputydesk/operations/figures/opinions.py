"""Figures of what voters said."""

from deputydesk.models import Opinion
from deputydesk.models.choices import Channel, Route
from deputydesk.operations.figures.measures import Measure, Source, Unit, count, share
from deputydesk.rules.opinion_flow import OpinionState
from deputydesk.rules.satisfaction import JUDGED, Satisfaction

RECEIVING = (Channel.HOME, Channel.RECEPTION, Channel.STUDIO)
"""Channels that are receptions; opinions from them are counted apart, never added to the rest."""

HANDED_ON = (Route.UNIT, Route.VILLAGE, Route.SUGGESTION)
"""Ways on which an opinion leaves the office."""

_heard = Source(Opinion, Opinion.heard_on)
_received = _heard.only(Opinion.channel.in_(RECEIVING))
_judged = _heard.only(Opinion.satisfaction.in_(JUDGED))

MEASURES: tuple[Measure, ...] = (
    count(
        "opinions.heard",
        "听取选民意见",
        Unit.HEARING,
        "每听取一次计一件次，合并的也计",
        _heard,
    ),
    count(
        "opinions.matters",
        "选民意见事项",
        Unit.MATTER,
        "合并相同事项以后的件数",
        _heard.only(Opinion.state != OpinionState.MERGED),
    ),
    share(
        "opinions.settled",
        "办结选民意见",
        Unit.HEARING,
        "已销号件次÷听取件次",
        _heard,
        Opinion.settled_on.is_not(None),
    ),
    count(
        "opinions.received",
        "接待中收集的意见",
        Unit.MATTER,
        "渠道为进家接待、接待岗、工作室的意见",
        _received,
    ),
    share(
        "opinions.handed_on",
        "接待中收集的意见移交办理",
        Unit.MATTER,
        "转单位、转嘎查村社区、转为建议的件数÷接待中收集的意见",
        _received,
        Opinion.route.in_(HANDED_ON),
    ),
    *(
        count(
            f"opinions.channel.{channel.value}",
            f"{channel.label}听取的意见",
            Unit.HEARING,
            f"渠道为“{channel.label}”的意见，各渠道不相加后与别的数字比较",
            _heard.only(Opinion.channel == channel),
        )
        for channel in Channel
    ),
    *(
        count(
            f"opinions.route.{route.value or 'open'}",
            f"选民意见：{route.label or '尚未分流'}",
            Unit.HEARING,
            f"去向为“{route.label or '尚未分流'}”的意见",
            _heard.only(Opinion.route == route),
        )
        for route in Route
    ),
    share(
        "opinions.told",
        "选民意见反馈",
        Unit.HEARING,
        "已向选民反馈的件次÷听取件次",
        _heard,
        Opinion.told_on.is_not(None),
    ),
    share(
        "opinions.satisfied",
        "选民对办理满意",
        Unit.HEARING,
        "选民评价为满意的件次÷有评价的件次",
        _judged,
        Opinion.satisfaction == Satisfaction.SATISFIED,
    ),
)
"""In the order of reports."""
