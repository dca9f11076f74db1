"""Livelihood projects: proposed, decided, built, paid for, judged."""

from collections.abc import Sequence
from functools import partial

from deputydesk.models import Milestone, Project, ProjectEval, ProjectPayment
from deputydesk.models.project import ProjectLevel
from deputydesk.operations import (
    milestones,
    project_evals,
    project_payments,
    project_steps,
    projects,
)
from deputydesk.operations.projects import ProjectRow
from deputydesk.rules.amounts import wan
from deputydesk.rules.project_flow import ProjectState, ProjectStep
from deputydesk.ui import event_lookups, lookups, project_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import prints
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.money_field import WAN, MoneyField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Register
from deputydesk.ui.registers.milestones import step
from deputydesk.ui.registers.project_evals import judgement
from deputydesk.ui.registers.project_payments import payment
from deputydesk.ui.scan_returns import takes_back
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

_S, _T = ProjectState, ProjectStep
TONES = {
    _S.PROPOSED: Tone.GREY,
    _S.CANDIDATE: Tone.BLUE,
    _S.DROPPED: Tone.GREY,
    _S.CHOSEN: Tone.VIOLET,
    _S.LOST: Tone.GREY,
    _S.BUILDING: Tone.AMBER,
    _S.DONE: Tone.GREEN,
    _S.JUDGED: Tone.GREEN,
}


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        TextField("name", wide=True),
        ChoiceField("level", ProjectLevel),
        NumberField("year"),
        DateField("proposed_on"),
        MoneyField("budget", label="投资（万元）", unit=WAN),
        PickField("opinion_id", partial(project_lookups.opinions, desk), wide=True),
        TextField("source"),
        TextField("proposer"),
        LongTextField("content", lines=2),
        TextField("category"),
        PickField("town", partial(lookups.towns, desk), free=True),
        PickField("unit_id", partial(project_lookups.responsible_units, desk)),
        PickField("group_id", partial(event_lookups.groups, desk)),
        DateField("due_on", ahead=True, optional=True),
        TextField("note"),
    )


def _changed(desk: Desk, row: ProjectRow) -> tuple[Field, ...]:
    del desk, row
    return (
        LongTextField("decision", label="决定（哪个机关、哪次会议、文号、怎样调整）", lines=3),
        DateField("changed_on"),
        DateField("due_on", ahead=True, optional=True),
        TextField("name", wide=True),
        MoneyField("budget", label="投资（万元）", unit=WAN),
        LongTextField("content", lines=2),
    )


def _summary(rows: Sequence[ProjectRow]) -> str:
    if not rows:
        return ""
    decided = [row for row in rows if row.is_decided]
    budget, paid = sum(r.budget for r in decided), sum(r.paid for r in decided)
    parts = [f"共 {len(rows)} 项，确定 {len(decided)} 项"]
    if budget:
        parts.append(f"投资 {wan(budget)}，已拨 {paid * 100 / budget:.1f}%")
    return " · ".join(parts)


def _screened(desk: Desk, row: ProjectRow) -> tuple[Field, ...]:
    del desk, row
    return (
        DateField("screened_on"),
        NumberField("candidate_no", optional=True),
        LongTextField("screening", lines=3),
    )


def _today(name: str) -> partial[dict[str, object]]:
    return partial(_starting, name)


def _starting(name: str, desk: Desk, row: ProjectRow) -> dict[str, object]:
    del row
    return {name: desk.today}


_MOVES: tuple[Move[ProjectRow], ...] = (
    Move(
        "列为候选",
        project_steps.shortlist,
        "project_id",
        fields=_screened,
        when=lambda row: row.may(_T.SHORTLIST),
        start=_today("screened_on"),
    ),
    Move(
        "不列入候选",
        project_steps.drop,
        "project_id",
        fields=lambda _desk, _row: (
            DateField("screened_on"),
            LongTextField("screening", lines=3),
        ),
        when=lambda row: row.may(_T.DROP),
        start=_today("screened_on"),
    ),
    Move(
        "决定实施",
        project_steps.adopt,
        "project_id",
        fields=lambda _desk, _row: (
            DateField("chosen_on", label="决定日期"),
            LongTextField("decision", label="哪个机关怎样决定的", lines=3),
        ),
        when=lambda row: row.may(_T.ADOPT),
        start=_today("chosen_on"),
    ),
    Move(
        "开工",
        project_steps.start,
        "project_id",
        fields=lambda _desk, _row: (
            DateField("started_on"),
            DateField("due_on", ahead=True, optional=True),
        ),
        when=lambda row: row.may(_T.START),
        start=lambda desk, row: {"started_on": desk.today, "due_on": row.due_on},
    ),
    Move(
        "登记节点",
        milestones.save,
        "project_id",
        fields=lambda desk, _row: step(desk),
        when=lambda row: row.may(_T.CHANGE),
        model=Milestone,
    ),
    Move(
        "登记进度",
        project_steps.set_progress,
        "project_id",
        fields=lambda _desk, _row: (NumberField("progress"),),
        when=lambda row: row.state == _S.BUILDING,
        start=lambda _desk, row: {"progress": row.progress},
    ),
    Move(
        "登记拨款",
        project_payments.save,
        "project_id",
        fields=lambda desk, _row: payment(desk),
        when=lambda row: row.is_decided,
        model=ProjectPayment,
        start=_today("paid_on"),
    ),
    Move(
        "登记评议",
        project_evals.save,
        "project_id",
        fields=lambda desk, _row: judgement(desk),
        when=lambda row: row.is_decided,
        model=ProjectEval,
        start=_today("held_on"),
    ),
    Move(
        "调整项目",
        project_steps.change,
        "project_id",
        fields=_changed,
        when=lambda row: row.may(_T.CHANGE),
        start=lambda desk, row: {
            "changed_on": desk.today,
            "name": row.name,
            "content": row.content,
            "budget": row.budget,
            "due_on": row.due_on,
        },
    ),
    Move(
        "完成",
        project_steps.finish,
        "project_id",
        fields=lambda _desk, _row: (DateField("done_on"),),
        when=lambda row: row.may(_T.FINISH),
        start=_today("done_on"),
    ),
    Move(
        "整改",
        project_steps.rectify,
        "project_id",
        fields=lambda _desk, _row: (LongTextField("rectification", lines=4),),
        when=lambda row: row.may(_T.RECTIFY),
        start=lambda _desk, row: {"rectification": row.rectification},
    ),
)

PROJECTS: Register[ProjectRow] = Register(
    model=Project,
    title="民生实事项目",
    rows=lambda desk, year: desk.ask(projects.rows, year, today=desk.today),
    columns=(
        Column("级别", lambda r: r.level.label, 50, drop=4),
        Column("序", lambda r: str(r.number), 40, sort=lambda r: r.number, right=True),
        Column("项目名称", lambda r: r.name, 0),
        Column("责任单位", lambda r: r.unit or r.town, 120, drop=1),
        Column(
            "投资（万元）",
            lambda r: wan(r.budget).removesuffix("万元") if r.budget else "",
            88,
            sort=lambda r: r.budget,
            right=True,
        ),
        Column(
            "得票",
            lambda r: "" if r.votes is None else str(r.votes),
            50,
            sort=lambda r: r.votes or 0,
            right=True,
            drop=2,
        ),
        Column("状态", lambda r: r.state.label, 92, tone=lambda r: TONES.get(r.state, Tone.GREY)),
        Column(
            "进度",
            lambda r: f"{r.progress}%" if r.is_decided else "",
            100,
            sort=lambda r: r.progress,
            share=lambda r: r.progress / 100 if r.is_decided else None,
        ),
        Column(
            "拨付",
            lambda r: f"{r.paid_rate.percent:g}%" if r.paid_rate.percent else "",
            100,
            sort=lambda r: r.paid_rate.percent or 0,
            share=lambda r: r.paid_rate.percent / 100 if r.paid_rate.percent else None,
            drop=5,
        ),
        Column(
            "下一节点",
            lambda r: f"{r.next_due_on:%m-%d} {r.next_step}" if r.next_due_on else "",
            122,
            alert=lambda r: r.is_overdue,
            drop=6,
        ),
        Column(
            "等次",
            lambda r: r.grade,
            84,
            tone=lambda r: Tone.GREEN if r.grade == "满意" else Tone.AMBER if r.grade else None,
            drop=3,
        ),
    ),
    fields=_fields,
    save=projects.save,
    remove=projects.remove,
    keep=("level", "year", "proposed_on", "source"),
    start=lambda desk: {
        "level": project_lookups.own_level(desk),
        "year": desk.today.year,
        "proposed_on": desk.today,
    },
    moves=_MOVES,
    actions=(
        prints("project_eval_ballot", "测评票", lambda row: row.is_decided),
        takes_back(Project, lambda row: row.is_decided),
    ),
    filters=(
        Filter("区级", lambda row, _today: row.level == ProjectLevel.DISTRICT),
        Filter("基层", lambda row, _today: row.level == ProjectLevel.TOWN),
        Filter("候选", lambda row, _today: row.state == _S.CANDIDATE),
        Filter("实施中", lambda row, _today: row.state == _S.BUILDING),
        Filter("逾期", lambda row, today: row.is_late(today)),
    ),
    summary=_summary,
    empty="还没有民生实事项目。按 Ctrl+N 登记征集到的第一个项目。",
    shows=frozenset({Milestone, ProjectPayment, ProjectEval}),
    hint="确定以后的名称、内容、投资只能经决定调整",
)
