"""Earlier matters like the one being written, in a window above the form."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.operations.similar import Beside
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.parts import button, framed, label
from deputydesk.ui.similar_list import SimilarTable

WIDTH, HEIGHT = 760, 320
HOW = "按 Enter 或双击查看，按 Esc 回去接着填。"


class SimilarDialog(QDialog):
    """Lists them, and says who handled most of them.

    Args:
        parent: the form.
        desk: the desk.
        found: what was found.
    """

    def __init__(self, parent: QWidget, desk: Desk, found: Beside) -> None:
        super().__init__(parent.window())
        self.setWindowTitle("以前类似的")
        self.table = SimilarTable(desk)
        self.table.set_rows(found.rows)
        self.table.selectRow(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(18), style.px(14), style.px(18), style.px(12))
        outer.setSpacing(style.px(8))
        outer.addWidget(wrapped(f"{found.sentence}。"))
        outer.addWidget(framed(self.table), 1)
        foot = QHBoxLayout()
        foot.addWidget(label(HOW, "faint"), 1)
        close = button("关闭")
        close.setToolTip("关闭（Esc）")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        outer.addLayout(foot)
        room = self.screen().availableGeometry().size() * 0.92
        self.resize(min(style.px(WIDTH), room.width()), min(style.px(HEIGHT), room.height()))
        self.table.setFocus()
