"""The register of what was said at events, and of the answers."""

from functools import partial

from PySide6.QtWidgets import QWidget

from deputydesk.journal.values import models
from deputydesk.models import Activity, EventOpinion
from deputydesk.operations import event_opinions
from deputydesk.operations.event_opinions import EventOpinionRow
from deputydesk.operations.listing import Totals
from deputydesk.ui import event_lookups, lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.steps import UnitField
from deputydesk.ui.fields import Field, LongTextField, TextField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Action, Move, Paged, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

TONES = {"已反馈": Tone.GREEN, "待反馈": Tone.AMBER, "留作参考": Tone.GREY}


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("event_id", partial(event_lookups.recent_events, desk), wide=True),
        PickField("mandate_id", partial(lookups.deputies_in_office, desk)),
        TextField("speaker"),
        LongTextField("content"),
        DateField("given_on", optional=True),
        UnitField(desk, "unit_id"),
        DateField("due_on", ahead=True, optional=True),
        DateField("fed_back_on", optional=True),
        LongTextField("feedback", lines=2),
    )


def _answer_fields(_desk: Desk, _row: EventOpinionRow) -> tuple[Field, ...]:
    return (DateField("fed_back_on"), LongTextField("feedback"))


def _is_open(row: EventOpinionRow) -> bool:
    return bool(row.unit_id) and row.fed_back_on is None


def _sum(totals: Totals) -> str:
    return f"{totals.count} 条，发言 {totals.sums['speakers']} 人"


def _open_event(_parent: QWidget, desk: Desk, row: EventOpinionRow) -> None:
    desk.open(models()[row.event_kind], row.event_id)


EVENT_OPINIONS: Register[EventOpinionRow] = Register(
    model=EventOpinion,
    title="活动意见",
    rows=Paged(
        event_opinions.LISTING, lambda session, ids: event_opinions.rows(session, ids=ids), _sum
    ),
    columns=(
        Column("日期", lambda r: f"{r.given_on}" if r.given_on else "", 92),
        Column("活动", lambda r: r.event, 150, drop=2),
        Column("发言人", lambda r: r.speaker, 78),
        Column("意见", lambda r: r.content, 0),
        Column("交办单位", lambda r: r.unit, 120, drop=1),
        Column("时限", lambda r: f"{r.due_on}" if r.due_on else "", 92, drop=3),
        Column("状态", lambda r: r.state, 82, tone=lambda r: TONES[r.state]),
    ),
    fields=_fields,
    save=event_opinions.save,
    remove=event_opinions.remove,
    keep=("event_id", "given_on"),
    moves=(
        Move(
            "登记反馈",
            event_opinions.feed_back,
            "opinion_id",
            fields=_answer_fields,
            when=_is_open,
            start=lambda desk, _row: {"fed_back_on": desk.today},
        ),
    ),
    actions=(Action("看活动", "calendar-days", _open_event, lambda row: bool(row.event_title)),),
    empty="还没有活动意见。按 Ctrl+N 登记，或在“代表活动”里选中一次，点“记录意见”。",
    shows=frozenset({Activity}),
)
