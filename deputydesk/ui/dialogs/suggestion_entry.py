"""A suggestion as it comes in on paper, and what of it can be corrected or marked later."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from deputydesk.models import Suggestion
from deputydesk.operations import suggestions
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.ui import duplicate_hint, lookups
from deputydesk.ui.choices import Candidate
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.steps import Today, fit, meeting_candidates
from deputydesk.ui.fields import CheckField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.similar_list import SimilarList


def entry_dialog(parent: QWidget, desk: Desk, entered: Callable[[str], None]) -> FormDialog:
    """Register a suggestion: headline, who signed, text; it gets its number at once.

    Args:
        parent: the page.
        desk: the desk.
        entered: told the id of the new one.
    """
    fields = (
        *_signed(desk),
        Today("submitted_on"),
        PickField("meeting_id", partial(meeting_candidates, desk)),
        *_texts(desk),
        NumberField("number", optional=True, label="编号（不填则接着编）"),
        CheckField("wishes_talk"),
        CheckField("public"),
        CheckField("confidential"),
        CheckField("repeated"),
    )
    form = Form(desk, "suggestion", fields, model=Suggestion)
    duplicate_hint.of_suggestion(desk, form)
    form.start(submitted_on=desk.today, public=True)

    def enter(**values: Any) -> None:  # Any: the form's
        entered(desk.do(suggestions.enter, **values))

    dialog = _opened(parent, "登记代表建议", form, enter, "登记")
    column = dialog.layout()
    assert column is not None, "the dialog lays its form out"
    column.addWidget(SimilarList(desk, form, "headline"))
    return dialog


def edit_dialog(parent: QWidget, desk: Desk, detail: Detail) -> FormDialog:
    """Correct what was written down."""
    fields = (*_signed(desk), *_texts(desk), CheckField("wishes_talk"))
    form = Form(desk, "suggestion", fields, model=Suggestion)
    row, texts = detail.row, detail.texts
    form.show_row(row)
    form.set_values(
        {
            "cosigner_ids": tuple(signer.mandate_id for signer in detail.cosigners),
            "reason": texts.reason,
            "proposal": texts.proposal,
            "wished_unit": texts.wished_unit,
            "wishes_talk": texts.wishes_talk,
        }
    )
    save = partial(desk.do, suggestions.edit, suggestion_id=row.id)
    return _opened(parent, "修改建议", form, save, "保存")


def flag_dialog(parent: QWidget, desk: Desk, row: SuggestionRow) -> FormDialog:
    """Mark what goes along with any state."""
    fields = (CheckField("public"), CheckField("confidential"), CheckField("repeated"))
    form = Form(desk, "suggestion-marks", fields, model=Suggestion)
    form.show_row(row)
    save = partial(desk.do, suggestions.flag, suggestion_id=row.id)
    return _opened(parent, "标记", form, save, "保存")


def _signed(desk: Desk) -> tuple[Field, ...]:
    people = partial(lookups.deputies_in_office, desk)
    return (
        TextField("headline", wide=True),
        PickField("lead_id", people),
        PickField("category", partial(_categories, desk), free=True),
        PickManyField("cosigner_ids", people, label="附议人"),
    )


def _texts(desk: Desk) -> tuple[Field, ...]:
    del desk
    return (
        LongTextField("reason", lines=3),
        LongTextField("proposal", lines=3),
        TextField("wished_unit"),
    )


def _categories(desk: Desk) -> list[Candidate]:
    return [Candidate(name, name) for name in desk.ask(suggestions.categories)]


def _opened(
    parent: QWidget, title: str, form: Form, save: Callable[..., object], save_text: str
) -> FormDialog:
    dialog = FormDialog(parent, title, form, save, save_text)
    fit(dialog, 640)
    dialog.open()
    return dialog
