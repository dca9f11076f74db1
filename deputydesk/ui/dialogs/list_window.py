"""A list in a window of its own: a heading above it, what is said of it and buttons below."""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import button, framed, label

REDO = ("Ctrl+Shift+Z", "Ctrl+Y")


class ListWindow(QDialog):
    """The frame that such windows have in common; subclasses call `lay_out`.

    Args:
        parent: the page or dialog that it stands above.
        width: in standard pixels; less where the screen is smaller.
        height: as the width.
    """

    def __init__(self, parent: QWidget, width: int, height: int) -> None:
        super().__init__(parent.window())
        self.heading, self.count = label("", "h2"), label("", "faint")
        room = self.screen().availableGeometry()
        self.resize(
            min(style.px(width), room.width() - 40), min(style.px(height), room.height() - 60)
        )

    def lay_out(self, table: QWidget, below: QWidget, buttons: Sequence[QWidget] = ()) -> None:
        """Put the list in its place, what is said of it below, and the buttons at the left."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(18), style.px(14), style.px(18), style.px(12))
        outer.setSpacing(style.px(8))
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.count)
        outer.addLayout(head)
        outer.addWidget(framed(table), 1)
        outer.addWidget(below)
        foot = QHBoxLayout()
        foot.setSpacing(style.px(8))
        for each in buttons:
            foot.addWidget(each)
        foot.addStretch(1)
        close = button("关闭")
        close.setToolTip("关闭（Esc）")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        outer.addLayout(foot)

    def hear_redo(self, desk: Desk) -> None:
        """Redo by the same keys as the main window, which does not hear them below this one."""
        for key in REDO:
            QShortcut(QKeySequence(key), self, desk.redo)
