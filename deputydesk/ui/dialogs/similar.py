"""Earlier matters like the one being written, in a window above the form."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from deputydesk.operations.similar import Beside
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.list_window import ListWindow
from deputydesk.ui.parts import label
from deputydesk.ui.similar_list import SimilarTable

WIDTH, HEIGHT = 760, 320
HOW = "按 Enter 或双击查看，按 Esc 回去接着填。"


class SimilarDialog(ListWindow):
    """Lists them, and says who handled most of them.

    Args:
        parent: the form.
        desk: the desk.
        found: what was found.
    """

    def __init__(self, parent: QWidget, desk: Desk, found: Beside) -> None:
        super().__init__(parent, WIDTH, HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("以前类似的")
        self.heading.setText(found.sentence)
        self.table = SimilarTable(desk)
        self.table.set_rows(found.rows)
        self.table.selectRow(0)
        self.lay_out(self.table, label(HOW, "faint"))
        self.table.setFocus()
