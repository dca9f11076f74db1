"""Fields of a form: each takes what people type, and says at its place what is wrong with it."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deputydesk.errors import FieldError
from deputydesk.rules.choices import Choice
from deputydesk.ui.controls import Combo, LineEdit, LongEdit, mark
from deputydesk.ui.parts import label

Raw = str | list[str] | bool
"""What a draft keeps of a field."""


class Field(QWidget):
    """A named value in a form: a label, a control, and a place for what is wrong.

    Args:
        name: identifier of the value, as the operation takes it.
        label: its Chinese name; the model's if empty.
        wide: take the whole width of the form.
    """

    edited = Signal()
    """The user changed the value."""
    left = Signal()
    """The user went on to another field."""
    is_wide = False
    is_known = False
    """Its value was given, kept or told by another field: Enter goes past it, Tab does not."""

    def __init__(self, name: str, *, label: str = "", wide: bool = False) -> None:
        super().__init__()
        self.name = name
        self.text = label
        self.is_wide = wide or self.is_wide
        self.setObjectName("field")

    def build(self, *, text: str, required: bool, hint: str) -> None:
        """Make the control, once the form knows what the model says of it."""
        self.text = self.text or text
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.control = self.make_control(hint)
        self.control.setAccessibleName(self.text)
        self.control.setAccessibleDescription(hint)
        self.setFocusProxy(self.control)
        self._caption = label(f"{self.text} *" if required else self.text, "fieldlabel")
        self._caption.setBuddy(self.control)
        if not self.has_caption:  # shown before it has a parent, it would flash up as a window
            self._caption.hide()
        self._error = label("", "fielderror")
        self._error.setWordWrap(True)
        self._error.hide()
        for part in (self._caption, self.control, self._error):
            column.addWidget(part)

    has_caption = True

    def add_below(self, line: QWidget) -> None:
        """Put a line below the control, such as a hint."""
        self._column.addWidget(line)

    def make_control(self, hint: str) -> QWidget:
        """Make what the user types into; `hint` says how it may look when empty."""
        raise NotImplementedError

    def value(self) -> Any:  # Any: whatever the operation takes
        """The value.

        Raises:
            FieldError: what was typed is no such value.
        """
        raise NotImplementedError

    def set_value(self, value: Any) -> None:  # Any: as `value`
        """Show a value."""
        raise NotImplementedError

    def clear(self) -> None:
        """Show nothing."""
        raise NotImplementedError

    def raw(self) -> Raw:
        """What the user typed, right or wrong, for a draft."""
        raise NotImplementedError

    def set_raw(self, raw: Raw) -> None:
        """Show what a draft kept."""
        raise NotImplementedError

    def set_caption(self, text: str) -> None:
        """Call the field something else from now on."""
        self.text = text
        self._caption.setText(text)
        self.control.setAccessibleName(text)

    def show_error(self, sentence: str) -> None:
        """Say below the control what is wrong."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.control.setAccessibleDescription(sentence)
        mark(self.control, "wrong", is_on=bool(sentence))

    def error(self) -> str:
        """What is said to be wrong; empty if nothing is."""
        return self._error.text()

    def forget(self) -> None:
        """Forget what lists of choices said; records have changed."""

    def wrong(self, sentence: str, hint: str = "") -> FieldError:
        """The error that names this field."""
        return FieldError(self.name, sentence, hint=hint)

    def _note_edit(self) -> None:
        if self.error():
            self.show_error("")
        self.edited.emit()


class LineField(Field):
    """A field whose control is a line."""

    control: LineEdit

    @override
    def make_control(self, hint: str) -> QWidget:
        line = LineEdit()
        line.setPlaceholderText(hint)
        line.textEdited.connect(self._note_edit)
        line.left.connect(self.left)
        return line

    @override
    def clear(self) -> None:
        self.control.clear()
        self.show_error("")

    @override
    def raw(self) -> Raw:
        return self.control.text()

    @override
    def set_raw(self, raw: Raw) -> None:
        self.control.setText(str(raw))


class TextField(LineField):
    """A line of text."""

    @override
    def value(self) -> str:
        return self.control.text().strip()

    @override
    def set_value(self, value: str | None) -> None:
        self.control.setText(value or "")


class NumberField(LineField):
    """A whole number; empty is 0, or None if `optional`."""

    def __init__(
        self, name: str, *, label: str = "", wide: bool = False, optional: bool = False
    ) -> None:
        super().__init__(name, label=label, wide=wide)
        self._optional = optional

    @override
    def value(self) -> int | None:
        typed = unicodedata.normalize("NFKC", self.control.text()).strip().replace(",", "")
        if not typed:
            return None if self._optional else 0
        try:
            return int(typed)
        except ValueError:
            raise self.wrong(f"{self.text}应当是整数。") from None

    @override
    def set_value(self, value: int | None) -> None:
        self.control.setText("" if value is None else str(value))


class LongTextField(Field):
    """Several lines; Enter begins a new one, Tab leaves."""

    is_wide = True
    control: QPlainTextEdit

    def __init__(self, name: str, *, label: str = "", wide: bool = True, lines: int = 3) -> None:
        super().__init__(name, label=label, wide=wide)
        self.is_wide = wide
        self._lines = lines

    @override
    def make_control(self, hint: str) -> QWidget:
        edit = LongEdit(self._lines)
        edit.setPlaceholderText(hint)
        edit.textChanged.connect(self._note_edit)
        edit.left.connect(self.left)
        return edit

    @override
    def value(self) -> str:
        return self.control.toPlainText().strip()

    @override
    def set_value(self, value: str | None) -> None:
        is_blocked = self.blockSignals(True)
        self.control.setPlainText(value or "")
        self.blockSignals(is_blocked)

    @override
    def clear(self) -> None:
        self.set_value("")
        self.show_error("")

    @override
    def raw(self) -> Raw:
        return self.control.toPlainText()

    @override
    def set_raw(self, raw: Raw) -> None:
        self.set_value(str(raw))


class ChoiceField(Field):
    """One of a fixed list.

    Args:
        name: identifier of the value.
        choice: the enum whose members are offered; or `options`.
        options: values and the words shown for them, in place of an enum.
        label: its Chinese name; the model's if empty.
        wide: take the whole width of the form.
    """

    control: QComboBox

    def __init__(
        self,
        name: str,
        choice: type[Choice] | None = None,
        *,
        options: Sequence[tuple[Any, str]] = (),  # Any: whatever the operation takes
        label: str = "",
        wide: bool = False,
    ) -> None:
        super().__init__(name, label=label, wide=wide)
        self._options = list(options) or [(member, member.label) for member in choice or ()]

    @override
    def make_control(self, hint: str) -> QWidget:
        combo = Combo()
        combo.setMaxVisibleItems(20)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(4)
        combo.addItems([text for _, text in self._options])
        combo.activated.connect(self._note_edit)
        combo.currentIndexChanged.connect(self.edited)
        combo.left.connect(self.left)
        return combo

    def options(self) -> list[tuple[Any, str]]:  # Any: as in `__init__`
        """The values on offer, with the words shown for them."""
        return list(self._options)

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:  # Any: as in `__init__`
        """Offer another list, keeping the value if it is on it."""
        kept = self.value() if self._options else None
        self._options = list(options)
        self.control.blockSignals(True)
        self.control.clear()
        self.control.addItems([text for _, text in self._options])
        self.control.blockSignals(False)
        if kept in [value for value, _ in self._options]:
            self.set_value(kept)

    @override
    def value(self) -> Any:  # Any: a value of the options
        place = self.control.currentIndex()
        if place < 0:
            raise self.wrong(f"请选择{self.text}。")
        return self._options[place][0]

    @override
    def set_value(self, value: Any) -> None:  # Any: as `value`
        places = [n for n, (offered, _) in enumerate(self._options) if offered == value]
        if not places and isinstance(value, Choice):  # from a newer version of the program
            self._options.append((value, value.label))
            self.control.addItem(value.label)
            places = [len(self._options) - 1]
        self._go(places[0] if places else 0)

    @override
    def clear(self) -> None:
        self._go(0 if self._options else -1)
        self.show_error("")

    @override
    def raw(self) -> Raw:
        return self.control.currentText()

    @override
    def set_raw(self, raw: Raw) -> None:
        self._go(max(0, self.control.findText(str(raw))))

    def _go(self, place: int) -> None:
        self.control.blockSignals(True)
        self.control.setCurrentIndex(place)
        self.control.blockSignals(False)


class CheckField(Field):
    """Yes or no."""

    has_caption = False
    control: QCheckBox

    @override
    def make_control(self, hint: str) -> QWidget:
        box = QCheckBox(self.text)
        box.setToolTip(hint)
        box.toggled.connect(self._note_edit)
        return box

    @override
    def value(self) -> bool:
        return self.control.isChecked()

    @override
    def set_value(self, value: object) -> None:
        self.control.blockSignals(True)
        self.control.setChecked(bool(value))
        self.control.blockSignals(False)

    @override
    def clear(self) -> None:
        self.set_value(value=False)
        self.show_error("")

    @override
    def raw(self) -> Raw:
        return self.control.isChecked()

    @override
    def set_raw(self, raw: Raw) -> None:
        self.set_value(raw)
