"""A whole page as it was scanned; of a secret run only the head may see it, with a reason."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from deputydesk.exchange import scan_pictures
from deputydesk.operations.scan_runs import RunRow
from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import Scroll
from deputydesk.ui.room import sized

GUARDED = "无记名的票，页边可能有字迹，只有负责人可以看，看过留痕。为什么要看整页？"
OPEN = "核对票面"
"""The reason that is noted where nobody has to give one."""


class WholePage(QDialog):
    """Shows a page, as wide as the window."""

    def __init__(self, parent: QWidget, picture: bytes) -> None:
        super().__init__(parent.window())
        self.setWindowTitle("整页")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        size = sized(self, 820, 700)
        self.shown = QLabel()
        self.shown.setAccessibleName("扫描的整页")
        image = QImage.fromData(picture)
        wide = size.width() - style.px(60)
        self.shown.setPixmap(
            QPixmap.fromImage(image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
        )
        self.place = Scroll(self.shown)
        self.place.setAccessibleName("整页")
        self.place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.px(14), style.px(12), style.px(14), style.px(12))
        column.addWidget(self.place)
        self.resize(size)
        self.place.setFocus()


def show_whole(parent: QWidget, desk: Desk, run: RunRow, page_id: str) -> None:
    """Show a whole page, once a reason is given where one is needed."""
    why = messages.ask_text("看整页", GUARDED, parent=parent) if run.secret else OPEN
    if why:
        WholePage(parent, scan_pictures.whole(desk.office, page_id, why)).open()
