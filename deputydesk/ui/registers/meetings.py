"""The register of meetings of the congress, with who came."""

from functools import partial

from deputydesk.models import Attendance, Leave, Meeting
from deputydesk.models.attendance import Presence
from deputydesk.operations import meeting_attendance
from deputydesk.operations.meeting_attendance import MeetingAttendanceRow
from deputydesk.rules.rates import Rate
from deputydesk.ui import event_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.check_in import check_in
from deputydesk.ui.fields import Field, NumberField, TextField
from deputydesk.ui.people_grid import PeopleField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Register
from deputydesk.ui.table import Column

P = Presence


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("term_id", partial(event_lookups.all_terms, desk)),
        NumberField("number"),
        TextField("name", wide=True),
        DateField("opened_on", optional=True),
        DateField("closed_on", optional=True),
        PeopleField(
            "attendees",
            partial(event_lookups.mandates, desk),
            label="应到代表",
            presence=P.EXPECTED,
            rows=11,
        ),
    )


def _rate(row: MeetingAttendanceRow) -> Rate:
    return Rate(row.count(P.PRESENT), len(row.attendees))


def _waits(row: MeetingAttendanceRow) -> bool:
    return row.count(P.EXPECTED) > 0


MEETINGS: Register[MeetingAttendanceRow] = Register(
    model=Meeting,
    title="会议出席",
    rows=lambda desk, year: desk.ask(meeting_attendance.rows, year),
    columns=(
        Column("开幕", lambda r: f"{r.opened_on}" if r.opened_on else "", 92),
        Column("会议", lambda r: r.name, 0),
        Column("层级", lambda r: r.level.label, 90, drop=1),
        Column("应到", lambda r: str(len(r.attendees)), 52, right=True),
        Column("到会", lambda r: str(r.count(P.PRESENT)), 52, right=True),
        Column("请假", lambda r: str(r.count(P.LEAVE)), 52, right=True),
        Column("缺席", lambda r: str(r.count(P.ABSENT)), 52, right=True),
        Column("出席率", lambda r: _rate(r).text if r.attendees else "", 132, drop=2),
    ),
    actions=(check_in(Meeting),),
    fields=_fields,
    save=meeting_attendance.save,
    keep=("term_id",),
    moves=(
        Move("列出应到代表", meeting_attendance.call, "meeting_id"),
        Move("其余应到记为到会", meeting_attendance.all_present, "meeting_id", when=_waits),
    ),
    filters=(Filter("待登记", lambda row, _today: _waits(row)),),
    empty="还没有会议。按 Ctrl+N 登记；没有填名单的，自动列出这一层级的在任代表。",
    shows=frozenset({Attendance, Leave}),
    hint="两次未经批准缺席的，工作台会提醒",
)
