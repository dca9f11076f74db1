"""Milestones of livelihood projects."""

from functools import partial

from deputydesk.models import Milestone, Project
from deputydesk.operations import milestones
from deputydesk.operations.milestones import MilestoneRow
from deputydesk.ui import project_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field, LongTextField, NumberField, TextField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Register
from deputydesk.ui.table import Column


def step(desk: Desk) -> tuple[Field, ...]:
    """The fields of a milestone, without the project."""
    del desk
    return (
        TextField("name"),
        DateField("due_on", ahead=True),
        NumberField("percent"),
        DateField("done_on", optional=True),
        LongTextField("note", lines=2),
    )


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("project_id", partial(project_lookups.decided, desk), wide=True),
        *step(desk),
    )


MILESTONES: Register[MilestoneRow] = Register(
    model=Milestone,
    title="项目节点",
    rows=lambda desk, year: desk.ask(milestones.rows, year, today=desk.today),
    columns=(
        Column("计划日期", lambda r: f"{r.due_on}", 92),
        Column("项目", lambda r: r.project, 0),
        Column("节点", lambda r: r.name, 130),
        Column("完成日期", lambda r: f"{r.done_on}" if r.done_on else "", 92, drop=2),
        Column("进度", lambda r: f"{r.percent}%", 96, share=lambda r: r.percent / 100, drop=1),
        Column("情况", lambda r: r.stands, 110, alert=lambda r: r.is_overdue),
    ),
    fields=_fields,
    save=milestones.save,
    remove=milestones.remove,
    keep=("project_id",),
    moves=(
        Move(
            "完成节点",
            milestones.finish,
            "milestone_id",
            fields=lambda _desk, _row: (DateField("done_on"),),
            when=lambda row: row.done_on is None,
            start=lambda desk, _row: {"done_on": desk.today},
        ),
    ),
    filters=(
        Filter("逾期", lambda row, today: row.is_late(today)),
        Filter("近期", lambda row, today: row.is_soon(today)),
    ),
    empty="还没有项目节点。按 Ctrl+N 选择项目，登记第一个节点。",
    shows=frozenset({Project}),
    hint="节点完成后，项目进度随之更新",
)
