"""All printed forms as a list: those used last on top, the rest by group, found by typing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.reports import FORMS
from deputydesk.reports.form import Form, Group
from deputydesk.rules.names import search_text
from deputydesk.ui import style
from deputydesk.ui.controls import LineEdit
from deputydesk.ui.side_list import SideList

RECENT = "最近用过"
MOST_RECENT = 5
NOTHING = "没有这样的表格"
_INDENT = "    "


class FormCatalogue(QWidget):
    """The list with a line above it in which one types what one looks for."""

    picked = Signal(str)
    """Another form is in hand; its id."""
    opened = Signal()
    """Enter, or a double click: go on to what is chosen for it."""

    def __init__(self) -> None:
        super().__init__()
        self.list = SideList("表格")
        self.edit = _SearchLine(self.list)
        self.edit.setPlaceholderText("查找表格：名称、用途")
        self.edit.setAccessibleName("查找表格")
        self.edit.setClearButtonEnabled(True)
        self._ids: list[str] = []
        """The form of each line; empty for a heading."""
        self._recent: list[str] = []
        self._picked = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(6))
        inset = QVBoxLayout()
        inset.setContentsMargins(style.px(12), 0, style.px(12), 0)
        inset.addWidget(self.edit)
        column.addLayout(inset)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.edit.textChanged.connect(self._fill)
        self.edit.returnPressed.connect(self._open)
        self.list.currentRowChanged.connect(self._pick)
        self.list.itemActivated.connect(self._open)

    @property
    def form_id(self) -> str:
        """The form in hand; empty if the list is."""
        row = self.list.currentRow()
        return self._ids[row] if row >= 0 else ""

    @property
    def ids(self) -> list[str]:
        """The form of each line; empty for a heading."""
        return self._ids

    def offer(self, recent: list[str]) -> None:
        """Show all forms, those used last first as well."""
        recent = [form_id for form_id in recent if form_id in FORMS][:MOST_RECENT]
        if recent != self._recent or not self._ids:
            self._recent = recent
            self._fill()

    def find(self, text: str) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # as Page.find
        """Show only forms in whose name or note all words occur."""
        self.edit.setText(text)

    def choose(self, form_id: str) -> None:
        """Take a form in hand."""
        if form_id not in self._ids:
            self.edit.clear()
        last = len(self._ids) - 1 - self._ids[::-1].index(form_id)
        self.list.setCurrentRow(last)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the form in hand in sight: the list gives way to what is chosen for it."""
        super().resizeEvent(event)
        item = self.list.currentItem()
        if item:
            self.list.scrollToItem(item)

    def _fill(self) -> None:
        at = self.form_id
        words = search_text(self.edit.text()).split()
        self.list.blockSignals(True)
        self.list.clear()
        self._ids = []
        if self._recent and not words:
            self._add_group(RECENT, [FORMS[form_id] for form_id in self._recent])
        for group in Group:
            of_group = [form for form in FORMS.values() if form.group is group]
            self._add_group(group.label, [form for form in of_group if _holds(form, words)])
        if not self._ids:
            self._add_heading(NOTHING)
        self.list.blockSignals(False)
        forms = [row for row, form_id in enumerate(self._ids) if form_id]
        same = [row for row in forms if self._ids[row] == at]
        self.list.setCurrentRow((same or forms or [-1])[0])

    def _add_group(self, title: str, forms: list[Form]) -> None:
        if not forms:
            return
        self._add_heading(title)
        for form in forms:
            item = self.list.add(f"{_INDENT}{form.title}")
            item.setToolTip(form.note)
            self._ids.append(form.id)

    def _add_heading(self, text: str) -> None:
        item = self.list.add(text, bold=True)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._ids.append("")

    def _pick(self, row: int) -> None:
        form_id = self._ids[row] if row >= 0 else ""
        if form_id and form_id != self._picked:  # the list may have been filled anew
            self._picked = form_id
            self.picked.emit(form_id)

    def _open(self) -> None:
        if self.form_id:
            self.opened.emit()


def _holds(form: Form, words: list[str]) -> bool:
    text = search_text(f"{form.title} {form.note} {form.group.label}")
    return all(word in text for word in words)


class _SearchLine(LineEdit):
    """The line; arrows up and down move in the list below it."""

    def __init__(self, below: SideList) -> None:
        super().__init__()
        self._below = below

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._below.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
