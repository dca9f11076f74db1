"""The portrait of a person, shown and replaced."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QToolButton
from typing_extensions import override

from deputydesk.exchange import attachments as files
from deputydesk.models import Attachment, Record
from deputydesk.operations import attachments
from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.thumbnails import paths_in, portrait

WIDTH, HEIGHT = 44, 58


class PhotoButton(QToolButton):
    """A person's portrait; pressed, or with a picture dropped on it, it is replaced.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._person_id = ""
        size = QSize(style.px(WIDTH), style.px(HEIGHT))
        self.setObjectName("flat")
        self.setIconSize(size)
        self.setFixedSize(size.width() + 4, size.height() + 4)
        self.setAcceptDrops(True)
        self.setToolTip("更换照片：点这里选择，或把照片拖到这里")
        self.clicked.connect(self.ask_photo)
        desk.changed.connect(self._on_change)

    def show_person(self, person_id: str) -> None:
        """Show the portrait of a person."""
        self._person_id = person_id
        row = self._desk.ask(attachments.photos, [person_id]).get(person_id)
        found = files.store_of(self._desk.office).find(row.digest) if row else None
        self.setAccessibleName("更换照片" if found else "添加照片")
        self.setIcon(QIcon(portrait(found, self.iconSize(), self.devicePixelRatioF())))

    def set_photo(self, source: Path) -> None:
        """Make a picture file the portrait."""
        files.set_photo(self._desk.office, self._person_id, source)
        self._desk.say("照片已更换")

    def ask_photo(self) -> None:
        """Ask which picture it shall be."""
        source = messages.ask_file_to_open(self, "选择代表照片", "图片 (*.jpg *.jpeg *.png *.bmp)")
        if source:
            self.set_photo(source)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_in(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.set_photo(paths_in(event.mimeData())[0])

    def _on_change(self, kinds: frozenset[type[Record]]) -> None:
        if Attachment in kinds and self._person_id:
            self.show_person(self._person_id)
