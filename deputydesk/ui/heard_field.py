"""The field for what voters said at an activity: a block for each, as many as there were."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.errors import FieldError
from deputydesk.models import Opinion, Voter
from deputydesk.models.base import labels
from deputydesk.models.choices import Channel
from deputydesk.operations.receptions import Heard
from deputydesk.ui import style
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, Raw, TextField
from deputydesk.ui.focus_order import go_on
from deputydesk.ui.parts import Button, IconButton, button, label
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import Lookup, PickField
from deputydesk.ui.quiet_line import QuietLine


class Hint(Protocol):
    """Says something below a field while an opinion is written."""

    line: QuietLine

    def forget(self) -> None:
        """Another opinion is written."""


Watch = Callable[[Field, Field, Field, Callable[[], str]], Hint]
"""Takes voter, phone, matter, and what gives the id of the opinion that is being changed."""
NEXT_KEY = "Ctrl+Shift+N"


class _Captioned(QWidget):
    """A field with its name above it; a field's own caption would flash up as a window here."""

    def __init__(self, field: Field, *, mark: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        caption = label(f"{field.text}{mark}", "fieldlabel")
        caption.setBuddy(field.control)
        column.addWidget(caption)
        column.addWidget(field)


class _Block(QFrame):
    """What one voter said."""

    edited = Signal()
    left = Signal()
    dropped = Signal()

    def __init__(self, present: Lookup, watch: Sequence[Watch]) -> None:
        super().__init__()
        self._said = Heard(Channel.HOME, "")
        names, who = labels(Opinion), labels(Voter)
        self.channel = ChoiceField("channel", Channel)
        self.channel.is_known = True  # the page says by which way opinions come here
        self.voter = TextField("voter_name")
        self.phone = PhoneField("voter_phone")
        self.deputy = PickField("mandate_id", present)
        self.matter = TextField("matter")
        self.detail = LongTextField("detail")
        self._title, self._state = label("", "fieldlabel"), label("", "faint")
        self.drop = IconButton("移除这条意见", "x")
        self.drop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.drop.clicked.connect(self.dropped)
        texts = {
            self.channel: names["channel"],
            self.voter: who["name"],
            self.phone: who["phone"],
            self.deputy: names["mandate_id"],
            self.matter: names["matter"],
            self.detail: names["detail"],
        }
        for field, text in texts.items():
            field.has_caption = False  # made while the window is in sight: see _Captioned
            field.build(text=text, required=field is self.matter, hint="")
            field.edited.connect(self.edited)
            field.left.connect(self.left)
        self.channel.control.setMinimumContentsLength(9)
        self.fields: tuple[Field, ...] = tuple(texts)
        self.listener = _Captioned(self.deputy)
        self.hints = [w(self.voter, self.phone, self.matter, self._opinion) for w in watch]
        for hint in self.hints:
            hint.line.hear_within(self)
        self._lay_out()

    def set_place(self, number: int, *, is_only: bool) -> None:
        """Say which one of how many it is."""
        self._title.setText("选民意见" if is_only else f"选民意见 {number}")
        for field in self.fields:
            field.control.setAccessibleName(field.text if is_only else f"意见{number} {field.text}")
        self.drop.setVisible(not is_only and not self._said.opinion_id)

    def show_said(self, said: Heard) -> None:
        """Show what was written down."""
        self._said = said
        for hint in self.hints:
            hint.forget()
        self.channel.set_value(said.channel)
        self.voter.set_value(said.voter_name)
        self.phone.set_value(said.voter_phone)
        self.deputy.set_value(said.mandate_id)
        self.matter.set_value(said.matter)
        self.detail.set_value(said.detail)
        self._state.setText(said.state.label if said.opinion_id else "")

    def is_blank(self) -> bool:
        """Whether nothing was typed, so that nothing was said."""
        typed = (self.voter, self.phone, self.matter, self.detail)
        return not self._said.opinion_id and not any(str(f.raw()).strip() for f in typed)

    def _opinion(self) -> str:
        return self._said.opinion_id

    def is_new(self) -> bool:
        """Whether it was written down just now, and says what it is about."""
        return not self._said.opinion_id and bool(str(self.matter.raw()).strip())

    def said(self) -> Heard:
        """What was typed.

        Raises:
            FieldError: the matter is missing; it is shown there.
        """
        matter = self.matter.value()
        if not matter:
            self.matter.show_error(f"请填写{self.matter.text}。")
            raise FieldError("said", f"请填写{self.matter.text}。")
        return Heard(
            channel=self.channel.value(),
            matter=matter,
            detail=self.detail.value(),
            voter_name=self.voter.value(),
            voter_phone=self.phone.value(),
            mandate_id=self.deputy.value() if self.deputy.isVisibleTo(self) else "",
            opinion_id=self._said.opinion_id,
            state=self._said.state,
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, style.px(4), 0, 0)
        column.setSpacing(style.px(4))
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(label(self.channel.text, "fieldlabel"))
        head.addWidget(self.channel)
        head.addWidget(self.drop)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.px(10))
        grid.setVerticalSpacing(style.px(7))
        grid.addWidget(_Captioned(self.voter), 0, 0)
        grid.addWidget(_Captioned(self.phone), 0, 1)
        grid.addWidget(self.listener, 1, 0, 1, 2)
        grid.addWidget(_Captioned(self.matter, mark=" *"), 2, 0, 1, 2)
        grid.addWidget(_Captioned(self.detail), 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)


class _Frame(QWidget):
    """Holds the blocks and leads through them: blocks that came later stand last in Qt's order."""

    spoken_as = QAccessible.Role.Grouping
    ended = Signal()
    """Tab left the end of the last block, where the next one may begin."""

    def __init__(self) -> None:
        super().__init__()
        self.stops: list[QWidget] = []
        self.entry: QWidget = self
        self.end: Callable[[], QWidget | None] = _nowhere

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.entry is not self:
            self.entry.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            go_on(partial(self.focusNextPrevChild, True))
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = [stop for stop in self.stops if stop.isVisible()]
        at = next((n for n, stop in enumerate(stops) if stop.hasFocus()), -1)
        if forward and at >= 0 and stops[at] is self.end():
            self.ended.emit()
            return True
        to = at + (1 if forward else -1)
        if at >= 0 and 0 <= to < len(stops):
            tab, back = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason
            stops[to].setFocus(tab if forward else back)
            return True
        return super().focusNextPrevChild(forward)


def _nowhere() -> QWidget | None:
    return None


class HeardField(Field):
    """Opinions heard; its value is a tuple of `Heard`, empty if nothing was typed.

    Args:
        name: identifier of the value.
        present: gives the deputies who were there.
        watch: have hints appear below what a voter said: where it may be known already.
    """

    is_wide = True
    has_caption = False

    def __init__(self, name: str, present: Lookup, watch: Sequence[Watch] = ()) -> None:
        super().__init__(name, label="选民意见")
        self._watch = watch
        self._present = present
        self._blocks: list[_Block] = []
        self._channel = Channel.HOME
        self._is_crowd = False

    @override
    def make_control(self, hint: str) -> QWidget:
        frame = _Frame()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(6))
        self._column = QVBoxLayout()
        self._column.setSpacing(style.px(6))
        column.addLayout(self._column)
        self.more: Button = button("再记一条意见", "plus")
        self.more.set_key(NEXT_KEY)
        self.more.clicked.connect(self.add_block)
        self._frame = frame
        frame.end = self._end
        frame.ended.connect(self.add_block)
        self._put(Heard(self._channel, ""))
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)  # later: Tab comes to it later
        return frame

    def set_channel(self, channel: Channel) -> None:
        """Say by which way opinions come here mostly; blank blocks take it."""
        for block in self._blocks:
            if block.is_blank() and block.channel.value() is self._channel:
                block.channel.set_value(channel)
        self._channel = channel

    def set_crowd(self, *, is_crowd: bool) -> None:
        """Say whether there were several deputies, so that it matters who listened."""
        self._is_crowd = is_crowd
        for block in self._blocks:
            block.listener.setVisible(is_crowd)
            block.deputy.forget()

    def add_block(self) -> None:
        """Begin another opinion, and go there."""
        self._put(Heard(self._channel, ""))
        self._blocks[-1].voter.setFocus()
        self.edited.emit()

    @override
    def value(self) -> tuple[Heard, ...]:
        return tuple(block.said() for block in self._blocks if not block.is_blank())

    @override
    def set_value(self, value: Sequence[Heard]) -> None:
        wanted = value or (Heard(self._channel, ""),)
        while len(self._blocks) > len(wanted):
            self._remove(self._blocks[-1])
        for block, said in zip(self._blocks, wanted, strict=False):
            block.show_said(said)
        for said in wanted[len(self._blocks) :]:
            self._put(said)
        self._number()

    @override
    def clear(self) -> None:
        self.show_error("")
        self.set_value(())

    @override
    def raw(self) -> Raw:
        return [
            json.dumps({field.name: field.raw() for field in block.fields}, ensure_ascii=False)
            for block in self._blocks
            if not block.is_blank()
        ]

    @override
    def set_raw(self, raw: Raw) -> None:
        if not isinstance(raw, list):
            return
        while len(self._blocks) < len(raw):
            self._put(Heard(self._channel, ""))
        for block, text in zip(self._blocks, raw, strict=False):
            told = json.loads(text)
            for field in block.fields:
                field.set_raw(told.get(field.name, ""))

    @override
    def show_error(self, sentence: str) -> None:
        at_block = [b for b in self._blocks if b.matter.error()]
        if not sentence:
            for block in at_block:
                block.matter.show_error("")
        super().show_error("" if at_block else sentence)
        if at_block and sentence:
            self._frame.entry = at_block[0].matter

    @override
    def forget(self) -> None:
        for block in self._blocks:
            block.deputy.forget()

    def _end(self) -> QWidget | None:
        """Where Tab begins another opinion: behind a new one that is complete."""
        last = self._blocks[-1]
        return last.detail.control if last.is_new() else None

    def _put(self, said: Heard) -> None:
        block = _Block(self._present, self._watch)
        block.show_said(said)
        block.listener.setVisible(self._is_crowd)
        block.edited.connect(self._note_edit)
        block.left.connect(self.left)
        block.dropped.connect(self._drop)
        if self._blocks:  # not a stop by Qt's order, which would come here after all else
            for field in block.fields:
                field.control.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._blocks.append(block)
        self._column.addWidget(block)
        block.show()  # at once, so that it can have the focus
        self._number()

    def _drop(self) -> None:
        block = next(b for b in self._blocks if b is self.sender())
        self._remove(block)
        self._number()
        self._blocks[-1].matter.setFocus()
        self._note_edit()

    def _remove(self, block: _Block) -> None:
        self._blocks.remove(block)
        self._column.removeWidget(block)
        block.hide()
        block.deleteLater()

    def _number(self) -> None:
        for number, block in enumerate(self._blocks, 1):
            block.set_place(number, is_only=len(self._blocks) == 1)
        self._frame.entry = self._blocks[0].voter.control
        controls = [field.control for block in self._blocks for field in block.fields]
        self._frame.stops = [*controls, self.more]
