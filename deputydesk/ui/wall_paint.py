"""Painting the wall on a sheet of 1920 × 1080, which is stretched to the screen it hangs on."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPen

from deputydesk.ui import style
from deputydesk.ui.charts import CENTRE, LEFT, RIGHT, nice_scale
from deputydesk.ui.wall_pages import (
    HomesPage,
    Number,
    NumbersPage,
    RatesPage,
    SlogansPage,
    TrendPage,
    UnitsPage,
    WallPage,
)

WIDE, TALL = 1920, 1080
SHEET = QRectF(70, 190, WIDE - 140, TALL - 290)
"""Where the page's own contents stand."""

GROUND, FIELD, EDGE = "#0B1B33", "#12294A", "#21436F"
TEXT, SUB, GOLD, LIGHT = "#F2F6FC", "#9FB6D6", "#FFD27A", "#5EA8FF"
LATE, GREEN = "#FF8A78", "#59D39A"
HEAT = ("#17304F", "#1E4F55", "#25725F", "#2E9A6C", "#4FD08C")
GAP = 28
FULL = 360 * 16
"""A whole turn, in Qt's sixteenths of a degree."""


@cache
def font(size: int, *, bold: bool = False) -> QFont:
    """The window's face at a size of the sheet."""
    made = QFont()
    made.setFamilies(list(style.FAMILIES))
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def say(
    painter: QPainter,
    place: QRectF,
    text: str,
    size: int,
    colour: str = TEXT,
    align: Qt.AlignmentFlag = LEFT,
    *,
    bold: bool = False,
) -> None:
    """Write a text, smaller if it has no room, cut with … if it is still too long.

    Every word on the wall is written here.
    """
    smallest = max(20, size * 6 // 10)
    while size > smallest and _width(text, size, bold=bold) > place.width():
        size -= 2
    cut = QFontMetricsF(font(size, bold=bold)).elidedText(
        text, Qt.TextElideMode.ElideRight, place.width() + 1
    )
    painter.setFont(font(size, bold=bold))
    painter.setPen(QColor(colour))
    painter.drawText(place, align, cut)


def _width(text: str, size: int, *, bold: bool) -> float:
    return QFontMetricsF(font(size, bold=bold)).horizontalAdvance(text)


def paint(
    painter: QPainter, page: WallPage, *, head: str, foot: str, place: int, count: int
) -> None:
    """Paint one page with its head and foot."""
    ground = QLinearGradient(0, 0, 0, TALL)
    ground.setColorAt(0, QColor("#10284A"))
    ground.setColorAt(1, QColor(GROUND))
    painter.fillRect(QRectF(0, 0, WIDE, TALL), ground)
    say(painter, QRectF(70, 44, 1100, 90), page.title, 64, bold=True)
    say(painter, QRectF(1170, 50, WIDE - 1240, 80), head, 34, SUB, RIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(GOLD))
    painter.drawRoundedRect(QRectF(70, 146, 120, 6), 3, 3)
    if isinstance(page, SlogansPage):
        _slogans(painter, page)
    elif isinstance(page, NumbersPage):
        _numbers(painter, page)
    elif isinstance(page, RatesPage):
        _rates(painter, page)
    elif isinstance(page, TrendPage):
        _trend(painter, page)
    elif isinstance(page, HomesPage):
        _homes(painter, page)
    else:
        _units(painter, page)
    say(painter, QRectF(70, TALL - 70, 1300, 44), foot, 26, SUB)
    _dots(painter, place, count)


def _dots(painter: QPainter, place: int, count: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for number in range(count):
        painter.setBrush(QColor(GOLD if number == place else EDGE))
        painter.drawEllipse(QPointF(WIDE - 80 - (count - 1 - number) * 32, TALL - 48), 8, 8)


def _field(painter: QPainter, place: QRectF) -> None:
    painter.setPen(QPen(QColor(EDGE), 2))
    painter.setBrush(QColor(FIELD))
    painter.drawRoundedRect(place, 18, 18)


def _grid(count: int, columns: int, *, most: float = SHEET.height()) -> list[QRectF]:
    """Places for so many fields, row by row, none taller than `most`, in the middle."""
    rows = -(-count // columns)
    wide = (SHEET.width() - GAP * (columns - 1)) / columns
    tall = min(most, (SHEET.height() - GAP * (rows - 1)) / rows)
    top = SHEET.y() + (SHEET.height() - tall * rows - GAP * (rows - 1)) / 2
    return [
        QRectF(
            SHEET.x() + n % columns * (wide + GAP), top + n // columns * (tall + GAP), wide, tall
        )
        for n in range(count)
    ]


def _slogans(painter: QPainter, page: SlogansPage) -> None:
    columns = min(5, len(page.slogans))
    for place, (name, about, shown) in zip(
        _grid(len(page.slogans), columns), page.slogans, strict=True
    ):
        _field(painter, place)
        inside = place.adjusted(26, 26, -26, -26)
        say(
            painter,
            QRectF(inside.x(), inside.y(), inside.width(), 76),
            name,
            60,
            GOLD,
            CENTRE,
            bold=True,
        )
        below = QRectF(inside.x(), inside.y() + 84, inside.width(), 40)
        say(painter, below, about, 26, SUB, CENTRE)
        room = (inside.height() - 150) / max(1, len(shown))
        for number, figure in enumerate(shown):
            top = inside.y() + 150 + room * number
            _number(painter, QRectF(inside.x(), top, inside.width(), room), figure, 72)


def _numbers(painter: QPainter, page: NumbersPage) -> None:
    columns = 4 if len(page.numbers) > 3 else max(1, len(page.numbers))
    for place, number in zip(
        _grid(len(page.numbers), columns, most=420), page.numbers, strict=True
    ):
        _field(painter, place)
        _number(painter, place.adjusted(24, 20, -24, -20), number, 92)


def _number(painter: QPainter, place: QRectF, number: Number, size: int) -> None:
    """A big number over its name, in the middle of its place."""
    tall = size + 60 + (34 if number.note else 0)
    top = place.y() + (place.height() - tall) / 2
    big = QRectF(place.x(), top, place.width(), size + 16)
    say(painter, big, number.value, size, TEXT, CENTRE, bold=True)
    name = QRectF(place.x(), big.bottom(), place.width(), 44)
    say(painter, name, number.name, 32, SUB, CENTRE)
    if number.note:
        say(
            painter,
            QRectF(place.x(), name.bottom(), place.width(), 34),
            number.note,
            26,
            SUB,
            CENTRE,
        )


def _rates(painter: QPainter, page: RatesPage) -> None:
    for place, (name, percent, counts) in zip(
        _grid(len(page.rates), len(page.rates), most=620), page.rates, strict=True
    ):
        _field(painter, place)
        ring = min(place.width() - 90, 330)
        circle = QRectF(place.center().x() - ring / 2, place.y() + 60, ring, ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_ring(EDGE))
        painter.drawArc(circle, 0, FULL)
        if percent:
            painter.setPen(_ring(GREEN))
            painter.drawArc(circle, FULL // 4, -round(FULL * min(percent, 100) / 100))
        shown = "—" if percent is None else f"{percent:.1f}".removesuffix(".0") + "%"
        say(painter, circle.adjusted(36, 0, -36, 0), shown, 76, TEXT, CENTRE, bold=True)
        below = QRectF(place.x() + 20, circle.bottom() + 50, place.width() - 40, 56)
        say(painter, below, name, 40, TEXT, CENTRE)
        counted = QRectF(below.x(), below.bottom() + 6, below.width(), 44)
        say(painter, counted, counts, 30, SUB, CENTRE)


def _ring(colour: str) -> QPen:
    pen = QPen(QColor(colour), 34)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _trend(painter: QPainter, page: TrendPage) -> None:
    _field(painter, SHEET)
    colours = (LIGHT, GOLD)
    x = SHEET.x() + 40
    for (name, _), colour in zip(page.lines, colours, strict=False):
        painter.fillRect(QRectF(x, SHEET.y() + 40, 30, 30), QColor(colour))
        say(painter, QRectF(x + 44, SHEET.y() + 30, 400, 50), name, 34)
        x += 90 + _width(name, 34, bold=False)
    area = SHEET.adjusted(130, 120, -50, -80)
    top, step = nice_scale(max(value for _, values in page.lines for value in values))
    for mark in range(0, top + 1, step):
        y = area.bottom() - area.height() * mark / top
        painter.setPen(QPen(QColor(EDGE), 2))
        painter.drawLine(QPointF(area.x(), y), QPointF(area.right(), y))
        say(painter, QRectF(SHEET.x(), y - 22, 110, 44), str(mark), 28, SUB, RIGHT)
    room = area.width() / max(1, len(page.names))
    every = 1 if room > 80 else 2
    wide = min(46, room * 0.34)
    for number, name in enumerate(page.names):
        middle = area.x() + room * (number + 0.5)
        if number % every == 0:
            place = QRectF(middle - room * every / 2, area.bottom() + 14, room * every, 44)
            say(painter, place, name, 28, SUB, CENTRE)
        left = middle - wide * len(page.lines) / 2
        for which, (_, values) in enumerate(page.lines):
            tall = area.height() * values[number] / top
            bar = QRectF(left + which * wide, area.bottom() - tall, wide - 5, tall)
            painter.fillRect(bar, QColor(colours[which]))
            over = QRectF(bar.x() - 20, bar.y() - 34, bar.width() + 40, 32)
            if values[number] and every == 1:
                say(painter, over, str(values[number]), 24, TEXT, CENTRE)


def _homes(painter: QPainter, page: HomesPage) -> None:
    _field(painter, SHEET)
    names = 430
    area = SHEET.adjusted(40 + names, 74, -36, -24)
    wide = area.width() / max(1, len(page.months))
    tall = min(64.0, area.height() / max(1, len(page.homes)))
    for number, month in enumerate(page.months):
        place = QRectF(area.x() + wide * number, SHEET.y() + 18, wide, 50)
        say(painter, place, month, 28, SUB, CENTRE)
    for line, (name, values) in enumerate(page.homes):
        y = area.y() + tall * line
        say(painter, QRectF(SHEET.x() + 36, y, names - 12, tall), name, 30)
        for number, value in enumerate(values):
            cell = QRectF(area.x() + wide * number, y, wide, tall).adjusted(4, 4, -4, -4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(HEAT[min(len(HEAT) - 1, (value + 1) // 2 if value else 0)]))
            painter.drawRoundedRect(cell, 8, 8)
            if value:
                say(painter, cell, str(value), 28, TEXT, CENTRE, bold=True)


def _units(painter: QPainter, page: UnitsPage) -> None:
    _field(painter, SHEET)
    _unit_legend(painter)
    area = SHEET.adjusted(480, 100, -300, -30)
    most = max(sum(parts) for _, *parts in page.units) or 1
    tall = min(84.0, area.height() / len(page.units))
    for line, (name, *parts) in enumerate(page.units):
        y = area.y() + tall * line
        say(painter, QRectF(SHEET.x() + 30, y, 420, tall), name, 32, TEXT, RIGHT)
        x = area.x()
        for part, colour in zip(parts, (LIGHT, "#2F5E96", LATE), strict=True):
            wide = area.width() * part / most
            painter.fillRect(QRectF(x, y + tall * 0.24, wide, tall * 0.52), QColor(colour))
            x += wide
        late = parts[-1]
        note = f"{sum(parts)} 件" + (f" · 逾期 {late}" if late else "")
        say(painter, QRectF(x + 18, y, 280, tall), note, 30, LATE if late else SUB)


def _unit_legend(painter: QPainter) -> None:
    entries: Sequence[tuple[str, str]] = (("办结", LIGHT), ("办理中", "#2F5E96"), ("逾期", LATE))
    for number, (name, colour) in enumerate(entries):
        x = SHEET.x() + 480 + number * 190
        painter.fillRect(QRectF(x, SHEET.y() + 40, 28, 28), QColor(colour))
        say(painter, QRectF(x + 40, SHEET.y() + 30, 140, 48), name, 30, SUB)
