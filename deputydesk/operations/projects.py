"""Livelihood projects: what was proposed, by whom, for how much, and how far each one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import (
    DeputyGroup,
    Mandate,
    Milestone,
    Opinion,
    Person,
    Project,
    ProjectEval,
    ProjectPayment,
    ProjectVoteEntry,
    Unit,
)
from deputydesk.models.base import NO_DATE
from deputydesk.models.project import ProjectLevel
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import offices
from deputydesk.operations.checks import (
    filled,
    get,
    get_for,
    next_number,
    not_future,
    not_negative,
    put,
)
from deputydesk.operations.removal import removal
from deputydesk.rules.project_flow import DECIDED, PROJECT, ProjectState, ProjectStep
from deputydesk.rules.rates import Rate

FROM_OPINION = "选民意见"
FIRST_YEAR, LAST_YEAR = 1990, 2199
_FIXED = {"name": "项目名称", "content": "建设内容", "budget": "投资", "year": "年度"}
"""What only a decision may change once a project is decided on."""


@dataclass(frozen=True)
class ProjectRow:
    """A project as lists, the board and paper show it; money in 分."""

    id: str
    level: ProjectLevel
    year: int
    number: int
    candidate_no: int | None
    name: str
    content: str
    category: str
    town: str
    source: str
    proposer: str
    opinion_id: str
    proposed_on: date
    budget: int
    unit_id: str
    unit: str
    group_id: str
    group: str
    state: ProjectState
    screened_on: date | None
    screening: str
    chosen_on: date | None
    votes: int | None
    started_on: date | None
    due_on: date | None
    done_on: date | None
    progress: int
    changed_on: date | None
    change: str
    grade: str
    rectification: str
    note: str
    paid: int
    next_step: str
    """The next milestone that is not done."""
    next_due_on: date | None
    asked_on: date = NO_DATE
    """The day on which it was asked whether it is late."""

    @property
    def is_overdue(self) -> bool:
        """Whether it was late on the day it was asked."""
        return self.is_late(self.asked_on)

    @property
    def paid_rate(self) -> Rate:
        """Paid ÷ budget."""
        return Rate(self.paid, self.budget)

    @property
    def is_decided(self) -> bool:
        """Whether it is to be carried out."""
        return self.state in DECIDED

    def may(self, step: ProjectStep) -> bool:
        """Whether this can be done with it now."""
        return PROJECT.may(self.state, step)

    def is_late(self, today: date) -> bool:
        """Whether it, or its next milestone, should have been done."""
        if self.state not in (ProjectState.CHOSEN, ProjectState.BUILDING):
            return False
        return any(due is not None and due < today for due in (self.due_on, self.next_due_on))


def own_level(session: Session) -> ProjectLevel:
    """The level on which the office's own congress decides."""
    found = offices.profile(session)
    is_district = found is not None and found.organ.has_congress and found.organ.has_assembly
    return ProjectLevel.DISTRICT if is_district else ProjectLevel.TOWN


def rows(
    session: Session,
    year: int | None = None,
    *,
    level: ProjectLevel | None = None,
    states: Sequence[ProjectState] = (),
    today: date = NO_DATE,
) -> list[ProjectRow]:
    """Projects, the newest year first, in the order of their numbers; `today` says who is late."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(Project.year == year)
    if level is not None:
        where.append(Project.level == level)
    if states:
        where.append(Project.state.in_(states))
    return [replace(row, asked_on=today) for row in _rows(session, where)]


def one(session: Session, project_id: str) -> ProjectRow:
    """One project.

    Raises:
        UserError: there is none with this id.
    """
    get(session, Project, project_id)
    return _rows(session, [Project.id == project_id])[0]


def _rows(session: Session, where: Sequence[ColumnElement[bool]]) -> list[ProjectRow]:
    paid = (
        select(ProjectPayment.project_id, func.sum(ProjectPayment.amount).label("paid"))
        .group_by(ProjectPayment.project_id)
        .subquery()
    )
    found = session.execute(
        select(Project, Unit.name, Unit.short_name, DeputyGroup.name, paid.c.paid)
        .outerjoin(Unit, Unit.id == Project.unit_id)
        .outerjoin(DeputyGroup, DeputyGroup.id == Project.group_id)
        .outerjoin(paid, paid.c.project_id == Project.id)
        .where(*where)
        .order_by(Project.year.desc(), Project.level, Project.number, Project.id)
    )
    waiting: dict[str, tuple[str, date]] = {}
    steps = select(Milestone).where(Milestone.done_on.is_(None)).order_by(Milestone.due_on.desc())
    for step in session.scalars(steps):
        waiting[step.project_id] = (step.name, step.due_on)
    return [
        _row(p, short or unit or "", group or "", sum_paid or 0, *waiting.get(p.id, ("", None)))
        for p, unit, short, group, sum_paid in found
    ]


def _row(
    p: Project, unit: str, group: str, paid: int, next_step: str, next_due_on: date | None
) -> ProjectRow:
    return ProjectRow(
        id=p.id,
        level=p.level,
        year=p.year,
        number=p.number,
        candidate_no=p.candidate_no,
        name=p.name,
        content=p.content,
        category=p.category,
        town=p.town,
        source=p.source,
        proposer=p.proposer,
        opinion_id=p.opinion_id,
        proposed_on=p.proposed_on,
        budget=p.budget,
        unit_id=p.unit_id,
        unit=unit,
        group_id=p.group_id,
        group=group,
        state=p.state,
        screened_on=p.screened_on,
        screening=p.screening,
        chosen_on=p.chosen_on,
        votes=p.votes,
        started_on=p.started_on,
        due_on=p.due_on,
        done_on=p.done_on,
        progress=p.progress,
        changed_on=p.changed_on,
        change=p.change,
        grade=p.grade,
        rectification=p.rectification,
        note=p.note,
        paid=paid,
        next_step=next_step,
        next_due_on=next_due_on,
    )


@operation(Right.REGISTER, "登记民生实事项目")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    level: ProjectLevel,
    year: int,
    name: str = "",
    proposed_on: date,
    content: str = "",
    category: str = "",
    town: str = "",
    source: str = "",
    proposer: str = "",
    opinion_id: str = "",
    budget: int = 0,
    unit_id: str = "",
    group_id: str = "",
    due_on: date | None = None,
    note: str = "",
) -> str:
    """Register a proposed project, or change it; returns its id.

    Args:
        tx: the transaction.
        record_id: the project to change; empty registers one.
        level: who decides on it.
        year: for which year it is proposed.
        name: what it is; of an opinion its matter, if empty.
        proposed_on: when it was proposed.
        content: what is built or done.
        category: such as 道路, 养老.
        town: the town or street where it is.
        source: how it came in.
        proposer: who proposed it; of an opinion the deputy who heard it, if empty.
        opinion_id: the voter's opinion it comes from.
        budget: in 分.
        unit_id: who carries it out.
        group_id: the deputies who watch over it.
        due_on: when it is to be done.
        note: anything else.
    """
    if opinion_id:
        opinion = get_for(tx.session, Opinion, "opinion_id", opinion_id)
        name, source = name or opinion.matter, source or FROM_OPINION
        proposer = proposer or _heard_by(tx, opinion)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise FieldError("year", f"年度应是四位数的年份，不能是{year}。")
    not_future("proposed_on", proposed_on, tx.today, "征集日期")
    not_negative("budget", budget, "投资")
    name = filled("name", name, "项目名称")
    values = {"name": name, "content": content.strip(), "budget": budget, "year": year}
    if record_id:
        _keep_decided(get(tx.session, Project, record_id), values)
    else:
        same = (Project.year == year, Project.level == level)
        values["number"] = next_number(tx.session, Project.number, *same)
    project = put(
        tx,
        Project,
        record_id,
        level=level,
        proposed_on=proposed_on,
        category=category.strip(),
        town=town.strip(),
        source=source.strip(),
        proposer=proposer.strip(),
        opinion_id=opinion_id,
        unit_id=unit_id,
        group_id=group_id,
        due_on=due_on,
        note=note.strip(),
        **values,
    )
    tx.about = name
    return project.id


def _heard_by(tx: Tx, opinion: Opinion) -> str:
    found = tx.session.execute(
        select(Person.name)
        .join(Mandate, Mandate.person_id == Person.id)
        .where(Mandate.id == opinion.mandate_id)
    )
    return found.scalars().first() or ""


def _keep_decided(project: Project, values: Mapping[str, object]) -> None:
    """What was voted on stays as it was voted on, until the organ decides otherwise."""
    if project.state not in DECIDED:
        return
    for field, label in _FIXED.items():
        if values[field] != getattr(project, field):
            raise FieldError(
                field,
                f"项目已经确定，{label}不能直接修改。",
                hint="经主席团或者人代会（常委会）决定调整的，请用“调整项目”登记。",
            )


_remove = removal(
    Project,
    (Milestone, Milestone.project_id),
    (ProjectPayment, ProjectPayment.project_id),
    (ProjectEval, ProjectEval.project_id),
)


@operation(Right.REGISTER, "删除民生实事项目")
def remove(tx: Tx, *, ids: Sequence[str]) -> None:
    """Remove projects entered by mistake, with their milestones, payments and evaluations."""
    voted = tx.session.scalars(
        select(Project.name)
        .join(ProjectVoteEntry, ProjectVoteEntry.project_id == Project.id)
        .where(Project.id.in_(list(ids)))
    ).first()
    if voted:
        raise UserError(
            f"“{voted}”已列入票决，不能删除。", hint="先从票决的候选项目中去掉它，再删除。"
        )
    _remove(tx, ids=ids)


def opinions_to_choose(session: Session, most: int = 500) -> list[tuple[str, str, date]]:
    """The newest opinions of voters that a project may come from: id, matter, day."""
    found = session.execute(
        select(Opinion.id, Opinion.matter, Opinion.heard_on)
        .where(Opinion.merged_into == "")
        .order_by(Opinion.heard_on.desc(), Opinion.id.desc())
        .limit(most)
    )
    return [(opinion_id, matter, heard_on) for opinion_id, matter, heard_on in found]
