"""What happened, day by day, along a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.parts import label

SHORT = 8
"""Characters of a name that stand in one line."""


@dataclass(frozen=True)
class Line:
    """Something that happened: when, what, by whom."""

    when: str
    text: str
    who: str = ""


class _Rail(QWidget):
    """The piece of the line beside an event, with its dot; the newest one is full."""

    def __init__(self, *, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self._is_first = is_first
        self._is_last = is_last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @override
    def sizeHint(self) -> QSize:
        return QSize(style.px(14), style.px(22))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        c = style.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, at = self.width() / 2, style.px(9)
        painter.setPen(QPen(QColor(c.line), 2))
        if not self._is_first:
            painter.drawLine(QPointF(middle, 0), QPointF(middle, at))
        if not self._is_last:
            painter.drawLine(QPointF(middle, at), QPointF(middle, self.height()))
        painter.setPen(QPen(QColor(c.accent), 2))
        painter.setBrush(QColor(c.accent if self._is_first else c.surface))
        painter.drawEllipse(QPointF(middle, at), style.px(4), style.px(4))


class Timeline(QWidget):
    """Events, the newest first.

    Args:
        lines: what happened, in order of time.
        empty: what to say if nothing did.
    """

    def __init__(self, lines: Sequence[Line], *, empty: str) -> None:
        super().__init__()
        if not lines:
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(label(empty, "sub"))
            return
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.px(8))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        newest_first = list(reversed(lines))
        for row, line in enumerate(newest_first):
            self._add(grid, row, line, is_last=row == len(lines) - 1)

    def _add(self, grid: QGridLayout, row: int, line: Line, *, is_last: bool) -> None:
        top = Qt.AlignmentFlag.AlignTop
        when = label(line.when, "faint")
        when.setContentsMargins(0, style.px(1), 0, 0)
        text = label(line.text)
        text.setWordWrap(True)
        text.setContentsMargins(0, 0, 0, style.px(7))
        who = label(line.who, "faint")
        who.setMaximumWidth(style.px(130))
        who.setWordWrap(len(line.who) > SHORT)
        grid.addWidget(when, row, 0, top)
        grid.addWidget(_Rail(is_first=row == 0, is_last=is_last), row, 1)
        grid.addWidget(text, row, 2, top)
        grid.addWidget(who, row, 3, top)
