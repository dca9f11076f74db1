"""What the colours of a chart stand for."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.charts import Part
from deputydesk.ui.parts import label


class Legend(QWidget):
    """What the colours of a chart stand for."""

    def __init__(self, *entries: tuple[str, Part]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.px(6))
        for text, part in entries:
            row.addWidget(_Swatch(part))
            row.addWidget(label(text, "faint"))


class _Swatch(QWidget):
    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part
        self.setFixedSize(style.px(10), style.px(10))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._part.colour())
        painter.end()
