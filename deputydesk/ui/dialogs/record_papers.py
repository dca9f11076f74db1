"""Ctrl+P on a record: the forms that it can be printed on, or the one there is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.models.base import Record
from deputydesk.reports import FORMS, Form, Options
from deputydesk.reports.form import AskRecord
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.parts import button, label
from deputydesk.ui.side_list import SideList


def print_record(parent: QWidget, desk: Desk, model: type[Record], record_id: str) -> bool:
    """Preview the form of a record, or ask which of several; False if there is none."""
    forms = forms_of(desk, model, record_id)
    if len(forms) == 1:
        preview_form(parent, desk, forms[0].id, Options(record_id=record_id))
    elif forms:
        RecordPapers(parent, desk, forms, record_id).open()
    return bool(forms)


def forms_of(desk: Desk, model: type[Record], record_id: str) -> list[Form]:
    """The forms that offer this record, in the order of the menus."""
    return [form for form in FORMS.values() if _offers(desk, form, model, record_id)]


def _offers(desk: Desk, form: Form, model: type[Record], record_id: str) -> bool:
    asks = [ask for ask in form.asks if isinstance(ask, AskRecord)]
    return any(
        model in (ask.model, *ask.others) and desk.ask(ask.offered, record_id) is not None
        for ask in asks
    )


class RecordPapers(QDialog):
    """A short list; Enter shows the form."""

    def __init__(self, parent: QWidget, desk: Desk, forms: list[Form], record_id: str) -> None:
        super().__init__(parent.window())
        self.setWindowTitle("打印")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._parent, self._desk, self._forms, self._id = parent, desk, forms, record_id
        self.list = SideList("表格")
        for form in forms:
            self.list.add(f"  {form.title}")
        self._note = label("", "sub")
        self._note.setWordWrap(True)
        self._note.setMinimumHeight(style.px(40))
        self.show_form = button("预览打印", "printer", primary=True)
        outer = QVBoxLayout(self)
        outer.addWidget(self.list, 1)
        outer.addWidget(self._note)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.show_form)
        outer.addLayout(row)
        self.resize(style.px(420), style.px(320))
        self.list.currentRowChanged.connect(self._say)
        self.list.itemActivated.connect(self.preview)
        self.show_form.clicked.connect(self.preview)
        self.show_form.set_key("Ctrl+P")
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def preview(self) -> None:
        """Show the chosen form in place of the list."""
        form = self._forms[self.list.currentRow()]
        self.accept()
        preview_form(self._parent, self._desk, form.id, Options(record_id=self._id))

    def _say(self, row: int) -> None:
        self._note.setText(self._forms[row].note)
