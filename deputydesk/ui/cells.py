"""Paints a table's cells: how texts fit and pills are kept, so that a page repaints in 5 ms."""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from math import inf

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from deputydesk.late import override
from deputydesk.ui import style
from deputydesk.ui.style import Tone

ROW_HEIGHT = 33
PADDING = 8
NOWHERE = QModelIndex()
_USUAL = re.compile("[ -~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]*")
"""Texts of ASCII and of Chinese with its punctuation."""


class Cell:
    """What stands in a cell and how it is shown."""

    __slots__ = ("is_alert", "is_right", "share", "text", "tone")

    def __init__(
        self,
        text: str,
        tone: Tone | None,
        *,
        is_alert: bool,
        is_right: bool,
        share: float | None = None,
    ) -> None:
        self.text = text
        self.tone = tone
        self.is_alert = is_alert
        self.is_right = is_right
        self.share = share


def width_of(cell: Cell) -> int:
    """Pixels a column needs to show the cell uncut; a bar takes what it gets."""
    if not cell.text or cell.share is not None:
        return 0
    return _width_of(cell.text, style.scale(), cell.tone is not None, cell.is_alert)


def most_of(cell: Cell) -> float:
    """Pixels that surely suffice for the cell uncut; the text is not laid out for that."""
    if not cell.text or cell.share is not None:
        return 0
    return _most_of(cell.text, is_bold=cell.is_alert) + style.px(PADDING) * 3 + 2


def _most_of(text: str, *, is_bold: bool) -> float:
    """As wide as high is the widest sign of Chinese, and of what is written along with it."""
    is_known = not is_bold and _USUAL.fullmatch(text) is not None
    return len(text) * style.px(style.TEXT) if is_known else inf


@lru_cache(maxsize=8000)
def _width_of(text: str, scale: float, is_pill: bool, is_bold: bool) -> int:  # noqa: FBT001 - cached
    metrics = _metrics(scale, is_pill=is_pill, is_bold=is_bold)
    beside = style.px(PADDING) * (3 if is_pill else 2) + 2
    return metrics.horizontalAdvance(" ".join(text.split())) + beside


@cache
def _metrics(scale: float, *, is_pill: bool, is_bold: bool) -> QFontMetrics:
    del scale
    return QFontMetrics(style.font(12) if is_pill else style.font(bold=is_bold))


class CellPainter(QStyledItemDelegate):
    """Paints the cells of a table: text, red text for what is overdue, pills for states, bars.

    Args:
        table: the view.
        cell: gives what stands in a row and a column, without a detour through Qt.
    """

    def __init__(self, table: QTableView, cell: Callable[[int, int], Cell]) -> None:
        super().__init__(table)
        self._table = table
        self._cell = cell

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        c = style.theme()
        rect: QRect = option.rect
        row, column = index.row(), index.column()
        # Asked of the model, since naming QStyle's flags costs the start a fiftieth of a second.
        if self._table.selectionModel().isRowSelected(row, NOWHERE):
            painter.fillRect(rect, colour(c.sel))
            if column == 0:
                painter.fillRect(rect.x(), rect.y(), 3, rect.height(), colour(c.accent))
        elif row % 2:
            painter.fillRect(rect, colour(c.alt))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour(c.line2))
        cell = self._cell(row, column)
        if cell.text:
            paint_cell(painter, rect, cell)

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(style.px(100), style.px(ROW_HEIGHT))


def paint_row(
    painter: QPainter, top: int, height: int, cells: Iterable[tuple[int, int, Cell]]
) -> None:
    """Paint the cells of a row, each with its left edge and width.

    To set a font takes as long as to draw a short text, so it is set once for all that are plain.
    """
    others: list[tuple[int, int, Cell]] = []
    _set_ink(painter, is_alert=False)
    for left, width, cell in cells:
        if cell.tone is None and cell.share is None and not cell.is_alert:
            _draw_text(painter, left, top, width, height, cell)
        elif cell.text:
            others.append((left, width, cell))
    for left, width, cell in others:
        paint_cell(painter, QRect(left, top, width, height), cell)


def paint_cell(painter: QPainter, rect: QRect, cell: Cell) -> None:
    """Paint what stands in a cell, on whatever ground it has."""
    if cell.share is not None:
        _paint_bar(painter, rect, cell, cell.share)
    elif cell.tone is None:
        _paint_text(painter, rect, cell)
    else:
        _paint_pill(painter, rect, cell.text, cell.tone)


@cache
def colour(name: str) -> QColor:
    """A colour of the theme; do not change what you get."""
    return QColor(name)  # `cache(QColor)` would have PySide6 put its help text together: 40 ms


def _paint_text(painter: QPainter, rect: QRect, cell: Cell) -> None:
    _set_ink(painter, is_alert=cell.is_alert)
    _draw_text(painter, rect.x(), rect.y(), rect.width(), rect.height(), cell)


def _set_ink(painter: QPainter, *, is_alert: bool) -> None:
    painter.setFont(style.font(bold=is_alert))
    painter.setPen(colour(style.ink(Tone.RED).text if is_alert else style.theme().text))


def _draw_text(painter: QPainter, left: int, top: int, width: int, height: int, cell: Cell) -> None:
    padding = style.px(PADDING)
    room = width - 2 * padding
    if room > 0:
        text, wide, high, ascent = _fitted(
            cell.text, room, style.scale(), cell.is_alert, cell.is_right
        )
        indent = width - 1 - padding - wide if cell.is_right else padding
        painter.drawText(left + indent, top + (height - high) // 2 + ascent, text)


def _paint_bar(painter: QPainter, rect: QRect, cell: Cell, share: float) -> None:
    """A bar filled so far, and the text behind it, at the right."""
    c, padding, wide, high = style.theme(), style.px(PADDING), style.px(46), style.px(6)
    room = rect.width() - 2 * padding - wide
    if room > 0:
        left, top = rect.x() + padding, rect.y() + (rect.height() - high) // 2
        whole = style.ink(Tone.GREEN).text if share >= 1 else c.accent
        painter.fillRect(left, top, room, high, colour(c.line))
        painter.fillRect(left, top, round(room * min(1.0, max(0.0, share))), high, colour(whole))
    beside = QRect(rect.right() - wide - padding, rect.y(), wide + padding, rect.height())
    _paint_text(painter, beside, Cell(cell.text, None, is_alert=cell.is_alert, is_right=True))


def _paint_pill(painter: QPainter, rect: QRect, text: str, tone: Tone) -> None:
    ratio = painter.device().devicePixelRatioF()
    picture = pill(text, tone, style.theme().name, style.scale(), ratio)
    size = picture.deviceIndependentSize()
    left = rect.x() + style.px(PADDING) - 2
    top = rect.y() + int((rect.height() - size.height()) / 2)  # as far down in every row
    is_wider = left + size.width() > rect.right()
    if is_wider:
        painter.save()
        painter.setClipRect(rect)
    painter.drawPixmap(left, top, picture)
    if is_wider:
        painter.restore()


@lru_cache(maxsize=4000)
def _fitted(
    text: str,
    room: int,
    scale: float,
    bold: bool,  # noqa: FBT001 - cached
    right: bool,  # noqa: FBT001 - as above
) -> tuple[str, int, int, int]:
    """The text cut to the room, its width, height and ascent; `scale` only keeps sizes apart.

    To keep it laid out (QStaticText) costs twice what drawing it does, and a row is drawn once.
    To measure it costs as much as drawing it: what stands at the left and has room is not measured.
    """
    metrics = _metrics(scale, is_pill=False, is_bold=bold)
    cut = " ".join(text.split())
    if not right and _most_of(cut, is_bold=bold) <= room:
        return cut, 0, metrics.height(), metrics.ascent()
    width = _width_of(text, scale, False, bold) - 2 * style.px(PADDING) - 2
    if width > room:
        cut = metrics.elidedText(cut, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(cut)
    return cut, width, metrics.height(), metrics.ascent()


@lru_cache(maxsize=400)
def pill(text: str, tone: Tone, theme: str, scale: float, ratio: float) -> QPixmap:
    """A rounded field with words in the colours of the tone; the last three keep kinds apart."""
    del theme, scale
    ink = style.ink(tone)
    font = style.font(12)
    metrics = QFontMetrics(font)
    width, height = metrics.horizontalAdvance(text) + style.px(16), style.px(20)
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    is_ring = ink.ground == style.theme().surface  # of strong contrast: no colours, but lines
    painter.setPen(QColor(ink.text) if is_ring else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.ground))
    whole = QRectF(0, 0, width, height)
    painter.drawRoundedRect(
        whole.adjusted(0.5, 0.5, -0.5, -0.5) if is_ring else whole, height / 2, height / 2
    )
    painter.setPen(QColor(ink.text))
    painter.setFont(font)
    painter.drawText(QRect(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture
