"""The cells of a pasted block: named by fields, wrong ones marked, corrected in place."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.icons import icon

UNUSED = "（不用）"
_WIDEST, _NARROWEST = 260, 70


class PasteGrid(QTableWidget):
    """Rows of cells that can be edited; Ctrl+D fills the marked ones with the first."""

    corrected = Signal(int)
    """The row in which something was changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("粘贴的内容")
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setAccessibleName("列标题")
        self.verticalHeader().setAccessibleName("行号")
        self.itemChanged.connect(self._note)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these cells."""
        self.blockSignals(True)
        self.clearContents()
        self.setRowCount(len(rows))
        self.setColumnCount(len(rows[0]) if rows else 0)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                self.setItem(row, column, QTableWidgetItem(text))
        self.blockSignals(False)
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            width = self.columnWidth(column) + style.px(10)
            self.setColumnWidth(column, min(max(width, style.px(_NARROWEST)), style.px(_WIDEST)))

    def texts(self, row: int) -> list[str]:
        """What stands in a row."""
        return [self._cell(row, column).text() for column in range(self.columnCount())]

    def name_columns(self, names: Sequence[str]) -> None:
        """Say which field each column is of."""
        self.setHorizontalHeaderLabels([name or UNUSED for name in names])

    def mark(self, row: int, faults: Mapping[int, str]) -> None:
        """Mark what is wrong in a row, and nothing else."""
        red, plain = style.theme().tones[style.Tone.RED], QBrush()
        self.blockSignals(True)
        for column in range(self.columnCount()):
            item = self._cell(row, column)
            said = faults.get(column, "")
            item.setBackground(QColor(red.ground) if said else plain)
            item.setForeground(QColor(red.text) if said else plain)
            item.setToolTip(said)
            item.setIcon(icon("triangle-alert", colour=red.text, size=14) if said else QIcon())
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, said)
        self.blockSignals(False)
        self.viewport().update()

    def set_sign(self, row: int, *, is_wrong: bool) -> None:
        """Say at the number of a row whether something is wrong with it."""
        sign = QTableWidgetItem(f"{row + 1} ×" if is_wrong else str(row + 1))
        self.setVerticalHeaderItem(row, sign)

    def fill_down(self) -> None:
        """Put what stands in the first marked cell of each column into the others."""
        first: dict[int, str] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            text = first.setdefault(index.column(), self._cell(index.row(), index.column()).text())
            self._cell(index.row(), index.column()).setText(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif event.key() == Qt.Key.Key_Delete:
            for index in self.selectedIndexes():
                self._cell(index.row(), index.column()).setText("")
        else:
            super().keyPressEvent(event)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item, "every cell has one"
        return item

    def _note(self, item: QTableWidgetItem) -> None:
        self.corrected.emit(item.row())
