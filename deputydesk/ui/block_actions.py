"""What is done with many rows of a list at once: a block pasted, a value filled into all marked."""

from typing import Any

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication, QWidget

from deputydesk.errors import UserError
from deputydesk.rules import pasted_tables
from deputydesk.ui.attachments import AttachmentStrip
from deputydesk.ui.block_target import BlockReader, BlockTarget
from deputydesk.ui.desk import Desk
from deputydesk.ui.table import RowsTable

MOST = 500
"""Records that are changed at a time."""


class BlockActions(QObject):
    """Paste, bulk edit and fill down on a list.

    Args:
        view: the page or its part that holds the list.
        desk: the desk.
        table: the list.
        target: what its rows are.
        strip: takes pictures and files that are pasted, where it is in sight; None: nothing does.
    """

    def __init__(
        self,
        view: QWidget,
        desk: Desk,
        table: RowsTable[Any],  # Any: rows of whichever kind
        target: BlockTarget,
        strip: AttachmentStrip | None = None,
    ) -> None:
        super().__init__(view)
        self._view, self._desk, self._table = view, desk, table
        self._target, self._strip = target, strip
        table.add_action("粘贴…", self.paste, "Ctrl+V")
        table.add_action("批量修改…", self.edit, "Ctrl+Shift+E")
        table.add_action("向下填充", self.fill_down, "Ctrl+D")

    def paste(self) -> None:
        """Paste what lies on the clipboard: rows of a sheet, or a scan for the current record.

        Raises:
            UserError: there is neither.
        """
        from deputydesk.ui.dialogs.paste_block import (
            PasteDialog,
            rows_of,
        )  # not before the first paint

        data = QApplication.clipboard().mimeData() or QMimeData()  # None when there is nothing
        is_file = data.hasUrls() or (data.hasImage() and not pasted_tables.is_block(data.text()))
        if is_file and self._strip and self._strip.has_record:
            self._strip.paste()
            return
        PasteDialog(self._view, self._desk, self._target, rows_of(data.text())).open()

    def edit(self) -> None:
        """Ask for a value that all marked rows get."""
        from deputydesk.ui.dialogs.bulk_edit import BulkEditDialog  # as above

        BulkEditDialog(self._view, self._desk, self._target, self._marked(1)).open()

    def fill_down(self) -> None:
        """Give the marked rows what stands in the first of them, in the current column.

        Raises:
            UserError: there is nothing to fill, or the column is not of the form.
        """
        from deputydesk.ui.dialogs.bulk_edit import change  # as above

        rows = self._marked(2)
        title = self._table.rows.columns[self._table.currentIndex().column()].title
        reader = BlockReader(self._desk, self._target)
        names = [f.name for f in reader.fields if f.name not in self._target.only_pasted]
        texts = [reader.field(name).text for name in names]
        placed = pasted_tables.placed([title.replace("\n", "")], texts)
        if not placed:
            raise UserError(
                f"“{title}”这一列不能填充。", hint="请先点要填充的那一列，再按 Ctrl+D。"
            )
        name = names[placed[0]]
        change(self._view, self._desk, reader, rows[1:], {name: reader.values_of(rows[0])[name]})

    def _marked(self, least: int) -> list[Any]:  # Any: as the table's rows
        if not least <= len(self._table.selected_ids()) <= MOST:
            raise UserError(
                f"请先选中 {least} 到 {MOST} 行。", hint="按住 Shift 或 Ctrl 点击，可以选中多行。"
            )
        return self._table.selected()
