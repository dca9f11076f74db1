"""What stands beside a preview: small pictures of the pages, and the bookmarks if there are any."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.parts import Chips
from deputydesk.ui.pdf_pages import POINTS, PdfPages
from deputydesk.ui.side_list import SideList

WIDTH = 148
SMALL = 96, 112
"""Standard pixels of a small picture."""
_INDENT = "　"


class Thumbnails(SideList):
    """Small pictures of the pages, each drawn when it comes in sight and nothing else is to do."""

    wanted = Signal(int)
    """A page counted from 1."""

    def __init__(self) -> None:
        super().__init__("缩略图")
        self._pages: PdfPages | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._draw_next)
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListWidget.Movement.Static)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentRowChanged.connect(self._want)
        self.itemClicked.connect(self._want_clicked)  # the chosen one too
        self.verticalScrollBar().valueChanged.connect(self._go_on)

    def show_pages(self, pages: PdfPages | None) -> None:
        """Show a place for each page; the pictures come after."""
        self.blockSignals(True)
        self.clear()
        self._pages = pages
        self._measure()
        for number in range(len(pages) if pages else 0):
            item = QListWidgetItem(f"{number + 1}")
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            item.setSizeHint(self.gridSize())
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"第{number + 1}页")
            self.addItem(item)
        self.setCurrentRow(0)
        self.blockSignals(False)
        self._go_on()

    def show_page(self, number: int) -> None:
        """Choose the page in sight, counted from 1, without going there."""
        self.blockSignals(True)
        self.setCurrentRow(number - 1)
        self.blockSignals(False)

    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self._measure()
        self._go_on()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._go_on()

    @override
    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        if e.type() == QEvent.Type.StyleChange and self._pages:
            self.show_pages(self._pages)

    def _measure(self) -> None:
        wide, high = SMALL
        self.setIconSize(QSize(style.px(wide), style.px(high)))
        room = max(style.px(wide + 8), self.viewport().width() - 2)
        self.setGridSize(QSize(room, style.px(high + 30)))

    def _want_clicked(self, item: QListWidgetItem) -> None:
        self._want(self.row(item))

    def _want(self, row: int) -> None:
        self.wanted.emit(row + 1)

    def _go_on(self) -> None:
        if self._pages and self.isVisible():
            self._timer.start(0)

    def _draw_next(self) -> None:
        """Draw one picture that is in sight and was not drawn yet; stop when all are."""
        item = next((i for i in self._in_sight() if i.icon().isNull()), None)
        if item is None or not self._pages:
            self._timer.stop()
            return
        item.setIcon(self._picture(self._pages, self.row(item)))

    def _in_sight(self) -> list[QListWidgetItem]:
        step = max(1, self.gridSize().height())
        first = self.verticalScrollBar().value() // step
        count = self.viewport().height() // step + 2
        return [self.item(n) for n in range(first, min(first + count, self.count()))]

    def _picture(self, pages: PdfPages, number: int) -> QIcon:
        """The page within the small frame, in the middle of it."""
        ratio = self.devicePixelRatioF()
        frame = self.iconSize()
        size = pages.size(number)
        by = min(frame.width() / size.width(), frame.height() / size.height())
        paper = pages.image(number, by * ratio * POINTS)
        picture = QPixmap(frame * ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        left, top = (picture.width() - paper.width()) // 2, picture.height() - paper.height()
        painter.drawImage(left, top, paper)
        painter.setPen(QColor(style.theme().accentline))
        painter.drawRect(left, top, paper.width() - 1, paper.height() - 1)
        painter.end()
        picture.setDevicePixelRatio(ratio)
        made = QIcon(picture)
        made.addPixmap(picture, QIcon.Mode.Selected)  # the page keeps its colours when chosen
        return made


class PdfSide(QFrame):
    """Small pictures, and the bookmarks of a file that has some."""

    wanted = Signal(int)
    """A page counted from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("页面和目录")
        self.chips = Chips(("页面", "目录"), "页面或目录")
        self.pictures = Thumbnails()
        self.outline = SideList("目录")
        self._targets: list[int] = []
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pictures)
        self._stack.addWidget(self.outline)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, style.px(6), 1, style.px(2))
        column.setSpacing(style.px(6))
        above = QVBoxLayout()
        above.setContentsMargins(style.px(8), 0, style.px(8), 0)
        above.addWidget(self.chips)
        column.addLayout(above)
        column.addWidget(self._stack, 1)
        self._widen()
        self.chips.group.idToggled.connect(self._turn)
        self.pictures.wanted.connect(self.wanted)
        self.outline.currentRowChanged.connect(self._follow)
        self.outline.itemClicked.connect(self._follow_clicked)  # the chosen one too

    def show_pages(self, pages: PdfPages | None) -> None:
        """Show the pages of a file, or of none."""
        self.pictures.show_pages(pages)
        marks = pages.outline() if pages and len(pages) > 1 else []
        self.outline.blockSignals(True)
        self.outline.clear()
        self._targets = [mark.page + 1 for mark in marks]
        for mark in marks:
            item = self.outline.add(" " * 2 + _INDENT * mark.depth + mark.title)
            item.setToolTip(mark.title)
        self.outline.blockSignals(False)
        self.chips.setVisible(bool(marks))
        self.chips.group.button(0).setChecked(True)

    def show_page(self, number: int) -> None:
        """Choose the page in sight, and the last bookmark before it."""
        self.pictures.show_page(number)
        before = [row for row, page in enumerate(self._targets) if page <= number]
        self.outline.blockSignals(True)
        self.outline.setCurrentRow(before[-1] if before else -1)
        self.outline.blockSignals(False)

    @override
    def changeEvent(self, arg__1: QEvent) -> None:
        super().changeEvent(arg__1)
        if arg__1.type() == QEvent.Type.StyleChange:
            self._widen()

    def _widen(self) -> None:
        self.setFixedWidth(style.px(WIDTH + 60 if self._stack.currentIndex() else WIDTH))

    def _turn(self, number: int, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        if is_on:
            self._stack.setCurrentIndex(number)
            self._widen()

    def _follow_clicked(self, item: QListWidgetItem) -> None:
        self._follow(self.outline.row(item))

    def _follow(self, row: int) -> None:
        if row >= 0:
            self.wanted.emit(self._targets[row])
