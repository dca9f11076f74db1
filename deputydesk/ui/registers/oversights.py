"""The registers of suggestions that leaders press, and of the visits in the course of it."""

from collections.abc import Sequence
from functools import partial

from deputydesk.models import Oversight, OversightVisit, Suggestion
from deputydesk.models.oversight import OversightKind, OversightState
from deputydesk.operations import oversights
from deputydesk.operations.oversights import OversightRow, OversightVisitRow
from deputydesk.ui import case_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, TextField
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.register import Filter, Move, Register
from deputydesk.ui.registers.case_actions import open_suggestion
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

_TONES = {
    OversightState.OPEN: Tone.BLUE,
    OversightState.DONE: Tone.GREEN,
    OversightState.CARRIED: Tone.AMBER,
}


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("suggestion_id", partial(case_lookups.all_suggestions, desk), wide=True),
        ChoiceField("kind", OversightKind, wide=True),
        TextField("congress_leader"),
        TextField("government_leader"),
        DateField("started_on"),
        DateField("due_on", ahead=True, optional=True),
        LongTextField("plan", lines=3),
        PickManyField("steps", partial(case_lookups.oversight_steps, desk)),
    )


def _visit_fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("oversight_id", partial(case_lookups.pressed, desk), wide=True),
        DateField("held_on"),
        TextField("form"),
        LongTextField("content", lines=3),
        TextField("who", wide=True),
    )


def _visited(_desk: Desk, _row: OversightRow) -> tuple[Field, ...]:
    return (
        DateField("held_on"),
        TextField("form"),
        LongTextField("content", lines=3),
        TextField("who", wide=True),
    )


def _finished(_desk: Desk, _row: OversightRow) -> tuple[Field, ...]:
    ends = (OversightState.DONE, OversightState.CARRIED)
    return (
        ChoiceField("state", options=[(state, state.label) for state in ends]),
        DateField("ended_on"),
        LongTextField("result", lines=3),
    )


def _is_open(row: OversightRow) -> bool:
    return row.state is OversightState.OPEN


def _sum(rows: Sequence[OversightRow]) -> str:
    done = sum(row.state is OversightState.DONE for row in rows)
    matters = len({row.suggestion_id for row in rows})
    return f"{matters} 件建议，{len(rows)} 项督办，办结 {done} 项" if rows else ""


OVERSIGHTS: Register[OversightRow] = Register(
    model=Oversight,
    title="领衔督办",
    rows=lambda desk, year: desk.ask(oversights.rows, today=desk.today, year=year),
    columns=(
        Column("编号", lambda r: str(r.number), 52, sort=lambda r: r.number, right=True),
        Column("建议", lambda r: r.headline, 0),
        Column("督办方式", lambda r: r.kind.label, 124, drop=2),
        Column("领导", lambda r: r.leaders, 120),
        Column("主办单位", lambda r: r.unit, 120, drop=3),
        Column("环节", lambda r: r.done, 52, drop=1),
        Column("活动", lambda r: str(len(r.visits)), 48, sort=lambda r: len(r.visits), right=True),
        Column(
            "时限", lambda r: f"{r.due_on}" if r.due_on else "", 92, drop=4,
            alert=lambda r: r.is_late,
        ),
        Column("状态", lambda r: r.state.label, 80, tone=lambda r: _TONES.get(r.state)),
    ),
    fields=_fields,
    save=oversights.save,
    remove=oversights.remove,
    keep=("kind", "congress_leader", "government_leader", "started_on", "due_on"),
    start=lambda desk: {"started_on": desk.today},
    moves=(
        Move(
            "登记督办活动", oversights.save_visit, "oversight_id", _visited, _is_open,
            model=OversightVisit, start=lambda desk, _row: {"held_on": desk.today},
        ),
        Move("办结", oversights.finish, "oversight_id", _finished, _is_open),
        Move("重新督办", oversights.reopen, "oversight_id", when=lambda row: not _is_open(row)),
    ),
    actions=(open_suggestion(lambda row: row.suggestion_id),),
    filters=(
        Filter("督办中", lambda row, _today: _is_open(row)),
        Filter("逾期", lambda row, _today: row.is_late),
        Filter("重点督办", lambda row, _today: row.kind is OversightKind.KEY),
        Filter("环节未完成", lambda row, _today: bool(row.missing)),
    ),
    summary=_sum,
    empty="还没有领衔督办。按 Ctrl+N 登记由哪位领导督办哪件建议。",
    shows=frozenset({OversightVisit, Suggestion}),
    hint="重点督办、督办领导的标记以这里为准",
)  # fmt: skip
OVERSIGHT_VISITS: Register[OversightVisitRow] = Register(
    model=OversightVisit,
    title="督办活动",
    rows=lambda desk, year: desk.ask(oversights.visits, year=year),
    columns=(
        Column("日期", lambda r: f"{r.held_on}", 92),
        Column("建议", lambda r: r.subject, 0),
        Column("形式", lambda r: r.form, 90),
        Column("内容", lambda r: r.content, 220, drop=1),
        Column("参加人", lambda r: r.who, 120, drop=2),
    ),
    fields=_visit_fields,
    save=oversights.save_visit,
    remove=oversights.remove_visits,
    keep=("oversight_id", "held_on"),
    start=lambda desk: {"held_on": desk.today},
    summary=lambda rows: f"共 {len(rows)} 次" if rows else "",
    empty="还没有督办活动。先登记领衔督办，再按 Ctrl+N 登记现场督办、座谈、听取汇报。",
    shows=frozenset({Oversight}),
)
