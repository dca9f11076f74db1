"""Pages that look alike, side by side: are they one sheet that was scanned twice?"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.exchange import scan_pictures
from deputydesk.models.scan import PageState
from deputydesk.operations import scan_decisions
from deputydesk.operations.scan_pages import Pair
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import button, label
from deputydesk.ui.room import sized
from deputydesk.ui.scan_strip import GONE

ASKED = "这两页各处的笔迹几乎一样。是同一张扫描了两次，还是两张票？"
LIKELIEST = "最像的两页在前。是同一张扫描了两次，还是两张票？找到了重复的，按 Esc 结束。"
"""What is asked where pairs were looked for, alike or not."""
SAME = "同一张"
"""What is noted of a page that was scanned twice."""


class Picture(QWidget):
    """A picture, as large as there is room."""

    spoken_as = QAccessible.Role.Graphic

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(style.px(420), style.px(480))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(self.rect())
        if self._image.isNull():
            painter.setPen(QColor(style.theme().sub))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, GONE)
        else:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            at = QRectF(0, 0, size.width(), size.height())
            at.moveCenter(room.center())
            painter.drawImage(at, self._image)
        painter.end()


class PairsDialog(QDialog):
    """Asks of each pair whether it is one sheet.

    Args:
        parent: the view that opens it.
        desk: the desk.
        pairs: the pairs that are alike.
        asked: what is asked of each.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, pairs: Sequence[Pair], asked: str = ASKED
    ) -> None:
        super().__init__(parent.window())
        self._desk, self._pairs = desk, list(pairs)
        self._place = 0
        self.setWindowTitle("同一张扫描了两次？")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.progress = label("", "sub")
        self.pictures = (Picture("左边一页"), Picture("右边一页"))
        self.same = button("是同一张，只计一次", primary=True)
        self.apart = button("不是，两张都计")
        self._lay_out(asked)
        self.same.set_key("S")
        self.apart.set_key("N")
        self.same.clicked.connect(self._is_same)
        self.apart.clicked.connect(self._is_not)
        self.resize(sized(self, 1000, 680))
        self._show()

    def _lay_out(self, asked: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(style.px(18), style.px(14), style.px(18), style.px(12))
        column.setSpacing(style.px(8))
        said = label(asked)
        said.setWordWrap(True)
        column.addWidget(said)
        both = QHBoxLayout()
        both.setSpacing(style.px(12))
        for picture in self.pictures:
            both.addWidget(picture, 1)
        column.addLayout(both, 1)
        row = QHBoxLayout()
        row.addWidget(self.progress, 1)
        for made in (self.apart, self.same):
            row.addWidget(made)
        column.addLayout(row)

    def _show(self) -> None:
        self.progress.setText(f"第 {self._place + 1} 对，共 {len(self._pairs)} 对")
        for shown, page in zip(self.pictures, self._pairs[self._place], strict=True):
            data = scan_pictures.picture(self._desk.office, page)
            shown.show_image(QImage.fromData(data) if data else QImage())

    def _is_same(self) -> None:
        other = self._pairs[self._place][1].id
        self._desk.do(scan_decisions.set_state, page_id=other, state=PageState.SAME, reason=SAME)
        gone = {other}
        left = [p for p in self._pairs[self._place + 1 :] if not gone & {p[0].id, p[1].id}]
        self._go_on(left)

    def _is_not(self) -> None:
        one, other = self._pairs[self._place]
        self._desk.do(scan_decisions.keep_apart, page_id=one.id, other_id=other.id)
        self._go_on(self._pairs[self._place + 1 :])

    def _go_on(self, left: Sequence[Pair]) -> None:
        self._pairs[self._place + 1 :] = left
        self._place += 1
        if self._place < len(self._pairs):
            self._show()
        else:
            self.accept()
