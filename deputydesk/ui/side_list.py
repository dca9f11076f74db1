"""A short list at the side of a window, of which one line is chosen."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem
from typing_extensions import override

from deputydesk.ui import style

ROW = 31


class SideList(QListWidget):
    """Lines as high and as coloured as those of a table.

    Args:
        name: what a screen reader calls it.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._colour()

    def add(self, text: str, *, bold: bool = False) -> QListWidgetItem:
        """Add a line at the end."""
        item = QListWidgetItem(text)
        item.setFont(style.font(bold=bold))
        item.setSizeHint(QSize(style.px(40), style.px(ROW)))
        self.addItem(item)
        return item

    @override
    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        if e.type() == QEvent.Type.StyleChange:
            self._colour()

    def _colour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor(style.theme().sel))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(style.theme().accent))
        self.setPalette(palette)
