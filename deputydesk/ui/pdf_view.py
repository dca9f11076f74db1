"""Shows the pages of a PDF one below the other, as they will come out of the printer."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
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
HIT, CURRENT_HIT = QColor(255, 210, 0, 90), QColor(255, 120, 0, 130)
"""On white paper in either theme."""

Marks = Mapping[int, Sequence[QRectF]]
"""Places by page counted from 0, in points from its top left corner."""


class Fit(Enum):
    """What the size follows when the window changes."""

    WIDTH = "width"
    PAGE = "page"
    NOTHING = "nothing"


class PdfView(QAbstractScrollArea):
    """A preview: wheel or arrows to scroll, Ctrl+wheel or + and - to zoom.

    0 fits the width, 1 shows the paper's own size, 2 a whole page.
    """

    spoken_as = QAccessible.Role.Document
    moved = Signal(int, int)
    """Page in sight, counted from 1, and number of pages."""
    zoomed = Signal(int)
    """Size in percent of the paper."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: PdfPages | None = None
        self._zoom = 1.0
        self._fit = Fit.WIDTH
        self._tops: list[int] = []
        self._kept: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._marks: Marks = {}
        self._current: tuple[int, Sequence[QRectF]] = (0, ())
        self._empty = ""
        self.setAccessibleName("预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.verticalScrollBar().valueChanged.connect(self._tell)

    def spoken_value(self) -> str:
        """The page in sight, or what to do to see one."""
        return f"第{self.page()}页，共{len(self._tops)}页" if self._pages else self._empty

    @property
    def fit(self) -> Fit:
        """What the size follows."""
        return self._fit

    @property
    def has_painted(self) -> bool:
        """Whether a page of the file stands on the screen by now."""
        return bool(self._kept)

    def show_pages(self, pages: PdfPages) -> None:
        """Show a file from its first page."""
        self._pages = pages
        self._forget()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._tell()

    def show_nothing(self, sentence: str) -> None:
        """Show no page, and what to do to see one."""
        self._pages, self._empty = None, sentence
        self._forget()
        self._lay_out()

    def page(self) -> int:
        """The page in the upper half of the window, counted from 1; 0 if there is none."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return sum(top <= middle for top in self._tops)

    def go_to(self, number: int) -> None:
        """Scroll to a page, counted from 1."""
        if 1 <= number <= len(self._tops):
            self.verticalScrollBar().setValue(self._tops[number - 1] - style.px(GAP))

    def mark(
        self,
        marks: Marks,
        current: int = 0,
        places: Sequence[QRectF] = (),
        *,
        goes: bool = False,
    ) -> None:
        """Mark what was found.

        Args:
            marks: all of it.
            current: the page of the hit in hand, counted from 0.
            places: where that one stands.
            goes: scroll to it.
        """
        self._marks, self._current = marks, (current, places)
        if goes and places and self._pages:
            self._reveal(current, places[0])
        self.viewport().update()

    def zoom(self) -> int:
        """Size in percent of the paper."""
        return round(self._zoom * 100)

    def zoom_in(self) -> None:
        """Show everything larger."""
        self._zoom_to(self._zoom * STEP)

    def zoom_out(self) -> None:
        """Show everything smaller."""
        self._zoom_to(self._zoom / STEP)

    def true_size(self) -> None:
        """Show a millimetre of paper as a millimetre of a usual screen."""
        self._zoom_to(1.0)

    def fit_width(self) -> None:
        """Let the widest page just fill the window, now and when the window changes."""
        self._follow(Fit.WIDTH)

    def fit_page(self) -> None:
        """Let a whole page just fill the window, now and when the window changes."""
        self._follow(Fit.PAGE)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_ours = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if is_ours and event.key() in _KEYS:  # elsewhere they change the window's text size
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = _KEYS.get(event.key())
        if action:
            getattr(self, action)()
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(1)
        elif event.key() == Qt.Key.Key_End:
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
        share = self._share()
        self._lay_out()
        self._go_to_share(share)

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
        for box in self._marks.get(number, ()):
            painter.fillRect(self._on_screen(box, place), HIT)
        if number == self._current[0]:
            for box in self._current[1]:
                painter.fillRect(self._on_screen(box, place), CURRENT_HIT)
        painter.setPen(QColor(style.theme().line))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def _on_screen(self, box: QRectF, place: QRect) -> QRectF:
        by = self._zoom * SCREEN_DPI / POINTS
        return QRectF(
            place.left() + box.left() * by,
            place.top() + box.top() * by,
            box.width() * by,
            box.height() * by,
        ).adjusted(-2, -2, 2, 2)

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

    def _forget(self) -> None:
        self._kept.clear()
        self._marks, self._current = {}, (0, ())
        self.viewport().update()

    def _reveal(self, number: int, box: QRectF) -> None:
        """Scroll so that a place stands in the middle, unless it can be seen already."""
        at = self._on_screen(box, self._place(number)).toRect()
        room = self.viewport().rect()
        if not room.adjusted(0, style.px(20), 0, -style.px(20)).contains(at):
            move = at.center() - room.center()
            for bar, by in (
                (self.verticalScrollBar(), move.y()),
                (self.horizontalScrollBar(), move.x()),
            ):
                bar.setValue(bar.value() + by)

    def _follow(self, fit: Fit) -> None:
        share = self._share()
        self._fit = fit
        self._lay_out()
        self._go_to_share(share)

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = min(LARGEST, max(SMALLEST, zoom))
        self._follow(Fit.NOTHING)

    def _share(self) -> float:
        """How far down one reads, as a part of all pages."""
        return self.verticalScrollBar().value() / max(1, self.verticalScrollBar().maximum())

    def _go_to_share(self, share: float) -> None:
        self.verticalScrollBar().setValue(round(share * self.verticalScrollBar().maximum()))

    def _lay_out(self) -> None:
        """Find where each page stands, and how far one can scroll."""
        pages, gap = self._pages, style.px(GAP)
        sizes = [pages.size(n) for n in range(len(pages))] if pages else []
        widest = max((size.width() for size in sizes), default=1)
        highest = max((size.height() for size in sizes), default=1)
        self._zoom = self._fitting(widest, highest)
        self._tops = []
        at = gap
        for number in range(len(sizes)):
            self._tops.append(at)
            at += self._paper(number).height() + gap
        self._set_range(at, round(widest * self._zoom * SCREEN_DPI / POINTS) + 2 * gap)
        self.zoomed.emit(self.zoom())
        self.viewport().update()

    def _fitting(self, widest: float, highest: float) -> float:
        """The zoom that the window asks for."""
        if self._fit is Fit.NOTHING:
            return self._zoom
        room = self.viewport().size() - QSize(2, 2) * style.px(GAP)
        zoom = max(100, room.width()) / (widest * SCREEN_DPI / POINTS)
        if self._fit is Fit.PAGE:
            zoom = min(zoom, max(100, room.height()) / (highest * SCREEN_DPI / POINTS))
        return min(LARGEST, zoom)

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


_KEYS: dict[int, str] = {
    Qt.Key.Key_Plus: "zoom_in",
    Qt.Key.Key_Equal: "zoom_in",
    Qt.Key.Key_Minus: "zoom_out",
    Qt.Key.Key_0: "fit_width",
    Qt.Key.Key_1: "true_size",
    Qt.Key.Key_2: "fit_page",
}
"""What a key does, with Ctrl or without."""
