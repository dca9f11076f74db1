"""From the window of a suggestion: press it by a leader, send it to the procuratorate."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from deputydesk.models import Conversion, Oversight
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.models.oversight import OversightKind
from deputydesk.operations import conversions, oversights
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.steps import fit
from deputydesk.ui.fields import ChoiceField, LongTextField, TextField
from deputydesk.ui.form import Form, FormDialog


def press_dialog(parent: QWidget, desk: Desk, row: SuggestionRow) -> FormDialog:
    """Register which leader presses the suggestion, by when and with which plan."""
    fields = (
        ChoiceField("kind", OversightKind, wide=True),
        TextField("congress_leader"),
        TextField("government_leader"),
        DateField("started_on"),
        DateField("due_on", ahead=True, optional=True),
        LongTextField("plan", lines=3),
    )
    form = Form(desk, f"oversight-{row.id}", fields, model=Oversight)
    due_on = row.due_on if row.due_on and row.due_on >= desk.today else None
    form.start(started_on=desk.today, due_on=due_on)
    save = partial(desk.do, oversights.save, suggestion_id=row.id)
    return _opened(parent, "领衔督办", form, save)


def convert_dialog(parent: QWidget, desk: Desk, row: SuggestionRow) -> FormDialog:
    """Register that the suggestion is of public interest and goes to the procuratorate."""
    fields = (
        TextField("subject", wide=True),
        ChoiceField("field", PublicInterest, wide=True),
        DateField("screened_on"),
    )
    form = Form(desk, f"conversion-{row.id}", fields, model=Conversion)
    form.start(subject=row.headline, screened_on=desk.today)
    save = partial(
        desk.do,
        conversions.save,
        direction=ConversionDirection.TO_PROCURATORATE,
        suggestion_id=row.id,
    )
    return _opened(parent, "转检察建议", form, save)


def _opened(parent: QWidget, title: str, form: Form, save: Callable[..., object]) -> FormDialog:
    dialog = FormDialog(parent, title, form, save, "登记")
    fit(dialog, 600)
    dialog.open()
    return dialog
