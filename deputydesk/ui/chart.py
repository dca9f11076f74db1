"""What every picture of numbers has in common: a name, its numbers in words, ways by keys."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from deputydesk.late import override
from deputydesk.ui import style

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def fitting(labels: Sequence[str], room: float, font: QFont) -> list[str]:
    """The names of places side by side as they fit: 1月, 2月; or 1, 2; or only some of these.

    The last one always stands; those left out are empty.
    """
    metrics, gap = QFontMetricsF(font), style.px(3)
    texts, widest = list(labels), 0.0
    for shown in (texts, [text.removesuffix("月") for text in texts]):
        texts, widest = shown, max(map(metrics.horizontalAdvance, shown), default=0) + gap
        if widest <= room:
            return texts
    every = math.ceil(widest / max(room, 1.0))
    return [text if (len(texts) - 1 - i) % every == 0 else "" for i, text in enumerate(texts)]


class Chart(QWidget):
    """A painted widget with a name; subclasses paint in `draw`."""

    spoken_as = QAccessible.Role.Chart

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(name)

    def say(self, numbers: str) -> None:
        """Tell the numbers to a screen reader, and paint them."""
        self.setAccessibleDescription(numbers)
        self.update()

    def spoken_value(self) -> str:
        """What the place says at which the keys are; empty where there is none."""
        return ""

    def draw(self, painter: QPainter) -> None:
        """Paint."""
        raise NotImplementedError

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        painter.end()


class WalkedChart(Chart):
    """A chart whose bars or cells are gone through with the arrows and opened with Enter."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._line, self._place = 0, 0

    @override
    def say(self, numbers: str) -> None:
        """Tell the numbers; without any there is nothing to go to."""
        policy = Qt.FocusPolicy.TabFocus if numbers else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        super().say(numbers)

    def shape(self) -> tuple[int, int]:
        """How many lines there are in sight, and places in each."""
        raise NotImplementedError

    def spot(self, line: int, place: int) -> QRectF:
        """Where a place is painted."""
        raise NotImplementedError

    def words(self, line: int, place: int) -> str:
        """What a place says."""
        raise NotImplementedError

    def choose(self, line: int, place: int) -> None:
        """Tell that somebody wants to see what is behind a place."""
        raise NotImplementedError

    @override
    def spoken_value(self) -> str:
        return self.words(*self.at) if all(self.shape()) else ""

    @property
    def at(self) -> tuple[int, int]:
        """The line and the place at which the keys are."""
        lines, places = self.shape()
        return min(self._line, max(0, lines - 1)), min(self._place, max(0, places - 1))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        (line, place), (lines, places) = self.at, self.shape()
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not lines * places:
            super().keyPressEvent(event)
        elif key in _STEPS:
            down, right = _STEPS[key]
            self._go(min(max(0, line + down), lines - 1), min(max(0, place + right), places - 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            is_home = key == Qt.Key.Key_Home
            if places > 1:
                self._go(line, 0 if is_home else places - 1)
            else:
                self._go(0 if is_home else lines - 1, place)
        elif key in _OPEN:
            self.choose(line, place)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._go(*self.at)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and all(self.shape()):
            painter = QPainter(self)
            paint_ring(painter, self.spot(*self.at))
            painter.end()

    def _go(self, line: int, place: int) -> None:
        self._line, self._place = line, place
        self.update()
        if not all(self.shape()):
            return
        spot, up = self.spot(line, place).center().toPoint(), self.parentWidget()
        while up is not None:
            inside = up.widget() if isinstance(up, QScrollArea) else None
            if isinstance(up, QScrollArea) and inside:
                within = self.mapTo(inside, spot)
                up.ensureVisible(within.x(), within.y())
            up = up.parentWidget()
        said = QAccessibleAnnouncementEvent(self, self.words(line, place))
        QAccessible.updateAccessibility(said)


def paint_ring(painter: QPainter, around: QRectF) -> None:
    """Show that the keys are here."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(style.theme().accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(around.adjusted(1, 1, -1, -1), 4, 4)
