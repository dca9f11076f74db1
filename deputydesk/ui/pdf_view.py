"""Shows the pages of a PDF one below the other, as they will come out of the printer."""

from collections import OrderedDict

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.pdf_pages import POINTS, PdfPages

GAP = 12
"""Room round each page, in standard pixels."""
SMALLEST, LARGEST = 0.2, 4.0
STEP = 1.2
KEPT = 12
"""Pictures of pages kept for scrolling back."""
SCREEN_DPI = 96


class PdfView(QAbstractScrollArea):
    """A preview: wheel or arrows to scroll, Ctrl+wheel or + and - to zoom, 0 for the full width."""

    moved = Signal(int, int)
    """Page in sight, counted from 1, and number of pages."""
    zoomed = Signal(int)
    """Size in percent of the paper."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: PdfPages | None = None
        self._zoom = 1.0
        self._is_fitted = True
        self._tops: list[int] = []
        self._kept: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._empty = ""
        self.setAccessibleName("预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.verticalScrollBar().valueChanged.connect(self._tell)

    def show_pages(self, pages: PdfPages) -> None:
        """Show a file from its first page."""
        self._pages = pages
        self._kept.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._tell()

    def show_nothing(self, sentence: str) -> None:
        """Show no page, and what to do to see one."""
        self._pages, self._empty = None, sentence
        self._kept.clear()
        self._lay_out()
        self.viewport().update()

    def page(self) -> int:
        """The page in the upper half of the window, counted from 1; 0 if there is none."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return sum(top <= middle for top in self._tops)

    def go_to(self, number: int) -> None:
        """Scroll to a page, counted from 1."""
        if 1 <= number <= len(self._tops):
            self.verticalScrollBar().setValue(self._tops[number - 1] - style.px(GAP))

    def zoom(self) -> int:
        """Size in percent of the paper."""
        return round(self._zoom * 100)

    def zoom_in(self) -> None:
        """Show everything larger."""
        self._zoom_to(self._zoom * STEP)

    def zoom_out(self) -> None:
        """Show everything smaller."""
        self._zoom_to(self._zoom / STEP)

    def fit_width(self) -> None:
        """Let the widest page just fill the window, now and when the window changes."""
        self._is_fitted = True
        self._lay_out()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit_width()
        elif key == Qt.Key.Key_Home:
            self.go_to(1)
        elif key == Qt.Key.Key_End:
            self.go_to(len(self._tops))
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_to(self._zoom * (STEP if event.angleDelta().y() > 0 else 1 / STEP))
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lay_out()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self._pages:
            painter.setPen(QColor(style.theme().sub))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(24, 0, -24, 0), middle, self._empty)
            return
        for number in range(len(self._tops)):
            place = self._place(number)
            if place.intersects(event.rect()):
                self._paint_page(painter, self._pages, number, place)

    def _paint_page(self, painter: QPainter, pages: PdfPages, number: int, place: QRect) -> None:
        painter.drawImage(place, self._picture(pages, number, place.width()))
        painter.setPen(QColor(style.theme().line))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def _picture(self, pages: PdfPages, number: int, width: int) -> QImage:
        """The page as wide as the screen's own pixels make it, from the store if it was shown."""
        dots = round(width * self.devicePixelRatioF())
        if (number, dots) not in self._kept:
            dpi = dots / pages.size(number).width() * POINTS
            self._kept[number, dots] = pages.image(number, dpi)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end((number, dots))
        return self._kept[number, dots]

    def _zoom_to(self, zoom: float) -> None:
        """Zoom, keeping the place that is being read."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._is_fitted = False
        self._zoom = min(LARGEST, max(SMALLEST, zoom))
        self._lay_out()
        bar.setValue(round(share * bar.maximum()))

    def _lay_out(self) -> None:
        """Find where each page stands, and how far one can scroll."""
        pages, gap = self._pages, style.px(GAP)
        count = len(pages) if pages else 0
        widest = max((pages.size(n).width() for n in range(count)), default=1) if pages else 1
        if self._is_fitted:
            room = max(100, self.viewport().width() - 2 * gap)
            self._zoom = min(LARGEST, room / (widest * SCREEN_DPI / POINTS))
        self._tops = []
        at = gap
        for number in range(count):
            self._tops.append(at)
            at += self._paper(number).height() + gap
        self._set_range(at, round(widest * self._zoom * SCREEN_DPI / POINTS) + 2 * gap)
        self.zoomed.emit(self.zoom())
        self.viewport().update()

    def _set_range(self, height: int, width: int) -> None:
        view = self.viewport().size()
        for bar, whole, seen in (
            (self.verticalScrollBar(), height, view.height()),
            (self.horizontalScrollBar(), width, view.width()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(style.px(40))

    def _paper(self, number: int) -> QSize:
        assert self._pages, "only pages have sizes"
        size = self._pages.size(number) * (self._zoom * SCREEN_DPI / POINTS)
        return size.toSize()

    def _place(self, number: int) -> QRect:
        """Where a page stands on the screen: in the middle, or scrolled."""
        paper = self._paper(number)
        left = (self.viewport().width() - paper.width()) // 2
        if self.horizontalScrollBar().maximum():
            left = style.px(GAP) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, self._tops[number] - self.verticalScrollBar().value()), paper)

    def _tell(self) -> None:
        self.moved.emit(self.page(), len(self._tops))
