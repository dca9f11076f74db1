"""The window of one record: what it says at the left, what to do and what happened at the right."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from deputydesk.models import Record
from deputydesk.operations.handling import Event, StepRow
from deputydesk.ui import style
from deputydesk.ui.attachments import AttachmentStrip
from deputydesk.ui.cells import pill
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.dialogs.past import show_past
from deputydesk.ui.dialogs.step_buttons import StepButtons
from deputydesk.ui.dialogs.timeline import Line, Timeline
from deputydesk.ui.parts import Button, IconButton, button, card, label, reading_place
from deputydesk.ui.style import Tone

WIDTH, HEIGHT = 1120, 680


class RecordDialog(QDialog):
    """Shows a record and what can be done to it; a subclass says what that is.

    Args:
        parent: the page that opens it.
        desk: the desk.
        record_id: the record.
    """

    shows: ClassVar[frozenset[type[Record]]]
    """Kinds of record that it shows: it is read again when one of them changes."""
    owner: ClassVar[type[Record] | None] = None
    """Kind of the record itself, if files can be attached to it."""

    def __init__(self, parent: QWidget, desk: Desk, record_id: str) -> None:
        super().__init__(parent.window())
        self.desk = desk
        self.record_id = record_id
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.steps = StepButtons()
        self._title = wrapped("", "h1")
        self._code = label("", "faint")
        self._state = QLabel()
        self._left = reading_place("内容")
        self._right = reading_place("办理过程")
        self._past = IconButton("变更记录", "history", "Ctrl+H")
        self._past.setVisible(self.owner is not None)
        self._undo = IconButton("撤销", "undo-2", "Ctrl+Z")
        self._redo = IconButton("重做", "redo-2", "Ctrl+Y")
        self._buttons = QHBoxLayout()
        self.attachments = AttachmentStrip(desk)
        self._lay_out()
        self.steps.chosen.connect(self.take)
        self._undo.clicked.connect(self._take_back)
        self._redo.clicked.connect(self._do_again)
        self._past.clicked.connect(self._show_past)
        QShortcut(QKeySequence("Ctrl+Shift+Z"), self, self._do_again)
        QShortcut(QKeySequence("Alt+Left"), self, self._go_back)
        desk.changed.connect(self._on_change)
        screen = self.screen().availableGeometry()
        self.resize(
            min(style.px(WIDTH), screen.width() - 40), min(style.px(HEIGHT), screen.height() - 60)
        )

    def is_there(self) -> bool:
        """Whether the record (still) exists: undo may take it away."""
        raise NotImplementedError

    def read(self) -> None:
        """Ask for the record and show it with `show_head`, `show_left`, `show_right`."""
        raise NotImplementedError

    def take(self, step: StepRow) -> None:
        """Open the dialog of a step."""
        raise NotImplementedError

    def add_button(self, text: str, icon_name: str, key: str) -> Button:
        """Put a button into the foot for what can always be done; connect its `clicked`."""
        made = button(text, icon_name)
        made.set_key(key)
        self._buttons.insertWidget(self._buttons.count(), made)
        return made

    def open_at(self) -> None:
        """Read the record and open the window."""
        self.read()
        self._name_undo()
        if self.owner:
            self.attachments.show_record(self.owner, self.record_id)
            QShortcut(QKeySequence.StandardKey.Paste, self, self.attachments.paste)
        self.open()
        self.steps.focus_first()

    def show_head(self, code: str, title: str, state: str, tone: Tone) -> None:
        """Say which record it is, and where it stands."""
        self.setWindowTitle(f"{code} {title}".strip())
        self._code.setText(code)
        self._title.setText(title)
        picture = pill(state, tone, style.theme().name, style.scale(), self.devicePixelRatioF())
        self._state.setPixmap(picture)
        self._state.setAccessibleName(f"状态：{state}")

    def show_left(self, cards: Sequence[QWidget]) -> None:
        """Show what the record says."""
        _fill(self._left, cards)

    def show_right(self, events: Sequence[Event], changes: Sequence[Line]) -> None:
        """Show what happened, and who changed which field."""
        frame, inside = card("办理过程", f"{len(events)} 项" if events else "")
        lines = [Line(f"{e.on:%Y-%m-%d}", e.text, e.who) for e in events]
        inside.addWidget(Timeline(lines, empty="还没有办理记录。"))
        history, below = card("修改记录", f"{len(changes)} 处")
        below.addWidget(Timeline(changes, empty="没有修改过。"))
        _fill(self._right, (frame, history))

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(18), style.px(14), style.px(18), style.px(10))
        outer.setSpacing(style.px(10))
        head = QHBoxLayout()
        head.setSpacing(style.px(10))
        head.addWidget(self._code)
        head.addWidget(self._title, 1)
        head.addWidget(self._state)
        outer.addLayout(head)
        outer.addWidget(self.steps)
        halves = QHBoxLayout()
        halves.setSpacing(style.px(11))
        halves.addWidget(self._left, 11)
        halves.addWidget(self._right, 9)
        outer.addLayout(halves, 1)
        outer.addWidget(self.attachments)
        outer.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(style.px(8))
        foot.addWidget(self._undo)
        foot.addWidget(self._redo)
        foot.addWidget(self._past)
        foot.addLayout(self._buttons)
        foot.addStretch(1)
        close = button("关闭")
        close.setToolTip("关闭（Esc）；回到原来的地方（Alt+Left）")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        return foot

    def _on_change(self, kinds: frozenset[type[Record]]) -> None:
        if not kinds & self.shows:
            return
        if not self.is_there():
            self.reject()
            return
        self.read()
        self._name_undo()

    def _name_undo(self) -> None:
        for made, what, text in (
            (self._undo, "撤销", self.desk.undoable()),
            (self._redo, "重做", self.desk.redoable()),
        ):
            made.setEnabled(bool(text))
            made.set_name(f"{what}：{text}" if text else what)

    def _take_back(self) -> None:
        self.desk.undo()

    def _do_again(self) -> None:
        self.desk.redo()

    def _go_back(self) -> None:
        self.reject()
        self.desk.record_left.emit(self.record_id)

    def _show_past(self) -> None:
        if self.owner is not None:
            show_past(self, self.desk, self.owner, self.record_id)


def _fill(area: QScrollArea, parts: Sequence[QWidget]) -> None:
    """Put new parts into a column, staying where the user had scrolled to."""
    at = area.verticalScrollBar().value()
    column = QWidget()
    column.setObjectName("clear")
    inside = QVBoxLayout(column)
    inside.setContentsMargins(0, 0, style.px(6), 0)
    inside.setSpacing(style.px(10))
    for part in parts:
        inside.addWidget(part)
    inside.addStretch(1)
    area.setWidget(column)
    area.verticalScrollBar().setValue(at)
