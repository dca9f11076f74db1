"""Scans and photos dropped on a row of a list, or dropped or pasted on the form of a record."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence
from typing_extensions import override

from deputydesk.errors import UserError
from deputydesk.exchange import attachments as files
from deputydesk.models.base import Record
from deputydesk.ui.attachments import AttachmentStrip
from deputydesk.ui.desk import Desk
from deputydesk.ui.form import Form
from deputydesk.ui.table import RowsTable
from deputydesk.ui.thumbnails import paths_in

_DROPS = {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}
PASTE = QKeySequence.StandardKey.Paste
FIRST = "这条记录还没有保存。"
HOW = "请先按 Ctrl+Enter 保存，再添加附件。"


class FileDrops(QObject):
    """Takes files for the records of a list.

    Args:
        desk: the desk.
        model: the kind of the records.
        table: the list.
        strip: the attachments of the record in the form.
        form: the form, if there is one.
    """

    _pasted = Signal()
    _given = Signal(list)
    _dropped = Signal(str, list)

    def __init__(
        self,
        desk: Desk,
        model: type[Record],
        table: RowsTable[Any],  # Any: rows of whichever kind
        strip: AttachmentStrip,
        form: Form | None = None,
    ) -> None:
        super().__init__(table)
        self._desk, self._model = desk, model
        self._table, self._strip, self._form = table, strip, form
        self._pasted.connect(self._paste)  # by signals: what a filter raises is not shown
        self._given.connect(self._take)
        self._dropped.connect(self._drop)
        for taker in (table.viewport(), form):
            if taker is not None:
                taker.setAcceptDrops(True)
                taker.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _DROPS and isinstance(event, QDropEvent):
            return self._drag(watched, event)
        is_key = watched is self._form and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.matches(PASTE):
            self._pasted.emit()
            return True
        return False

    def _drop(self, record_id: str, sources: list[Path]) -> None:
        """Attach files to a record of the list."""
        if record_id == self._strip.record_id:
            self._strip.take(sources)
            return
        added = files.attach(self._desk.office, self._model, record_id, sources)
        self._desk.say(f"已添加 {len(added.ids)} 个附件，按 Ctrl+Z 撤销")

    def _drag(self, watched: QObject, event: QDropEvent) -> bool:
        sources = paths_in(event.mimeData())
        if not sources:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            place = self._table.indexAt(event.position().toPoint()).row()
            if watched is self._form:
                self._given.emit(sources)
            elif place >= 0:
                self._dropped.emit(self._table.rows.id(place), sources)
        return True

    def _paste(self) -> None:
        self._check_record()
        self._strip.paste()

    def _take(self, sources: list[Path]) -> None:
        self._check_record()
        self._strip.take(sources)

    def _check_record(self) -> None:
        if not self._strip.has_record:
            raise UserError(FIRST, hint=HOW)
