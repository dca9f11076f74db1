"""The window's signs: Lucide's drawings in the colours of the theme, drawn when first shown.

Those that a start shows are kept in one picture and taken from there at the next: drawing forty
of them opens as many files, and Qt's reader of drawings.
"""

import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap

from deputydesk import __version__
from deputydesk.paths import resource
from deputydesk.ui import style

SHARPNESS = 2
"""Pixels drawn per pixel shown, so that signs stay sharp on scaled screens."""
KEPT = "signs.png"

Sign = tuple[str, str, int]
"""Name, colour and size of a picture."""
_shown: dict[Sign, QPixmap] = {}
_kept: dict[Sign, QPixmap] = {}
_drawn: set[Sign] = set()


def icon(name: str, *, colour: str = "", size: int = 18) -> QIcon:
    """A sign as an icon.

    Args:
        name: file name in `resources/icons` without `.svg`.
        colour: `#RRGGBB`; the theme's secondary text if empty.
        size: in standard pixels.
    """
    return QIcon(pixmap(name, colour or style.theme().sub, style.px(size)))


def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """A sign as a picture of `size` pixels."""
    sign = (name, colour, size)
    found = _shown.get(sign)
    if found is None:
        found = _kept.get(sign)
        if found is None:
            found = _draw(*sign)
            _drawn.add(sign)
        _shown[sign] = found
    return found


def recall(folder: Path) -> None:
    """Have at hand the signs that were kept, unless they are damaged or of another version."""
    strip = QImage(str(folder / KEPT))
    if strip.text("of") != _version():
        return
    left = 0
    for name, colour, size in json.loads(strip.text("signs")):
        side = size * SHARPNESS
        picture = QPixmap.fromImage(strip.copy(left, 0, side, side))
        picture.setDevicePixelRatio(SHARPNESS)
        _kept[name, colour, size] = picture
        left += side


def keep(folder: Path) -> None:
    """Keep the signs shown so far, if one of them had to be drawn."""
    if not _drawn:
        return
    sides = [size * SHARPNESS for _, _, size in _shown]
    strip = QImage(sum(sides), max(sides), QImage.Format.Format_ARGB32_Premultiplied)
    strip.fill(Qt.GlobalColor.transparent)
    painter = QPainter(strip)
    left = 0
    for picture, side in zip(_shown.values(), sides, strict=True):
        painter.drawPixmap(QRectF(left, 0, side, side), picture, QRectF(0, 0, side, side))
        left += side
    painter.end()
    strip.setText("of", _version())
    strip.setText("signs", json.dumps(list(_shown)))
    part = folder / ("part-" + KEPT)
    if strip.save(str(part)):  # a disk that refuses costs the next start a blink
        part.replace(folder / KEPT)


def forget() -> None:
    """Let go of all signs."""
    _shown.clear()
    _kept.clear()


def _version() -> str:
    """Which drawings the kept signs were made from."""
    return f"{__version__} {resource('icons').stat().st_mtime_ns}"


def _draw(name: str, colour: str, size: int) -> QPixmap:
    from PySide6.QtCore import QByteArray
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
