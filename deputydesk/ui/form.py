"""Forms: fields with the model's names for them, keys, errors at their place, drafts."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deputydesk.errors import FieldError
from deputydesk.ui import messages, style
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.draft_notice import DraftNotice
from deputydesk.ui.drafts import Drafts
from deputydesk.ui.fields import Field
from deputydesk.ui.focus_order import go_on
from deputydesk.ui.parts import Button, Scroll, button, label
from deputydesk.ui.room import room_on_screen

if TYPE_CHECKING:
    from deputydesk.models import Record

NARROW = 300
"""Standard pixels below which two columns become one."""
DRAFT_MS = 1500
"""No more than so much typing is lost when the power goes in the middle of a field."""


class Form(QWidget):
    """Fields in two columns, with buttons below.

    Enter goes to the next field, Ctrl+Enter asks to save and go on (`save_next`).

    Args:
        desk: the desk.
        name: identifier, under which drafts are kept and offered again after a crash; empty: none.
        fields: in the order in which they are filled in.
        model: the record whose columns name the fields.
        keep: names of fields whose values stay for the next record of a batch.
        columns: how many fields stand side by side.
    """

    save_next = Signal()
    """Ctrl+Enter."""
    edited = Signal()
    """The user changed a value."""
    begun = Signal()
    """Another record is in the form."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        fields: Sequence[Field],
        *,
        model: "type[Record] | None" = None,
        keep: Sequence[str] = (),
        columns: int = 2,
    ) -> None:
        super().__init__()
        self.desk = desk
        self._fields = {field.name: field for field in fields}
        self._keep = frozenset(keep)
        self._columns = columns
        self._drafts = Drafts(desk.folder / "drafts", name)
        self._about = ""
        self._is_edited = False
        self._typed: set[str] = set()
        self._in_batch = False
        self._saver = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._saver.timeout.connect(self._keep_draft)
        self._notice = DraftNotice()
        self._notice.restored.connect(self._restore)
        self._notice.dropped.connect(self._drop_draft)
        self._lay_out()
        for field in fields:
            self._set_up(field, model)
        self._arrange(columns)
        desk.changed.connect(self._forget)
        self._save_keys = [QShortcut(QKeySequence(k), self) for k in ("Ctrl+Return", "Ctrl+Enter")]
        for shortcut in self._save_keys:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save_next)

    @property
    def is_edited(self) -> bool:
        """Whether the user changed something since the form was filled or saved."""
        return self._is_edited

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in their order."""
        return tuple(self._fields.values())

    def field(self, name: str) -> Field:
        """A field by the name of its value."""
        return self._fields[name]

    def leave_save_key(self) -> None:
        """Leave Ctrl+Enter to a button of the page, which would not hear it beside the form's."""
        for shortcut in self._save_keys:
            shortcut.setEnabled(False)

    def values(self) -> dict[str, Any]:  # Any: what the operation takes
        """What was filled in, as arguments of the operation; all wrong fields are marked.

        Raises:
            FieldError: what was typed into a field is no value; it is shown there.
        """
        messages.expect_errors_at(self)
        found: dict[str, Any] = {}  # Any: as above
        first: FieldError | None = None
        for field in self._fields.values():
            field.show_error("")
            try:
                found[field.name] = field.value()
            except FieldError as error:
                field.show_error(str(error))
                first = first or error
        if first:
            raise first
        return found

    def set_values(self, values: Mapping[str, Any]) -> None:  # Any: as `values`
        """Show these values; other fields stay as they are."""
        for name, value in values.items():
            self._fields[name].set_value(value)

    def start(self, **values: Any) -> None:  # Any: as `values`
        """Begin a new record with these values; what was not saved last time is offered."""
        self._in_batch = False
        self._begin("", values, self._fields)

    def start_next(self, **values: Any) -> None:  # Any: as `values`
        """It was saved: begin the next one of a batch, with what stays the same, else these values.

        Typing begins where it began before: a field that stays counts from the second time on,
        when it was changed again.
        """
        self.saved()
        began = [
            n for n in self._fields if n in self._typed and (self._in_batch or n not in self._keep)
        ]
        others = [name for name in self._fields if name not in self._keep]
        self._in_batch = True
        self._begin("", {name: values[name] for name in others if name in values}, others)
        if began:
            self._go_to(self._fields[began[0]])

    def show_row(self, row: Any, record_id: str = "") -> None:  # Any: a frozen row of a query
        """Show a record to change it: each field takes the attribute of its name."""
        values = {name: getattr(row, name) for name in self._fields if hasattr(row, name)}
        self._begin(record_id or str(row.id), values, self._fields)

    def saved(self) -> None:
        """It was saved: the draft is not needed any more."""
        self.say("")
        self._is_edited = False
        self._saver.stop()
        if self._notice.isHidden():
            self._drafts.drop(self._about)

    def focus_first(self) -> None:
        """Go to the field where typing begins: the first that is empty."""
        fields = list(self._fields.values())
        empty = [f for f in fields if f.isEnabled() and not f.isHidden() and f.raw() in ("", [])]
        for first in (empty or fields)[:1]:  # a form may have nothing to fill in
            self._go_to(first)

    def show_top(self) -> None:
        """Show the first fields, wherever typing would begin: one reads from there."""
        self._scroll.verticalScrollBar().setValue(0)

    def show_field_error(self, name: str, sentence: str) -> bool:
        """Show at a field what is wrong with it; False if it is not in sight."""
        field = self._fields.get(name)
        if field is None or not field.isVisible():
            return False
        field.show_error(sentence)
        self._go_to(field)
        return True

    def add_button(
        self, text: str, icon_name: str = "", *, primary: bool = False, key: str = ""
    ) -> Button:
        """Put a button into the foot, at the right; connect its `clicked`."""
        made = button(text, icon_name, primary=primary)
        if key:
            made.setToolTip(f"{text}（{key}）")
        self._buttons.addWidget(made)
        self._foot.show()
        return made

    def say(self, text: str) -> None:
        """Say something at the left of the foot."""
        self._said.setText(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            go_on(self.focusNextChild)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(1 if self.width() < style.px(NARROW) else self._columns)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._keep_draft()

    @override
    def sizeHint(self) -> QSize:
        inside = self._inside.sizeHint()
        return QSize(max(inside.width(), style.px(480)), inside.height() + style.px(70))

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._notice)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        margin = style.px(16)
        self._grid.setContentsMargins(margin, style.px(10), margin, style.px(10))
        self._grid.setHorizontalSpacing(style.px(10))
        self._grid.setVerticalSpacing(style.px(7))
        self._scroll = Scroll(self._inside)
        outer.addWidget(self._scroll, 1)
        self._foot = QFrame()
        self._foot.setObjectName("foot")
        self._foot.hide()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(style.px(16), style.px(8), style.px(12), style.px(8))
        self._said = label("", "faint")
        self._said.setWordWrap(True)
        row.addWidget(self._said, 1)
        self._buttons = QHBoxLayout()
        row.addLayout(self._buttons)
        outer.addWidget(self._foot)

    def _set_up(self, field: Field, model: "type[Record] | None") -> None:
        info: dict[str, Any] = {}  # Any: as models.base.label gives it
        if model and field.name in model.__table__.columns:
            info = model.__table__.columns[field.name].info
        field.build(
            text=info.get("label", ""),
            required=info.get("required", False),
            hint=info.get("hint", ""),
        )
        if isinstance(field, DateField):
            field.clock = lambda: self.desk.today
        field.clear()
        field.edited.connect(self._note_edit)
        field.left.connect(self._keep_draft)

    def _arrange(self, columns: int) -> None:
        """Place the fields in so many columns."""
        if columns == self._grid.property("columns"):
            return
        self._grid.setProperty("columns", columns)
        row, column = 0, 0
        for field in self._fields.values():
            width = columns if field.is_wide else 1
            if column + width > columns:
                row, column = row + 1, 0
            self._grid.addWidget(field, row, column, 1, width, Qt.AlignmentFlag.AlignTop)
            column += width
        for number in range(self._columns):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        self._grid.setRowStretch(row + 1, 1)

    def _go_to(self, field: Field) -> None:
        field.setFocus()
        self._scroll.ensureWidgetVisible(field)

    def _begin(
        self,
        about: str,
        values: Mapping[str, Any],  # Any: as `values`
        blank: "Mapping[str, Field] | Sequence[str]",
    ) -> None:
        for name in blank:
            self._fields[name].clear()
        self.set_values(values)
        self._about = about
        self._is_edited = False
        self._typed.clear()
        self._saver.stop()
        for name, field in self._fields.items():
            is_given = name in values or name not in blank
            field.is_known = is_given and not about and field.raw() not in ("", [])
        draft = self._drafts.find(about)
        self._notice.offer(f"{draft.at:%m月%d日 %H:%M}" if draft else "")
        self.begun.emit()
        self.focus_first()

    def _restore(self) -> None:
        draft = self._drafts.find(self._about)
        for name, raw in draft.values.items() if draft else ():
            if name in self._fields:
                self._fields[name].set_raw(raw)
        self._is_edited = True
        self._notice.offer("")

    def _drop_draft(self) -> None:
        self._drafts.drop(self._about)
        self._notice.offer("")

    def _note_edit(self) -> None:
        self._is_edited = True
        field = self.sender()
        if isinstance(field, Field):
            self._typed.add(field.name)
        if not self._saver.isActive():
            self._saver.start()
        self.edited.emit()

    def keep_draft(self) -> bool:
        """Keep what was typed and not saved; False if there is nothing, or no drafts are kept."""
        if not self._is_edited or not self._notice.isHidden():  # what is offered still lies there
            return False
        raw = {name: field.raw() for name, field in self._fields.items()}
        return self._drafts.keep(self._about, raw, self.desk.clock())

    def _keep_draft(self) -> None:
        if self.keep_draft():
            self.say("草稿已保存")

    def _forget(self, _kinds: object) -> None:
        for field in self._fields.values():
            field.forget()


class FormDialog(QDialog):
    """A form in a window of its own, for one step.

    Args:
        parent: the page that opens it.
        title: what is done: 交办.
        form: the form, started.
        save: takes the values; the dialog closes if it does not raise.
        save_text: words of the button.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        form: Form,
        save: Callable[..., object],
        save_text: str = "保存",
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = form
        self._save = save
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, style.px(6), 0, 0)
        outer.addWidget(form)
        cancel = form.add_button("取消", key="Esc")
        cancel.clicked.connect(self.reject)
        save_button = form.add_button(save_text, primary=True, key="Ctrl+Enter")
        save_button.clicked.connect(self.save)
        form.save_next.connect(self.save)
        form.focus_first()

    @override
    def showEvent(self, arg__1: QShowEvent) -> None:
        if not arg__1.spontaneous() and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            # Qt itself takes two thirds of the screen at most.
            self.resize(self.sizeHint().boundedTo(room_on_screen(self)))
        super().showEvent(arg__1)

    def save(self) -> None:
        """Do the step, and close if it was done."""
        self._save(**self.form.values())
        self.form.saved()
        self.accept()

    @override
    def reject(self) -> None:
        """Close, and keep what was typed: Esc is pressed by mistake as well."""
        super().reject()
        if self.form.keep_draft():
            self.form.desk.say("没有保存的内容留作草稿，下次打开时可以恢复")
