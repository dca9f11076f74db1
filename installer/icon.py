"""Draws the program's icon anew: `python -m installer.icon` writes launcher/app.ico."""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
SIGN = HERE.parent / "resources" / "icons" / "landmark.svg"
TO = HERE / "launcher" / "app.ico"
SIZES = (16, 24, 32, 48, 64, 256)
GROUND = "#b3261e"


def draw(size: int) -> bytes:
    """The icon as PNG: the sign in white on a red plate."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    sign = SIGN.read_text(encoding="utf-8").replace("currentColor", "#ffffff")
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(GROUND))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
    edge = size * 0.18
    QSvgRenderer(sign.encode()).render(
        painter, QRectF(edge, edge, size - 2 * edge, size - 2 * edge)
    )
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # pyright: ignore[reportArgumentType, reportCallIssue]  # takes it
    return bytes(buffer.data().data())


def main() -> None:
    """Write all sizes into one file."""
    pictures = [draw(size) for size in SIZES]
    head = struct.pack("<HHH", 0, 1, len(SIZES))
    at = len(head) + 16 * len(SIZES)
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    TO.write_bytes(head + b"".join(pictures))


if __name__ == "__main__":
    main()
