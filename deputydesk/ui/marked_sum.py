"""Says how many rows of a list are marked and what their numbers come to, as Excel does."""

from collections.abc import Sequence
from typing import Any, Generic

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QTableView

from deputydesk.ui.arranging import Answer, Arranger, Steps
from deputydesk.ui.columns import Column, Row
from deputydesk.ui.paged_rows import CHUNK, Said
from deputydesk.ui.rows_model import POLL_MS, RowsModel

REST_MS = 60
"""Rows are counted when the hand that marks them rests."""
AT_ONCE = 200
"""More rows are added up by a thread."""


class MarkedSum(QObject, Generic[Row]):
    """Watches what is marked.

    Args:
        table: the view.
        rows: its model.
    """

    said = Signal(str)
    """What is to be said; empty when no more than one row is marked."""

    def __init__(self, table: QTableView, rows: RowsModel[Row]) -> None:
        super().__init__(table)
        self._table = table
        self._rows = rows
        self._has_said = False
        self._arranger: Arranger[Row] | None = None
        self._rest = self._made_timer(REST_MS, self._add_up)
        self._rest.setSingleShot(True)
        self._poll = self._made_timer(POLL_MS, self._fetch)
        table.selectionModel().selectionChanged.connect(self._wait)

    def _made_timer(self, every: int, slot: Any) -> QTimer:  # Any: a method without arguments
        made = QTimer(self)
        made.setInterval(every)
        made.timeout.connect(slot)
        return made

    def _wait(self) -> None:
        self._stop()
        self._rest.start()

    def _add_up(self) -> None:
        marked = self._table.selectionModel().selection().toList()
        spans = [(span.top(), span.bottom() + 1) for span in marked]
        count = sum(end - first for first, end in spans)
        if count <= 1:
            self._say("")
            return
        columns = [
            column
            for n, column in enumerate(self._rows.columns)
            if not self._table.isColumnHidden(n)
        ]
        if count <= AT_ONCE:
            from deputydesk.ui.table_copy import Sums

            places = (n for first, end in spans for n in range(first, end))
            added = Sums(columns)
            added.add([row for row in map(self._rows.get, places) if row is not None])
            self._say(added.text)
            return
        self._say(f"已选 {count} 条")
        self._arranger = Arranger(_adding(self._rows.as_shown, spans, columns))
        self._poll.start()

    def _fetch(self) -> None:
        answer = self._arranger.fetch() if self._arranger else None
        if answer and answer.said:
            self._say(answer.said.text)
            self._stop()

    def _stop(self) -> None:
        self._poll.stop()
        if self._arranger:
            self._arranger.drop()
            self._arranger = None

    def _say(self, text: str) -> None:
        if text or self._has_said:
            self._has_said = bool(text)
            self.said.emit(text)


def _adding(
    rows: Sequence[Row], spans: Sequence[tuple[int, int]], columns: Sequence[Column[Row]]
) -> Steps[Row]:
    from deputydesk.ui.table_copy import Sums

    added = Sums(columns)
    for first, end in spans:
        for start in range(first, end, CHUNK):
            added.add(rows[start : min(start + CHUNK, end)])
            yield None
    yield Answer(said=Said(added.text))
