"""三评一问 of livelihood projects: steps as the place has set them, and the final grade."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Project, ProjectEval
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import local_rules
from deputydesk.operations.checks import get, get_for, not_before, not_future, put
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year
from deputydesk.rules.project_flow import DECIDED, PROJECT, ProjectState, ProjectStep
from deputydesk.rules.project_satisfaction import check, grade

KIND = "project_steps"


@dataclass(frozen=True)
class StepRow:
    """A step of 三评一问: whether it gives a grade, asks questions, or settles the grade."""

    name: str
    about: str
    graded: bool
    asked: bool
    final: bool


@dataclass(frozen=True)
class EvalRow:
    """One step taken for a project."""

    id: str
    project_id: str
    project: str
    step: str
    held_on: date
    members: int
    present: int
    satisfied: int
    mostly: int
    dissatisfied: int
    grade: str
    questions: str
    answers: str
    note: str

    @property
    def counts(self) -> str:
        """The votes with who was there, as they are printed with the grade."""
        if not self.members:
            return ""
        return (
            f"满意{self.satisfied}、基本满意{self.mostly}、不满意{self.dissatisfied}"
            f"（应到{self.members}，实到{self.present}）"
        )


def steps(session: Session, day: date) -> list[StepRow]:
    """The steps as the place has them on a day."""
    rule = local_rules.current(session, KIND, day).rule
    return [
        StepRow(
            name=step["name"],
            about=step.get("about", ""),
            graded=bool(step.get("graded")),
            asked=bool(step.get("asked")),
            final=bool(step.get("final")),
        )
        for step in rule["steps"]
    ]


def next_graded(session: Session, project_ids: Collection[str], day: date) -> str:
    """The first step with a grade that not all of these projects have taken; the last if they have.

    Where the place has no such step, the name is empty.
    """
    taken: dict[str, set[str]] = {}
    found = select(ProjectEval.step, ProjectEval.project_id)
    for step, project in session.execute(found.where(ProjectEval.project_id.in_(project_ids))):
        taken.setdefault(step, set()).add(project)
    voted = [step.name for step in steps(session, day) if step.graded]
    ahead = [name for name in voted if not set(project_ids) <= taken.get(name, set())]
    return next(iter([*ahead, *voted[-1:]]), "")


def rows(session: Session, year: int | None = None, *, project_id: str = "") -> list[EvalRow]:
    """Steps taken, newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(ProjectEval.held_on, year))
    if project_id:
        where.append(ProjectEval.project_id == project_id)
    found = session.execute(
        select(ProjectEval, Project.name)
        .join(Project, Project.id == ProjectEval.project_id)
        .where(*where)
        .order_by(ProjectEval.held_on.desc(), ProjectEval.id.desc())
    )
    return [
        EvalRow(
            id=e.id,
            project_id=e.project_id,
            project=name,
            step=e.step,
            held_on=e.held_on,
            members=e.members,
            present=e.present,
            satisfied=e.satisfied,
            mostly=e.mostly,
            dissatisfied=e.dissatisfied,
            grade=e.grade,
            questions=e.questions,
            answers=e.answers,
            note=e.note,
        )
        for e, name in found
    ]


@operation(Right.EVALUATE, "登记项目评议")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    project_id: str,
    step: str,
    held_on: date,
    members: int = 0,
    present: int = 0,
    satisfied: int = 0,
    mostly: int = 0,
    dissatisfied: int = 0,
    questions: str = "",
    answers: str = "",
    note: str = "",
) -> str:
    """Register one step of 三评一问 for a project, or change it; the final one settles the grade.

    Raises:
        FieldError: votes and people do not agree, or what the step is for is missing.
    """
    project = get_for(tx.session, Project, "project_id", project_id)
    if project.state not in DECIDED:
        raise FieldError("project_id", f"“{project.name}”还没有确定实施，不能评议。")
    not_future("held_on", held_on, tx.today, "日期")
    not_before("held_on", held_on, project.chosen_on, "日期", "项目确定日期")
    chosen = _step(tx, step, held_on)
    problem = check(
        members=members,
        present=present,
        satisfied=satisfied,
        mostly=mostly,
        dissatisfied=dissatisfied,
    )
    if problem:
        raise problem
    if chosen.graded and not members:
        raise FieldError("members", f"“{step}”要评等次，请填写应到人数和各项票数。")
    if chosen.asked and not questions.strip():
        raise FieldError("questions", f"请填写“{step}”询问的内容。")
    graded = grade(satisfied=satisfied, mostly=mostly, members=members) if members else ""
    made = put(
        tx,
        ProjectEval,
        record_id,
        project_id=project_id,
        step=step,
        held_on=held_on,
        members=members,
        present=present,
        satisfied=satisfied,
        mostly=mostly,
        dissatisfied=dissatisfied,
        grade=graded,
        questions=questions.strip(),
        answers=answers.strip(),
        note=note.strip(),
    )
    if chosen.final:
        project.state = PROJECT.next(project.state, ProjectStep.JUDGE)
    _follow(tx, project)
    tx.about = f"{project.name} {step}"
    return made.id


_remove = removal(ProjectEval, right=Right.EVALUATE)


@operation(Right.EVALUATE, "删除项目评议")
def remove(tx: Tx, *, ids: Sequence[str]) -> None:
    """Remove steps entered by mistake; a project whose final one goes is not judged any more."""
    projects = {get(tx.session, ProjectEval, each).project_id for each in ids}
    _remove(tx, ids=ids)
    about = tx.about
    for project_id in projects:
        _follow(tx, get(tx.session, Project, project_id))
    tx.about = about


def _step(tx: Tx, name: str, day: date) -> StepRow:
    found = steps(tx.session, day)
    chosen = next((step for step in found if step.name == name), None)
    if chosen is None:
        names = "、".join(step.name for step in found)
        raise FieldError("step", f"请选择评议环节：{names}。", hint="环节在“本地规则”里设置。")
    return chosen


def _follow(tx: Tx, project: Project) -> None:
    """The project's grade is that of its newest final step."""
    tx.session.flush()
    settled = [
        row.grade
        for row in rows(tx.session, project_id=project.id)
        if any(s.final and s.name == row.step for s in steps(tx.session, row.held_on))
    ]
    project.grade = settled[0] if settled else ""
    if not settled and project.state == ProjectState.JUDGED:
        project.state = ProjectState.DONE if project.done_on else ProjectState.BUILDING
