"""Where Tab goes: every control in its turn, none passed over and none twice."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def tab_on(window: QWidget, *, is_forward: bool) -> bool:
    """Move the focus to the next control of a window, or the one before; False if there is none.

    Qt's own way stops at whatever hands the focus on to a control inside it, and so jumps to that
    control: a page to its list, past the buttons above; a field back to its line, for ever.
    """
    at = QApplication.focusWidget() or window
    reason = Qt.FocusReason.TabFocusReason if is_forward else Qt.FocusReason.BacktabFocusReason
    to = _beside(at, is_forward=is_forward)
    while to is not None and to is not at:
        if _takes_focus(to, window):
            to.setFocus(reason)
            return True
        to = _beside(to, is_forward=is_forward)
    return False


def _beside(widget: QWidget, *, is_forward: bool) -> QWidget | None:
    return widget.nextInFocusChain() if is_forward else widget.previousInFocusChain()


def _takes_focus(widget: QWidget, window: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.window() is window
    )
