"""What a screen reader is told of widgets that are painted here, which Qt does not know.

A widget says with `spoken_as` what it is, and with `spoken_value` where the keys are in it; name
and description are Qt's own.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from typing_extensions import override


class Spoken(QAccessibleWidget):
    """A widget as a screen reader sees it."""

    @override
    def text(self, t: QAccessible.Text) -> str:
        said = getattr(self.widget(), "spoken_value", None)  # held, the widget would never go
        if t == QAccessible.Text.Value and said is not None:
            return said()
        return super().text(t)


def speak() -> None:
    """Answer screen readers from now on."""
    QAccessible.installFactory(_made)


def _made(_kind: str, of: QObject) -> Spoken | None:
    role = getattr(of, "spoken_as", None) if isinstance(of, QWidget) else None
    return Spoken(of, role) if isinstance(of, QWidget) and role is not None else None
