"""A month as a sheet of days, with what is planned on each; walked through with the arrow keys."""

from calendar import Calendar as Weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from typing_extensions import override

from deputydesk.rules.calendar import Calendar
from deputydesk.rules.deadlines import chinese
from deputydesk.ui import style
from deputydesk.ui.chart import Chart, paint_ring
from deputydesk.ui.charts import CENTRE, RIGHT, write
from deputydesk.ui.style import Tone

HEADS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
HEAD, LINE = 24, 17
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


@dataclass(frozen=True)
class Mark:
    """One thing on a day: a few words and the colour of its state."""

    text: str
    tone: Tone


class MonthGrid(Chart):
    """A month, Monday first.

    Arrows move by a day and a week, PageUp and PageDown by a month, Enter opens the day.
    """

    picked = Signal(object)
    """The day at which the user is."""
    opened = Signal(object)
    """The day on which the user pressed Enter or clicked twice."""

    def __init__(self, name: str, calendar: Calendar, today: date) -> None:
        super().__init__(name)
        self._calendar = calendar
        self._today = today
        self._at = today
        self._marks: Mapping[date, Sequence[Mark]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(style.px(300))

    @property
    def day(self) -> date:
        """The day at which the user is."""
        return self._at

    @override
    def spoken_value(self) -> str:
        return self.accessibleDescription()

    def set_marks(self, marks: Mapping[date, Sequence[Mark]]) -> None:
        """Show what is planned, by day."""
        self._marks = marks
        self._say_day()

    def go(self, day: date) -> None:
        """Go to a day; its month is shown."""
        self._at = day
        self._say_day()
        self.picked.emit(day)

    def turn(self, months: int) -> None:
        """Go to the same day some months on, or that month's last."""
        year, month = divmod(self._at.year * 12 + self._at.month - 1 + months, 12)
        last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        self.go(date(year, month + 1, min(self._at.day, last)))

    @override
    def sizeHint(self) -> QSize:
        return QSize(style.px(640), style.px(460))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.go(self._at + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.setFocus()
        day = self._day_at(event.position())
        if day is not None:
            self.go(day)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self._day_at(event.position()) is not None:
            self.opened.emit(self._at)

    @override
    def draw(self, painter: QPainter) -> None:
        c = style.theme()
        weeks = self._weeks()
        wide, tall = self._cell_size(len(weeks))
        for number, text in enumerate(HEADS):
            place = QRectF(number * wide, 0, wide, style.px(HEAD))
            write(painter, place, text, style.font(12), c.sub, CENTRE)
        for row, week in enumerate(weeks):
            for column, day in enumerate(week):
                x, y = column * wide, style.px(HEAD) + row * tall
                self._draw_day(painter, QRectF(x, y, wide, tall).adjusted(1, 1, -1, -1), day)

    def _draw_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        c = style.theme()
        is_mine = day.month == self._at.month
        rests = not self._calendar.is_workday(day)
        is_at = day == self._at
        painter.setPen(QPen(QColor(c.accent if is_at else c.line2), 1))
        painter.setBrush(QColor(c.sel if is_at else c.alt if rests else c.surface))
        painter.drawRoundedRect(cell, 4, 4)
        if is_at and self.hasFocus():
            paint_ring(painter, cell)
        inside = cell.adjusted(style.px(6), style.px(3), -style.px(6), -style.px(2))
        head = QRectF(inside.x(), inside.y(), inside.width(), style.px(LINE))
        colour = c.accent if day == self._today else c.text if is_mine else c.faint
        write(painter, head, str(day.day), style.font(12.5, bold=day == self._today), colour)
        note = self._note(day)
        if note and is_mine:
            write(painter, head, note, style.font(11), c.faint, RIGHT)
        if is_mine:
            self._draw_marks(painter, inside, self._marks.get(day, ()))

    def _draw_marks(self, painter: QPainter, inside: QRectF, marks: Sequence[Mark]) -> None:
        line = style.px(LINE)
        room = max(0, int((inside.height() - line) // line))
        shown = marks if len(marks) <= room else marks[: max(0, room - 1)]
        y = inside.y() + line
        for mark in shown:
            ink = style.ink(mark.tone)
            dot = QRectF(inside.x(), y + line / 2 - 3, 6, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ink.text))
            painter.drawEllipse(dot)
            place = QRectF(inside.x() + 10, y, inside.width() - 10, line)
            write(painter, place, mark.text, style.font(11.5), ink.text)
            y += line
        if len(shown) < len(marks) and room:
            place = QRectF(inside.x() + 10, y, inside.width() - 10, line)
            more = f"共 {len(marks)} 家" if not shown else f"还有 {len(marks) - len(shown)} 家"
            write(painter, place, more, style.font(11.5), style.theme().sub)

    def _note(self, day: date) -> str:
        if day in self._calendar.holidays:
            return self._calendar.holidays[day]
        return "班" if self._calendar.is_moved_workday(day) else ""

    def _weeks(self) -> list[list[date]]:
        return Weeks().monthdatescalendar(self._at.year, self._at.month)

    def _cell_size(self, weeks: int) -> tuple[float, float]:
        return self.width() / len(HEADS), (self.height() - style.px(HEAD)) / weeks

    def _day_at(self, place: QPointF) -> date | None:
        weeks = self._weeks()
        wide, tall = self._cell_size(len(weeks))
        row, column = int((place.y() - style.px(HEAD)) // tall), int(place.x() // wide)
        if 0 <= row < len(weeks) and 0 <= column < len(HEADS):
            return weeks[row][column]
        return None

    def _say_day(self) -> None:
        marks = self._marks.get(self._at, ())
        said = "、".join(mark.text for mark in marks) or "没有安排"
        self.say(f"{chinese(self._at)} {self._calendar.describe(self._at)}：{said}")
