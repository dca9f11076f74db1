"""Figures of what is late: its day has passed, and it has not been done."""

from sqlalchemy import exists, func

from deputydesk.models import Assignment, Commitment, Opinion, Reply, Suggestion
from deputydesk.models.choices import CommitmentState, HandbackOutcome, UnitRole
from deputydesk.operations.figures.measures import (
    Column,
    Condition,
    Measure,
    Period,
    Source,
    Unit,
    Within,
    count,
)
from deputydesk.operations.units import OWED
from deputydesk.rules.opinion_flow import OpinionState


def _passed(due_on: Column) -> Within:
    """The day was before the last one of the period; before today if it is open."""

    def within(period: Period) -> Condition:
        return due_on < (period.last or func.current_date())

    return within


_replies = Source(
    Assignment,
    where=(
        Suggestion.state.in_(OWED),
        Assignment.round == Suggestion.round,
        Assignment.role != UnitRole.ASSIST,
        Assignment.handback != HandbackOutcome.AGREED,
        ~exists().where(Reply.assignment_id == Assignment.id).correlate(Assignment),
    ),
    within=_passed(Assignment.due_on),
    via=((Suggestion, Suggestion.id == Assignment.suggestion_id),),
    shown=Assignment.due_on,
)
_opinions = Source(
    Opinion,
    where=(Opinion.state == OpinionState.ASSIGNED,),
    within=_passed(Opinion.due_on),
    shown=Opinion.due_on,
)
_commitments = Source(
    Commitment,
    where=(Commitment.state == CommitmentState.OPEN,),
    within=_passed(Commitment.due_on),
    shown=Commitment.due_on,
)

MEASURES: tuple[Measure, ...] = (
    count(
        "overdue.total",
        "逾期未办",
        Unit.MATTER,
        "至期末已过期限，至今没有答复的建议、没有办理的选民意见、没有落实的承诺事项",
        _replies,
        _opinions,
        _commitments,
    ),
    count(
        "overdue.replies",
        "逾期未答复的建议",
        Unit.MATTER,
        "至期末已过答复期限，至今没有答复的交办，协办不计",
        _replies,
    ),
    count(
        "overdue.opinions",
        "逾期未办理的选民意见",
        Unit.MATTER,
        "至期末已过办理期限，至今没有登记办理结果的选民意见",
        _opinions,
    ),
    count(
        "overdue.commitments",
        "逾期未落实的承诺事项",
        Unit.MATTER,
        "至期末已过落实期限，至今没有落实的承诺事项",
        _commitments,
    ),
)
"""What is late; the rows show the day on which it was due."""
