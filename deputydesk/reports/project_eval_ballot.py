"""民生实事项目满意度测评票: a secret ballot on how projects were carried out.

It bears the form, the run, the page and the layout, and no number of its own: two ballots of a
run are the same, so no ballot leads to a deputy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Project
from deputydesk.operations import project_evals, projects
from deputydesk.operations.projects import ProjectRow
from deputydesk.operations.scan_runs import Printed
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts, tick_paper
from deputydesk.reports.form import (
    AskCopies,
    AskLarge,
    AskLastDay,
    AskPaper,
    AskRecord,
    Form,
    Group,
    Job,
    Offered,
    OfficeHead,
    Options,
)
from deputydesk.reports.kit import qr_code
from deputydesk.reports.layout import Layout
from deputydesk.reports.page import A4, BLACK, INK, Page
from deputydesk.reports.tick_paper import Place, Print
from deputydesk.reports.wording import date_text
from deputydesk.rules.project_flow import DECIDED, ProjectState
from deputydesk.rules.satisfaction import JUDGED, Option
from deputydesk.rules.scan_plan import Plan, Question

FORM_ID = "project_eval_ballot"
OPTIONS = (
    *(Option(grade.value, grade.label) for grade in JUDGED),
    Option("abstain", "弃权"),
)
"""What can be ticked; a column of its own for who abstains, so that a blank row is a slip."""
_NAME = "民生实事项目满意度测评票"
_LEFT, _RIGHT = 15.0, 195.0
_TOP, _HEAD, _COLUMN = 72.0, 11.0, 22.0
_USUAL, _LARGE = Print("", 12, 13.4, 6.0), Print("L", 10, 16.4, 8.0, 1.4)
_CODE = (172.0, 45.0, 20.0)
_FOOT = 284.0
_ABOUT = 32  # characters of the unit, and of the progress
_WIDTHS = (10.0, 48.0, 34.0)  # number, project, unit and progress


def _layout(size: Print) -> Layout:
    return tick_paper.ballot_layout(
        "PM4-1", size, _place(size), options=len(OPTIONS), column=_COLUMN, right=_RIGHT, code=_CODE
    )


def _place(size: Print) -> Place:
    return Place(_TOP, _HEAD, size.pitch)


LAYOUT = _layout(_USUAL)
LAYOUTS = {layout.version: layout for layout in (LAYOUT, _layout(_LARGE))}


@dataclass(frozen=True)
class JudgedProject:
    """A project to be judged, who carries it out and how far it is."""

    name: Annotated[str, "项目名称"]
    unit: Annotated[str, "责任单位"] = ""
    progress: Annotated[str, "进展"] = ""


@dataclass(frozen=True)
class EvalBallot:
    """A run of ballots that are all the same."""

    run: Annotated[str, "批次"]
    """The same on every ballot on which the same is printed."""
    title: Annotated[str, "标题"]
    projects: Annotated[tuple[JudgedProject, ...], "项目"]
    held_on: date | None = None
    step: Annotated[str, "评议环节"] = ""
    large: bool = field(default=False, repr=False)
    """In large print; left out of the run's code, to which it adds a letter."""


def _size(ballot: EvalBallot) -> Print:
    return _LARGE if ballot.large else _USUAL


def layout_of(ballot: EvalBallot) -> Layout:
    """Where the boxes of this ballot stand."""
    return LAYOUTS[f"PM4-1{_size(ballot).variant}"]


def code_of(ballot: EvalBallot, page: int, pages: int) -> str:
    """What the QR code says: the form with its layout, the run, the page."""
    return tick_paper.code_text(layout_of(ballot).version, ballot.run, (page, pages))


def write(
    ballot: EvalBallot,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    copies: int = 1,
) -> int:
    """Writes the ballot, `copies` times over; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    fonts.check_printable([*fonts.texts_of(ballot), *fonts.texts_of(office)])
    return tick_paper.write_ballots(
        ballot.projects, partial(_draw, ballot, office), to, most=layout_of(ballot).rows,
        title=f"{ballot.title}{_NAME}", subject=_NAME, office=office,
        printed_on=printed_on, progress=progress, copies=copies,
    )  # fmt: skip


def _draw(
    ballot: EvalBallot,
    office: OfficeHead,
    judged: Sequence[JudgedProject],
    number: tuple[int, int],
    first: int,
) -> Page:
    page, layout = Page(A4), layout_of(ballot)
    tick_paper.corners(page, layout)
    page.fit(105, 28, ballot.title, 164, "BiaoSong", 19, align="center", color=BLACK)
    page.text(105, 39, _NAME, "BiaoSong", 22, align="center", spacing=3, color=BLACK)
    qr_code(page, *_CODE, code_of(ballot, *number))
    said = (
        f"评议环节：{ballot.step}",
        f"测评日期：{date_text(ballot.held_on)}",
        f"测评项目：{len(ballot.projects)}项",
    )
    for line, text in enumerate(said):
        page.fit(_LEFT, 51 + 7 * line, text, _CODE[0] - _LEFT - 4, "Song", 10.5, color=BLACK)
    bottom = _table(page, ballot, judged, first)
    _notes(page, bottom, is_last=number[0] == number[1])
    tick_paper.foot(page, _FOOT, ballot.run, number, layout.version, office.organ)
    return page


def _table(page: Page, ballot: EvalBallot, judged: Sequence[JudgedProject], first: int) -> float:
    size = _size(ballot)
    words, place = size.words, _place(size)
    edges = list(accumulate((*_WIDTHS, *[_COLUMN] * len(OPTIONS)), initial=_LEFT))
    at = [(left + 1.5, right - left - 3) for left, right in pairwise(edges)]
    high = place.pitch - 1.6
    for row, project in enumerate(judged):
        top = place.top + place.head + row * place.pitch
        middle, y = (edges[0] + edges[1]) / 2, top + place.pitch * 0.61
        page.text(middle, y, str(first + row), "Song", 11 * words, align="center")
        name = (at[1][0], top + 0.8, at[1][1], high)
        page.fit_box(name, project.name, "Hei", 11.5 * words, align="left", color=BLACK)
        said = (tick_paper.short(part, _ABOUT) for part in (project.unit, project.progress))
        about = "\n".join(part for part in said if part)
        beside = (at[2][0], top + 0.8, at[2][1], high)
        page.fit_box(beside, about, "Song", 9.5 * words, align="left")
        tick_paper.boxes(page, layout_of(ballot), row)
    heads = ("序号", "项目名称", "责任单位和进展", *(option.label for option in OPTIONS))
    sized = [(head, 10.5 if number == 0 else 12.0) for number, head in enumerate(heads)]
    return tick_paper.frame(page, edges, sized, len(judged), place)


def _notes(page: Page, bottom: float, *, is_last: bool) -> None:
    y = bottom + 7.0
    page.text(_LEFT, y, "填写说明", "Hei", 10.5)
    words = "每个项目只选一项，在方框内画“√”；多画、不画的，该项目按弃权计；不署名，请勿折叠。"
    page.fit(_LEFT + 20, y, words, _RIGHT - _LEFT - 20, "Song", 10.5, color=INK)
    tick_paper.examples(page, _LEFT, y + 4.0)
    y += 16
    if is_last:
        tick_paper.opinion_lines(page, y, _LEFT, _RIGHT)
    else:
        more = "（后面还有项目，请继续填写下一页）"
        page.text(105, y, more, "Hei", 10.5, align="center")


def _read(job: Job) -> EvalBallot:
    day = job.options.last or job.today
    return job.office.ask(_ballot, job.options, day, job.head.name)


def _run(job: Job) -> Printed:
    day = job.options.last or job.today
    judged, paper = job.office.ask(_judged, job.options, day), _read(job)
    asked = [Question(row.id, row.name, OPTIONS) for row in judged]
    return Printed(
        code=paper.run,
        form=FORM_ID,
        record_kind=Project.__tablename__,
        record_id=job.options.record_id,
        name=f"{paper.title}民生实事{paper.step}",
        secret=True,
        layout=layout_of(paper).version,
        plan=Plan(tuple(tick_paper.spread_over_pages(asked, layout_of(paper).rows))),
        details={"held_on": day.isoformat(), "step": paper.step},
    )


def _judged(session: Session, options: Options, day: date) -> list[ProjectRow]:
    """One project, or all that the office's own congress chose for the year of that day."""
    project_id = options.record_id
    decided = projects.rows(session, states=DECIDED)
    level = projects.own_level(session)
    judged = [
        row
        for row in decided
        if row.id == project_id or (not project_id and (row.year, row.level) == (day.year, level))
    ]
    if not judged:
        raise UserError(
            f"{day.year}年还没有确定实施的民生实事项目，不能印测评票。",
            hint="请先登记票决结果，或者选择别的年度、项目。",
        )
    return judged


def _ballot(session: Session, options: Options, day: date, office: str) -> EvalBallot:
    judged = _judged(session, options, day)
    ballot = EvalBallot(
        run="",
        title=f"{office}{judged[0].year}年",
        projects=tuple(
            JudgedProject(row.name, row.unit or row.town, _progress(row)) for row in judged
        ),
        held_on=day,
        step=_step(session, [row.id for row in judged], day, options.paper),
        large=options.large,
    )
    ids = "|".join(row.id for row in judged)
    return replace(ballot, run=tick_paper.run_code(ids, ballot, large=ballot.large))


def _step(session: Session, project_ids: Sequence[str], day: date, wanted: str) -> str:
    """The step of 三评一问 that is voted on: the one wanted, or the next that is not yet taken."""
    voted = [step.name for step in project_evals.steps(session, day) if step.graded]
    if not wanted:
        return project_evals.next_graded(session, project_ids, day)
    if int(wanted) > len(voted):
        raise UserError(
            f"本地规则里要投票的评议环节只有{len(voted)}个：{'、'.join(voted)}。",
            hint="请选择其中的一个，或者先修改本地规则“项目评议环节”。",
        )
    return voted[int(wanted) - 1]


def _progress(row: ProjectRow) -> str:
    if row.done_on:
        return f"{date_text(row.done_on)}完成"
    return f"{row.state.label} {row.progress}%" if row.state is ProjectState.BUILDING else ""


def _decided(session: Session) -> list[Offered]:
    return [
        Offered(row.id, row.name, f"{row.year}年　{row.level.label}　{row.state.label}")
        for row in projects.rows(session, states=DECIDED)
    ]


FORM = Form(
    FORM_ID,
    _NAME,
    Group.EVALUATION,
    "无记名，票上没有编号；一个项目，或当年确定实施的全部项目，逐项选满意、基本满意、不满意。",
    _read,
    write,
    (
        AskRecord(Project, _decided, "项目", blank="当年确定实施的全部项目"),
        AskLastDay("测评日期"),
        AskPaper(
            (
                ("", "接下来的环节"),
                ("1", "第一次投票"),
                ("2", "第二次投票"),
                ("3", "第三次投票"),
                ("4", "第四次投票"),
            ),
            "评议环节",
        ),
        AskLarge(),
        AskCopies(),
    ),
    extras=lambda options: {"copies": options.copies},
    layouts=LAYOUTS,
    run=_run,
    source="公开的民生实事项目满意度测评办法（镇海区，2022年）：逐项测评，无记名，按全体成员计等次",
)
