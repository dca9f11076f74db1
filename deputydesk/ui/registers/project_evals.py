"""三评一问 of livelihood projects."""

from functools import partial

from PySide6.QtWidgets import QWidget

from deputydesk.models import Project, ProjectEval
from deputydesk.operations import project_evals
from deputydesk.operations.project_evals import EvalRow
from deputydesk.reports import Options
from deputydesk.ui import project_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Action, Filter, Register
from deputydesk.ui.scan_returns import SIGN, TEXT, take_back
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

TONES = {"满意": Tone.GREEN, "基本满意": Tone.AMBER, "不满意": Tone.RED}


def judgement(desk: Desk) -> tuple[Field, ...]:
    """The fields of one step, without the project."""
    found = desk.ask(project_evals.steps, desk.today)
    return (
        ChoiceField("step", options=tuple((s.name, s.name) for s in found)),
        DateField("held_on"),
        NumberField("members"),
        NumberField("present"),
        NumberField("satisfied"),
        NumberField("mostly"),
        NumberField("dissatisfied"),
        LongTextField("questions", lines=2),
        LongTextField("answers", lines=2),
    )


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("project_id", partial(project_lookups.decided, desk), wide=True),
        *judgement(desk),
        LongTextField("note", lines=2),
    )


def _print(parent: QWidget, desk: Desk, row: EvalRow) -> None:
    preview_form(parent, desk, "project_eval_ballot", Options(record_id=row.project_id))


def _take_back(_parent: QWidget, desk: Desk, row: EvalRow) -> None:
    take_back(desk, Project, row.project_id)


PROJECT_EVALS: Register[EvalRow] = Register(
    model=ProjectEval,
    title="三评一问",
    rows=lambda desk, year: desk.ask(project_evals.rows, year),
    columns=(
        Column("日期", lambda r: f"{r.held_on}", 92),
        Column("项目", lambda r: r.project, 0),
        Column("环节", lambda r: r.step, 88),
        Column("等次", lambda r: r.grade, 88, tone=lambda r: TONES.get(r.grade)),
        Column(
            "满意/基本/不满意",
            lambda r: f"{r.satisfied}/{r.mostly}/{r.dissatisfied}" if r.members else "",
            118,
            right=True,
        ),
        Column(
            "实到/应到",
            lambda r: f"{r.present}/{r.members}" if r.members else "",
            76,
            right=True,
            drop=2,
        ),
        Column("询问", lambda r: r.questions, 150, drop=1),
    ),
    fields=_fields,
    save=project_evals.save,
    remove=project_evals.remove,
    keep=("step", "held_on", "members", "present"),
    start=lambda desk: {"held_on": desk.today},
    actions=(
        Action("下一环节测评票", "printer", _print),
        Action(TEXT, SIGN, _take_back),
    ),
    filters=(
        Filter("不满意", lambda row, _today: row.grade == "不满意"),
        Filter("询问", lambda row, _today: bool(row.questions)),
    ),
    empty="还没有项目评议。按 Ctrl+N 选择项目和环节，登记第一次。",
    shows=frozenset({Project}),
    hint="等次按应到人数（全体成员）计算",
)
