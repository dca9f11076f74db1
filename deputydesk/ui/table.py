"""Lists: frozen rows in columns that say what to show of them."""

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.cells import ROW_HEIGHT, CellPainter, width_of
from deputydesk.ui.column_widths import Wish, shared
from deputydesk.ui.columns import Column, HasId, Row
from deputydesk.ui.paged_rows import Source
from deputydesk.ui.rows_model import RowsModel

__all__ = ["Column", "HasId", "Row", "RowsModel", "RowsTable"]

OPEN, LEAST, FAIR = 110, 80, 240
"""Standard pixels an open column should have, always has, and may take before the others."""
MEASURED = 60
"""So many rows tell how wide the texts of a list are."""
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
        self._room = 0
        self._needs: dict[int, int] = {}
        self._is_measured = False
        self.setAccessibleName(name)
        self._set_manner()
        self.setModel(self.rows)
        self.setItemDelegate(CellPainter(self, self.rows.cell))
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

    def set_empty(self, sentence: str) -> None:
        """Change what is said when there are no rows."""
        self._empty = sentence
        self.viewport().update()

    def current(self) -> Row | None:
        """The row the user is at."""
        index = self.currentIndex()
        return self.rows.get(index.row()) if index.isValid() else None

    def selected(self) -> list[Row]:
        """The marked rows, from the top; of a long list `selected_ids` says which, unread."""
        rows = (self.rows.get(place) for place in self._marked())
        return [row for row in rows if row is not None]

    def selected_ids(self) -> tuple[str, ...]:
        """The records of the marked rows, from the top."""
        return tuple(self.rows.id(place) for place in self._marked())

    @property
    def is_marked(self) -> bool:
        """Whether any row is marked."""
        return self.selectionModel().hasSelection()

    def _marked(self) -> list[int]:
        """Places of the marked rows, from the top."""
        spans = self.selectionModel().selection().toList()
        return sorted({n for span in spans for n in range(span.top(), span.bottom() + 1)})

    def select(self, record_id: str) -> bool:
        """Go to a record; False if it is not listed."""
        place = self.rows.place(record_id)
        if place < 0:
            return False
        self.selectRow(place)
        self.scrollTo(self.rows.index(place, 0))
        return True

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
        shown = [n for n in range(len(self.rows.columns)) if not self.isColumnHidden(n)]
        return [self.rows.columns[n] for n in shown]

    def copy(self) -> None:
        """Put the marked rows on the clipboard as Excel takes them, with headings."""
        columns = self.shown_columns()
        lines = [[column.title.replace("\n", "") for column in columns]]
        lines += [[_flat(column.text(row)) for column in columns] for row in self.selected()]
        QApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the window changes the text size
        else:
            super().wheelEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = event.size().width()
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_measured:
            self._measure_in_sight()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.verticalHeader().setDefaultSectionSize(style.px(ROW_HEIGHT))
            self._needs.clear()
            self._measure_in_sight()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(style.theme().sub))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(24, 0, -24, 0), middle, self._empty)

    def _set_manner(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
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
        self._is_measured = self.isVisible()
        if self._is_measured and self._measure() and self._room:
            self._fit()

    def _measure(self) -> bool:
        """Find out what the texts need; what they once needed stays, or columns would jump."""
        before = dict(self._needs)
        of_heading, gap = QFontMetrics(style.font(12)), style.px(26)
        for n, column in enumerate(self.rows.columns):
            if n not in self._needs:
                lines = column.title.split("\n")
                self._needs[n] = gap + max(map(of_heading.horizontalAdvance, lines))
            cells = (self.rows.cell(row, n) for row in range(min(MEASURED, self.rows.rowCount())))
            self._needs[n] = max(self._needs[n], *(width_of(cell) for cell in cells), 0)
        return self._needs != before

    def _fit(self) -> None:
        """Hide columns that may go until the rest has room; then give each what it needs.

        The room is told by the event: the first `viewport()` has PySide6 load every kind of widget.
        """
        columns = dict(enumerate(self.rows.columns))
        shown = {n: self._wish(n) for n in columns}
        fair = style.px(FAIR)
        for n in sorted((n for n in columns if columns[n].drop), key=lambda n: columns[n].drop):
            least = sum(
                min(max(w.need, style.px(OPEN)), fair) if w.is_open else w.least
                for w in shown.values()
            )
            if least > self._room:
                del shown[n]
        widths = dict(zip(shown, shared(self._room, list(shown.values()), fair), strict=True))
        for n in columns:
            self.setColumnHidden(n, n not in shown)
            if n in shown:
                self.setColumnWidth(n, widths[n])
        is_wider = sum(widths.values()) > self._room > 0
        on, off = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(on if is_wider else off)

    def _wish(self, number: int) -> Wish:
        width = self.rows.columns[number].width
        return Wish(style.px(width or LEAST), self._needs.get(number, 0), is_open=not width)

    def _keep(self) -> None:
        self._is_resetting = True
        self._column = max(0, self.currentIndex().column())
        if not self._waiting:  # else they stay those of the list before it was read again
            marked = self._marked()
            self._kept = [self.rows.id(n) for n in marked] if len(marked) <= MOST_KEPT else []

    def _restore(self) -> None:
        self._is_resetting = False
        self._waiting = self.rows.is_arranging
        if not self._go_back() and self._waiting:
            return  # the user's record may still be found
        self._waiting = False
        self._measure_in_sight()
        self._tell()

    def _settle(self) -> None:
        """All rows are there: if the user's record is among them, go to it."""
        if self._waiting:
            self._waiting = False
            self._go_back()
            self._measure_in_sight()
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


def _flat(text: str) -> str:
    return text.replace("\t", " ").replace("\r", "").replace("\n", " ")
