"""A button with everything that can be done with a list: what its context menu has, in sight."""

from typing import Any

from PySide6.QtWidgets import QMenu

from deputydesk.ui.parts import Button
from deputydesk.ui.table import RowsTable

AnyTable = RowsTable[Any]  # Any: rows of whichever kind


class MoreMenu(Button):
    """Offers the entries of a list by a click: paste, bulk edit, save a view, columns.

    Args:
        table: the list; None until one is shown.
    """

    def __init__(self, table: AnyTable | None = None) -> None:
        super().__init__("更多")
        self._table = table
        self._columns: QMenu | None = None
        self.setToolTip("粘贴、批量修改、保存为视图、选列……和列表的右键菜单一样")
        self.choices = QMenu(self)
        self.choices.setAccessibleName("更多")
        self.choices.aboutToShow.connect(self._fill)
        self.setMenu(self.choices)

    def show_table(self, table: AnyTable) -> None:
        """Another list is in sight."""
        self._table = table

    def _fill(self) -> None:
        table = self._table
        assert table, "the page shows one"
        if self._columns:
            self._columns.deleteLater()
        for action in self.choices.actions():
            self.choices.removeAction(action)  # `clear` would delete those that are the list's
            if action.isSeparator():
                action.deleteLater()
        self.choices.addActions(table.actions())
        self.choices.addSeparator()
        self._columns = self.choices.addMenu("列…")
        table.headings.add_to(self._columns, table.currentIndex().column())
