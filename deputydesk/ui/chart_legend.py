"""What the colours of a chart stand for."""

from collections.abc import Callable

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deputydesk.late import override
from deputydesk.ui import style
from deputydesk.ui.charts import Part
from deputydesk.ui.parts import label


class Legend(QWidget):
    """Words, each behind a square in the colour that it has in the theme now."""

    def __init__(self, *entries: tuple[str, Callable[[], QColor]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.px(6))
        for text, colour in entries:
            row.addWidget(_Swatch(colour))
            row.addWidget(label(text, "faint"))


def of_handling() -> Legend:
    """What became of opinions and suggestions."""
    return Legend(
        ("办结", Part.MAIN.colour), ("办理中", Part.LIGHT.colour), ("逾期", Part.LATE.colour)
    )


class _Swatch(QWidget):
    def __init__(self, colour: Callable[[], QColor]) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedSize(style.px(10), style.px(10))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colour())
        painter.end()
