"""A printed form in a window of its own: made in a task, looked at, then printed or saved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deputydesk.office import Office
from deputydesk.progress import Progress
from deputydesk.reports import FORMS, Options
from deputydesk.reports.printing import write
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.pdf_panel import PdfPanel
from deputydesk.ui.register import Action
from deputydesk.ui.table import HasId
from deputydesk.ui.tasks import run_task


class PreviewDialog(QDialog):
    """Shows one PDF."""

    def __init__(self, parent: QWidget, desk: Desk, path: Path, name: str) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(f"预览：{name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panel = PdfPanel(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(14), style.px(10), style.px(14), style.px(10))
        outer.addWidget(self.panel)
        self.panel.show_file(path, name)
        self.panel.print.set_key("Ctrl+P")
        self.panel.save.set_key("Ctrl+S")
        screen = self.screen().availableGeometry()
        self.resize(
            min(style.px(1040), screen.width() - 40), min(style.px(900), screen.height() - 60)
        )
        self.panel.view.setFocus()


class _Shows(QObject):
    """Waits for a form to be made, and shows it."""

    def __init__(self, parent: QWidget, desk: Desk, name: str) -> None:
        super().__init__(parent)
        self._parent = parent
        self._desk = desk
        self._name = name

    def show(self, made: Path) -> None:
        PreviewDialog(self._parent, self._desk, made, self._name).open()
        self.deleteLater()


def make(
    parent: QWidget,
    desk: Desk,
    form_id: str,
    options: Options,
    on_done: Callable[[Path], None],
) -> None:
    """Make a form in a task; `on_done` gets the file and reads it at once."""
    folder = desk.folder / "preview"
    folder.mkdir(parents=True, exist_ok=True)
    work = partial(_write, desk.office, form_id, folder / f"{form_id}.pdf", options)
    run_task(parent, f"正在生成{FORMS[form_id].title}", work, on_done)


def _write(office: Office, form_id: str, to: Path, options: Options, progress: Progress) -> Path:
    write(office, form_id, to, options, progress)
    return to


def _always(_row: object) -> bool:
    return True


def prints(
    form_id: str, text: str = "", when: Callable[[Any], bool] = _always
) -> Action[Any]:  # Any: rows of whichever kind
    """The button of a register that prints a form of the chosen record."""

    def run(parent: QWidget, desk: Desk, row: HasId) -> None:
        preview_form(parent, desk, form_id, Options(record_id=row.id))

    return Action(text or f"打印{FORMS[form_id].title}", "printer", run, when)


def preview_form(parent: QWidget, desk: Desk, form_id: str, options: Options | None = None) -> None:
    """Make a form with what is chosen, and show it before it is printed."""
    shows = _Shows(parent, desk, FORMS[form_id].title)
    make(parent, desk, form_id, options or Options(), shows.show)
