"""Lists: frozen rows in columns that say what to show of them."""

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTableView, QWidget

from deputydesk.late import override
from deputydesk.rules.cell_filters import CellFilter, with_filter
from deputydesk.ui import style
from deputydesk.ui.cells import ROW_HEIGHT, colour
from deputydesk.ui.chart import paint_ring
from deputydesk.ui.columns import Column, HasId, Row
from deputydesk.ui.desk import desk_of
from deputydesk.ui.filter_bar import FilterBar, offer_filters
from deputydesk.ui.headings import Headings, own_menu
from deputydesk.ui.list_memory import memory
from deputydesk.ui.marked_sum import MarkedSum
from deputydesk.ui.paged_rows import Source
from deputydesk.ui.row_painter import Lane, RowPainter
from deputydesk.ui.rows_model import RowsModel

__all__ = ["Column", "HasId", "Row", "RowsModel", "RowsTable"]

MOST_KEPT = 500
"""So many marked rows stay marked when the list is read again."""


class RowsTable(QTableView, Generic[Row]):
    """Shows a `RowsModel`: whole rows, sorted by a click on a heading, copied with Ctrl+C.

    Args:
        columns: what to show.
        name: what the list is called by a screen reader.
        empty: what to say when there are no rows: what to do next, and its key.
    """

    picked = Signal(object)
    """The row the user is at (None when there is none), also when its values changed."""
    opened = Signal(object)
    """The row on which the user pressed Enter or clicked twice."""

    def __init__(self, columns: Sequence[Column[Row]], *, name: str, empty: str = "") -> None:
        super().__init__()
        self.rows: RowsModel[Row] = RowsModel(columns)
        self._empty = empty
        self._at: Row | None = None
        self._kept: list[str] = []
        self._column = 0
        self._waiting = False
        self._is_resetting = False
        self._measured = 0
        self._is_unmeasured = False
        self._is_remembered = False
        self.filters: FilterBar | None = None
        self.setAccessibleName(name)
        self._sheet = QWidget()
        self._sheet.setAttribute(
            Qt.WidgetAttribute.WA_OpaquePaintEvent
        )  # rows are painted but once
        self.setViewport(self._sheet)  # one that Python made: Qt's own costs 10 ms to be known
        self._set_manner()
        self.setModel(self.rows)
        self.headings = Headings(self, self.rows)
        self._painter = RowPainter(self.rows.get, self.rows.cells)
        self._summing = MarkedSum(self, self.rows)
        self.rows.modelAboutToBeReset.connect(self._keep)
        self.rows.modelReset.connect(self._restore)
        self.rows.settled.connect(self._settle)
        self.selectionModel().currentRowChanged.connect(self._move)
        self.doubleClicked.connect(self._open)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.add_action("复制", self.copy, "Ctrl+C")

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the user stays at the record where they were."""
        self.rows.set_rows(rows)

    def set_source(self, source: Source[Row]) -> None:
        """Show a list that may be long; the user stays at the record where they were."""
        self.rows.set_source(source)

    def add_filters(self) -> FilterBar:
        """Let cells be filtered by; what is returned belongs above the list."""
        self.filters = FilterBar()
        self.filters.changed.connect(self._filter)
        return self.filters

    def filter(self, filters: Sequence[CellFilter]) -> None:
        """Show only rows whose cells say this."""
        if self.filters and tuple(filters) != self.rows.arrangement.filters:
            self.filters.set_filters(filters)
            self.rows.set_filters(filters)

    def set_empty(self, sentence: str) -> None:
        """Change what is said when there are no rows."""
        self._empty = sentence
        self._sheet.update()

    def current(self) -> Row | None:
        """The row the user is at."""
        index = self.currentIndex()
        return self.rows.get(index.row()) if index.isValid() else None

    def selected(self) -> list[Row]:
        """The marked rows, from the top; of a long list `selected_ids` says which, unread."""
        rows = (self.rows.get(place) for place in self.marked())
        return [row for row in rows if row is not None]

    def selected_ids(self) -> tuple[str, ...]:
        """The records of the marked rows, from the top."""
        return tuple(self.rows.id(place) for place in self.marked())

    @property
    def is_marked(self) -> bool:
        """Whether any row is marked."""
        return self.selectionModel().hasSelection()

    def marked(self, most: int | None = None) -> list[int]:
        """Places of the marked rows, from the top; none if they are more than that."""
        spans = self.selectionModel().selection().toList()
        if most is not None and sum(span.height() for span in spans) > most:
            return []
        return sorted({n for span in spans for n in range(span.top(), span.bottom() + 1)})

    def select(self, record_id: str) -> bool:
        """Go to a record; False if it is not listed."""
        place = self.rows.place(record_id)
        if place < 0:
            return False
        self.selectRow(place)
        self.scrollTo(self.rows.index(place, 0))
        return True

    @override
    def selectRow(self, row: int) -> None:
        """Go to a row and mark it alone, where Qt adds it to the others while Ctrl is held."""
        flag = QItemSelectionModel.SelectionFlag
        index = self.rows.index(row, self._column)
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def add_action(self, text: str, slot: Callable[[], object], key: str = "") -> QAction:
        """Put an entry into the context menu; `slot` is a method."""
        action = QAction(text, self)
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def shown_columns(self) -> list[Column[Row]]:
        """The columns in sight, from the left."""
        return [self.rows.columns[n] for n in self.headings.shown()]

    def copy(self) -> None:
        """Put the marked rows on the clipboard with headings: as Excel, Word and WPS take them."""
        from deputydesk.ui.table_copy import table_of

        QApplication.clipboard().setMimeData(table_of(self.selected(), self.shown_columns()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and held == both:
            self.headings.move(self.currentIndex().column(), -1 if key == Qt.Key.Key_Left else 1)
        elif key != Qt.Key.Key_Escape or not self.filters or not self.filters.drop_last():
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if is_by_mouse else self.currentIndex()
        below = self.visualRect(index).bottomLeft()
        at = event.globalPos() if is_by_mouse else self._sheet.mapToGlobal(below)
        self.menu(index).popup(at)

    def menu(self, index: QModelIndex) -> QMenu:
        """The context menu of a cell, or of the list where there is none."""
        made = own_menu(self)
        if self.filters and index.isValid():
            offer_filters(made, self.rows.columns[index.column()].title, index.data())
            made.triggered.connect(self._take)
        made.addActions(self.actions())
        made.addSeparator()
        columns = made.addMenu("列…")
        self.headings.add_to(columns, index.column())
        return made

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()  # the window goes back and forward
        else:
            super().mousePressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the window changes the text size
        else:
            super().wheelEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.headings.fit(event.size().width())
        if self._room_for() > self._measured:
            self._measure_in_sight()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._recall()
        if not self._measured:
            self._measure_in_sight()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.verticalHeader().setDefaultSectionSize(style.px(ROW_HEIGHT))
            self.headings.forget_needs()
            self._painter.forget()
            self._measure_in_sight()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.executeDelayedItemsLayout()
        painter = QPainter(self._sheet)
        whole, base = event.rect(), self.palette().base()
        if self.rows.rowCount():
            covered = self._paint_rows(painter, whole)
            beside, below = whole.right() - covered.right(), whole.bottom() - covered.bottom()
            if beside > 0:
                painter.fillRect(covered.right() + 1, whole.top(), beside, whole.height(), base)
            if below > 0:
                painter.fillRect(whole.left(), covered.bottom() + 1, whole.width(), below, base)
        else:
            painter.fillRect(whole, base)
        if not self.rows.rowCount() and self._empty:
            painter.setPen(colour(style.theme().sub))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self._sheet.rect().adjusted(24, 0, -24, 0), middle, self._empty)
        if not self.rows.rowCount() and self.hasFocus():
            paint_ring(painter, QRectF(self._sheet.rect()))

    def _paint_rows(self, painter: QPainter, rect: QRect) -> QRect:
        """Paint the rows that are seen in the rectangle; returns what they cover."""
        bar, high = self.horizontalHeader(), self.rowHeight(0)
        left = bar.sectionViewportPosition(bar.logicalIndex(0))
        shown = self.headings.shown()
        lanes = tuple(
            Lane(n, bar.sectionViewportPosition(n) - left, bar.sectionSize(n)) for n in shown
        )
        ratio = painter.device().devicePixelRatioF()
        self._painter.begin(lanes, high, ratio, self._room_for() + 1)
        here, marked = self.currentIndex(), self.selectionModel().selection().toList()
        spans = [(span.top(), span.bottom()) for span in marked]
        first = max(0, self.rowAt(max(0, rect.top())))
        top = self.rowViewportPosition(first)  # all rows are as high
        last = min(self.rows.rowCount() - 1, first + (rect.bottom() - top) // max(1, high))
        for number in range(first, last + 1):
            is_marked = any(above <= number <= below for above, below in spans)
            y = top + (number - first) * high
            self._painter.paint(painter, number, left, y, is_marked=is_marked)
        if first <= here.row() <= last and self.hasFocus():
            painter.setPen(colour(style.theme().accent))
            painter.drawRect(self.visualRect(here).adjusted(1, 1, -2, -3))
        wide = lanes[-1].left + lanes[-1].width if lanes else 0
        return QRect(left, top, wide, max(0, last + 1 - first) * high)

    def _set_manner(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(style.px(ROW_HEIGHT))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.horizontalHeader().setAccessibleName("列标题")

    def _measure_in_sight(self) -> None:
        """Measure when the list is in sight: the rows of one that is not may not even be read."""
        self._is_unmeasured = False
        self._measured = self._room_for() if self.isVisible() else 0
        if self._measured and self.headings.measure(self._measured):
            self.headings.fit()

    def _room_for(self) -> int:
        """How many rows have room, or begin to."""
        return self._sheet.height() // style.px(ROW_HEIGHT) + 1

    def _recall(self) -> None:
        """Have the columns as they were left on this PC; what is in a dialog is always the same."""
        desk = desk_of(self)
        if desk and not self._is_remembered:
            self._is_remembered = True
            self._summing.said.connect(desk.say)
            self.headings.remember(memory(desk.folder), self.accessibleName())

    def _take(self, action: QAction) -> None:
        """Filter by the cell, if that was chosen."""
        if isinstance(action.data(), CellFilter):
            self._filter(with_filter(self.rows.arrangement.filters, action.data()))

    def _filter(self, filters: tuple[CellFilter, ...]) -> None:
        self.filter(filters)

    def _keep(self) -> None:
        self._is_resetting = True
        self._column = max(0, self.currentIndex().column())
        if not self._waiting:  # else they stay those of the list before it was read again
            self._kept = [self.rows.id(n) for n in self.marked(MOST_KEPT)]

    def _restore(self) -> None:
        self._is_resetting = False
        self._is_unmeasured = self.rows.is_arranging and self._measured > 0
        if not self._is_unmeasured:
            self._measure_in_sight()
        is_there = self._go_back()
        self._waiting = self.rows.is_arranging and not is_there
        if not self._waiting:  # else the user's record may still be found
            self._tell()

    def _settle(self) -> None:
        """All rows are there: if the user's record is among them, go to it."""
        if self._is_unmeasured:  # columns that change at every letter would only be in the way
            self._measure_in_sight()
        if self._waiting:
            self._waiting = False
            self._go_back()
            self._tell()

    def _go_back(self) -> bool:
        """Go to the record where the user was, and mark those that were marked."""
        self._is_resetting = True
        at = self.rows.place(self._at.id) if self._at else -1
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at, self._column))
        marked = QItemSelection()
        for place in map(self.rows.place, self._kept):
            if place >= 0:
                index = self.rows.index(place, 0)
                marked.select(index, index)
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(marked, flag.Select | flag.Rows)
        self._is_resetting = False
        return at >= 0 or self._at is None

    def _move(self, _to: QModelIndex, _from: QModelIndex) -> None:
        if not self._is_resetting:
            self._tell()

    def _tell(self) -> None:
        now = self.current()
        if now != self._at:
            self._at = now
            self.picked.emit(now)

    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.opened.emit(row)
