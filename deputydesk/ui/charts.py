"""Pictures of numbers, painted by hand; each says its numbers to a screen reader too."""

import math
from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
)

from deputydesk.late import dataclass, override
from deputydesk.ui import style
from deputydesk.ui.chart import WalkedChart, fitting
from deputydesk.ui.style import Tone

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


class Part(StrEnum):
    """What a piece of a bar stands for; late is red, and nothing else is."""

    MAIN = "main"
    LIGHT = "light"
    LATE = "late"

    def colour(self) -> QColor:
        """The colour in the theme."""
        c = style.theme()
        return QColor({"main": c.bar, "light": c.bar2, "late": style.ink(Tone.RED).text}[self])


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write a text into a rectangle, cut with … if it is too long."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
    painter.drawText(rect, align, cut)


class Bars(WalkedChart):
    """Upright bars, one or two series, the newest with its number; a click picks a place."""

    picked = Signal(int)
    """The place that was clicked, from the left."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._labels: tuple[str, ...] = ()
        self._series: tuple[tuple[int, ...], ...] = ()
        self.setMinimumHeight(style.px(62))

    def set_series(self, labels: Sequence[str], *series: tuple[str, Sequence[int]]) -> None:
        """Show these series, each with its name."""
        self._labels = tuple(labels)
        self._series = tuple(tuple(values) for _, values in series)
        self.say(
            "；".join(
                f"{at} " + "、".join(f"{name}{values[i]}" for name, values in series)
                for i, at in enumerate(labels)
            )
        )

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        area = self._area()
        place = int((event.position().x() - area.x()) // (area.width() / max(1, len(self._labels))))
        if 0 <= place < len(self._labels):
            self.picked.emit(place)

    @override
    def shape(self) -> tuple[int, int]:
        return 1, len(self._labels)

    @override
    def spot(self, line: int, place: int) -> QRectF:
        area = self._area()
        room = area.width() / max(1, len(self._labels))
        return QRectF(area.x() + room * place, 0, room, self.height())

    @override
    def words(self, line: int, place: int) -> str:
        return self.accessibleDescription().split("；")[place]

    @override
    def choose(self, line: int, place: int) -> None:
        self.picked.emit(place)

    def _area(self) -> QRectF:
        px = style.px
        return QRectF(px(32), px(12), self.width() - px(34), self.height() - px(34))

    @override
    def draw(self, painter: QPainter) -> None:
        c, px = style.theme(), style.px
        area = self._area()
        top, step = nice_scale(max((max(values, default=0) for values in self._series), default=0))
        small = style.font(11)
        for mark in range(0, top + 1, step):
            y = round(area.bottom() - area.height() * mark / top) + 0.5
            painter.setPen(QPen(QColor(c.line2 if mark else c.line), 1))
            painter.drawLine(QPointF(area.x(), y), QPointF(area.right(), y))
            place = QRectF(0, y - px(9), area.x() - px(6), px(18))
            write(painter, place, str(mark), small, c.faint, RIGHT)
        room = area.width() / max(1, len(self._labels))
        for i, text in enumerate(fitting(self._labels, room, small)):
            middle = area.x() + room * (i + 0.5)
            width = QFontMetricsF(small).horizontalAdvance(text)
            left = min(middle - width / 2, self.width() - width - 1)
            place = QRectF(left, area.bottom() + px(3), width, px(18))
            write(painter, place, text, small, c.faint, CENTRE)
            self._bars_at(painter, area, i, middle, room, top)

    def _bars_at(
        self, painter: QPainter, area: QRectF, i: int, middle: float, room: float, top: int
    ) -> None:
        wide = min(style.px(15), room * 0.3)
        left = middle - wide * len(self._series) / 2 - (len(self._series) - 1)
        for number, values in enumerate(self._series):
            tall = area.height() * values[i] / top
            bar = QRectF(left + number * (wide + 2), area.bottom() - tall, wide, tall)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush((Part.MAIN, Part.LIGHT)[number].colour())
            painter.save()
            painter.setClipRect(bar.adjusted(-1, -1, 1, 0))
            painter.drawRoundedRect(bar.adjusted(0, 0, 0, 4), 2.5, 2.5)
            painter.restore()
            if number == 0 and i == len(self._labels) - 1:
                place = QRectF(
                    bar.center().x() - room / 2, bar.y() - style.px(17), room, style.px(15)
                )
                bold = style.font(11, bold=True)
                write(painter, place, str(values[i]), bold, style.theme().text, CENTRE)


def nice_scale(highest: int) -> tuple[int, int]:
    """The end of an axis and the step between its marks, in round numbers: (200, 50)."""
    if highest <= 0:
        return 4, 1
    power = 10 ** math.floor(math.log10(highest))
    for factor in (1, 2, 5, 10):
        step = max(1, power * factor // 5)
        if step * 5 >= highest:
            return step * math.ceil(highest / step), step
    return power * 10, power * 2


@dataclass(frozen=True)
class StackedBar:
    """A lying bar: who, its pieces from left to right, and words behind it."""

    name: str
    pieces: tuple[tuple[Part, int], ...]
    note: str


class StackedBars(WalkedChart):
    """Lying bars of several pieces, one below the other; a click picks one."""

    picked = Signal(int)
    """The place of the bar that was clicked, from the top."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._bars: tuple[StackedBar, ...] = ()
        self.setMinimumHeight(style.px(62))

    def set_bars(self, bars: Sequence[StackedBar]) -> None:
        """Show these bars."""
        self._bars = tuple(bars)
        self.say("；".join(f"{bar.name} {bar.note}" for bar in bars))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        shown, tall = self._lines()
        place = int(event.position().y() // tall)
        if 0 <= place < len(shown):
            self.picked.emit(place)

    @override
    def shape(self) -> tuple[int, int]:
        return (len(self._lines()[0]), 1) if self._bars else (0, 0)

    @override
    def spot(self, line: int, place: int) -> QRectF:
        tall = self._lines()[1]
        return QRectF(0, tall * line, self.width(), tall)

    @override
    def words(self, line: int, place: int) -> str:
        return f"{self._bars[line].name} {self._bars[line].note}"

    @override
    def choose(self, line: int, place: int) -> None:
        self.picked.emit(line)

    def _lines(self) -> tuple[tuple[StackedBar, ...], float]:
        """The bars that have room, and how tall the place of each is."""
        shown = self._bars[: max(1, self.height() // style.px(18))]
        return shown, min(self.height() / max(1, len(shown)), style.px(36))

    @override
    def draw(self, painter: QPainter) -> None:
        c, px = style.theme(), style.px
        names = QFontMetricsF(style.font(12))
        widest = max((names.horizontalAdvance(bar.name) for bar in self._bars), default=0)
        left, right = min(widest + px(10), self.width() * 0.4), px(104)
        most = max((sum(n for _, n in bar.pieces) for bar in self._bars), default=0) or 1
        shown, tall = self._lines()
        width = self.width() - left - right
        for number, bar in enumerate(shown):
            middle = tall * (number + 0.5)
            place = QRectF(0, middle - px(10), left - px(8), px(20))
            write(painter, place, bar.name, style.font(12), c.text, RIGHT)
            thick = min(px(12), tall * 0.55)
            x = float(left)
            clip = QPainterPath()
            whole = width * sum(n for _, n in bar.pieces) / most
            clip.addRoundedRect(QRectF(left, middle - thick / 2, whole, thick), 3, 3)
            painter.save()
            painter.setClipPath(clip)
            for part, n in bar.pieces:
                piece = width * n / most
                painter.fillRect(QRectF(x, middle - thick / 2, piece, thick), part.colour())
                x += piece
            painter.restore()
            is_late = any(part is Part.LATE and n for part, n in bar.pieces)
            ink = style.ink(Tone.RED).text if is_late else c.sub
            place = QRectF(x + px(8), middle - px(10), right - px(8), px(20))
            write(painter, place, bar.note, style.font(11.5), ink)


@dataclass(frozen=True)
class HeatRow:
    """A line of a heat matrix: its name, a number for each column (None: not yet), a warning."""

    id: str
    name: str
    values: tuple[int | None, ...]
    warning: str = ""


def heat(value: int) -> int:
    """Which of the five greens a count gets: 0, 1–2, 3–4, 5–6, 7 and more."""
    return 0 if value <= 0 else min(4, (value + 1) // 2)


class HeatMatrix(WalkedChart):
    """Counts by row and column, the more the greener; a click on a row picks it.

    Args:
        name: what it is called.
        row_height: in standard pixels.
        names_width: room for the names, in standard pixels.
        least: so many rows are always in sight, the others where there is room; 0: all of them.
    """

    picked = Signal(str)
    """The id of the row that was clicked."""
    picked_cell = Signal(str, int)
    """The id of the row and the place of the column, if a number was clicked."""

    def __init__(
        self, name: str, *, row_height: int = 22, names_width: int = 132, least: int = 0
    ) -> None:
        super().__init__(name)
        self._rows: tuple[HeatRow, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._tail = ""
        self._row_height = row_height
        self._names_width = names_width
        self._least = least

    def set_rows(self, columns: Sequence[str], rows: Sequence[HeatRow], *, tail: str = "") -> None:
        """Show these rows; `tail` heads the warnings at the right."""
        self._columns, self._rows, self._tail = tuple(columns), tuple(rows), tail
        least = min(self._least or len(rows), len(rows))
        self.setMinimumHeight(style.px(self._row_height) * least + style.px(22))
        self.say("；".join(f"{row.name} {_spoken(row, columns)}" for row in rows))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        shown, tall = self._lines()
        place = int((event.position().y() - style.px(22)) // tall)
        if 0 <= place < len(shown):
            self.picked.emit(shown[place].id)
            names, wide = self._columns_at()
            column = int((event.position().x() - names) // wide)
            if 0 <= column < len(self._columns):
                self.picked_cell.emit(shown[place].id, column)

    @override
    def shape(self) -> tuple[int, int]:
        return (len(self._lines()[0]), len(self._columns)) if self._rows else (0, 0)

    @override
    def spot(self, line: int, place: int) -> QRectF:
        (names, wide), tall = self._columns_at(), self._lines()[1]
        return QRectF(names + wide * place, style.px(22) + tall * line, wide, tall)

    @override
    def words(self, line: int, place: int) -> str:
        row, value = self._rows[line], self._rows[line].values[place]
        said = "还没有" if value is None else str(value)
        return f"{row.name} {self._columns[place]} {said} {row.warning}".strip()

    @override
    def choose(self, line: int, place: int) -> None:
        self.picked.emit(self._rows[line].id)
        self.picked_cell.emit(self._rows[line].id, place)

    def _columns_at(self) -> tuple[int, float]:
        """Where the columns begin, and how wide each is."""
        tail = style.px(66) if self._tail else 0
        metrics = QFontMetricsF(style.font(12))
        needed = max((metrics.horizontalAdvance(row.name) for row in self._rows), default=0)
        names = min(style.px(self._names_width), round(needed) + style.px(16))
        return names, (self.width() - names - tail) / max(1, len(self._columns))

    def _lines(self) -> tuple[tuple[HeatRow, ...], float]:
        """The rows that have room, and how tall each is."""
        room, tall = self.height() - style.px(22), style.px(self._row_height)
        shown = self._rows[: max(1, room // tall)]
        return shown, min(room / max(1, len(shown)), tall * 1.5)

    @override
    def draw(self, painter: QPainter) -> None:
        px = style.px
        tail = px(66) if self._tail else 0
        names, wide = self._columns_at()
        self._draw_heads(painter, names, tail, wide)
        shown, tall = self._lines()
        for number, row in enumerate(shown):
            y = px(22) + tall * number
            place = QRectF(0, y, names - 8, tall)
            write(painter, place, row.name, style.font(12), style.theme().text)
            for column, value in enumerate(row.values):
                cell = QRectF(names + wide * column, y, wide, tall).adjusted(1.5, 1.5, -1.5, -1.5)
                _heat_cell(painter, cell, value)
            if tail:
                end = QRectF(self.width() - tail, y, tail, tall)
                ink = style.ink(Tone.AMBER).text if row.warning else style.theme().faint
                write(painter, end, row.warning or "—", style.font(11), ink, CENTRE)

    def _draw_heads(self, painter: QPainter, names: int, tail: int, wide: float) -> None:
        small, faint = style.font(11), style.theme().faint
        for number, text in enumerate(fitting(self._columns, wide, small)):
            width = max(wide, QFontMetricsF(small).horizontalAdvance(text))
            left = names + wide * (number + 0.5) - width / 2
            place = QRectF(left, 0, width, style.px(18))
            write(painter, place, text, small, faint, CENTRE)
        end = QRectF(self.width() - tail, 0, tail, style.px(18))
        write(painter, end, self._tail, small, faint, CENTRE)


def _spoken(row: HeatRow, columns: Sequence[str]) -> str:
    pairs = zip(columns, row.values, strict=True)
    return "、".join(f"{at}{value}" for at, value in pairs if value is not None)


def _heat_cell(painter: QPainter, cell: QRectF, value: int | None) -> None:
    c = style.theme()
    if value is None:
        painter.setPen(QPen(QColor(c.line), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cell, 3, 3)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.heat[heat(value)]))
    painter.drawRoundedRect(cell, 3, 3)
    if cell.width() > style.px(9) and cell.height() > style.px(12):
        write(painter, cell, str(value), style.font(11), c.on_heat[heat(value)], CENTRE)
