"""What waits for the clerk's word, worked through by keyboard: Enter counts it, N does not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from deputydesk.operations.point_rows import EntryRow
from deputydesk.ui import style
from deputydesk.ui.parts import button, label
from deputydesk.ui.point_columns import entry_columns
from deputydesk.ui.table import RowsTable

HINT = "空格 核实，E 核实并填依据，N 不予计分，Enter 打开来源；可用 Shift 选多条"
DONE = "没有待核实的记录。"


class QueueTable(RowsTable[EntryRow]):
    """The list, with its keys."""

    verified = Signal()
    proved = Signal()
    refused = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Space.value: self.verified,
            Qt.Key.Key_E.value: self.proved,
            Qt.Key.Key_N.value: self.refused,
        }
        signal = keys.get(event.key())
        if signal is not None and not event.modifiers():
            signal.emit()
        else:
            super().keyPressEvent(event)


class PointQueue(QFrame):
    """The list of what waits; after a word one stands at the next."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.table = QueueTable(entry_columns(with_name=True), name="待核实的记录", empty=DONE)
        self._place = 0
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, style.px(4), 0, 0)
        inside.addWidget(self.table.add_filters())
        inside.addWidget(self.table, 1)
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(style.px(16), style.px(8), style.px(12), style.px(8))
        row.addWidget(label(HINT, "faint"), 1)
        self.refuse = button("不予计分")
        self.prove = button("核实并填依据")
        self.verify = button("核实", primary=True)
        for made in (self.refuse, self.prove, self.verify):
            row.addWidget(made)
        inside.addWidget(foot)
        self.table.picked.connect(self._look)
        self._look(None)

    def set_rows(self, rows: list[EntryRow]) -> None:
        """Show what waits; one stands where one was, or at what took its place."""
        had_focus = self.table.hasFocus()
        self.table.set_rows(rows)
        if rows and self.table.current() is None:
            self.table.selectRow(min(self._place, len(rows) - 1))
        if had_focus:
            self.table.setFocus()

    def chosen(self) -> list[str]:
        """Ids of the marked entries, or of the one that one is at."""
        self._place = max(0, self.table.currentIndex().row())
        return [row.id for row in self.table.selected()]

    @override
    def setFocus(self, *_reason: Qt.FocusReason) -> None:
        self.table.setFocus()

    def _look(self, row: EntryRow | None) -> None:
        for made in (self.refuse, self.prove, self.verify):
            made.setEnabled(row is not None)
