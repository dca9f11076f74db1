"""Cards with one important number each."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QWidget,
)

from deputydesk.late import dataclass, override
from deputydesk.ui import style
from deputydesk.ui.chart import paint_ring
from deputydesk.ui.charts import Part, write
from deputydesk.ui.style import Tone


@dataclass(frozen=True)
class KpiNumbers:
    """What a card says: a big number, what it counts, and how it stands."""

    title: str
    value: str
    unit: str = ""
    note: str = ""
    tone: Tone | None = None
    """Of the note: green is well, red is overdue."""
    is_late: bool = False
    """The number itself counts what is overdue."""
    trend: tuple[int, ...] = ()


class Kpi(QAbstractButton):
    """A card with one important number; a click or Enter opens what it counts."""

    def __init__(self, numbers: KpiNumbers) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.set_numbers(numbers)

    def set_numbers(self, numbers: KpiNumbers) -> None:
        """Show other numbers."""
        self._numbers = numbers
        self.setAccessibleName(f"{numbers.title} {numbers.value}{numbers.unit}，按 Enter 看明细")
        self.setAccessibleDescription(numbers.note)
        self.setToolTip(f"{numbers.title} {numbers.value}{numbers.unit}\n{numbers.note}".strip())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(style.px(150), style.px(98))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(style.px(98), style.px(90))

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(e)

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        c, n, px = style.theme(), self._numbers, style.px
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()))
        margin, width, height = px(14), self.width(), self.height()
        inside = width - 2 * margin
        title = QRectF(margin, px(10), width - 1.5 * margin, px(18))
        write_whole(painter, title, n.title, (12.5, 11.5, 10.5, 9.5), c.sub)
        big = fitting(n.value, inside - QFontMetricsF(style.font(12.5)).horizontalAdvance(n.unit))
        colour = style.ink(Tone.RED).text if n.is_late else c.text
        write(painter, QRectF(margin, px(29), inside, px(36)), n.value, big, colour)
        beside = margin + QFontMetricsF(big).horizontalAdvance(n.value) + px(4)
        unit = QRectF(beside, px(38), max(0, width - beside - 4), px(22))
        write(painter, unit, n.unit, style.font(12.5), c.sub)
        note = style.ink(n.tone).text if n.tone else c.sub
        below = QRectF(margin, height - px(29), width - 1.5 * margin, px(18))
        write_whole(painter, below, n.note, (12, 11, 10), note)
        unit_end = beside + QFontMetricsF(style.font(12.5)).horizontalAdvance(n.unit)
        if len(n.trend) > 1 and unit_end + px(68) + margin < width:
            _trend(painter, QRectF(width - margin - px(62), px(36), px(62), px(24)), n)


def write_whole(
    painter: QPainter, rect: QRectF, text: str, sizes: Sequence[float], colour: str
) -> None:
    """Write a text in the largest of some sizes in which it has room; cut only at the last."""
    fonts = [style.font(size) for size in sizes]
    room = rect.width() + 1
    fits = (f for f in fonts if QFontMetricsF(f).horizontalAdvance(text) <= room)
    write(painter, rect, text, next(fits, fonts[-1]), colour)


def fitting(text: str, room: float, sizes: Sequence[int] = (26, 22, 18)) -> QFont:
    """The largest font for a big number in which the text has room."""
    fonts = [style.font(size, bold=True) for size in sizes]
    fitting = (f for f in fonts if QFontMetricsF(f).horizontalAdvance(text) + style.px(6) < room)
    return next(fitting, fonts[-1])


def _trend(painter: QPainter, area: QRectF, numbers: KpiNumbers) -> None:
    values = numbers.trend
    low, high = 0, max(values)  # from zero, or a hair's breadth looks like a fall
    step = area.width() / (len(values) - 1)
    points = [
        QPointF(
            area.x() + step * i, area.bottom() - (v - low) / ((high - low) or 1) * area.height()
        )
        for i, v in enumerate(values)
    ]
    line = QPainterPath(points[0])
    for point in points[1:]:
        line.lineTo(point)
    below = QPainterPath(line)
    below.lineTo(area.bottomRight())
    below.lineTo(area.bottomLeft())
    colour = (Part.LATE if numbers.is_late else Part.MAIN).colour()
    shade = QColor(colour)
    shade.setAlpha(30)
    painter.fillPath(below, shade)
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(line)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(points[-1], 2.6, 2.6)


class KpiRow(QWidget):
    """Cards side by side that make room where the window is low: a list needs it more.

    Args:
        kpis: the cards.
        least: height of what holds them, in standard pixels, from which on they are shown.
    """

    def __init__(self, kpis: Sequence[Kpi], *, least: int) -> None:
        super().__init__()
        self._least = least
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.px(8))
        for kpi in kpis:
            row.addWidget(kpi)

    def make_room(self, height: int) -> None:
        """Be there, or not, in something so high."""
        self.setVisible(height >= style.px(self._least))
