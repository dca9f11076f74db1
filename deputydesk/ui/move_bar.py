"""Buttons for what can be done with a record now."""

from collections.abc import Sequence
from typing import Generic

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deputydesk.ui import style
from deputydesk.ui.flow import Flow
from deputydesk.ui.parts import Button, label
from deputydesk.ui.register import Action, Move, Row


class _Choice(Button):
    """A button that says which step or action it stands for."""

    chosen = Signal(object)

    def __init__(self, what: object, text: str, icon: str = "") -> None:
        super().__init__(text, icon)
        self._what = what
        self.clicked.connect(self._tell)

    def _tell(self) -> None:
        self.chosen.emit(self._what)


class MoveBar(QWidget, Generic[Row]):
    """The steps and actions of a register; those that a row does not allow are hidden.

    Args:
        moves: steps of the record's life, in their order.
        actions: what else can be done.
    """

    spoken_as = QAccessible.Role.Grouping

    moved = Signal(object)
    """The `Move` that was chosen."""
    acted = Signal(object)
    """The `Action` that was chosen."""

    def __init__(self, moves: Sequence[Move[Row]], actions: Sequence[Action[Row]]) -> None:
        super().__init__()
        self.setAccessibleName("可以办理的步骤")
        self._inside = QWidget()
        flow = Flow(self._inside, gap=7)
        flow.setContentsMargins(style.px(16), style.px(8), style.px(12), style.px(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._inside)
        self.move_buttons = [(move, _Choice(move, move.text)) for move in moves]
        self.action_buttons = [
            (action, _Choice(action, action.text, action.icon)) for action in actions
        ]
        for _, made in self.move_buttons:
            made.chosen.connect(self.moved)
            flow.addWidget(made)
        for _, made in self.action_buttons:
            made.chosen.connect(self.acted)
            flow.addWidget(made)
        flow.addWidget(label(""))  # the last one in a line takes the room that is left
        self.hide()

    def show_row(self, row: Row | None) -> None:
        """Offer what can be done with a row; nothing without one."""
        shown = 0
        for what, made in (*self.move_buttons, *self.action_buttons):
            is_on = row is not None and what.when(row)
            made.setVisible(is_on)
            shown += is_on
        self.setVisible(shown > 0)
