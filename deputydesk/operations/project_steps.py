"""The steps of a livelihood project: shortlisted, decided, begun, changed, finished, put right."""

from datetime import date

from sqlalchemy import func, select

from deputydesk.errors import FieldError
from deputydesk.models import Project
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import (
    filled,
    get,
    in_order,
    not_before,
    not_future,
    not_negative,
)
from deputydesk.operations.offices import profile
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.project_flow import PROJECT, ProjectStep

WHOLE = 100


@operation(Right.HANDLE, "列为候选项目")
def shortlist(
    tx: Tx,
    *,
    project_id: str,
    screening: str,
    screened_on: date | None = None,
    candidate_no: int | None = None,
) -> None:
    """Put a project on the list of candidates, with what the examination said of it.

    Args:
        tx: the transaction.
        project_id: the project.
        screening: for whom it is good, whether it can be done, whether there is money.
        screened_on: when it was examined; today if None.
        candidate_no: its place among the candidates of its year; the next free one if None.
    """
    project = _screened(tx, project_id, ProjectStep.SHORTLIST, screening, screened_on)
    of_year = (Project.year == project.year, Project.level == project.level)
    if candidate_no is None:
        last = tx.session.scalar(select(func.max(Project.candidate_no)).where(*of_year))
        project.candidate_no = (last or 0) + 1
        return
    if candidate_no < 1:
        raise FieldError("candidate_no", "候选序号从1开始。")
    other = tx.session.scalars(
        select(Project.name).where(
            *of_year, Project.candidate_no == candidate_no, Project.id != project_id
        )
    ).first()
    if other:
        raise FieldError("candidate_no", f"候选序号{candidate_no}已经是“{other}”的。")
    project.candidate_no = candidate_no


@operation(Right.HANDLE, "不列入候选")
def drop(tx: Tx, *, project_id: str, screening: str, screened_on: date | None = None) -> None:
    """Leave a project out of the list, and say why."""
    project = _screened(tx, project_id, ProjectStep.DROP, screening, screened_on)
    project.candidate_no = None


@operation(Right.HANDLE, "决定实施项目")
def adopt(tx: Tx, *, project_id: str, decision: str, chosen_on: date | None = None) -> None:
    """Decide on a project without a vote of deputies, with the words of the decision."""
    project = _moved(tx, project_id, ProjectStep.ADOPT)
    day = chosen_on or tx.today
    not_future("chosen_on", day, tx.today, "决定日期")
    not_before("chosen_on", day, project.proposed_on, "决定日期", "征集日期")
    project.chosen_on = project.announced_on = day
    project.screening = filled("decision", decision, "哪个机关怎样决定的")


def decide(tx: Tx, *, project_id: str, is_chosen: bool, day: date) -> None:
    """Let the result of an announced vote take effect on a project."""
    step = ProjectStep.CHOOSE if is_chosen else ProjectStep.LOSE
    project = _moved(tx, project_id, step)
    project.announced_on = day
    project.chosen_on = day if is_chosen else None


@operation(Right.HANDLE, "项目开工")
def start(
    tx: Tx, *, project_id: str, started_on: date | None = None, due_on: date | None = None
) -> None:
    """Begin to carry a project out."""
    project = _moved(tx, project_id, ProjectStep.START)
    day = started_on or tx.today
    not_future("started_on", day, tx.today, "开工日期")
    not_before("started_on", day, project.chosen_on, "开工日期", "确定日期")
    in_order("due_on", day, due_on, "计划完成日期", "开工日期")
    project.started_on = day
    project.due_on = due_on or project.due_on


@operation(Right.HANDLE, "调整项目")
def change(
    tx: Tx,
    *,
    project_id: str,
    decision: str,
    changed_on: date | None = None,
    name: str = "",
    content: str = "",
    budget: int = 0,
    due_on: date | None = None,
) -> None:
    """Change what was decided; only the organ that decided may, so its decision must be named.

    Args:
        tx: the transaction.
        project_id: the project.
        decision: which organ decided what, with its document.
        changed_on: when it was decided; today if None.
        name: the new name; empty leaves it.
        content: the new content; empty leaves it.
        budget: the new budget in 分; 0 leaves it.
        due_on: the new day; None leaves it.
    """
    project = _moved(tx, project_id, ProjectStep.CHANGE)
    day = changed_on or tx.today
    not_future("changed_on", day, tx.today, "调整日期")
    not_before("changed_on", day, project.chosen_on, "调整日期", "确定日期")
    not_negative("budget", budget, "投资")
    organ = _deciding_organ(tx)
    words = filled("decision", decision, f"{organ}的决定（哪次会议、文号、怎样调整）")
    project.changed_on = day
    project.change = "\n".join(filter(None, (project.change, f"{chinese(day)}：{words}")))
    project.name = name.strip() or project.name
    project.content = content.strip() or project.content
    project.budget = budget or project.budget
    project.due_on = due_on or project.due_on
    tx.about = project.name


@operation(Right.HANDLE, "登记项目进度")
def set_progress(tx: Tx, *, project_id: str, progress: int) -> None:
    """Say how far a project is, in percent."""
    project = get(tx.session, Project, project_id)
    PROJECT.next(project.state, ProjectStep.CHANGE)
    if not 0 <= progress <= WHOLE:
        raise FieldError("progress", "进度应在0到100之间。")
    project.progress = progress
    tx.about = f"{project.name} {progress}%"


@operation(Right.HANDLE, "项目完成")
def finish(tx: Tx, *, project_id: str, done_on: date | None = None) -> None:
    """Say that a project is done."""
    project = _moved(tx, project_id, ProjectStep.FINISH)
    day = done_on or tx.today
    not_future("done_on", day, tx.today, "完成日期")
    not_before("done_on", day, project.started_on, "完成日期", "开工日期")
    project.done_on, project.progress = day, WHOLE


@operation(Right.HANDLE, "登记项目整改")
def rectify(tx: Tx, *, project_id: str, rectification: str) -> None:
    """Write down what was put right after a project was judged."""
    project = _moved(tx, project_id, ProjectStep.RECTIFY)
    project.rectification = filled("rectification", rectification, "整改情况")


def _moved(tx: Tx, project_id: str, step: ProjectStep) -> Project:
    project = get(tx.session, Project, project_id)
    project.state = PROJECT.next(project.state, step)
    tx.about = project.name
    return project


def _screened(
    tx: Tx, project_id: str, step: ProjectStep, screening: str, screened_on: date | None
) -> Project:
    project = _moved(tx, project_id, step)
    day = screened_on or tx.today
    not_future("screened_on", day, tx.today, "初定日期")
    not_before("screened_on", day, project.proposed_on, "初定日期", "征集日期")
    project.screened_on = day
    project.screening = filled("screening", screening, "论证意见")
    return project


def _deciding_organ(tx: Tx) -> str:
    found = profile(tx.session)
    return found.organ.short if found else "人大"
