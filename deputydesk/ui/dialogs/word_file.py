"""A form whose text people work on, saved as a Word file where they want it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deputydesk.reports import Options
from deputydesk.reports.printing import write_docx
from deputydesk.ui import messages
from deputydesk.ui.desk import Desk
from deputydesk.ui.tasks import run_task


class _Tells(QObject):
    """Waits for the file to be written, and says where it is."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk

    def tell(self, to: Path) -> None:
        self._desk.say(f"已存为 {to}")
        self.deleteLater()


def save_word(parent: QWidget, desk: Desk, form_id: str, name: str, options: Options) -> None:
    """Ask where to, and write a form as a Word file in a task."""
    to = messages.ask_file_to_save(parent, "存为 Word", f"{name}.docx", "Word 文件 (*.docx)")
    if to is not None:
        work = partial(write_docx, desk.office, form_id, to, options)
        run_task(parent, "正在写 Word 文件", work, _Tells(parent, desk).tell)
