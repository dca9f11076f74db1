"""A step of handling as a dialog: a table says which fields an operation asks for."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.errors import UserError
from deputydesk.models import Record, Unit
from deputydesk.office import Operation
from deputydesk.operations import suggestions, terms, units
from deputydesk.operations.handling import StepRow
from deputydesk.rules.suggestion_flow import SuggestionState
from deputydesk.ui import style
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.parts import label
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import PickField

_S = SuggestionState
_UNANSWERED = (_S.REGISTERED, _S.ACCEPTED, _S.ASSIGNED, _S.HANDLING)

UNIT = "单位"
"""In the label of a field that takes a unit."""

D = TypeVar("D")
Values = Mapping[str, Any]  # Any: what fields of a form show


class Today(DateField):
    """A day that is today unless the user says otherwise."""


class Chosen(ChoiceField):
    """A choice that has to be made: nothing is chosen to begin with."""

    @override
    def clear(self) -> None:
        super().clear()
        self.control.setCurrentIndex(-1)


@dataclass(frozen=True)
class Asked(Generic[D]):
    """What the fields of a step are made from."""

    desk: Desk
    detail: D
    step: StepRow


def _nothing(_asked: object) -> Values:
    return {}


def _no_word(_asked: object, _form: Form) -> str:
    return ""


def _no_name(_detail: object, record_id: str) -> str:
    return record_id


@dataclass(frozen=True)
class Step(Generic[D]):
    """How a step is asked for.

    Args:
        operation: what is done.
        model: the record whose columns name the fields.
        fields: makes the fields.
        start: values they start with; every `Today` starts with today.
        say: what follows from what was filled in, such as the due date; said while one types.
        which: what the records are called, if it can be done to several.
        name: what one of them is called.
        adds_units: whether a unit that is not on the list may be added in place.
    """

    operation: Operation[..., Any]  # Any: whatever it returns
    model: type[Record]
    fields: Callable[[Asked[D]], Sequence[Field]]
    start: Callable[[Asked[D]], Values] = _nothing
    say: Callable[[Asked[D], Form], str] = _no_word
    which: str = ""
    name: Callable[[D, str], str] = _no_name
    adds_units: bool = False


class StepDialog(FormDialog, Generic[D]):
    """Asks for what a step needs, says what follows from it, and does it.

    Args:
        parent: the window of the record.
        step: how it is asked for.
        asked: the record and what can be done to it.
        about: the record in a few words, shown above the fields.
    """

    def __init__(self, parent: QWidget, step: Step[D], asked: Asked[D], about: str) -> None:
        first, *others = asked.step.ids
        known = {} if others else {asked.step.parameter: first}
        form = _form(step, asked)
        adding = form.add_button("新增单位", "plus", key="Ctrl+U") if step.adds_units else None
        save = partial(asked.desk.do, step.operation, **known)
        super().__init__(parent, asked.step.label, form, save, step.operation.title)
        self._step = step
        self._asked = asked
        if adding:
            adding.clicked.connect(self._add_unit)
            QShortcut(QKeySequence("Ctrl+U"), self, self._add_unit)
        self._word = label("", "sub")
        self._word.setWordWrap(True)
        self._head(about)
        form.edited.connect(self._say)
        self._say()
        fit(self, 580)

    def _head(self, about: str) -> None:
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout), "a form's dialog is a column"
        head = QVBoxLayout()
        head.setContentsMargins(style.px(16), style.px(10), style.px(16), 0)
        head.setSpacing(style.px(6))
        title = label(about, "h2")
        title.setWordWrap(True)
        head.addWidget(title)
        head.addWidget(self._word)
        outer.insertLayout(0, head)

    def _say(self) -> None:
        """Say what follows from the values, as soon as they make sense."""
        word = ""
        with suppress(UserError):
            word = self._step.say(self._asked, self.form)
        self._word.setText(word)
        self._word.setVisible(bool(word))

    def _add_unit(self) -> None:
        add_unit(self, self._asked.desk, self._take_unit)

    def _take_unit(self, unit_id: str) -> None:
        """What was just added is mostly the unit that was missing."""
        for field in self.form.fields:
            if isinstance(field, PickField) and UNIT in field.text and not field.raw():
                field.set_value(unit_id)
                field.setFocus()
                return


def _form(step: Step[D], asked: Asked[D]) -> Form:
    row = asked.step
    first, *others = row.ids
    fields = list(step.fields(asked))
    if others:
        options = [(i, step.name(asked.detail, i)) for i in row.ids]
        fields.insert(0, ChoiceField(row.parameter, options=options, label=step.which))
    form = Form(asked.desk, f"{step.operation.name}-{first}", fields, model=step.model)
    days = {field.name: asked.desk.today for field in fields if isinstance(field, Today)}
    form.start(**{**days, **step.start(asked)})
    return form


def fit(dialog: FormDialog, width: int) -> None:
    """Make a dialog as high as its form, if the screen is; Qt itself stops at two thirds."""
    wanted = dialog.sizeHint().height() + style.px(20)
    room = dialog.screen().availableGeometry().height() - style.px(60)
    dialog.setMinimumWidth(style.px(width))
    dialog.resize(style.px(width), min(wanted, room))


def add_unit(parent: QWidget, desk: Desk, added: Callable[[str], None]) -> FormDialog:
    """Ask for a unit that is not on the list yet; pickers know it at once.

    Args:
        parent: the window.
        desk: the desk.
        added: told the id of the new one.
    """
    fields = (
        TextField("name", wide=True),
        TextField("short_name"),
        TextField("contact"),
        PhoneField("phone"),
        TextField("address"),
    )
    form = Form(desk, "unit", fields, model=Unit)
    form.start()

    def add(**values: Any) -> None:  # Any: the form's
        added(desk.do(units.add, **values))

    dialog = FormDialog(parent, "新增承办单位", form, add, "新增")
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.open()
    return dialog


def step_dialog(
    parent: QWidget, desk: Desk, table: Mapping[str, Step[D]], detail: D, row: StepRow, about: str
) -> StepDialog[D]:
    """Open the dialog of a step; the table has one for each operation that is ever offered."""
    dialog = StepDialog(parent, table[row.operation], Asked(desk, detail, row), about)
    dialog.open()
    return dialog


class UnitField(PickField):
    """A unit, by its name."""

    def __init__(self, desk: Desk, name: str, title: str = "") -> None:
        super().__init__(name, partial(unit_candidates, desk), label=title)


def unit_candidates(desk: Desk) -> list[Candidate]:
    """All units that something can be given to."""
    return [Candidate(u.id, u.name, u.short_name) for u in desk.ask(units.rows)]


def meeting_candidates(desk: Desk) -> list[Candidate]:
    """All meetings, the newest first."""
    return [Candidate(m.id, m.name) for m in desk.ask(terms.meetings)]


def open_suggestions(desk: Desk, *, without: str = "") -> list[Candidate]:
    """Suggestions that another one can be merged into."""
    return [
        Candidate(row.id, row.headline, f"{row.code} {row.lead}")
        for row in desk.ask(suggestions.rows, today=desk.today, states=_UNANSWERED)
        if row.id != without
    ]
