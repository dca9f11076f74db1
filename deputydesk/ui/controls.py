"""The controls inside fields: Qt's own, which say when they were left."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from deputydesk.ui import style


def mark(widget: QWidget, name: str, *, is_on: bool) -> None:
    """Set a property that the style sheet looks at, and draw anew."""
    if widget.property(name) != is_on:
        widget.setProperty(name, is_on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class LineEdit(QLineEdit):
    """A line that says when it was entered and left."""

    entered = Signal()
    left = Signal()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Not when it is being taken down: the slot's own object may be gone already.
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.isVisible():
            self.left.emit()


class LongEdit(QPlainTextEdit):
    """Several lines, so many of them in sight; Tab leaves."""

    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self._fit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.isVisible():
            self.left.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(style.px(19) * self._lines + style.px(14))


class Combo(QComboBox):
    """A list to choose from that does not change when one rolls over it."""

    left = Signal()

    @override
    def focusOutEvent(self, e: QFocusEvent) -> None:
        super().focusOutEvent(e)
        if self.isVisible():
            self.left.emit()

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        e.ignore()  # rolling over a form must not change what was chosen
