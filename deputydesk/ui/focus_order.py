"""Where Enter goes: to the next field that is not known yet; Tab comes by all of them."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from deputydesk.ui.fields import Field

MOST = 40
"""Known fields in a row that Enter passes by: then it has gone round."""


def field_of(widget: QWidget | None) -> Field | None:
    """The innermost field that a control belongs to."""
    while widget is not None and not isinstance(widget, Field):
        widget = widget.parentWidget()
    return widget


def go_on(step: Callable[[], object]) -> None:
    """Go to the next field by steps of the focus, past those whose value is known."""
    for _ in range(MOST):
        step()
        field = field_of(QApplication.focusWidget())
        if field is None or not field.is_known:
            return
