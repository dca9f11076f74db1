"""The register of duty activities."""

from functools import partial

from PySide6.QtWidgets import QWidget

from deputydesk.models import Activity, Attendance, EventOpinion, Expense
from deputydesk.models.activity import ActivityKind
from deputydesk.operations import activities, earlier, event_opinions, subsidies
from deputydesk.operations.activities import ActivityRow
from deputydesk.operations.listing import Totals
from deputydesk.ui import event_lookups, lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.check_in import check_in
from deputydesk.ui.earlier import AsBefore
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.lines_field import LinesField
from deputydesk.ui.list_field import ListField
from deputydesk.ui.people_grid import PeopleField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Action, Move, Paged, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

TONES = {"已反馈": Tone.GREEN, "待反馈": Tone.AMBER, "已形成报告": Tone.BLUE}


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        DateField("held_on"),
        DateField("ended_on", optional=True),
        ChoiceField("kind", ActivityKind),
        TextField("organiser"),
        TextField("name", wide=True),
        PeopleField("attendees", partial(lookups.deputies_in_office, desk)),
        NumberField("people"),
        TextField("place"),
        ListField("topics", lines=2),
        PickField("group_id", partial(event_lookups.groups, desk)),
        PickField("home_id", partial(lookups.homes, desk), wide=True),
        TextField("official", wide=True),
        LongTextField("report", lines=2),
        DateField("forwarded_on", optional=True),
        DateField("feedback_due_on", ahead=True, optional=True),
        DateField("feedback_on", optional=True),
        LongTextField("feedback", lines=2),
        LongTextField("note", lines=2),
    )


def _forward_fields(_desk: Desk, _row: ActivityRow) -> tuple[Field, ...]:
    return (
        LongTextField("report"),
        DateField("forwarded_on"),
        DateField("feedback_due_on", ahead=True, optional=True),
    )


def _feedback_fields(_desk: Desk, _row: ActivityRow) -> tuple[Field, ...]:
    return (DateField("feedback_on"), LongTextField("feedback"))


def _line_fields(_desk: Desk, _row: ActivityRow) -> tuple[Field, ...]:
    return (LinesField("lines", label="意见，每行一条，如：张三：建议增加路灯", lines=10),)


def _pay_fields(desk: Desk, _row: ActivityRow) -> tuple[Field, ...]:
    return (
        DateField("spent_on"),
        PickField("fund_id", partial(event_lookups.all_funds, desk)),
        TextField("approved_by"),
        TextField("handler"),
        LongTextField("over_reason", lines=2),
    )


def _open_opinions(_parent: QWidget, desk: Desk, row: ActivityRow) -> None:
    said = desk.ask(event_opinions.rows, event_id=row.id)
    if said:
        desk.open(EventOpinion, said[0].id)


def _sum(totals: Totals) -> str:
    people, said = totals.sums["people"], totals.sums["opinions"]
    return f"{totals.count} 次，参加 {people} 人次，提出意见 {said} 条"


ACTIVITIES: Register[ActivityRow] = Register(
    model=Activity,
    title="代表活动",
    rows=Paged(activities.LISTING, lambda session, ids: activities.rows(session, ids=ids), _sum),
    columns=(
        Column("日期", lambda r: f"{r.held_on}", 92),
        Column("类型", lambda r: r.kind.label, 128),
        Column("名称", lambda r: r.name, 0),
        Column("组织单位", lambda r: r.organiser, 110, drop=1),
        Column("代表", lambda r: str(r.present), 52, sort=lambda r: r.present, right=True),
        Column("人次", lambda r: str(r.people), 52, sort=lambda r: r.people, right=True),
        Column(
            "意见", lambda r: str(r.opinions), 52, sort=lambda r: r.opinions, right=True, drop=2
        ),
        Column("报告", lambda r: r.state, 92, tone=lambda r: TONES.get(r.state)),
    ),
    actions=(
        check_in(Activity),
        Action("看意见", "message-square-text", _open_opinions, lambda row: row.opinions > 0),
    ),
    fields=_fields,
    save=activities.save,
    remove=activities.remove,
    keep=("held_on", "kind", "organiser"),
    start=lambda desk: {"held_on": desk.today},
    moves=(
        Move("记录意见", event_opinions.note_down, "event_id", fields=_line_fields),
        Move(
            "转交报告",
            activities.forward,
            "activity_id",
            fields=_forward_fields,
            when=lambda row: row.forwarded_on is None,
            start=lambda desk, row: {"report": row.report, "forwarded_on": desk.today},
        ),
        Move(
            "登记反馈",
            activities.feed_back,
            "activity_id",
            fields=_feedback_fields,
            when=lambda row: row.forwarded_on is not None and row.feedback_on is None,
            start=lambda desk, _row: {"feedback_on": desk.today},
        ),
        Move(
            "发放误工补贴",
            subsidies.pay,
            "event_id",
            fields=_pay_fields,
            when=lambda row: any(one.half_days for one in row.attendees),
            model=Expense,
            start=lambda desk, _row: {
                "spent_on": desk.today,
                "handler": desk.office.user.name,
            },
        ),
    ),
    empty="还没有代表活动。按 Ctrl+N 登记第一次，按 Ctrl+Enter 保存。",
    shows=frozenset({Attendance, EventOpinion, Expense}),
    earlier=AsBefore(
        "name", earlier.activity, ("kind", "organiser", "place", "group_id", "home_id", "official")
    ),
)
