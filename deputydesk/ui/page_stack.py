"""The pages of the window, one in sight; where the window is too low for it, it scrolls."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from deputydesk.late import override
from deputydesk.ui.parts import Scroll


class PageStack(Scroll):
    """Gives the page in sight all its room, and never less height than it needs.

    No page makes the window larger than the screen; parts of one that was lower than it needs would
    lie on each other.
    """

    def __init__(self) -> None:
        self._pages = QStackedWidget()
        super().__init__(self._pages)
        self.setWidgetResizable(False)
        self.setMinimumSize(1, 1)
        self._pages.currentChanged.connect(self._fit)
        app = QApplication.instance()
        assert isinstance(app, QApplication), "pages are made by a program with windows"
        app.focusChanged.connect(self._follow)

    def add(self, page: QWidget) -> None:
        """Take a page; the first one is in sight."""
        page.installEventFilter(self)
        self._pages.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page in sight, its top first."""
        if page is not self._pages.currentWidget():
            self._pages.setCurrentWidget(page)
            QTimer.singleShot(
                0, self._show_top
            )  # then the page has put the focus where it wants it

    @override
    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        super().resizeEvent(arg__1)
        self._fit()

    @override
    def eventFilter(self, arg__1: QObject, arg__2: QEvent) -> bool:
        if arg__2.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(arg__1, arg__2)

    def _show_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    def _fit(self) -> None:
        room = self.viewport().size()
        self._pages.resize(room.width(), max(room.height(), self._needed(room.width())))

    def _needed(self, width: int) -> int:
        page = self._pages.currentWidget()
        layout = page.layout() if page else None
        if page is None or layout is None:
            return 0
        # a splitter does not ask how high words become in the width that it gives them
        parts = (part for split in page.findChildren(QSplitter) for part in split.children())
        wrapped = max(
            (_lines(part, part.width()) for part in parts if isinstance(part, QWidget)), default=0
        )
        return layout.minimumSize().height() + wrapped + _lines(page, width)

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """What the keys have come to is seen."""
        if now is not None and self.verticalScrollBar().maximum() and self._pages.isAncestorOf(now):
            self.ensureWidgetVisible(now)


def _lines(part: QWidget, width: int) -> int:
    """How much more height the words in a part need in this width than they say."""
    layout = part.layout()
    if layout is None or not layout.hasHeightForWidth():
        return 0
    return max(layout.minimumHeightForWidth(width) - layout.minimumSize().height(), 0)
