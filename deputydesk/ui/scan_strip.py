"""A row of a page as it was ticked: large, its neighbours dimmed, the suggestion as a ring."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deputydesk.rules.page_sight import Place, Sight
from deputydesk.ui import style

GONE = "图像已经没有了：按保存期限删除，或者文件不在。"
NOTHING = "没有要看的行。"
LARGEST = 12.0
"""Pixels in a millimetre at the standard size: about three times as large as on paper."""
_DIM = 165  # of 255, how much of a neighbour is covered
_MARGIN = 8


class RowStrip(QWidget):
    """Paints one row of a page with the rows above and below."""

    spoken_as = QAccessible.Role.Graphic

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("票面")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image = QImage()
        self._sight: Sight | None = None
        self._row = 0
        self._ring: int | None = None
        self._said = NOTHING
        self._missing = NOTHING

    @property
    def ring(self) -> int | None:
        """The option that is ringed; None where none is."""
        return self._ring

    def show_row(
        self, image: QImage, sight: Sight | None, row: int, *, ring: int | None, said: str
    ) -> None:
        """Show a row.

        Args:
            image: the picture of the page's rows.
            sight: where its boxes lie.
            row: which of them.
            ring: option to ring as a suggestion; None for none.
            said: the row in words.
        """
        self._image, self._sight, self._row, self._ring = image, sight, row, ring
        self._said, self._missing = said, GONE
        self.setAccessibleDescription(said)
        self.update()

    def show_nothing(self, sentence: str) -> None:
        """Say instead of a row why there is none."""
        self._image, self._sight, self._ring = QImage(), None, None
        self._said = self._missing = sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def spoken_value(self) -> str:
        """The row in words."""
        return self._said

    @override
    def sizeHint(self) -> QSize:
        return QSize(style.px(720), style.px(300))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(style.px(240), style.px(110))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image.isNull() or self._sight is None:
            painter.setPen(QColor(style.theme().sub))
            wraps = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self._room(), wraps, self._missing)
        else:
            self._draw(painter, self._sight)
        if self.hasFocus():
            painter.setPen(QPen(QColor(style.theme().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    def _draw(self, painter: QPainter, sight: Sight) -> None:
        band = sight.row(self._row)
        seen = Place(band.left, band.top - sight.pitch, band.right, band.bottom + sight.pitch)
        room = self._room()
        scale = min(
            room.width() / (seen.right - seen.left),
            room.height() / (seen.bottom - seen.top),
            style.px(1) * LARGEST * style.scale() / sight.scale,
        )
        size = QPointF((seen.right - seen.left) * scale, (seen.bottom - seen.top) * scale)
        corner = room.center() - size / 2

        def on_screen(place: Place) -> QRectF:
            first = QPointF(place.left - seen.left, place.top - seen.top) * scale + corner
            last = QPointF(place.right - seen.left, place.bottom - seen.top) * scale + corner
            return QRectF(first, last)

        source = QRectF(QPointF(seen.left, seen.top), QPointF(seen.right, seen.bottom))
        painter.fillRect(on_screen(seen), QColor(Qt.GlobalColor.white))
        painter.drawImage(on_screen(seen), self._image, source)
        cover = QColor(style.theme().bg)
        cover.setAlpha(_DIM)
        painter.fillRect(on_screen(Place(seen.left, seen.top, seen.right, band.top)), cover)
        painter.fillRect(on_screen(Place(seen.left, band.bottom, seen.right, seen.bottom)), cover)
        if self._ring is not None:
            ring = on_screen(sight.boxes[self._row, self._ring].grown(2.0 * sight.scale))
            painter.setPen(QPen(QColor(style.LIGHT.accent), style.px(3)))
            painter.drawEllipse(ring)
