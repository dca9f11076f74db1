"""Milestones of livelihood projects: what is due, what is late, how far a project is by them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import Milestone, Project
from deputydesk.models.base import NO_DATE
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get, get_for, not_before, not_future, put
from deputydesk.operations.removal import removal
from deputydesk.operations.todo_item import AHEAD, Todo, due_todo
from deputydesk.operations.years import in_year
from deputydesk.rules.deadlines import Due, days_left_text, due_state
from deputydesk.rules.project_flow import ProjectState

WHOLE = 100
OPEN = (ProjectState.CHOSEN, ProjectState.BUILDING)
"""States in which milestones remind."""


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone with its project."""

    id: str
    project_id: str
    project: str
    project_state: ProjectState
    name: str
    due_on: date
    done_on: date | None
    percent: int
    note: str
    asked_on: date = NO_DATE
    """The day on which it was asked how it stands."""

    @property
    def stands(self) -> str:
        """How it stood on the day it was asked."""
        return self.status(self.asked_on)

    @property
    def is_overdue(self) -> bool:
        """Whether it was late on that day."""
        return self.is_late(self.asked_on)

    def is_late(self, today: date) -> bool:
        """Whether it should have been done."""
        return self.done_on is None and self.project_state in OPEN and self.due_on < today

    def is_soon(self, today: date) -> bool:
        """Whether it is to be done within the days of a reminder."""
        is_open = self.done_on is None and self.project_state in OPEN
        return is_open and today <= self.due_on <= today + AHEAD

    def status(self, today: date) -> str:
        """How it stands in words: 已完成, 逾期 4 天, 剩 5 天."""
        if self.done_on is not None:
            late = (self.done_on - self.due_on).days
            return f"完成（迟{late}天）" if late > 0 else "已完成"
        if self.project_state not in OPEN:
            return "项目已完成" if self.project_state in _OVER else "未开工"
        return days_left_text(self.due_on, today)

    def due(self, today: date) -> Due:
        """How near it is."""
        is_open = self.done_on is None and self.project_state in OPEN
        return due_state(self.due_on, today) if is_open else Due.OPEN


_OVER = (ProjectState.DONE, ProjectState.JUDGED)


def rows(
    session: Session,
    year: int | None = None,
    *,
    project_id: str = "",
    today: date = NO_DATE,
) -> list[MilestoneRow]:
    """Milestones, the latest day first; `today` says how they stand."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Milestone.due_on, year))
    if project_id:
        where.append(Milestone.project_id == project_id)
    found = session.execute(
        select(Milestone, Project.name, Project.state)
        .join(Project, Project.id == Milestone.project_id)
        .where(*where)
        .order_by(Milestone.due_on.desc(), Milestone.id.desc())
    )
    return [
        MilestoneRow(
            id=m.id,
            project_id=m.project_id,
            project=project,
            project_state=state,
            name=m.name,
            due_on=m.due_on,
            done_on=m.done_on,
            percent=m.percent,
            note=m.note,
            asked_on=today,
        )
        for m, project, state in found
    ]


@operation(Right.HANDLE, "登记项目节点")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    project_id: str,
    name: str,
    due_on: date,
    done_on: date | None = None,
    percent: int = 0,
    note: str = "",
) -> str:
    """Register a milestone of a project, or change it; one that is done moves the project on."""
    project = get_for(tx.session, Project, "project_id", project_id)
    if not 0 <= percent <= WHOLE:
        raise FieldError("percent", "进度应在0到100之间。")
    if done_on is not None:
        _check_done(tx, project, done_on)
    milestone = put(
        tx,
        Milestone,
        record_id,
        project_id=project_id,
        name=filled("name", name, "节点"),
        due_on=due_on,
        done_on=done_on,
        percent=percent,
        note=note.strip(),
    )
    _follow(tx, project)
    tx.about = f"{project.name} {name.strip()}"
    return milestone.id


@operation(Right.HANDLE, "完成项目节点")
def finish(tx: Tx, *, milestone_id: str, done_on: date | None = None) -> None:
    """Say that a milestone is reached."""
    milestone = get(tx.session, Milestone, milestone_id)
    project = get_for(tx.session, Project, "project_id", milestone.project_id)
    day = done_on or tx.today
    _check_done(tx, project, day)
    milestone.done_on = day
    _follow(tx, project)
    tx.about = f"{project.name} {milestone.name}"


_remove = removal(Milestone, right=Right.HANDLE)


@operation(Right.HANDLE, "删除项目节点")
def remove(tx: Tx, *, ids: Sequence[str]) -> None:
    """Remove milestones; their projects are as far as the others say."""
    projects = {get(tx.session, Milestone, each).project_id for each in ids}
    _remove(tx, ids=ids)
    about = tx.about
    for project_id in projects:
        _follow(tx, get(tx.session, Project, project_id))
    tx.about = about


def todos(session: Session, today: date) -> list[Todo]:
    """Milestones that are due soon or late."""
    found = session.execute(
        select(Milestone, Project.name)
        .join(Project, Project.id == Milestone.project_id)
        .where(
            Milestone.done_on.is_(None),
            Milestone.due_on <= today + AHEAD,
            Project.state.in_(OPEN),
        )
    )
    return [
        due_todo(f"项目节点：{project} {m.name}", m.due_on, today, Milestone.__tablename__, m.id)
        for m, project in found
    ]


def _check_done(tx: Tx, project: Project, day: date) -> None:
    not_future("done_on", day, tx.today, "完成日期")
    not_before("done_on", day, project.started_on or project.chosen_on, "完成日期", "开工日期")


def _follow(tx: Tx, project: Project) -> None:
    """A project under way is as far as the farthest of its milestones that is done."""
    if project.state != ProjectState.BUILDING:
        return
    tx.session.flush()
    project.progress = (
        tx.session.scalar(
            select(func.max(Milestone.percent)).where(
                Milestone.project_id == project.id, Milestone.done_on.is_not(None)
            )
        )
        or project.progress
    )
