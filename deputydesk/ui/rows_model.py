"""The rows of a list as Qt asks for them; read only, sorted and filtered as the user wished."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from deputydesk.late import override
from deputydesk.rules.cell_filters import AS_GIVEN, Arrangement, CellFilter
from deputydesk.rules.record_ids import RecordIds
from deputydesk.ui.arranging import Answer, Arranger, Steps, arranged, arranging, found
from deputydesk.ui.cells import Cell
from deputydesk.ui.columns import Column, Row
from deputydesk.ui.paged_rows import LateRows, PagedRows, Source, source_of

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
FOUND_AT_ONCE, READ_AT_ONCE, SORTED_AT_ONCE = 5_000, 500, 20_000
"""Longer lists are found by SQL, read through, or sorted in memory by a thread."""
POLL_MS = 8
CELLS_KEPT = 64
"""Of so many rows: those in sight."""
BLANK = Cell("", None, is_alert=False, is_right=False)


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows of a query as a table shows them; read only."""

    settled = Signal()
    """The rows stand as they are to stand, and all of them are there."""
    said = Signal(object)
    """What is `Said` of the rows as arranged."""

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._given: Sequence[Row] | Source[Row] = []
        self._rows: Sequence[Row] = []
        self._paged: PagedRows[Row] | None = None
        self._cells: dict[int, tuple[Row, list[Cell]]] = {}
        self._sorted_by = -1
        self._order = Qt.SortOrder.AscendingOrder
        self._filters: tuple[CellFilter, ...] = ()
        self._shown: tuple[object, Arrangement] | None = None
        self._arranger: Arranger[Row] | None = None
        self._waits_for_all = False
        self._has_first = False
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.poll)

    @property
    def is_arranging(self) -> bool:
        """Whether rows are still looked for or sorted."""
        return self._arranger is not None

    @property
    def is_first_there(self) -> bool:
        """Whether the first rows stand as they are to stand."""
        return self._arranger is None or self._has_first

    @property
    def known_columns(self) -> frozenset[str]:
        """Headings by which a long list is sorted and filtered without reading its rows."""
        return self._given.columns if isinstance(self._given, Source) else frozenset()

    @property
    def arrangement(self) -> Arrangement:
        """What the list shows of its rows, and in which order."""
        by = self.columns[self._sorted_by].title if self._sorted_by >= 0 else ""
        is_down = bool(by) and self._order == Qt.SortOrder.DescendingOrder
        return Arrangement(self._filters, by, is_down)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, sorted as the user last wished; paged ones are read when in sight."""
        is_late = isinstance(rows, LateRows)
        if isinstance(rows, PagedRows) and not is_late:
            self._given = source_of(rows)  # pyright: ignore[reportUnknownArgumentType]  # of Row
        else:
            self._given = rows if is_late else list(rows)
        self._arrange()

    def set_source(self, source: Source[Row]) -> None:
        """Show a list that may be long: the first rows at once, all when they were found."""
        self._given = source
        self._arrange()

    def set_filters(self, filters: Sequence[CellFilter]) -> None:
        """Show only rows whose cells say this."""
        self._filters = tuple(filters)
        self._arrange()

    def rows(self) -> list[Row]:
        """The rows as they stand, from the top."""
        return list(self._rows)

    @property
    def as_shown(self) -> Sequence[Row]:
        """The rows as they stand; slices of them may be taken in a thread."""
        return self._rows

    def reader(self) -> Callable[[], Sequence[Row]]:
        """What gives all rows in a thread, even those that were not found yet."""
        given, rows = self._given, self._rows
        if self._arranger and isinstance(given, Source):
            return partial(_all_of, given, self.columns, self.arrangement)
        if self._arranger and not isinstance(given, Source):
            return partial(arranged, given, self.columns, self.arrangement)
        return lambda: rows

    def row(self, number: int) -> Row:
        """The row at a place, counted from 0."""
        return self._rows[number]

    def get(self, number: int) -> Row | None:
        """The row at a place; None if its record was taken away meanwhile."""
        return self._paged.get(number) if self._paged is not None else self._rows[number]

    def id(self, number: int) -> str:
        """Which record stands at a place; no row is read for it."""
        return self._paged.id(number) if self._paged is not None else self._rows[number].id

    def place(self, record_id: str) -> int:
        """Where a record stands; -1 if it is not listed."""
        if self._paged is not None:
            return self._paged.place(record_id)
        return next((n for n, row in enumerate(self._rows) if row.id == record_id), -1)

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            row = self.get(index.row())
            return "" if row is None else self.columns[index.column()].text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), index.column())
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = (
                    Qt.AlignmentFlag.AlignRight
                    if self.columns[section].right
                    else Qt.AlignmentFlag.AlignLeft
                )
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if (column, order) != (self._sorted_by, self._order):  # a table asks for each twice
            self._sorted_by, self._order = column, order
            self._arrange()

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell, for painting."""
        return self.cells(row, (column,))[0]

    def cells(self, row: int, columns: Iterable[int]) -> list[Cell]:
        """What stands in some cells of a row; measured first and then painted, it is made once."""
        of = self.get(row)
        if of is None:
            return [BLANK for _ in columns]
        kept = self._cells.get(row)
        if kept is None or kept[0] is not of:
            if len(self._cells) >= CELLS_KEPT:
                self._cells.clear()
            kept = self._cells[row] = (of, [_cell_of(column, of) for column in self.columns])
        return [kept[1][n] for n in columns]

    def _spoken(self, row: int, column: int) -> str:
        """A cell for a screen reader: what it is, what stands there, what its red says."""
        cell, title = self.cell(row, column), self.columns[column].title
        is_told = not cell.is_alert or "逾期" in cell.text
        return f"{title}：{cell.text or '空'}" + ("" if is_told else "，逾期")

    def _arrange(self) -> None:
        asked, given, is_settled = self.arrangement, self._given, not self._arranger
        self._drop()
        shown = (given.key if isinstance(given, Source) else None, asked)
        is_again = shown == self._shown and shown[0] is not None and is_settled
        self._shown = shown
        if isinstance(given, Source):
            if given.count <= (FOUND_AT_ONCE if given.knows(asked) else READ_AT_ONCE):
                for answer in found(given, self.columns, asked, is_long=False):
                    if answer and (answer.is_all or answer.said is not None):
                        self._take(answer)
            else:
                self._begin(found(given, self.columns, asked), is_again=is_again)
        elif len(given) > SORTED_AT_ONCE and asked != AS_GIVEN:
            self._begin(arranging(given, self.columns, asked), is_again=False)
        else:
            self._reset(arranged(given, self.columns, asked))
            self.settled.emit()

    def _begin(self, steps: Steps[Row], *, is_again: bool) -> None:
        """Have it done in a thread; the list that is read again stays in sight meanwhile."""
        self._waits_for_all = is_again
        self._has_first = False
        if is_again and self._paged is not None:
            self._paged.forget()
        self._arranger = Arranger(steps)
        first = self._arranger.first()
        if first:
            self._take(first)
        self._timer.start()

    def _drop(self) -> None:
        self._timer.stop()
        if self._arranger:
            self._arranger.drop()
            self._arranger = None

    def poll(self) -> None:
        """Take what the thread has found by now."""
        arranger = self._arranger
        while arranger and arranger is self._arranger:
            try:
                answer = arranger.fetch()
            except BaseException:
                self._drop()
                raise
            if answer is None:
                if arranger.is_done:
                    self._drop()
                return
            self._take(answer)

    def _take(self, answer: Answer[Row]) -> None:
        if answer.rows is not None:
            self._reset(answer.rows)
        elif answer.ids is not None and (answer.is_all or not self._waits_for_all):
            self._show_ids(answer.ids)
            self._has_first = True
        if answer.is_all:
            self.settled.emit()
        if answer.said is not None:
            self.said.emit(answer.said)

    def _show_ids(self, ids: RecordIds) -> None:
        """Show more of the same list, or another one."""
        rows, given = self._paged, self._given
        assert isinstance(given, Source), "ids are found in a source"
        is_same = rows is not None and rows.fetch is given.read and not self._waits_for_all
        if rows is None or not is_same or not ids.continues(rows.ids):
            self._reset(PagedRows(ids, given.read))
        elif len(ids) > len(rows):
            self.beginInsertRows(NOWHERE, len(rows), len(ids) - 1)
            rows.grow(ids)
            self.endInsertRows()

    def _reset(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self._paged = rows if isinstance(rows, PagedRows) else None  # pyright: ignore[reportUnknownMemberType]  # of Row
        self.endResetModel()


def _all_of(
    source: Source[Row], columns: Sequence[Column[Row]], arrangement: Arrangement
) -> Sequence[Row]:
    answers = [a for a in found(source, columns, arrangement) if a and a.ids is not None]
    return list(PagedRows(answers[-1].ids or (), source.read))


def _cell_of(column: Column[Row], row: Row) -> Cell:
    return Cell(
        column.text(row),
        column.tone(row) if column.tone else None,
        is_alert=bool(column.alert and column.alert(row)),
        is_right=column.right,
        share=column.share(row) if column.share else None,
    )
