"""Dialogs of points: close a quarter, publish its board, object, decide, type an entry."""

from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from deputydesk.models import PointEntry, PointObjection, PointQuarter
from deputydesk.models.points import PointState
from deputydesk.operations import (
    point_entries,
    point_objections,
    point_quarters,
    point_schemes,
    points,
)
from deputydesk.operations.point_objections import ObjectionRow
from deputydesk.operations.points import ClosedRow
from deputydesk.rules.quarters import Quarter
from deputydesk.ui import lookups, style
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import (
    CheckField,
    ChoiceField,
    LongTextField,
    NumberField,
    TextField,
)
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.pickers import PickField

WIDTH = 560
Items = tuple[tuple[str, str], ...]


def close(parent: QWidget, desk: Desk, quarter: Quarter, waiting: int) -> None:
    """Ask whether a quarter is to be closed; what waits must be decided on."""
    fields = (
        (CheckField("leave_unverified", label=f"待核实的{waiting}条不计分", wide=True),)
        if waiting
        else ()
    )
    note = TextField("said", label="封账以后", wide=True)
    form = Form(desk, f"point_close-{quarter.label}", (*fields, note))
    form.setMinimumWidth(style.px(WIDTH))
    form.start(said=f"{quarter.label}的积分、规则和记录都不再改动")
    note.control.setReadOnly(True)

    def save(*, said: str, leave_unverified: bool = False) -> None:
        del said
        desk.do(point_quarters.close, quarter=quarter, leave_unverified=leave_unverified)

    FormDialog(parent, f"{quarter.label}积分封账", form, save, "封账").open()


def publish(parent: QWidget, desk: Desk, row: ClosedRow, days: int) -> None:
    """Ask when the board hangs out and until when (after so many days) it may be objected to."""
    fields = (DateField("published_on"), DateField("objections_until", ahead=True))
    form = Form(desk, f"point_publish-{row.id}", fields, model=PointQuarter)
    form.setMinimumWidth(style.px(WIDTH))
    until = desk.today + timedelta(days=days)
    form.start(published_on=desk.today, objections_until=until)
    save = partial(desk.do, point_quarters.publish, quarter_id=row.id)
    FormDialog(parent, f"公示{row.quarter.label}积分榜", form, save, "公示").open()


def type_entry(parent: QWidget, desk: Desk, quarter: Quarter) -> None:
    """Ask for an entry that no record tells of."""
    fields = (
        PickField("mandate_id", partial(lookups.deputies_in_office, desk), wide=True),
        ChoiceField("item", options=_items(desk, quarter)),
        DateField("earned_on"),
        NumberField("quantity"),
        TextField("role"),
        LongTextField("evidence", lines=2),
        LongTextField("note", lines=2),
    )
    form = Form(desk, "point_entry", fields, model=PointEntry)
    form.setMinimumWidth(style.px(WIDTH))
    form.start(earned_on=min(desk.today, quarter.last), quantity=1)
    form.say("登记后待核实，核实后计分")
    save = partial(desk.do, point_entries.save)
    FormDialog(parent, "登记积分", form, save, "登记").open()


def prove(parent: QWidget, desk: Desk, quarter: Quarter, ids: list[str]) -> None:
    """Ask by what entries are verified."""
    form = Form(
        desk, f"point_prove-{ids[0]}", (LongTextField("evidence", lines=3),), model=PointEntry
    )
    form.setMinimumWidth(style.px(WIDTH))
    form.start()
    save = partial(
        desk.do, point_entries.verify, quarter=quarter, ids=ids, state=PointState.VERIFIED
    )
    FormDialog(parent, f"核实{len(ids)}条记录", form, save, "核实").open()


def refuse(parent: QWidget, desk: Desk, quarter: Quarter, ids: list[str]) -> None:
    """Ask why entries are not to count."""
    form = Form(
        desk,
        f"point_refuse-{ids[0]}",
        (LongTextField("note", label="理由", lines=3),),
        model=PointEntry,
    )
    form.setMinimumWidth(style.px(WIDTH))
    form.start()
    save = partial(
        desk.do, point_entries.verify, quarter=quarter, ids=ids, state=PointState.REFUSED
    )
    FormDialog(parent, f"{len(ids)}条记录不予计分", form, save, "不予计分").open()


def raise_objection(parent: QWidget, desk: Desk, row: ClosedRow) -> None:
    """Ask what a deputy objects to."""
    board = desk.ask(points.board, row.quarter)
    found = [Candidate(r.id, r.name, f"第{r.place}名") for r in board.rows]
    fields = (
        PickField("mandate_id", lambda: found),
        DateField("raised_on"),
        LongTextField("content", lines=4),
    )
    form = Form(desk, f"point_objection-{row.id}", fields, model=PointObjection)
    form.setMinimumWidth(style.px(WIDTH))
    form.start(raised_on=desk.today)
    save = partial(desk.do, point_objections.raise_objection, quarter_id=row.id)
    FormDialog(parent, f"登记对{row.quarter.label}积分榜的异议", form, save, "登记").open()


def decide(parent: QWidget, desk: Desk, row: ObjectionRow) -> None:
    """Ask what is decided on an objection."""
    quarter = Quarter.of(desk.today)
    options = (("", "不补记"), *_items(desk, quarter))
    fields = (
        DateField("decided_on"),
        ChoiceField("item", options=options, label=f"补记在{quarter.label}"),
        NumberField("quantity", label="补记次数"),
        LongTextField("decision", lines=4),
    )
    form = Form(desk, f"point_decision-{row.id}", fields, model=PointObjection)
    form.setMinimumWidth(style.px(WIDTH))
    form.start(decided_on=desk.today, quantity=1)
    form.say("已封账的季度不改动")

    def save(**values: Any) -> None:  # Any: as the form gives them
        desk.do(point_objections.decide, objection_id=row.id, **values)

    FormDialog(parent, f"处理{row.name}的异议", form, save, "处理").open()


def _items(desk: Desk, quarter: Quarter) -> Items:
    rules = desk.ask(point_schemes.current, quarter)
    return tuple((item.id, item.name) for item in rules.scheme.items) if rules else ()
