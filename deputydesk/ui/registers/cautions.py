"""The register of talks with deputies whose duty is wanting; only the clerk sees it."""

from functools import partial

from deputydesk.models import Caution, Mandate
from deputydesk.operations import cautions
from deputydesk.operations.cautions import CautionRow
from deputydesk.rules.caution_flow import CautionState
from deputydesk.rules.quarters import Quarter
from deputydesk.ui import lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import prints
from deputydesk.ui.fields import CheckField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

TONES = {
    CautionState.STARTED: Tone.AMBER,
    CautionState.NOTICED: Tone.BLUE,
    CautionState.HELD: Tone.VIOLET,
    CautionState.FOLLOWED: Tone.GREEN,
}


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("mandate_id", partial(lookups.deputies_in_office, desk), wide=True),
        NumberField("year"),
        NumberField("quarter"),
        LongTextField("trigger", lines=2),
    )


def _start(desk: Desk) -> dict[str, object]:
    before = Quarter.of(desk.today).before
    return {"year": before.year, "quarter": before.number}


def _notice_fields(_desk: Desk, _row: CautionRow) -> tuple[Field, ...]:
    return (DateField("noticed_on"),)


def _talk_fields(_desk: Desk, _row: CautionRow) -> tuple[Field, ...]:
    return (
        DateField("held_on"),
        TextField("place"),
        TextField("talker"),
        TextField("second_talker"),
        LongTextField("content", lines=4),
        LongTextField("answer", lines=3),
        DateField("follow_up_due_on", ahead=True, optional=True),
        CheckField("signed"),
    )


def _talk_start(desk: Desk, row: CautionRow) -> dict[str, object]:
    said = {
        name: getattr(row, name)
        for name in ("place", "talker", "second_talker", "content", "answer", "signed")
    }
    return {
        **said,
        "held_on": row.held_on or desk.today,
        "follow_up_due_on": row.follow_up_due_on or Quarter.of(desk.today).after.last,
    }


def _follow_fields(_desk: Desk, _row: CautionRow) -> tuple[Field, ...]:
    return (DateField("followed_on"), LongTextField("follow_up", lines=4))


def _is_open(row: CautionRow) -> bool:
    return row.state != CautionState.FOLLOWED


CAUTIONS: Register[CautionRow] = Register(
    model=Caution,
    title="谈话提醒",
    rows=lambda desk, year: desk.ask(cautions.rows, year),
    columns=(
        Column("季度", lambda r: r.period, 128, sort=lambda r: (r.year, r.quarter)),
        Column("代表", lambda r: r.name, 90),
        Column("缘由", lambda r: r.trigger, 0),
        Column("谈话日期", lambda r: f"{r.held_on}" if r.held_on else "", 92, drop=1),
        Column("状态", lambda r: r.state.label, 76, tone=lambda r: TONES.get(r.state)),
    ),
    fields=_fields,
    save=cautions.save,
    keep=("year", "quarter"),
    remove=cautions.remove,
    start=_start,
    moves=(
        Move(
            "通知代表",
            cautions.notify,
            "caution_id",
            fields=_notice_fields,
            when=lambda r: r.state in (CautionState.STARTED, CautionState.NOTICED),
            start=lambda desk, row: {"noticed_on": row.noticed_on or desk.today},
        ),
        Move(
            "记录谈话",
            cautions.hold,
            "caution_id",
            fields=_talk_fields,
            when=lambda r: r.state in (CautionState.NOTICED, CautionState.HELD),
            start=_talk_start,
        ),
        Move(
            "跟踪归档",
            cautions.follow,
            "caution_id",
            fields=_follow_fields,
            when=lambda r: r.state == CautionState.HELD,
            start=lambda desk, _row: {"followed_on": desk.today},
        ),
    ),
    actions=(prints("talk_record", "打印记录表"),),
    filters=(Filter("未归档", lambda row, _today: _is_open(row)),),
    empty="没有谈话提醒。季度封账后，可以从积分榜末位名单开始。",
    shows=frozenset({Mandate}),
    hint="保密：不进入履职档案、公示榜、展示屏和交换包",
)
