"""Figures of deputies' suggestions: how many, and how they grew from meeting to meeting."""

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from deputydesk.models import Cosigner, Meeting, Opinion, Suggestion
from deputydesk.operations.figures.measures import (
    Condition,
    Measure,
    Period,
    Source,
    Unit,
    count,
)
from deputydesk.rules.suggestion_flow import SuggestionState

submitted = Source(Suggestion, Suggestion.submitted_on)
"""Suggestions of the period, which most figures of handling start from."""

_inner = aliased(Suggestion)
_newest = aliased(Meeting)
_cosigned = exists().where(Cosigner.suggestion_id == Suggestion.id).correlate(Suggestion)
_from_voters = exists().where(Opinion.suggestion_id == Suggestion.id).correlate(Suggestion)


def _newest_meeting(period: Period) -> Select[str]:
    """The newest meeting that has suggestions of the period."""
    any_here = exists().where(_inner.meeting_id == _newest.id, period.covers(_inner.submitted_on))
    return (
        select(_newest.id)
        .where(any_here.correlate(_newest))
        .order_by(_newest.opened_on.desc(), _newest.number.desc())
        .limit(1)
    )


def _at_newest(period: Period) -> Condition:
    return Suggestion.meeting_id == _newest_meeting(period).scalar_subquery()


def _meeting_before(period: Period) -> ColumnElement[str]:
    """The meeting of the same term just before the newest."""
    before, newest = aliased(Meeting), aliased(Meeting)
    return (
        select(before.id)
        .join(newest, (newest.term_id == before.term_id) & (newest.number == before.number + 1))
        .where(newest.id == _newest_meeting(period).scalar_subquery())
        .order_by(before.id)
        .limit(1)
        .scalar_subquery()
    )


def _at_the_one_before(period: Period) -> Condition:
    return Suggestion.meeting_id == _meeting_before(period)


def _not_entered(period: Period) -> Condition:
    """The meeting before, if its suggestions were never entered here but only their number."""
    any_here = exists().where(_inner.meeting_id == Meeting.id).correlate(Meeting)
    return (Meeting.id == _meeting_before(period)) & ~any_here


MEASURES: tuple[Measure, ...] = (
    count("suggestions.total", "代表建议", Unit.MATTER, "期内提出的代表建议件数", submitted),
    Measure(
        "suggestions.growth",
        "建议件数比上次会议增长",
        Unit.PERCENT,
        "（本次会议件数−上次会议件数）÷上次会议件数",
        (Source(Suggestion, Suggestion.submitted_on, within=_at_newest),),
        (
            Source(Suggestion, within=_at_the_one_before),
            Source(
                Meeting,
                within=_not_entered,
                weight=func.coalesce(Meeting.earlier_suggestions, 0),
            ),
        ),
    ),
    count(
        "suggestions.meeting",
        "大会期间建议",
        Unit.MATTER,
        "期内在大会期间提出的代表建议",
        submitted.only(Suggestion.meeting_id != ""),
    ),
    count(
        "suggestions.between",
        "闭会期间建议",
        Unit.MATTER,
        "期内在闭会期间提出的代表建议",
        submitted.only(Suggestion.meeting_id == ""),
    ),
    count(
        "suggestions.cosigned",
        "联名建议",
        Unit.MATTER,
        "期内有附议人的代表建议",
        submitted.only(_cosigned),
    ),
    count(
        "suggestions.from_voters",
        "由选民意见转成的建议",
        Unit.MATTER,
        "期内由选民意见转成的代表建议",
        submitted.only(_from_voters),
    ),
    count(
        "suggestions.rejected",
        "不予受理建议",
        Unit.MATTER,
        "期内提出、审核后不予受理的建议",
        submitted.only(Suggestion.state == SuggestionState.REJECTED),
    ),
    count(
        "suggestions.merged",
        "合并办理建议",
        Unit.MATTER,
        "期内提出、并入别的建议办理的建议",
        submitted.only(Suggestion.merged_into != ""),
    ),
    count(
        "suggestions.key",
        "重点督办建议",
        Unit.MATTER,
        "期内提出、确定为重点督办的建议",
        submitted.only(Suggestion.key),
    ),
    count(
        "suggestions.repeated",
        "多年重复建议",
        Unit.MATTER,
        "期内提出、标明多年重复提出的建议",
        submitted.only(Suggestion.repeated),
    ),
)
"""In the order of reports."""
