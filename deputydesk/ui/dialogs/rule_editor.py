"""The window for a new version of a local rule: begun from any earlier or shipped one."""

from collections.abc import Mapping
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deputydesk.errors import FieldError
from deputydesk.models import Preset
from deputydesk.operations import local_rules
from deputydesk.rules.local_rules import FieldKind, RuleField, RuleKind, RuleRow, kind_of, shipped
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import (
    CheckField,
    ChoiceField,
    Field,
    LongTextField,
    NumberField,
    TextField,
)
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.room import sized
from deputydesk.ui.rule_rows_field import RowsField

PART = "rule."
"""In front of the names of the rule's own fields, apart from name, day and source."""
WIDTH, HEIGHT = 760, 560


class _LinesField(LongTextField):
    """Several texts, one a line."""

    def value(self) -> list[str]:  # type: ignore[override]  # a list where its parent has a text
        return [line for line in super().value().splitlines() if line.strip()]

    def set_value(self, value: "list[str] | str | None") -> None:
        super().set_value("\n".join(value) if isinstance(value, list) else value)


class _Filler(QObject):
    """Fills the form from the version that was chosen to begin with."""

    def __init__(self, form: Form, versions: Mapping[str, RuleRow]) -> None:
        super().__init__(form)
        self._form = form
        self._versions = versions
        self._begin = cast("ChoiceField", form.field("begin"))
        self._begin.control.activated.connect(self._fill)

    def _fill(self) -> None:
        self._form.set_values(values_of(self._versions[self._begin.value()]))


def values_of(row: RuleRow) -> dict[str, Any]:  # Any: values of fields
    """What the form shows of a version."""
    return {"name": row.name, "source": row.source} | {
        PART + name: value for name, value in row.rule.items()
    }


def edit_rule(parent: QWidget, desk: Desk, kind: str) -> FormDialog:
    """Ask for a new version of a rule, begun from the one in force."""
    about = kind_of(kind)
    now = desk.ask(local_rules.current, kind, desk.today)
    versions = _versions(desk, kind, now)
    form = Form(desk, f"rule.{kind}", _fields(about, versions), model=Preset)
    form.setMinimumSize(sized(parent, WIDTH, HEIGHT))
    form.say("以前的日子仍按以前的一版")
    save = partial(_adopt, desk, about)
    dialog = FormDialog(parent, f"新的一版：{about.title}", form, save, "采用")
    form.start(begin="now", valid_from=desk.today, **values_of(now))
    _Filler(form, versions)
    dialog.open()
    return dialog


def _versions(desk: Desk, kind: str, now: RuleRow) -> dict[str, RuleRow]:
    versions = {"now": now}
    for number, row in enumerate(shipped(kind)):
        versions[f"shipped{number}"] = row
    for row in desk.ask(local_rules.history, kind):
        versions[row.id] = row
    return versions


def _fields(about: RuleKind, versions: Mapping[str, RuleRow]) -> tuple[Field, ...]:
    options = [(key, _called(key, row)) for key, row in versions.items()]
    return (
        ChoiceField("begin", options=options, label="从哪一版改起", wide=True),
        TextField("name"),
        DateField("valid_from", ahead=True),
        *(_field(field) for field in about.fields),
        LongTextField("source", lines=2),
    )


def _called(key: str, row: RuleRow) -> str:
    if key == "now":
        return f"现行：{row.name}"
    return f"现成的：{row.name}" if row.is_shipped else f"{row.valid_from:%Y-%m-%d} 起：{row.name}"


def _field(field: RuleField) -> Field:
    name = PART + field.name
    if field.kind == FieldKind.NUMBER:
        return NumberField(name, label=field.title)
    if field.kind == FieldKind.FLAG:
        return CheckField(name, label=field.title)
    if field.kind == FieldKind.CHOICE:
        return ChoiceField(name, options=list(field.options.items()), label=field.title)
    if field.kind == FieldKind.LINES:
        return _LinesField(name, label=f"{field.title}（每行一项）", lines=5)
    if field.kind == FieldKind.ROWS:
        return RowsField(name, field.columns, label=field.title)
    return TextField(name, label=field.title, wide=True)


def _adopt(desk: Desk, about: RuleKind, **values: Any) -> None:  # Any: values of the fields
    rule = {
        name.removeprefix(PART): value for name, value in values.items() if name.startswith(PART)
    }
    try:
        desk.do(
            local_rules.adopt,
            kind=about.kind,
            name=values["name"],
            valid_from=values["valid_from"],
            rule=rule,
            source=values["source"],
        )
    except FieldError as error:
        if error.field not in rule:
            raise
        raise FieldError(PART + error.field, error.message, hint=error.hint) from error
