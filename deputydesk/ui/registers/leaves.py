"""The registers of leave and of how often each deputy came."""

from datetime import date
from functools import partial

from deputydesk.models import Activity, Attendance, Leave, Meeting, Training
from deputydesk.models.attendance import Approval
from deputydesk.operations import attendance_rates, leaves
from deputydesk.operations.attendance_rates import AttendanceRateRow
from deputydesk.operations.leaves import LeaveRow
from deputydesk.ui import event_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import prints
from deputydesk.ui.fields import Field, LongTextField, NumberField, TextField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Paged, Register, count_text
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

TONES = {
    Approval.ASKED: Tone.AMBER,
    Approval.APPROVED: Tone.GREEN,
    Approval.REFUSED: Tone.GREY,
}


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("mandate_id", partial(event_lookups.mandates, desk), wide=True),
        DateField("from_on", ahead=True),
        DateField("to_on", ahead=True),
        PickField("event_id", partial(event_lookups.recent_events, desk), wide=True),
        NumberField("half_days"),
        LongTextField("reason", lines=2),
    )


def _decision_fields(_desk: Desk, _row: LeaveRow) -> tuple[Field, ...]:
    return (TextField("approved_by"), DateField("approved_on"))


def _is_asked(row: LeaveRow) -> bool:
    return row.approval == Approval.ASKED


def _rates(desk: Desk, year: int | None) -> list[AttendanceRateRow]:
    first = date(year or 1900, 1, 1)
    last = date(year, 12, 31) if year else desk.today
    return desk.ask(attendance_rates.rows, first, last)


LEAVES: Register[LeaveRow] = Register(
    model=Leave,
    title="请假",
    rows=Paged(leaves.LISTING, lambda session, ids: leaves.rows(session, ids=ids), count_text),
    columns=(
        Column("姓名", lambda r: r.name, 90),
        Column("日期", lambda r: f"{r.from_on}", 92),
        Column("至", lambda r: f"{r.to_on}", 92, drop=1),
        Column("活动", lambda r: r.event, 150, drop=2),
        Column("事由", lambda r: r.reason, 0),
        Column("审批", lambda r: r.approval.label, 76, tone=lambda r: TONES.get(r.approval)),
    ),
    fields=_fields,
    save=leaves.save,
    keep=("event_id", "from_on", "to_on", "half_days"),
    remove=leaves.remove,
    start=lambda desk: {"from_on": desk.today, "to_on": desk.today},
    actions=(prints("leave_slip", "打印请假条"),),
    moves=tuple(
        Move(
            text,
            step,
            "leave_id",
            fields=_decision_fields,
            when=_is_asked,
            start=lambda desk, _row: {"approved_on": desk.today},
        )
        for text, step in (("同意", leaves.approve), ("不同意", leaves.refuse))
    ),
    empty="还没有请假。按 Ctrl+N 登记。",
    shows=frozenset({Activity, Meeting, Training}),
    hint="同意后，活动中自动记为请假",
)
ATTENDANCE_RATES: Register[AttendanceRateRow] = Register(
    model=Leave,
    title="出席率",
    rows=_rates,
    columns=(
        Column("姓名", lambda r: r.name, 0),
        Column("层级", lambda r: r.level.label, 110),
        Column("应到", lambda r: str(r.expected), 70, sort=lambda r: r.expected, right=True),
        Column("到会", lambda r: str(r.present), 70, sort=lambda r: r.present, right=True),
        Column("请假", lambda r: str(r.leave), 70, sort=lambda r: r.leave, right=True),
        Column("缺席", lambda r: str(r.absent), 70, sort=lambda r: r.absent, right=True),
        Column(
            "出席率", lambda r: r.rate.text, 150, sort=lambda r: r.rate.percent or 0, right=True
        ),
    ),
    filters=(Filter("有缺席", lambda row, _today: row.absent > 0),),
    summary=lambda rows: attendance_rates.DEFINITION if rows else "",
    empty="这一年还没有登记过出席情况。在“代表活动”（Shift+F3）里登记。",
    files=False,
    shows=frozenset({Attendance, Activity, Meeting, Training}),
)
