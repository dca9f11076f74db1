"""A quiet line below a field: how the last record of this name was filled in; one key takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, Raw
from deputydesk.ui.form import Form
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.quiet_line import QuietLine

WAIT_MS = 350
"""So long after the last key is looked: while one types, nothing flickers."""
KEY = "Alt+Down"
NAMED = 2
"""So many of several people are named."""


@dataclass(frozen=True)
class AsBefore:
    """What of a form can be filled in as it was the last time.

    Args:
        field: names what is registered: the topic.
        find: asks for the newest record of that name.
        fills: the fields that may take its values, in the order in which they are told.
    """

    field: str
    find: Callable[[Session, str], Any]  # Any: a frozen row of whichever kind
    fills: tuple[str, ...]


class Earlier(QObject):
    """Offers the values of the last record of a name for fields that are still empty.

    Args:
        desk: the desk.
        form: where they are filled in.
        before: what can be filled in.
        is_new: whether a new record is in the form; one that is changed is left as it is.
    """

    filled = Signal()
    """Fields were filled in, or the filling was taken back."""

    def __init__(
        self, desk: Desk, form: Form, before: AsBefore, is_new: Callable[[], bool]
    ) -> None:
        super().__init__(form)
        self._desk, self._form, self._before, self._is_new = desk, form, before, is_new
        self._fields = [form.field(name) for name in before.fills]
        self._typed: set[str] = set()
        self._offered: dict[Field, Any] = {}  # Any: values of the fields
        self._was: dict[Field, Raw] = {}
        self._is_filling = False
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.look)
        for field in (form.field(before.field), *self._fields):
            field.edited.connect(self._note)
        form.edited.connect(self._keep)
        form.begun.connect(self._forget)

    def look(self) -> None:
        """Look now, and say what can be filled in."""
        self._offered = {}
        name = str(self._form.field(self._before.field).raw()).strip()
        row = self._desk.ask(self._before.find, name) if name and self._is_new() else None
        if row is not None:
            self._offer(row)
        said = [_said(field, value) for field, value in self._offered.items()]
        values = "、".join(said)
        self.line.text.setText(f"上次：{values}")
        self.line.text.setToolTip(f"按上次填写（{KEY}）：{values}")
        self.line.button.setVisible(True)
        self.line.setVisible(bool(said))

    def _lay_out(self) -> None:
        self.line = QuietLine("填入", KEY)
        self.line.button.clicked.connect(self._fill)
        self._form.field(self._before.field).add_below(self.line)

    def _offer(self, row: Any) -> None:  # Any: as `AsBefore.find`
        """Keep what fits fields that are neither typed nor known."""
        kinds = False
        for field in self._fields:
            value = _usable(field, getattr(row, field.name))
            is_choice = isinstance(field, ChoiceField)
            is_open = is_choice or field.raw() in ("", [])
            is_said = field.name in self._typed or field.is_known
            is_same = is_choice and field.value() == value
            if not value or is_said or is_same or not is_open or (field.isHidden() and not kinds):
                continue
            kinds = kinds or is_choice  # which may bring a hidden field into sight
            self._offered[field] = value

    def _fill(self) -> None:
        popup = QApplication.focusWidget()
        if isinstance(popup, QComboBox) and not self.line.button.underMouse():
            popup.showPopup()  # there the key has always opened the list
            return
        offered, self._offered = self._offered, {}
        self._was = {field: field.raw() for field in offered}
        self._is_filling = True
        for field, value in offered.items():
            field.set_value(value)
            field.is_known = True
        self._is_filling = False
        self.filled.emit()
        self.line.text.setText("已按上次填写，按 Esc 恢复")
        self.line.button.hide()
        for widget in self._form.findChildren(QWidget):
            widget.installEventFilter(self)

    def _take_back(self) -> None:
        was = self._was
        self._keep()
        self._is_filling = True
        for field, raw in was.items():
            field.set_raw(raw)
            field.is_known = False
        self._is_filling = False
        self.filled.emit()
        self.look()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear Esc and Ctrl+Z before a line does, while the filling can be taken back."""
        is_key = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if not (is_key and self._was and isinstance(event, QKeyEvent)):
            return False
        is_back = event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Undo)
        if not is_back:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._take_back()
        return True

    def _note(self) -> None:
        field = self.sender()
        if self._is_filling or not isinstance(field, Field):
            return
        if field.name != self._before.field:
            self._typed.add(field.name)
        self._timer.start()

    def _keep(self) -> None:
        """Something else was typed: what was filled in stays."""
        if self._is_filling or not self._was:
            return
        self._was = {}
        for widget in self._form.findChildren(QWidget):
            widget.removeEventFilter(self)
        self.line.hide()

    def _forget(self) -> None:
        """Another record is in the form."""
        self._keep()
        self._typed.clear()
        self._timer.stop()
        self.line.hide()


def _usable(field: Field, value: Any) -> Any:  # Any: a value of the field
    """The value as far as it can still be chosen: a deputy may have left office."""
    if isinstance(field, PickManyField):
        known = {each.id for each in field.control.line.candidates()}
        return tuple(each for each in value if each in known)
    if isinstance(field, PickField) and not field.takes_any:
        return value if value in {each.id for each in field.control.candidates()} else ""
    return value


def _said(field: Field, value: Any) -> str:  # Any: as above
    if isinstance(field, PickManyField):
        names = {each.id: each.name for each in field.control.line.candidates()}
        more = f"等{len(value)}人" if len(value) > NAMED else ""
        return "、".join(names[each] for each in value[:NAMED]) + more
    if isinstance(field, PickField) and not field.takes_any:
        return next(each.name for each in field.control.candidates() if each.id == value)
    if isinstance(field, ChoiceField):
        return next(text for each, text in field.options() if each == value)
    return str(value)
