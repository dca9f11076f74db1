"""The window that makes a year's plan of the homes."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from deputydesk.models import RotaShift
from deputydesk.models.choices import HomeLevel
from deputydesk.operations import places, rota_plans, rotas
from deputydesk.rules.rota import EXAMPLES
from deputydesk.ui import lookups, messages
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, NumberField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.room import sized

CHOSEN, ALL = "chosen", "all"
PLANNED_IN = 11
"""From this month on the plan is for the next year."""


def open_plan(parent: QWidget, desk: Desk) -> FormDialog:
    """Ask for the habit and the homes, and plan the year."""
    form = Form(desk, "rota_plan", _fields(desk), model=RotaShift)
    form.setMinimumSize(sized(parent, 560, 430))
    form.say(f"日子可以写：{EXAMPLES}")
    dialog = FormDialog(parent, "编制年度安排", form, partial(_make, parent, desk), "编制")
    least = desk.ask(rotas.duty, desk.today)["least_times"]
    is_late = desk.today.month >= PLANNED_IN
    form.start(
        year=desk.today.year + is_late,
        which=ALL,
        from_on=None if is_late else desk.today,
        least_times=least,
        together=1,
    )
    dialog.open()
    return dialog


def _fields(desk: Desk) -> tuple[Field, ...]:
    levels = [(level, f"{level.label}的家") for level in HomeLevel]
    return (
        NumberField("year", label="年份"),
        DateField("from_on", label="从哪天排起", optional=True, ahead=True),
        TextField("habit_text", label="日子", wide=True),
        ChoiceField(
            "which",
            options=[(ALL, "所有的家"), *levels, (CHOSEN, "只排下面选的家")],
            label="排哪些家",
        ),
        NumberField("least_times", label="每名代表至少几次"),
        PickManyField("home_ids", partial(lookups.homes, desk), label="选定的家"),
        NumberField("together", label="每次至少几名"),
        TextField("slot"),
        PickField("topic", partial(lookups.topics, desk), wide=True, free=True),
    )


def _make(parent: QWidget, desk: Desk, **values: Any) -> None:  # Any: values of the fields
    which, chosen = values.pop("which"), values.pop("home_ids")
    if which != CHOSEN:
        homes = desk.ask(places.homes, desk.today.year)
        chosen = [home.id for home in homes if which in (ALL, home.level)]
    report = desk.do(rota_plans.make, home_ids=tuple(chosen), **values)
    messages.tell("进家安排已编好。", report.text, parent=parent)
