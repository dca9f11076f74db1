"""The entry 变更记录 (Ctrl+H) in the context menu of a list of records."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from deputydesk.ui.desk import Desk
from deputydesk.ui.table import RowsTable

if TYPE_CHECKING:
    from deputydesk.models import Record

KEY = "Ctrl+H"


class PastAction(QObject):
    """Shows the history of the record that the user is at; belongs to its list.

    Args:
        table: a list whose rows carry the ids of records.
        desk: the desk.
        model: the kind of record; without it, each row says its table as `kind`.
    """

    def __init__(
        self,
        table: RowsTable[Any],  # Any: rows of whichever kind
        desk: Desk,
        model: "type[Record] | None" = None,
    ) -> None:
        super().__init__(table)
        self._table, self._desk, self._model = table, desk, model
        table.add_action("变更记录", self._show, KEY)

    def _show(self) -> None:
        row = self._table.current()
        if row is not None:
            from deputydesk.journal.values import models
            from deputydesk.ui.dialogs.past import show_past

            show_past(self._table, self._desk, self._model or models()[row.kind], row.id)
