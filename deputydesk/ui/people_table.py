"""The rows of a people grid: who stands how, one key for the presence, cells to type into."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollArea,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from typing_extensions import override

from deputydesk.models.attendance import Presence
from deputydesk.ui import style
from deputydesk.ui.cells import ROW_HEIGHT, Cell, CellPainter
from deputydesk.ui.style import Tone

NAME, PRESENCE, HALF_DAYS, HOURS, ROLE, NOTE = range(6)
TITLES = ("姓名", "出席", "半天", "学时", "角色", "备注")
WIDTHS = ((NAME, 82), (PRESENCE, 62), (HALF_DAYS, 50), (HOURS, 50), (ROLE, 78))
EMPTY = "还没有代表。在上面输入姓名，按 Enter 加入"
LEAST_NOTE = 44
"""Standard pixels without which there is no place for notes; the large window has it."""
WIDE_NAME = 320
HEIGHT = ROW_HEIGHT - 5
KEYS = dict(zip("1234", Presence, strict=True))
"""A digit on the row of a deputy says how they stand: 应到, 到会, 请假, 缺席."""
LEGEND = "　".join(f"{key} {presence.label}" for key, presence in KEYS.items()) + "　Del 移除"
TONES = {
    Presence.EXPECTED: Tone.GREY,
    Presence.PRESENT: Tone.GREEN,
    Presence.LEAVE: Tone.AMBER,
    Presence.ABSENT: Tone.VIOLET,
}
Index = QModelIndex | QPersistentModelIndex


@dataclass
class PeopleLine:
    """A row: the deputy, how they stand, and what was typed beside."""

    mandate_id: str
    name: str
    presence: Presence
    detail: str = ""
    """What tells the deputy from namesakes."""
    texts: dict[int, str] = field(default_factory=dict[int, str])
    """What is typed into cells, by column."""


class _Painter(CellPainter):
    """Marks the cell one is in: there digits go into the cell, elsewhere they set the presence."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        table = self._table
        at = table.currentIndex()
        if table.hasFocus() and (index.row(), index.column()) == (at.row(), at.column()):
            painter.setPen(QPen(QColor(style.theme().accent), 1))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))


class PeopleTable(QTableWidget):
    """The rows.

    1 to 4 set the presence of the marked rows, Del removes them; in the other columns one types.

    Args:
        hours: whether hours of training are asked.
    """

    changed = Signal()
    """The user changed something."""

    def __init__(self, *, hours: bool) -> None:
        super().__init__(0, NOTE + 1)
        self.lines: list[PeopleLine] = []
        self._with_details = False
        self.setHorizontalHeaderLabels(TITLES)
        self.setColumnHidden(HOURS, not hours)
        self.setColumnHidden(ROLE, hours)
        self.setAccessibleName("参加的代表")
        self.setItemDelegate(_Painter(self, self._cell))
        self._set_manner()
        self.itemChanged.connect(self._take)
        self.currentCellChanged.connect(self._show_current)

    def put(self, line: PeopleLine) -> None:
        """Add a row, unless the deputy has one; go there."""
        at = next((n for n, one in enumerate(self.lines) if one.mandate_id == line.mandate_id), -1)
        if at < 0:
            at = len(self.lines)
            self.lines.append(line)
            self._write(at)
        self.setCurrentCell(at, PRESENCE)

    def set_lines(self, lines: Sequence[PeopleLine]) -> None:
        """Show these rows and no others."""
        self.setRowCount(0)
        self.lines = list(lines)
        for number in range(len(self.lines)):
            self._write(number)
        if self.lines:
            self.setCurrentCell(0, PRESENCE)

    def show_details(self) -> None:
        """Say beside each name what tells it from its namesakes; there is room."""
        self._with_details = True
        self._size()

    def set_presence(self, presence: Presence, numbers: Sequence[int]) -> None:
        """Let these rows stand so; who did not come has no half days."""
        for number in numbers:
            line = self.lines[number]
            line.presence = presence
            if presence != Presence.PRESENT:
                line.texts |= {HALF_DAYS: "", HOURS: ""}
            self._show(number)
        self.changed.emit()

    def count(self, presence: Presence) -> int:
        """Rows that stand so."""
        return sum(line.presence == presence for line in self.lines)

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        if not self.lines:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(style.theme().faint))
            painter.setFont(style.font(12))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), middle, EMPTY)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        others = sum(self.columnWidth(n) for n in range(NOTE) if not self.isColumnHidden(n))
        self.setColumnHidden(NOTE, event.size().width() - others < style.px(LEAST_NOTE))

    @override
    def changeEvent(self, arg__1: QEvent) -> None:
        super().changeEvent(arg__1)
        if arg__1.type() == QEvent.Type.StyleChange:
            self._size()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = sorted({index.row() for index in self.selectedIndexes()})
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.text() in KEYS and self.currentColumn() <= PRESENCE and rows:
            self.set_presence(KEYS[event.text()], rows)
            if len(rows) == 1 and rows[0] + 1 < len(self.lines):
                self.setCurrentCell(rows[0] + 1, self.currentColumn())
        elif event.key() == Qt.Key.Key_Delete and rows:
            self._drop(rows)
        elif is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() != QAbstractItemView.State.EditingState:  # it ends the editing, then
                self._enter()
        elif is_plain and event.text().strip() and self.currentColumn() <= PRESENCE:
            event.accept()  # Qt would look for a row that begins with it
        else:
            super().keyPressEvent(event)

    def _show_current(self, row: int) -> None:
        """Have the form around scroll to the row one is at."""
        item = self.item(row, NAME)
        around = _around(self)
        inside = around.widget() if around else None
        if around and inside and item and self.hasFocus():
            self.scrollToItem(item)
            at = self.viewport().mapTo(inside, self.visualItemRect(item).center())
            around.ensureVisible(at.x(), at.y(), 0, style.px(HEIGHT))

    def _enter(self) -> None:
        """Type into the cell, or go on to the next row."""
        if self.currentColumn() > PRESENCE:
            self.editItem(self.currentItem())
        else:
            self.setCurrentCell(self.currentRow() + 1, self.currentColumn())

    def _drop(self, rows: Sequence[int]) -> None:
        for number in reversed(rows):
            self.removeRow(number)
            del self.lines[number]
        self.changed.emit()

    def _write(self, number: int) -> None:
        if number >= self.rowCount():
            self.insertRow(number)
        is_blocked = self.blockSignals(True)
        for column in range(NOTE + 1):
            item = QTableWidgetItem()
            if column <= PRESENCE:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.setItem(number, column, item)
        self.blockSignals(is_blocked)
        self._show(number)

    def _show(self, number: int) -> None:
        line = self.lines[number]
        is_blocked = self.blockSignals(True)
        for column in range(NOTE + 1):
            item = self.item(number, column)
            assert item, "made with its row"
            item.setText(self._text(line, column))
            if column == NAME:
                item.setToolTip(f"{line.name}　{line.detail}")
        self.blockSignals(is_blocked)
        self.viewport().update()

    def _text(self, line: PeopleLine, column: int) -> str:
        name = f"{line.name}　{line.detail}" if self._with_details else line.name
        shown = {NAME: name, PRESENCE: line.presence.label}
        return shown.get(column) or line.texts.get(column, "")

    def _cell(self, row: int, column: int) -> Cell:
        line = self.lines[row]
        tone = TONES.get(line.presence, Tone.GREY) if column == PRESENCE else None
        text = self._text(line, column)
        return Cell(text, tone, is_alert=False, is_right=column in (HALF_DAYS, HOURS))

    def _take(self, item: QTableWidgetItem) -> None:
        if item.column() > PRESENCE:
            self.lines[item.row()].texts[item.column()] = item.text().strip()
            self.changed.emit()

    def _set_manner(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setAccessibleName("列标题")
        header.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        self._size()

    def _size(self) -> None:
        """Rows and columns in the user's text size."""
        self.verticalHeader().setDefaultSectionSize(style.px(HEIGHT))
        for column, width in WIDTHS:
            self.setColumnWidth(column, style.px(width))
        if self._with_details:
            self.setColumnWidth(NAME, style.px(WIDE_NAME))


def _around(widget: QWidget) -> QScrollArea | None:
    """What scrolls the form in which it stands."""
    above: QWidget | None = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above
