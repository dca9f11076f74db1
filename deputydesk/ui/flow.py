"""A layout that goes on in the next line where a line is full."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from deputydesk.late import override


class Flow(QLayout):
    """Chips side by side, as many lines as they need.

    Args:
        parent: the widget.
        gap: pixels between them.
        fills: the last piece fills its line; otherwise they like to stand in one line.
    """

    def __init__(self, parent: QWidget, gap: int = 4, *, fills: bool = True) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._fills = fills
        self.setContentsMargins(6, 3, 6, 3)
        self.setSpacing(gap)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget between others."""
        self.addChildWidget(widget)
        self._items.insert(place, QWidgetItem(widget))
        self.invalidate()

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt takes a null
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt takes a null
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, arg__1: int) -> int:
        return self._arrange(QRect(0, 0, arg__1, 0), is_trial=True)

    @override
    def setGeometry(self, arg__1: QRect) -> None:
        super().setGeometry(arg__1)
        self._arrange(arg__1, is_trial=False)

    @override
    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        if self._fills or not shown:
            return self.minimumSize()
        width = sum(size.width() for size in shown) + self.spacing() * (len(shown) - 1)
        line = QSize(width, max(size.height() for size in shown))
        return line.grownBy(self.contentsMargins())

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _arrange(self, rect: QRect, *, is_trial: bool) -> int:
        """Place everything (or only find out the height that it takes)."""
        margins: QMargins = self.contentsMargins()
        inside = rect.marginsRemoved(margins)
        x, y, line = inside.x(), inside.y(), 0
        shown = [item for item in self._items if not item.isEmpty()]  # hidden ones take no room
        for item in shown:
            size = item.sizeHint()
            is_last = self._fills and item is shown[-1]
            needed = item.minimumSize().width() if is_last else size.width()
            if x + needed > inside.right() + 1 and x > inside.x():
                x, y, line = inside.x(), y + line + self.spacing(), 0
            width = inside.right() + 1 - x if is_last else min(size.width(), inside.width())
            if not is_trial:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += width + self.spacing()
            line = max(line, size.height())
        return y + line + margins.bottom() - rect.y()
