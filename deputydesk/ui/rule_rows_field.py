"""The field for a list of rows of a local rule: a line of controls each, added and taken out."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.rules.local_rules import FieldKind, RuleField
from deputydesk.ui import style
from deputydesk.ui.controls import Combo, LineEdit
from deputydesk.ui.fields import Field, Raw
from deputydesk.ui.parts import Button, IconButton, label

COMMA = "、"
Values = Mapping[str, Any]  # Any: a row of a rule, whatever JSON holds
BLANK: Values = {}
Control = LineEdit | QCheckBox | Combo
_SHORT = {FieldKind.NUMBER: 90, FieldKind.FLAG: 110, FieldKind.CHOICE: 130}


class RowsField(Field):
    """Rows of a local rule; its value is a list of them, blank ones left out.

    Args:
        name: identifier of the value.
        columns: what a row holds.
        label: its Chinese name.
    """

    is_wide = True
    control: "_Grid"

    def __init__(self, name: str, columns: Sequence[RuleField], *, label: str = "") -> None:
        super().__init__(name, label=label, wide=True)
        self._columns = tuple(columns)

    @override
    def make_control(self, hint: str) -> QWidget:
        grid = _Grid(self._columns)
        grid.edited.connect(self._note_edit)
        return grid

    @override
    def value(self) -> list[dict[str, Any]]:  # Any: as `Values`
        return [self._read(line) for line in self.control.lines if not _is_blank(line)]

    @override
    def set_value(self, value: Sequence[Values] | None) -> None:
        self.control.set_rows(value or ())

    @override
    def clear(self) -> None:
        self.control.set_rows(())
        self.show_error("")

    @override
    def raw(self) -> Raw:
        return [json.dumps([_text(one) for one in line]) for line in self.control.lines]

    @override
    def set_raw(self, raw: Raw) -> None:
        lines = [cast("list[str]", json.loads(line)) for line in cast("list[str]", raw)]
        self.control.set_rows([BLANK] * len(lines))
        for controls, texts in zip(self.control.lines, lines, strict=True):
            for control, text in zip(controls, texts, strict=False):
                _set_text(control, text)

    def _read(self, line: Sequence[Control]) -> dict[str, Any]:  # Any: as `Values`
        return {
            column.name: self._value(column, control)
            for column, control in zip(self._columns, line, strict=True)
        }

    def _value(self, column: RuleField, control: Control) -> Any:  # Any: as `Values`
        text = _text(control).strip()
        if column.kind == FieldKind.FLAG:
            return bool(text)
        if column.kind == FieldKind.LINES:
            return [part.strip() for part in text.split(COMMA) if part.strip()]
        if column.kind == FieldKind.CHOICE:
            return {shown: value for value, shown in column.options.items()}.get(text, "")
        if column.kind != FieldKind.NUMBER:
            return text
        try:
            return float(text) if "." in text else int(text or 0)
        except ValueError:
            raise self.wrong(f"{column.title}应当是数字，不能是“{text}”。") from None


class _Grid(QWidget):
    """The lines, their headings above, and a button to add one below."""

    spoken_as = QAccessible.Role.Grouping
    edited = Signal()

    def __init__(self, columns: Sequence[RuleField]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self.lines: list[list[Control]] = []
        self._removers: list[IconButton] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(style.px(6))
        self._grid.setVerticalSpacing(style.px(4))
        outer.addLayout(self._grid)
        self.add = Button("加一行", "plus")
        outer.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        for number, column in enumerate(self._columns):
            self._grid.addWidget(label(column.title, "faint"), 0, number)
            is_open = column.kind not in _SHORT
            self._grid.setColumnStretch(number, 1 if is_open else 0)
        self.add.clicked.connect(self._add_blank)

    def set_rows(self, rows: Sequence[Values]) -> None:
        """Show these rows in place of what was there."""
        while self.lines:
            self._take_out(len(self.lines) - 1)
        for row in rows:
            self._add(row)
        self.setFocusProxy(self.lines[0][0] if self.lines else self.add)

    def _add_blank(self) -> None:
        self._add({})
        self.setFocusProxy(self.lines[0][0])
        self.lines[-1][0].setFocus()
        self.edited.emit()

    def _add(self, row: Values) -> None:
        place = len(self.lines) + 1
        made = [_control(column, row.get(column.name)) for column in self._columns]
        for number, control in enumerate(made):
            control.setAccessibleName(f"第{place}行{self._columns[number].title}")
            self._listen(control)
            self._grid.addWidget(control, place, number)
        remover = IconButton(f"删去第{place}行", "x")
        remover.clicked.connect(self._remove)
        self._grid.addWidget(remover, place, len(made))
        self.lines.append(made)
        self._removers.append(remover)

    def _listen(self, control: Control) -> None:
        if isinstance(control, LineEdit):
            control.textEdited.connect(self.edited)
        elif isinstance(control, QCheckBox):
            control.toggled.connect(self.edited)
        else:
            control.activated.connect(self.edited)

    def _remove(self) -> None:
        place = self._removers.index(cast("IconButton", self.sender()))
        kept = [
            [_text(control) for control in line]
            for number, line in enumerate(self.lines)
            if number != place
        ]
        self.set_rows([BLANK] * len(kept))
        for controls, texts in zip(self.lines, kept, strict=True):
            for control, text in zip(controls, texts, strict=True):
                _set_text(control, text)
        self.edited.emit()

    def _take_out(self, place: int) -> None:
        for widget in (*self.lines.pop(place), self._removers.pop(place)):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()


def _control(column: RuleField, value: Any) -> Control:  # Any: as `Values`
    if column.kind == FieldKind.FLAG:
        box = QCheckBox()
        box.setChecked(bool(value))
        return box
    if column.kind == FieldKind.CHOICE:
        combo = Combo()
        combo.addItems(list(column.options.values()))
        combo.setCurrentText(column.options.get(value, ""))
        return combo
    line = LineEdit()
    line.setPlaceholderText(column.hint or ("用顿号分开" if column.kind == FieldKind.LINES else ""))
    if column.kind in _SHORT:
        line.setFixedWidth(style.px(_SHORT[column.kind]))
    if value is not None:
        line.setText(COMMA.join(value) if column.kind == FieldKind.LINES else str(value))
        line.setCursorPosition(0)
    return line


def _text(control: Control) -> str:
    if isinstance(control, QCheckBox):
        return "1" if control.isChecked() else ""
    return control.currentText() if isinstance(control, Combo) else control.text()


def _set_text(control: Control, text: str) -> None:
    if isinstance(control, QCheckBox):
        control.setChecked(bool(text))
    elif isinstance(control, Combo):
        control.setCurrentText(text)
    else:
        control.setText(text)


def _is_blank(line: Sequence[Control]) -> bool:
    return not any(_text(one).strip() for one in line if isinstance(one, LineEdit))
