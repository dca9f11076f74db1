"""A printed form in a window of its own: made in a task, looked at, then printed or saved."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deputydesk.database import disk_faults
from deputydesk.exchange import printouts
from deputydesk.office import Office
from deputydesk.operations.printouts import Printed, PrintoutRow
from deputydesk.progress import Progress
from deputydesk.reports import FORMS, Options
from deputydesk.reports.printing import write
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.form_options import TEST_PAGE
from deputydesk.ui.pdf_pages import PdfPages
from deputydesk.ui.pdf_panel import PdfPanel
from deputydesk.ui.register import Action
from deputydesk.ui.table import HasId
from deputydesk.ui.tasks import run_task


@dataclass(frozen=True)
class Made:
    """A form that was made: its pages, what it is, and with what it was made, if just now."""

    pages: PdfPages
    what: Printed
    options: Options | None = None


class PreviewDialog(QDialog):
    """Shows one PDF."""

    def __init__(self, parent: QWidget, desk: Desk, made: Made) -> None:
        super().__init__(parent.window())
        self.desk = desk
        about = f"（{made.what.about}）" if made.what.about else ""
        self.setWindowTitle(f"预览：{made.what.name}{about}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panel = PdfPanel(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(14), style.px(10), style.px(14), style.px(10))
        outer.addWidget(self.panel)
        screen = self.screen().availableGeometry()
        self.resize(
            min(style.px(1120), screen.width() - 40), min(style.px(900), screen.height() - 60)
        )
        self.panel.show_pages(made.pages, made.what, made.options)
        self.panel.print.set_key("Ctrl+P")
        self.panel.save.set_key("Ctrl+S")
        self.panel.test_wanted.connect(self._show_test_page)
        self.panel.view.setFocus()

    def _show_test_page(self) -> None:
        preview_form(self, self.desk, TEST_PAGE)


class _Shows(QObject):
    """Waits for a form to be made, and shows it."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._parent = parent
        self._desk = desk

    def show(self, made: Made) -> None:
        PreviewDialog(self._parent, self._desk, made).open()
        self.deleteLater()


def make(
    parent: QWidget,
    desk: Desk,
    form_id: str,
    options: Options,
    on_done: Callable[[Made], None],
) -> None:
    """Make a form in a task."""
    work = partial(_write, desk.office, form_id, desk.folder / "preview", options)
    run_task(parent, f"正在生成{FORMS[form_id].title}", work, on_done)


def _write(
    office: Office, form_id: str, folder: Path, options: Options, progress: Progress
) -> Made:
    """Make it, and leave no file behind: it may be about people, and nobody would clear it away."""
    to = folder / f"{form_id}.pdf"
    with disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        write(office, form_id, to, options, progress)
        return Made(PdfPages.read(to), printouts.printed(office, form_id, options), options)
    finally:
        to.unlink(missing_ok=True)


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
    shows = _Shows(parent, desk)
    make(parent, desk, form_id, options or Options(), shows.show)


def preview_kept(parent: QWidget, desk: Desk, row: PrintoutRow) -> None:
    """Show exactly what was printed before, to print it again."""
    made = Made(PdfPages(printouts.read(desk.office, row)), row.printed)
    PreviewDialog(parent, desk, made).open()
