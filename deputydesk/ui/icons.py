"""The window's signs: Lucide's drawings in the colours of the theme, drawn when first shown."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from deputydesk.paths import resource
from deputydesk.ui import style

SHARPNESS = 2
"""Pixels drawn per pixel shown, so that signs stay sharp on scaled screens."""


def icon(name: str, *, colour: str = "", size: int = 18) -> QIcon:
    """A sign as an icon.

    Args:
        name: file name in `resources/icons` without `.svg`.
        colour: `#RRGGBB`; the theme's secondary text if empty.
        size: in standard pixels.
    """
    return QIcon(pixmap(name, colour or style.theme().sub, style.px(size)))


@cache
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """A sign as a picture of `size` pixels."""
    from PySide6.QtSvg import QSvgRenderer  # opened with the first sign, not with the module

    drawing = _drawing(name).replace("currentColor", colour)
    picture = _empty(size)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(SHARPNESS)
    return picture


@cache
def emblem(size: int, ground: str) -> QPixmap:
    """The program's sign: a house of deputies on a rounded square."""
    picture = _empty(size)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    whole = size * SHARPNESS
    painter.drawRoundedRect(0, 0, whole, whole, size * 0.5, size * 0.5)
    sign = pixmap("landmark", "#FFFFFF", size)
    painter.drawPixmap(
        QRectF(whole * 0.21, whole * 0.21, whole * 0.58, whole * 0.58), sign, QRectF(sign.rect())
    )
    painter.end()
    picture.setDevicePixelRatio(SHARPNESS)
    return picture


def _empty(size: int) -> QPixmap:
    picture = QPixmap(size * SHARPNESS, size * SHARPNESS)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


@cache
def _drawing(name: str) -> str:
    text = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.75"')
