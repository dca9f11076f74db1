"""The strip of files that belong to a record: dragged here, pasted, opened, renamed, removed."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QAction,
    QColor,
    QDesktopServices,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
)
from typing_extensions import override

from deputydesk.errors import UserError
from deputydesk.exchange import attachments as files
from deputydesk.models import Attachment, Record
from deputydesk.operations import attachments
from deputydesk.operations.attachments import Added, AttachmentRow
from deputydesk.ui import messages, style
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import CheckField, LongTextField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.parts import button, label
from deputydesk.ui.tasks import run_task
from deputydesk.ui.thumbnails import paths_in, sign

HINT = "把照片、扫描件拖到这里，或复制后按 Ctrl+V"
SMALL = 4 << 20
"""Bytes that are kept so quickly that no task is needed."""
PHOTO_PIXELS = 2_000_000
"""A pasted picture of more is a photo, and kept as one."""
THUMB = 52


class AttachmentStrip(QFrame):
    """The attachments of one record; hidden while there is no record.

    Args:
        desk: the desk.
    """

    spoken_as = QAccessible.Role.Grouping

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._model: type[Record] | None = None
        self._record_id = ""
        self.setObjectName("strip")
        self.setAccessibleName("附件")
        self.list = _Thumbs()
        self._title = label("附件", "h2")
        self.add = button("添加", "paperclip")
        self._lay_out()
        self.add.setToolTip(HINT)
        self.add.clicked.connect(self._choose)
        self.list.given.connect(self.take)
        self.list.pasted.connect(self.paste)
        self.list.renaming.connect(self._rename)
        self.list.itemActivated.connect(self._open)
        for text, key, slot in (
            ("打开", "", self._open),
            ("另存为", "", self._save_as),
            ("重命名", "F2", self._rename),
            ("说明…", "", self._describe),
            ("粘贴", "", self.paste),
            ("删除", "Del", self._remove),
        ):
            self._act(text, key, slot)
        desk.changed.connect(self._on_change)
        self.hide()

    def show_record(self, model: type[Record], record_id: str) -> None:
        """Show what belongs to a record; without an id, nothing and no place for it."""
        self._model, self._record_id = model, record_id
        self.setVisible(bool(record_id))
        self.refresh()

    @property
    def record_id(self) -> str:
        """The record whose attachments are shown; empty if there is none."""
        return self._record_id

    @property
    def has_record(self) -> bool:
        """Whether there is a record that files can be laid to."""
        return bool(self._record_id)

    def rows(self) -> list[AttachmentRow]:
        """What is shown."""
        return self.list.rows()

    def refresh(self) -> None:
        """Read the list again."""
        found: list[AttachmentRow] = []
        if self._model and self._record_id:
            kind = self._model.__tablename__
            found = self._desk.ask(attachments.rows, kind, self._record_id)
        store = files.store_of(self._desk.office) if found else None
        self.list.show_rows([(row, store.find(row.digest) if store else None) for row in found])
        self._title.setText(f"附件 {len(found)}" if found else "附件")
        way = QBoxLayout.Direction  # one line while there is nothing: the form needs the room
        self._head.setDirection(way.TopToBottom if found else way.LeftToRight)

    def take(self, sources: list[Path]) -> None:
        """Attach these files; a task if they are large."""
        if self._model is None or not self._record_id or not sources:
            return
        work = partial(files.attach, self._desk.office, self._model, self._record_id, sources)
        if sum(_size(source) for source in sources) > SMALL:
            run_task(self, "正在添加附件", work, self._say)
        else:
            self._say(work())

    def paste(self) -> None:
        """Attach what lies on the clipboard: files, or a picture."""
        data = QApplication.clipboard().mimeData() or QMimeData()  # None when there is nothing
        if sources := paths_in(data):
            self.take(sources)
            return
        picture = QApplication.clipboard().image() if data.hasImage() else QImage()
        if picture.isNull():
            raise UserError(
                "剪贴板里没有图片或文件。", hint="请先复制图片，或在文件夹里选中文件按 Ctrl+C。"
            )
        assert self._model, "shown for a record"
        ending, packed = _packed(picture)
        name = f"粘贴的图片 {self._desk.clock():%Y-%m-%d %H%M%S}.{ending}"
        self._say(files.attach_bytes(self._desk.office, self._model, self._record_id, name, packed))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(12), style.px(6), style.px(8), style.px(6))
        row.setSpacing(style.px(10))
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(style.px(4))
        self._head.addWidget(self._title)
        self._head.addWidget(self.add)
        row.addLayout(self._head)
        row.addWidget(self.list, 1)

    def _act(self, text: str, key: str, slot: object) -> None:
        action = QAction(text, self.list)
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.list.addAction(action)

    def _on_change(self, kinds: frozenset[type[Record]]) -> None:
        if Attachment in kinds and self._record_id:
            self.refresh()

    def _say(self, added: Added) -> None:
        known = f"，{len(added.known)} 个原来就有" if added.known else ""
        self._desk.say(f"已添加 {len(added.ids)} 个附件{known}")

    def _choose(self) -> None:
        self.take(messages.ask_files_to_open(self, "添加附件", "所有文件 (*)"))

    def _open(self) -> None:
        row = self.list.current()
        if row is None:
            return
        copy = files.copy_to_open(self._desk.office, row, self._desk.folder / "opened")
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            raise UserError(
                f"没有能打开“{row.name}”的程序。", hint="请右键选“另存为”，再用合适的程序打开。"
            )

    def _save_as(self) -> None:
        row = self.list.current()
        if row is None:
            return
        to = messages.ask_file_to_save(self, "另存附件", files.safe_name(row.name), "所有文件 (*)")
        if to:
            files.write_to(self._desk.office, row, to)
            self._desk.say(f"已另存为 {to}")

    def _rename(self) -> None:
        row = self.list.current()
        name = row and messages.ask_text("重命名附件", "新名称", text=row.name, parent=self)
        if row and name and name != row.name:
            self._desk.do(attachments.rename, attachment_id=row.id, name=name)

    def _describe(self) -> None:
        row = self.list.current()
        if row is None:
            return
        fields = (
            TextField("name", wide=True),
            TextField("purpose"),
            DateField("taken_on", optional=True),
            LongTextField("note", lines=2),
            CheckField("confidential"),
        )
        form = Form(self._desk, "attachment", fields, model=Attachment)
        form.show_row(row)
        save = partial(self._desk.do, attachments.edit, attachment_id=row.id)
        FormDialog(self, "附件说明", form, save).open()

    def _remove(self) -> None:
        ids = self.list.chosen()
        if ids:
            self._desk.do(attachments.remove, ids=ids)
            self._desk.say(f"已删除 {len(ids)} 个附件，按 Ctrl+Z 撤销")


class _Thumbs(QListWidget):
    """Small pictures in a row; takes what is dropped or pasted."""

    given = Signal(list)
    pasted = Signal()
    renaming = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[AttachmentRow] = []
        self.setObjectName("thumbs")
        self.setAccessibleName("附件列表")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setWrapping(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self._fit()

    def rows(self) -> list[AttachmentRow]:
        return list(self._rows)

    def current(self) -> AttachmentRow | None:
        place = self.currentRow()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def chosen(self) -> tuple[str, ...]:
        return tuple(self._rows[index.row()].id for index in self.selectedIndexes())

    def show_rows(self, found: list[tuple[AttachmentRow, Path | None]]) -> None:
        at = self.currentRow()
        self._rows = [row for row, _ in found]
        self.clear()
        side = style.px(THUMB)
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(side + style.px(34), side + style.px(24)))
        for row, file in found:
            item = QListWidgetItem(sign(row, file, side, self.devicePixelRatioF()), row.name)
            item.setToolTip(_tip(row, file))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _tip(row, file))
            self.addItem(item)
        self.setCurrentRow(min(at, len(found) - 1))
        self._fit()

    def _fit(self) -> None:
        """High enough for what is shown; low while there is nothing."""
        self.setFixedHeight(style.px(THUMB + 42) if self._rows else style.px(38))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        if not self._rows:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(style.theme().faint))
            painter.setFont(style.font(12))
            inside = self.viewport().rect().adjusted(4, 0, -4, 0)
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inside, middle, HINT)

    @override
    def event(self, e: QEvent) -> bool:
        """Keep F2: in the window it is also the key of a page, and Qt would do neither."""
        if e.type() == QEvent.Type.ShortcutOverride and _is_rename(e):
            e.accept()
            return True
        return super().event(e)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif _is_rename(event):
            self.renaming.emit()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, e: QDragEnterEvent) -> None:
        if paths_in(e.mimeData()):
            e.acceptProposedAction()

    @override
    def dragMoveEvent(self, e: QDragMoveEvent) -> None:
        e.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.given.emit(paths_in(event.mimeData()))


def _is_rename(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2 and not event.modifiers()


def _size(source: Path) -> int:
    try:
        return source.stat().st_size
    except OSError:  # it is said when it is taken
        return 0


def _packed(picture: QImage) -> tuple[str, bytes]:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    is_photo = picture.width() * picture.height() > PHOTO_PIXELS
    if is_photo:
        picture.save(buffer, "JPG", 88)  # type: ignore[call-overload]  # PySide refuses the bytes it asks for
    else:
        picture.save(buffer, "PNG")  # type: ignore[call-overload]  # as above
    return "jpg" if is_photo else "png", bytes(buffer.data().data())


def _tip(row: AttachmentRow, file: Path | None) -> str:
    parts = [row.name, files.size_text(row.size)]
    if row.taken_on:
        parts.append(f"{row.taken_on}")
    parts += [row.note, "不公开" if row.confidential else "", "" if file else "文件不见了"]
    return "，".join(part for part in parts if part)
