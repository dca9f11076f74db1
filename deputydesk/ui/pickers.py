"""Fields that name records: one, or several as chips; found by characters or pinyin initials."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.choices import Candidate, Choices, matching
from deputydesk.ui.controls import LineEdit, mark
from deputydesk.ui.fields import Field, Raw
from deputydesk.ui.flow import Flow
from deputydesk.ui.icons import icon
from deputydesk.ui.parts import label

Lookup = Callable[[], Sequence[Candidate]]
GONE = "（已不在名单中）"


class PickEdit(LineEdit):
    """A line that offers candidates while one types."""

    chosen = Signal(object)
    erased = Signal()
    """Backspace in an empty line."""

    def __init__(self, lookup: Lookup, name: str, *, free: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._lookup = lookup
        self._free = free
        self._known: list[Candidate] | None = None
        self.list = Choices(self, name)
        self.list.chosen.connect(self.chosen)
        self.textEdited.connect(self.offer)

    def candidates(self) -> list[Candidate]:
        """Everything that may be chosen."""
        if self._known is None:
            self._known = list(self._lookup())
        return self._known

    def forget(self) -> None:
        """Ask anew next time."""
        self._known = None

    def offer(self) -> None:
        """Show what fits what was typed."""
        typed = self.text().strip()
        found = matching(self.candidates(), typed)
        self.list.offer(found, is_marked=not self._free or not typed)

    def meant(self) -> Candidate | None:
        """The only one that fits what was typed, or the only one of exactly this name."""
        typed = self.text().strip()
        found = matching(self.candidates(), typed) if typed else []
        exact = [candidate for candidate in found if candidate.name == typed]
        return exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.list.take_key(event):
            event.accept()
        elif event.key() == Qt.Key.Key_Down:
            self.offer()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.erased.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        marked = self.list.current()
        if marked and event.reason() == Qt.FocusReason.TabFocusReason and self.text().strip():
            self.chosen.emit(marked)
        self.list.hide()
        super().focusOutEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text():
            self.offer()


class PickField(Field):
    """One record; its value is the id, or "" when empty.

    Args:
        name: identifier of the value.
        lookup: gives what may be chosen; asked when needed, and anew after changes.
        label: its Chinese name; the model's if empty.
        wide: take the whole width of the form.
        free: any text will do, and is the value; the candidates are only offered.
    """

    control: PickEdit
    picked = Signal(str)
    """The id that was chosen."""

    def __init__(
        self,
        name: str,
        lookup: Lookup,
        *,
        label: str = "",
        wide: bool = False,
        free: bool = False,
    ) -> None:
        super().__init__(name, label=label, wide=wide)
        self._lookup = lookup
        self._free = free
        self._chosen: Candidate | None = None

    @override
    def make_control(self, hint: str) -> QWidget:
        edit = PickEdit(self._lookup, self.text, free=self._free)
        edit.setPlaceholderText(hint or ("" if self._free else "汉字或首字母"))
        action = edit.add_sign("列出全部", "chevron-down", 12, tip="列出全部（↓）")
        action.triggered.connect(self._list_all)
        edit.textEdited.connect(self._type)
        edit.chosen.connect(self._choose)
        edit.left.connect(self._settle)
        return edit

    @property
    def takes_any(self) -> bool:
        """Whether any text will do."""
        return self._free

    @override
    def value(self) -> str:
        typed = self.control.text().strip()
        if self._free or not typed:
            return typed
        chosen = self._chosen or self.control.meant()
        if chosen is None:
            fits = len(matching(self.control.candidates(), typed))
            what = f"“{typed}”不止一个" if fits > 1 else f"没有找到“{typed}”"
            raise self.wrong(f"{what}，请从列表中选择。")
        return chosen.id

    @override
    def set_value(self, value: str | None) -> None:
        if self._free:
            self.control.setText(value or "")
            return
        found = [c for c in self.control.candidates() if c.id == value] if value else []
        self._chosen = found[0] if found else Candidate(value, GONE) if value else None
        self.control.setText(self._chosen.name if self._chosen else "")
        self.control.setCursorPosition(0)  # a long name shows its beginning

    @override
    def clear(self) -> None:
        self._chosen = None
        self.control.clear()
        self.show_error("")

    @override
    def raw(self) -> Raw:
        return self.control.text() if self._free or not self._chosen else [self._chosen.id]

    @override
    def set_raw(self, raw: Raw) -> None:
        if isinstance(raw, list):
            self.set_value(raw[0])
        else:
            self._chosen = None
            self.control.setText(str(raw))

    @override
    def forget(self) -> None:
        self.control.forget()

    def _type(self) -> None:
        self._chosen = None
        self._note_edit()

    def _choose(self, candidate: Candidate) -> None:
        self._chosen = candidate
        self.control.setText(candidate.name)
        self.control.setCursorPosition(0)
        self._note_edit()
        self.picked.emit(candidate.id)

    def _settle(self) -> None:
        """Take what was meant when the user goes on, if there is no doubt."""
        if not self._free and self._chosen is None:
            meant = self.control.meant()
            if meant:
                self._choose(meant)
            elif self.control.text().strip():
                self.show_error(f"没有找到“{self.control.text().strip()}”，请从列表中选择。")
        self.left.emit()

    def _list_all(self) -> None:
        self.control.setFocus()
        self.control.list.offer(self.control.candidates())


class PickManyField(Field):
    """Several records, shown as chips; its value is their ids in the order of choosing."""

    is_wide = True
    control: "Tokens"

    def __init__(self, name: str, lookup: Lookup, *, label: str = "", wide: bool = True) -> None:
        super().__init__(name, label=label, wide=wide)
        self.is_wide = wide
        self._lookup = lookup

    @override
    def make_control(self, hint: str) -> QWidget:
        tokens = Tokens(self._lookup, self.text, hint or "汉字或首字母，可多选")
        tokens.edited.connect(self._note_edit)
        tokens.left.connect(self._settle)
        return tokens

    @override
    def value(self) -> tuple[str, ...]:
        typed = self.control.line.text().strip()
        if typed:
            meant = self.control.line.meant()
            if meant is None:
                raise self.wrong(f"没有找到“{typed}”，请从列表中选择。")
            self.control.add(meant)
        return tuple(c.id for c in self.control.chosen())

    @override
    def set_value(self, value: Sequence[str]) -> None:
        known = {c.id: c for c in self.control.line.candidates()} if value else {}
        self.control.set_chosen([known.get(i, Candidate(i, GONE)) for i in value])

    @override
    def clear(self) -> None:
        self.control.set_chosen([])
        self.show_error("")

    @override
    def raw(self) -> Raw:
        return [c.id for c in self.control.chosen()]

    @override
    def set_raw(self, raw: Raw) -> None:
        if isinstance(raw, list):
            self.set_value(raw)

    @override
    def forget(self) -> None:
        self.control.line.forget()

    def _settle(self) -> None:
        meant = self.control.line.meant()
        typed = self.control.line.text().strip()
        if meant:
            self.control.add(meant)
        elif typed:
            self.show_error(f"没有找到“{typed}”，请从列表中选择。")
        self.left.emit()


class Tokens(QFrame):
    """Chips of what was chosen, with a line for the next one behind them."""

    spoken_as = QAccessible.Role.Grouping

    edited = Signal()
    left = Signal()

    def __init__(self, lookup: Lookup, name: str, hint: str) -> None:
        super().__init__()
        self._hint = hint
        self._chips: list[_Token] = []
        self.setObjectName("tokens")
        self.line = PickEdit(lookup, name)
        self.line.setObjectName("bare")
        self.line.setMinimumWidth(style.px(90))
        self.line.setPlaceholderText(hint)
        self.line.chosen.connect(self.add)
        self.line.erased.connect(self._drop_last)
        self.line.left.connect(self._leave)
        self.line.entered.connect(self._enter)
        self.line.textEdited.connect(self.edited)
        self._flow = Flow(self)
        self._flow.addWidget(self.line)
        self.setFocusProxy(self.line)

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def chosen(self) -> list[Candidate]:
        """What the chips stand for."""
        return [chip.candidate for chip in self._chips]

    def add(self, candidate: Candidate) -> None:
        """Put a chip behind the others, unless there is one already."""
        self.line.clear()
        if candidate.id not in [c.id for c in self.chosen()]:
            self._put(candidate)
            self.edited.emit()

    def set_chosen(self, chosen: Sequence[Candidate]) -> None:
        """Show these chips and no others."""
        self.line.clear()
        while self._chips:
            self._remove(self._chips[-1])
        for candidate in chosen:
            self._put(candidate)

    def _put(self, candidate: Candidate) -> None:
        chip = _Token(candidate)
        chip.dropped.connect(self._drop)
        self._flow.insert(len(self._chips), chip)
        self._chips.append(chip)
        self.line.setPlaceholderText("")

    def _drop(self, chip: "_Token") -> None:
        self._remove(chip)
        self.edited.emit()
        self.line.setFocus()

    def _drop_last(self) -> None:
        if self._chips:
            self._drop(self._chips[-1])

    def _remove(self, chip: "_Token") -> None:
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        if not self._chips:
            self.line.setPlaceholderText(self._hint)

    def _enter(self) -> None:
        mark(self, "active", is_on=True)

    def _leave(self) -> None:
        mark(self, "active", is_on=False)
        self.left.emit()


class _Token(QFrame):
    """A chip that can be removed."""

    dropped = Signal(object)

    def __init__(self, candidate: Candidate) -> None:
        super().__init__()
        self.candidate = candidate
        self.setObjectName("token")
        self.setToolTip(candidate.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(8), 0, 2, 0)
        row.setSpacing(2)
        row.addWidget(label(candidate.name))
        cross = QToolButton()
        cross.setObjectName("flat")
        cross.setIcon(icon("x", size=12))
        cross.setIconSize(QSize(style.px(11), style.px(11)))
        cross.setFixedSize(style.px(18), style.px(18))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keyboard: Backspace
        cross.setAccessibleName(f"移除{candidate.name}")
        cross.clicked.connect(self._drop)
        row.addWidget(cross)
        self.setFixedHeight(style.px(22))

    def _drop(self) -> None:
        self.dropped.emit(self)
