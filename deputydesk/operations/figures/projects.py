"""Figures of livelihood projects."""

from sqlalchemy import exists

from deputydesk.models import Milestone, Project, ProjectEval, ProjectPayment, ProjectVote
from deputydesk.models.project import ProjectLevel
from deputydesk.operations.figures.measures import (
    Condition,
    Measure,
    Period,
    Source,
    Unit,
    count,
    share,
)
from deputydesk.rules.project_flow import ProjectState, VoteState

CHOSEN = (ProjectState.CHOSEN, ProjectState.BUILDING, ProjectState.DONE, ProjectState.JUDGED)
"""States of projects that were chosen."""


def _in_years(period: Period) -> Condition | None:
    return period.in_years(Project.year)


_collected = Source(Project, within=_in_years)
_chosen = _collected.only(Project.state.in_(CHOSEN))
_judged = exists().where(ProjectEval.project_id == Project.id).correlate(Project)
_evals = Source(ProjectEval, ProjectEval.held_on)
_ballots = _evals.adding(ProjectEval.satisfied + ProjectEval.mostly + ProjectEval.dissatisfied)


def _by_level(level: ProjectLevel) -> tuple[Measure, ...]:
    chosen = _chosen.only(Project.level == level)
    name = f"{level.label}民生实事项目"
    return (
        count(
            f"projects.level.{level.value}",
            name,
            Unit.ITEM,
            f"年度在期内、已确定的{name}",
            chosen,
        ),
        count(
            f"projects.level.{level.value}.invested",
            f"{name}投资",
            Unit.MONEY,
            f"年度在期内、已确定的{name}的投资",
            chosen.adding(Project.budget),
        ),
    )


MEASURES: tuple[Measure, ...] = (
    count(
        "projects.collected",
        "民生实事项目征集",
        Unit.ITEM,
        "年度在期内的全部征集项目，未入选的也计",
        _collected,
    ),
    count(
        "projects.total",
        "民生实事项目",
        Unit.ITEM,
        "年度在期内、已确定（票决入选及以后）的项目",
        _chosen,
    ),
    *(measure for level in ProjectLevel for measure in _by_level(level)),
    share(
        "projects.done",
        "民生实事项目完成",
        Unit.ITEM,
        "已完成的项目÷已确定的项目",
        _chosen,
        Project.state.in_((ProjectState.DONE, ProjectState.JUDGED)),
    ),
    share(
        "projects.judged",
        "民生实事项目评议",
        Unit.ITEM,
        "至少评议一次的项目÷已确定的项目",
        _chosen,
        _judged,
    ),
    count(
        "projects.paid",
        "民生实事项目拨款",
        Unit.MONEY,
        "期内拨付的款项",
        Source(ProjectPayment, ProjectPayment.paid_on, weight=ProjectPayment.amount),
    ),
    count(
        "project_votes.total",
        "民生实事票决",
        Unit.OCCASION,
        "期内已计票的票决次数",
        Source(ProjectVote, ProjectVote.held_on, (ProjectVote.state != VoteState.PREPARED,)),
    ),
    count("project_evals.total", "民生实事评议", Unit.TIME, "期内评议、询问、测评的次数", _evals),
    Measure(
        "project_evals.satisfied",
        "民生实事评议满意票",
        Unit.VOTE,
        "满意票÷期内各次评议的全部表态票",
        (_evals.adding(ProjectEval.satisfied),),
        (_ballots,),
    ),
    share(
        "milestones.done",
        "民生实事节点完成",
        Unit.PLACE,
        "已完成的节点÷计划日期在期内的节点",
        Source(Milestone, Milestone.due_on),
        Milestone.done_on.is_not(None),
    ),
)
"""In the order of reports."""
