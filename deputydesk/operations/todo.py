"""Today's list: what is overdue, what is due soon, who has not come."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.models import (
    Assignment,
    Commitment,
    Evaluation,
    Feedback,
    Home,
    Opinion,
    Reply,
    Suggestion,
    Unit,
    Visit,
)
from deputydesk.models.choices import (
    CommitmentState,
    EvaluationState,
    HandbackOutcome,
    UnitRole,
)
from deputydesk.operations import (
    activity_todos,
    cautions,
    conversions,
    leg_rounds,
    milestones,
    oversights,
    petitions,
    point_quarters,
    project_vote_rows,
    rota_todos,
    vacancies,
)
from deputydesk.operations.todo_item import AHEAD, Todo, due_todo
from deputydesk.operations.visits import LINKS, unvisited
from deputydesk.rules.deadlines import Due
from deputydesk.rules.opinion_flow import OpinionState
from deputydesk.rules.suggestion_flow import SuggestionState

NO_UNIT = "未定单位"
WAITING = (SuggestionState.ASSIGNED, SuggestionState.HANDLING, SuggestionState.REHANDLE)
UNDECIDED = {
    SuggestionState.SUBMITTED: "待审核",
    SuggestionState.REGISTERED: "待审核",
    SuggestionState.ACCEPTED: "待交办",
    SuggestionState.REASSIGN: "待定退办",
}
_OTHERS = (
    cautions.todos,
    conversions.todos,
    leg_rounds.todos,
    oversights.todos,
    petitions.todos,
    point_quarters.todos,
    vacancies.todos,
)
"""Nouns that remind of their own matters."""


_UNIT = func.coalesce(func.nullif(Unit.short_name, ""), Unit.name, NO_UNIT)
"""What a unit is called in a line."""


def todos(session: Session, today: date) -> list[Todo]:
    """What is to be done today, the most urgent first."""
    found = [
        *_replies(session, today),
        *_opinions(session, today),
        *_feedbacks(session, today),
        *_commitments(session, today),
        *activity_todos.dated(session, today),
        *rota_todos.todos(session, today),
        *milestones.todos(session, today),
        *(line for remind in _OTHERS for line in remind(session, today)),
    ]
    found.sort(key=lambda todo: todo.due or today)
    return [
        *found,
        *_undecided(session),
        *_uncounted(session, today),
        *activity_todos.undated(session, today),
        *project_vote_rows.todos(session, today),
        *_empty(session, today),
    ]


def _replies(session: Session, today: date) -> list[Todo]:
    found = session.execute(
        select(Suggestion.id, Suggestion.headline, Assignment.due_on, _UNIT)
        .join(Assignment, Assignment.suggestion_id == Suggestion.id)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .where(
            Suggestion.state.in_(WAITING),
            Assignment.round == Suggestion.round,
            Assignment.role != UnitRole.ASSIST,
            Assignment.handback != HandbackOutcome.AGREED,
            ~select(Reply.id).where(Reply.assignment_id == Assignment.id).exists(),
            Assignment.due_on <= today + AHEAD,
        )
    )
    return [
        due_todo(
            f"{'催办' if due_on < today else '答复'}：{headline}（{unit}）",
            due_on,
            today,
            Suggestion.__tablename__,
            record_id,
        )
        for record_id, headline, due_on, unit in found
    ]


def _opinions(session: Session, today: date) -> list[Todo]:
    found = session.execute(
        select(Opinion.id, Opinion.matter, Opinion.due_on, _UNIT)
        .outerjoin(Unit, Unit.id == Opinion.unit_id)
        .where(Opinion.state == OpinionState.ASSIGNED, Opinion.due_on <= today + AHEAD)
    )
    listed = [
        due_todo(f"办理：{matter}（{unit}）", due_on, today, Opinion.__tablename__, record_id)
        for record_id, matter, due_on, unit in found
        if due_on
    ]
    waiting = session.execute(
        select(Opinion.id, Opinion.matter, Opinion.state)
        .where(Opinion.state.in_((OpinionState.HANDLED, OpinionState.RECEIVED)))
        .order_by(Opinion.heard_on)
    )
    return listed + [
        Todo(
            "待反馈" if state == OpinionState.HANDLED else "待处理",
            Due.OPEN.value,
            f"{'告知选民' if state == OpinionState.HANDLED else '分流'}：{matter}",
            Opinion.__tablename__,
            record_id,
            None,
        )
        for record_id, matter, state in waiting
    ]


def _feedbacks(session: Session, today: date) -> list[Todo]:
    found = session.execute(
        select(Suggestion.id, Suggestion.headline, Feedback.due_on)
        .join(Feedback, Feedback.suggestion_id == Suggestion.id)
        .where(
            Suggestion.state == SuggestionState.ANSWERED,
            Feedback.round == Suggestion.round,
            Feedback.returned_on.is_(None),
        )
    )
    return [
        due_todo(f"收回征询意见表：{headline}", due_on, today, Suggestion.__tablename__, record_id)
        for record_id, headline, due_on in found
    ]


def _commitments(session: Session, today: date) -> list[Todo]:
    found = session.execute(
        select(Commitment.suggestion_id, Commitment.content, Commitment.due_on, _UNIT)
        .outerjoin(Unit, Unit.id == Commitment.unit_id)
        .where(
            Commitment.state == CommitmentState.OPEN,
            Commitment.due_on.is_not(None),
            Commitment.due_on <= today + AHEAD,
        )
    )
    return [
        due_todo(
            f"落实承诺：{content}（{unit}）",
            due_on,
            today,
            Suggestion.__tablename__,
            suggestion_id,
        )
        for suggestion_id, content, due_on, unit in found
        if due_on
    ]


def _undecided(session: Session) -> list[Todo]:
    found = session.execute(
        select(Suggestion.id, Suggestion.headline, Suggestion.state)
        .where(Suggestion.state.in_(UNDECIDED))
        .order_by(Suggestion.id)
    )
    return [
        Todo(
            UNDECIDED[state],
            Due.OPEN.value,
            headline,
            Suggestion.__tablename__,
            record_id,
            None,
        )
        for record_id, headline, state in found
    ]


def _uncounted(session: Session, today: date) -> list[Todo]:
    found = session.scalars(
        select(Evaluation).where(
            Evaluation.state == EvaluationState.PREPARED, Evaluation.held_on <= today
        )
    )
    return [
        Todo("待录入", Due.OPEN.value, f"测评计票：{e.name}", Evaluation.__tablename__, e.id, None)
        for e in found
    ]


def _empty(session: Session, today: date) -> list[Todo]:
    """Homes where nothing was held this month, and how many deputies have not come this year."""
    first = today.replace(day=1)
    held = select(Visit.home_id).where(
        Visit.held_on >= first, Visit.held_on <= today, Visit.kind.not_in(LINKS)
    )
    homes = session.scalars(select(Home).where(Home.id.not_in(held)).order_by(Home.id))
    listed = [
        Todo("本月空白", Due.OPEN.value, f"{h.name}本月还没有活动", Home.__tablename__, h.id, None)
        for h in homes
    ]
    missing = len(unvisited(session, today.replace(month=1, day=1), today))
    if missing:
        text = f"今年还有{missing}名代表没有进家或联系选民"
        listed.insert(0, Todo("未进家", Due.OPEN.value, text, "mandate", "", None))
    return listed
