"""Taking a step in the life of a record: at once, or in a window that asks what is needed."""

from functools import partial

from PySide6.QtWidgets import QWidget

from deputydesk.models.base import Record
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.register import Move, Row


def take(parent: QWidget, desk: Desk, move: Move[Row], row: Row, model: type[Record]) -> None:
    """Take a step for a row; one without fields is done at once.

    Args:
        parent: the page.
        desk: the desk.
        move: the step.
        row: the record as its list shows it.
        model: the kind of the record, for names of fields unless the step has its own.
    """
    step = partial(desk.do, move.do, **{move.parameter: row.id})
    if move.fields is None:
        step()
        return
    fields = move.fields(desk, row)
    form = Form(desk, f"move.{move.do.name}-{row.id}", fields, model=move.model or model)
    form.setMinimumWidth(style.px(520))
    dialog = FormDialog(parent, move.text, form, step, move.text)
    form.start(**move.start(desk, row))
    dialog.open()
