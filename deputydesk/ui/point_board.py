"""The board of points, and below it the entries behind the number one is at."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout
from typing_extensions import override

from deputydesk.operations.point_board import BoardRow
from deputydesk.operations.point_rows import EntryRow
from deputydesk.operations.points import Board
from deputydesk.rules.points import shown
from deputydesk.ui import style
from deputydesk.ui.parts import button, label
from deputydesk.ui.point_columns import board_columns, entry_columns, heading_lines, items_from
from deputydesk.ui.table import RowsTable

EMPTY = "这一季度没有积分规则。点右上角“积分规则”，从公开的办法中选一个开始。"
NOBODY = "选中一名代表，看他的每一分从哪里来；点某一项的得分，只看这一项。"
TWO = 82
"""Height of two lines and what rolls them to the side, in standard pixels."""


class PointBoard(QSplitter):
    """Rows of the board; every number opens its entries."""

    asked = Signal(str, str)
    """The deputy and the item (empty: all) whose entries are wanted."""
    opened = Signal(object)
    """The entry whose record is to be opened."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setHandleWidth(style.px(11))
        self.setChildrenCollapsible(False)
        self._board: Board | None = None
        self._item = ""
        self._frame, self._inside = _frame()
        self.table: RowsTable[BoardRow] = RowsTable((), name="积分榜", empty=EMPTY)
        self._inside.addWidget(self.table)
        self.addWidget(self._frame)
        below, inside = _frame()
        head = QHBoxLayout()
        head.setContentsMargins(style.px(14), style.px(4), style.px(10), 0)
        self._title, self._said = label("", "h2"), label(NOBODY, "sub")
        self.all_items = button("看全部项目")
        self.all_items.hide()
        self.all_items.clicked.connect(self._show_all)
        head.addWidget(self._title)
        head.addWidget(self._said, 1)
        head.addWidget(self.all_items)
        inside.addLayout(head)
        self.entries: RowsTable[EntryRow] = RowsTable(
            entry_columns(with_name=False), name="积分记录", empty="没有记录。"
        )
        self.entries.setMinimumHeight(style.px(34 + TWO))
        self.entries.opened.connect(self.opened)
        inside.addWidget(self.entries)
        self.addWidget(below)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self._listen()

    def show_board(self, board: Board) -> None:
        """Show another board, or the same anew; one stays at the deputy where one was."""
        before = self._board
        is_same = before is not None and before.label == board.label
        at = self.table.current() if is_same else None
        self._board = board
        shape = (board.items, board.bands is None, board.scheme)
        if before is None or shape != (before.items, before.bands is None, before.scheme):
            self._replace(board)
        self.table.set_rows(board.rows)
        if not (at and self.table.select(at.id)) and board.rows:
            self.table.select(board.rows[0].id)
            self.table.scrollToTop()
        if not board.rows:
            self._pick(None)

    def show_entries(self, rows: list[EntryRow]) -> None:
        """Show the entries that were asked for."""
        self.entries.set_rows(rows)
        row = self.table.current()
        if row is None or self._board is None:
            return
        counted = sum(entry.counted for entry in rows)
        item = dict(self._board.items).get(self._item, "")
        of = row.items.get(self._item) if self._item else row.total
        self._title.setText(row.name)
        self._said.setText(
            f"{item or self._board.label}　{shown(of) if of is not None else 0}分　"
            f"{len(rows)}条记录，计分{counted}条"
        )
        self.all_items.setVisible(bool(self._item))

    @override
    def setFocus(self, *_reason: Qt.FocusReason) -> None:
        self.table.setFocus()

    def _replace(self, board: Board) -> None:
        old = self.table
        self.table = RowsTable(board_columns(board), name="积分榜", empty=EMPTY)
        self._inside.replaceWidget(old, self.table)
        old.hide()
        old.deleteLater()
        self._item = ""
        self._listen()

    def _listen(self) -> None:
        lines = heading_lines(self.table.rows.columns)
        high = 10 + 16 * max(2, lines)
        self.table.horizontalHeader().setFixedHeight(style.px(high))
        self.table.setMinimumHeight(style.px(high + TWO))
        self.table.picked.connect(self._pick)
        self.table.clicked.connect(self._pick_cell)
        self.table.opened.connect(self._go_below)

    def _pick(self, row: BoardRow | None) -> None:
        if row is None:
            self._title.setText("")
            self._said.setText(NOBODY)
            self.entries.set_rows([])
            return
        self.asked.emit(row.id, self._item)

    def _pick_cell(self, index: QModelIndex) -> None:
        """A click on the points of an item shows its entries only."""
        if self._board is None:
            return
        place = index.column() - items_from(self._board)
        items = self._board.items
        self._item = items[place][0] if 0 <= place < len(items) else ""
        row = self.table.current()
        if row is not None:
            self.asked.emit(row.id, self._item)

    def _show_all(self) -> None:
        self._item = ""
        self._pick(self.table.current())

    def _go_below(self, _row: object) -> None:
        self.entries.setFocus()
        if self.entries.rows.rowCount():
            self.entries.selectRow(0)


def _frame() -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setObjectName("card")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(0, style.px(4), 0, style.px(4))
    inside.setSpacing(style.px(4))
    return frame, inside
