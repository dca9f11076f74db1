"""A button that opens a list of printed forms; what a page prints of the record in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from deputydesk.reports import FORMS
from deputydesk.ui.parts import Button


class PrintMenu(Button):
    """Offers forms by their titles.

    Args:
        text: words of the button.
        form_ids: the forms, the usual one first.
        key: keys of the first one, shown beside it; the page itself acts on them.
    """

    picked = Signal(str)
    """The id of the form that was chosen."""

    def __init__(self, text: str, form_ids: Sequence[str], *, key: str = "") -> None:
        super().__init__(text, "printer")
        self.choices = QMenu(self)
        self.choices.setAccessibleName(text)
        for number, form_id in enumerate(form_ids):
            keys = f"\t{key}" if key and number == 0 else ""
            action = QAction(f"{FORMS[form_id].title}{keys}", self.choices)
            action.setData(form_id)
            self.choices.addAction(action)
        self.setMenu(self.choices)
        self.choices.triggered.connect(self._pick)

    def _pick(self, action: QAction) -> None:
        self.picked.emit(action.data())
