"""The controls inside fields: Qt's own, which say when they were left."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from deputydesk.late import override
from deputydesk.ui import style
from deputydesk.ui.icons import icon


def mark(widget: QWidget, name: str, *, is_on: bool) -> None:
    """Set a property that the style sheet looks at, and draw anew."""
    if widget.property(name) != is_on:
        widget.setProperty(name, is_on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride}


def _is_files(data: QMimeData | None) -> bool:
    """Whether it is files or a picture, which are no text: Excel gives a picture beside text."""
    return bool(data) and not data.hasText() and (data.hasUrls() or data.hasImage())


def _is_paste_of_files(event: QKeyEvent) -> bool:
    is_paste = event.matches(QKeySequence.StandardKey.Paste)
    return is_paste and _is_files(QApplication.clipboard().mimeData())


class LineEdit(QLineEdit):
    """A line that says when it was entered and left.

    While an input method still spells a word, keys belong to it: Enter or Tab that reaches us as
    well does not go on, and no shortcut is pressed.
    """

    entered = Signal()
    left = Signal()
    is_spelling = False
    _signs: Mapping[str, tuple[str, int]] = MappingProxyType({})
    """Sign and size of each action, by what it is called. The actions themselves are asked for
    anew: Python loses the ones it kept when another widget goes, though Qt still has them."""

    def add_sign(self, name: str, icon_name: str, size: int, *, tip: str = "") -> QAction:
        """Put a sign at the right end that can be pressed; screen readers say its name."""
        place = QLineEdit.ActionPosition.TrailingPosition
        action = self.addAction(icon(icon_name, size=size), place)
        action.setText(name)
        action.setToolTip(tip or name)
        self._signs = {**self._signs, name: (icon_name, size)}
        return action

    @override
    def changeEvent(self, arg__1: QEvent) -> None:
        super().changeEvent(arg__1)
        if arg__1.type() == QEvent.Type.StyleChange:
            for action in self.actions():
                if action.text() in self._signs:
                    icon_name, size = self._signs[action.text()]
                    action.setIcon(icon(icon_name, size=size))

    @override
    def inputMethodEvent(self, arg__1: QInputMethodEvent) -> None:
        self.is_spelling = bool(arg__1.preeditString())
        super().inputMethodEvent(arg__1)

    @override
    def event(self, arg__1: QEvent) -> bool:
        if self.is_spelling and arg__1.type() in _KEYS:
            arg__1.accept()
            return True
        return super().event(arg__1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_paste_of_files(event):
            event.ignore()  # for the record, not for the line
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, arg__1: QDragEnterEvent) -> None:
        if arg__1.mimeData().hasUrls():
            arg__1.ignore()  # as above
        else:
            super().dragEnterEvent(arg__1)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.is_spelling = False
        super().focusOutEvent(event)
        # Not when it is being taken down: the slot's own object may be gone already.
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.isVisible():
            self.left.emit()


class LongEdit(QPlainTextEdit):
    """Several lines, so many of them in sight; Tab leaves. Keys as in `LineEdit`."""

    left = Signal()
    is_spelling = False

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self._fit()

    @override
    def inputMethodEvent(self, arg__1: QInputMethodEvent) -> None:
        self.is_spelling = bool(arg__1.preeditString())
        super().inputMethodEvent(arg__1)

    @override
    def event(self, event: QEvent) -> bool:
        if self.is_spelling and event.type() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if _is_paste_of_files(e):
            e.ignore()  # as in a line
        else:
            super().keyPressEvent(e)

    @override
    def dragEnterEvent(self, e: QDragEnterEvent) -> None:
        if e.mimeData().hasUrls():
            e.ignore()
        else:
            super().dragEnterEvent(e)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.is_spelling = False
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
