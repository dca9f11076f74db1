"""How each home stands by the checklist (八有), and the check of one home."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from deputydesk.models import Home, HomeCheck, Preset, Supervisor
from deputydesk.operations import home_checks, supervisors
from deputydesk.operations.home_checks import CheckRow, Finding, HomeState
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import prints
from deputydesk.ui.fields import ChoiceField, Field, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.register import Action, Filter, Register
from deputydesk.ui.room import sized
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

UNKNOWN, PASSED, WANTING = "", "passed", "wanting"
_FOUND = ((UNKNOWN, "未检查"), (PASSED, "达标"), (WANTING, "不达标"))


@dataclass(frozen=True)
class HomeLine:
    """A home with its checklist and what is to be said of its supervisors."""

    id: str
    state: HomeState
    warning: str


def _lines(desk: Desk, _year: int | None) -> list[HomeLine]:
    said = {row.id: row.sentence for row in desk.ask(supervisors.warnings, desk.today)}
    return [
        HomeLine(state.id, state, said.get(state.id, ""))
        for state in desk.ask(home_checks.states, desk.today)
    ]


def _tone(line: HomeLine) -> Tone:
    if line.state.missing:
        return Tone.AMBER
    return Tone.GREY if line.state.unchecked else Tone.GREEN


def _summary(lines: Sequence[HomeLine]) -> str:
    full = sum(not (line.state.missing or line.state.unchecked) for line in lines)
    warned = sum(bool(line.warning) for line in lines)
    said = f"共 {len(lines)} 家，各项齐全 {full} 家"
    return f"{said}，监督员人数待核对 {warned} 家" if warned else said


def check_home(parent: QWidget, desk: Desk, line: HomeLine) -> None:
    """Check a home item by item in a window of its own."""
    [state] = desk.ask(home_checks.states, desk.today, line.id)
    fields: list[Field] = [DateField("checked_on", wide=True)]
    for item in state.items:
        fields.append(_verdict(item.item))
        fields.append(TextField(f"evidence.{item.item}", label="依据或存在的问题"))
    form = Form(desk, f"home_check-{line.id}", fields, model=HomeCheck)
    form.setMinimumSize(sized(parent, 560, 560))
    save = partial(_check, desk, line.id, tuple(item.item for item in state.items))
    dialog = FormDialog(parent, f"八有检查：{state.home}", form, save, "保存检查")
    values: dict[str, Any] = {"checked_on": desk.today}  # Any: values of fields
    for item in state.items:
        found = UNKNOWN if item.passed is None else PASSED if item.passed else WANTING
        values[f"found.{item.item}"] = found
        values[f"evidence.{item.item}"] = item.evidence or item.note
    form.start(**values)
    dialog.open()


def _verdict(item: str) -> ChoiceField:
    return ChoiceField(f"found.{item}", options=_FOUND, label=item)


def _check(desk: Desk, home_id: str, items: tuple[str, ...], **values: Any) -> None:  # Any: ditto
    findings: list[Finding] = []
    for item in items:
        found, text = values[f"found.{item}"], values[f"evidence.{item}"]
        if found == PASSED:
            findings.append(Finding(item, passed=True, evidence=text))
        elif found == WANTING:
            findings.append(Finding(item, passed=False, note=text))
    day = values["checked_on"]
    desk.do(home_checks.check, home_id=home_id, checked_on=day, findings=tuple(findings))


HOME_STATES = Register[HomeLine](
    model=Home,
    title="八有清单",
    rows=_lines,
    columns=(
        Column("代表之家", lambda r: r.state.home, 0),
        Column("级别", lambda r: r.state.level.label, 110, drop=2),
        Column(
            "达标",
            lambda r: f"{r.state.share.numerator}/{r.state.share.denominator}",
            70,
            sort=lambda r: r.state.share.numerator,
            tone=_tone,
        ),
        Column("缺少", lambda r: "、".join(r.state.missing), 190),
        Column("没有检查", lambda r: _few(r.state.unchecked), 130, drop=1),
        Column(
            "检查日期",
            lambda r: f"{r.state.checked_on}" if r.state.checked_on else "",
            100,
            drop=3,
        ),
        Column("监督员", lambda r: r.warning, 250, drop=4),
    ),
    years=False,
    actions=(
        Action("检查", "list-checks", check_home),
        prints("home_wall", "打印上墙内容"),
        prints("home_plate", "打印牌匾"),
    ),
    filters=(
        Filter("有缺少", lambda r, _today: bool(r.state.missing)),
        Filter("没有检查完", lambda r, _today: bool(r.state.unchecked)),
        Filter("监督员人数不符", lambda r, _today: bool(r.warning)),
    ),
    summary=_summary,
    empty="还没有代表之家。请先在“代表之家”（F5）登记。",
    shows=frozenset({HomeCheck, Preset, Supervisor}),
)

HOME_CHECKS = Register[CheckRow](
    model=HomeCheck,
    title="检查记录",
    rows=lambda desk, _year: desk.ask(home_checks.rows),
    columns=(
        Column("检查日期", lambda r: f"{r.checked_on}", 100),
        Column("代表之家", lambda r: r.home, 210),
        Column("检查项", lambda r: r.item, 120),
        Column(
            "结果",
            lambda r: "达标" if r.passed else "不达标",
            80,
            tone=lambda r: Tone.GREEN if r.passed else Tone.AMBER,
        ),
        Column("依据或存在的问题", lambda r: r.evidence or r.note, 0),
    ),
    remove=home_checks.remove,
    years=False,
    filters=(Filter("不达标", lambda r, _today: not r.passed),),
    empty="还没有检查过。在“八有清单”里选一家，点“检查”。",
    shows=frozenset({Home}),
)


def _few(items: tuple[str, ...]) -> str:
    return f"{len(items)} 项" if items else ""
