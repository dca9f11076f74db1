"""Figures of what is late: its day has passed, and it has not been done."""

from datetime import date

from sqlalchemy import exists, func

from deputydesk.models import (
    Activity,
    Assignment,
    Commitment,
    EventOpinion,
    Milestone,
    Opinion,
    Project,
    Reply,
    Suggestion,
)
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
from deputydesk.operations.milestones import OPEN
from deputydesk.operations.units import OWED
from deputydesk.rules.opinion_flow import OpinionState


def _passed(due_on: Column) -> Within:
    """The day was before the last one of the period, or before today if that comes first."""

    def within(period: Period) -> Condition:
        last = min(period.last or date.max, period.today or date.max)
        return due_on < (func.current_date() if last == date.max else last)

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
_event_opinions = Source(
    EventOpinion,
    where=(EventOpinion.unit_id != "", EventOpinion.fed_back_on.is_(None)),
    within=_passed(EventOpinion.due_on),
    shown=EventOpinion.due_on,
)
_reports = Source(
    Activity,
    where=(Activity.feedback_on.is_(None),),
    within=_passed(Activity.feedback_due_on),
    shown=Activity.feedback_due_on,
)
_milestones = Source(
    Milestone,
    where=(Milestone.done_on.is_(None), Project.state.in_(OPEN)),
    within=_passed(Milestone.due_on),
    via=((Project, Project.id == Milestone.project_id),),
    shown=Milestone.due_on,
)

MEASURES: tuple[Measure, ...] = (
    count(
        "overdue.total",
        "逾期未办",
        Unit.MATTER,
        "至期末已过期限，至今没有答复的建议、没有办理的选民意见、没有落实的承诺事项、"
        "没有反馈的活动意见和报告、没有完成的项目节点",
        _replies,
        _opinions,
        _commitments,
        _event_opinions,
        _reports,
        _milestones,
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
    count(
        "overdue.feedback",
        "逾期未反馈的活动意见和报告",
        Unit.MATTER,
        "至期末已过反馈期限，至今没有反馈的活动意见和视察、调研等报告",
        _event_opinions,
        _reports,
    ),
    count(
        "overdue.milestones",
        "逾期未完成的项目节点",
        Unit.MATTER,
        "至期末已过计划日期，至今没有完成的民生实事项目节点",
        _milestones,
    ),
)
"""What is late; the rows show the day on which it was due."""
