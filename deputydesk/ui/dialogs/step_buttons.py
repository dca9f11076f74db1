"""The steps that can be taken now, as buttons with a digit each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from deputydesk.operations.handling import StepRow
from deputydesk.ui.flow import Flow
from deputydesk.ui.parts import label, press_by

KEYS = "123456789ABCDGHJ"
"""Key of each button; letters follow the digits."""


class StepButton(QPushButton):
    """A step and its key."""

    asked = Signal(object)
    """The `StepRow`."""

    def __init__(self, step: StepRow, key: str, *, is_first: bool) -> None:
        super().__init__(f"{key}  {step.label}")
        self.step = step
        if is_first:
            self.setObjectName("primary")
        self.setAutoDefault(False)
        self.setAccessibleName(step.label)
        self.setToolTip(f"{step.label}（按 {key}）")
        press_by(self, key)
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        self.asked.emit(self.step)


class StepButtons(QWidget):
    """Buttons of all steps that can be taken; the one that mostly comes next stands first."""

    chosen = Signal(object)
    """The `StepRow`."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("可以办理的步骤")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._holder: QWidget | None = None
        self.buttons: list[StepButton] = []

    def show_steps(self, steps: Sequence[StepRow], *, first: Sequence[str]) -> None:
        """Show these, led by the first of `first` that is among them."""
        steps = sorted(steps, key=lambda step: _rank(step, steps, first))
        had_focus = any(made.hasFocus() for made in self.buttons)
        holder = QWidget()
        flow = Flow(holder, gap=7)
        flow.setContentsMargins(0, 0, 0, 0)
        self.buttons = [
            StepButton(step, key, is_first=key == KEYS[0])
            for step, key in zip(steps, KEYS, strict=False)
        ]
        for made in self.buttons:
            made.asked.connect(self.chosen)
            flow.addWidget(made)
        flow.addWidget(label("" if steps else "已经办完，没有可以再做的步骤。", "sub"))
        if self._holder is not None:
            self._row.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = holder
        self._row.addWidget(holder)
        if had_focus:
            self.focus_first()

    def focus_first(self) -> None:
        """Go to what mostly comes next."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _rank(step: StepRow, steps: Sequence[StepRow], first: Sequence[str]) -> int:
    """0 for the leading one, 1 for the others, which keep their order."""
    offered = [name for name in first if any(other.operation == name for other in steps)]
    return 0 if offered[:1] == [step.operation] else 1
