"""Small pictures of attachments, and what is dragged or pasted into the window."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImageReader, QPainter, QPixmap

from deputydesk.operations.attachments import AttachmentRow
from deputydesk.ui import style


def paths_in(data: QMimeData) -> list[Path]:
    """Files that are dragged or pasted."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def sign(row: AttachmentRow, file: Path | None, side: int, ratio: float) -> QIcon:
    """A small picture of an attachment, or a sheet that says what it is."""
    if row.is_picture and file:
        return QIcon(_squared(thumbnail(str(file), side, ratio), side, ratio))
    ending = row.name.rpartition(".")[2][:4].upper() if file else "缺失"
    return QIcon(paper(ending, side, ratio, style.theme().name))


def _squared(picture: QPixmap, side: int, ratio: float) -> QPixmap:
    """The picture in the middle of a square, so that names stand on one line."""
    square = QPixmap(round(side * ratio), round(side * ratio))
    square.setDevicePixelRatio(ratio)
    square.fill(Qt.GlobalColor.transparent)
    size = picture.deviceIndependentSize()
    painter = QPainter(square)
    at = QPointF((side - size.width()) / 2, side - size.height())
    painter.drawPixmap(at, picture)
    painter.end()
    return square


@lru_cache(maxsize=300)
def thumbnail(file: str, side: int, ratio: float) -> QPixmap:
    """A picture file as small as it is shown, upright."""
    reader = QImageReader(file)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    whole = reader.size()
    wanted = QSize(round(side * ratio), round(side * ratio))
    if whole.isValid():
        reader.setScaledSize(whole.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio))
    picture = QPixmap.fromImage(reader.read())
    if picture.isNull():
        return paper("?", side, ratio, style.theme().name)
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=100)
def paper(ending: str, side: int, ratio: float, theme: str) -> QPixmap:
    """A sheet with the ending of the name on it; `theme` only keeps colours apart."""
    del theme
    c = style.theme()
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sheet = QRect(round(side * 0.14), 2, round(side * 0.72), side - 4)
    painter.setPen(QColor(c.accentline))
    painter.setBrush(QColor(c.accent2))
    painter.drawRoundedRect(sheet, 4, 4)
    painter.setPen(QColor(c.accent))
    painter.setFont(style.font(11, bold=True))
    painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, ending)
    painter.end()
    return picture


def portrait(file: Path | None, size: QSize, ratio: float) -> QPixmap:
    """The picture cut to the frame, or a frame that asks for one."""
    c = style.theme()
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(c.accent2))
    frame = QRect(0, 0, size.width(), size.height())
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if file:
        side = max(size.width(), size.height()) * 2
        whole = thumbnail(str(file), side, ratio)
        shown = (
            whole.deviceIndependentSize()
            .toSize()
            .scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        )
        at = QRect(0, 0, shown.width(), shown.height())
        at.moveCenter(frame.center())
        painter.drawPixmap(at, whole)
    else:
        painter.setPen(QColor(c.accent))
        painter.setFont(style.font(11))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, "添加\n照片")
    painter.setPen(QColor(c.accentline))
    painter.drawRect(frame.adjusted(0, 0, -1, -1))
    painter.end()
    return picture
