"""智慧屏: the office's figures on a whole screen, page after page; Esc leaves, arrows turn."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deputydesk.operations import cockpit, figures, offices
from deputydesk.operations.cockpit import Board
from deputydesk.rules.periods import Span
from deputydesk.ui import wall_pages, wall_paint
from deputydesk.ui.desk import Desk

SECONDS = 12
"""How long a page stands."""

_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp)


class Wall(QWidget):
    """A window without anything but figures, which turns its pages by itself.

    Args:
        desk: the office; read again each time the pages begin anew.
        span: the period; None is all time.
        board: what the cockpit shows now.
    """

    def __init__(self, desk: Desk, span: Span | None, board: Board) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("智慧屏")
        self.setAccessibleName("智慧屏")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._desk = desk
        self._span = span
        self.place = 0
        self.pages = self._pages(board)
        profile = desk.ask(offices.profile)
        self._office = profile.name if profile else ""
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.turn)
        self.timer.start(SECONDS * 1000)
        self._describe()

    def turn(self, by: int = 1) -> None:
        """Go on by so many pages; the first is read anew."""
        self.place = (self.place + by) % len(self.pages)
        if self.place == 0:
            today = self._desk.today
            self.pages = self._pages(self._desk.ask(cockpit.board, span=self._span, today=today))
        self.timer.start(SECONDS * 1000)  # whoever turned by hand has time to read
        self._describe()
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in _ON:
            self.turn()
        elif event.key() in _BACK:
            self.turn(-1)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(self.rect(), QColor(wall_paint.GROUND))
        scale = min(self.width() / wall_paint.WIDE, self.height() / wall_paint.TALL)
        painter.translate(
            (self.width() - wall_paint.WIDE * scale) / 2,
            (self.height() - wall_paint.TALL * scale) / 2,
        )
        painter.scale(scale, scale)
        wall_paint.paint(
            painter,
            self.pages[self.place],
            head=f"{self._office}　{self._span.text if self._span else '全部时间'}",
            foot=f"截至 {self._desk.today}　·　按 Esc 退出，按左右键翻页",
            place=self.place,
            count=len(self.pages),
        )
        painter.end()

    def _pages(self, board: Board) -> list[wall_pages.WallPage]:
        first, last = (self._span.first, self._span.last) if self._span else (None, None)
        found = self._desk.ask(
            figures.figures, first=first, last=last, ids=tuple(dict.fromkeys(wall_pages.wanted()))
        )
        return wall_pages.pages(board, found)

    def _describe(self) -> None:
        self.setAccessibleDescription(self.pages[self.place].title)
