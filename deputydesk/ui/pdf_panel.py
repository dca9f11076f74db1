"""A preview with what one does to it: turn pages, zoom, print, save."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.errors import UserError
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.messages import ask_file_to_save
from deputydesk.ui.parts import IconButton, button, label
from deputydesk.ui.pdf_pages import PdfPages
from deputydesk.ui.pdf_print import print_pages
from deputydesk.ui.pdf_view import PdfView
from deputydesk.ui.tasks import run_task

KINDS = "PDF 文件 (*.pdf)"


class PdfPanel(QWidget):
    """Shows a PDF that was just made, and takes it to paper or into a folder of the user's.

    Args:
        desk: the desk.
        empty: what to say while there is nothing to see.
    """

    def __init__(self, desk: Desk, empty: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._pages: PdfPages | None = None
        self._name = ""
        self._saved: Path | None = None
        self.view = PdfView()
        self._back = IconButton("上一页", "chevron-left", "Ctrl+PgUp")
        self._forward = IconButton("下一页", "chevron-right", "Ctrl+PgDown")
        self._place = label("", "sub")
        self._smaller = IconButton("缩小", "zoom-out")
        self._larger = IconButton("放大", "zoom-in")
        self._percent = label("", "sub")
        self._fit = button("适合宽度")
        self.print = button("打印", "printer", primary=True)
        self.save = button("另存为", "save")
        self._folder = button("打开文件夹", "folder-open")
        self._lay_out()
        self._connect()
        self.show_nothing(empty)

    def show_file(self, path: Path, name: str) -> None:
        """Show a file; `name` is proposed when it is saved."""
        self._pages, self._name, self._saved = PdfPages.read(path), name, None
        self.view.show_pages(self._pages)
        self._enable(is_on=True)

    def show_nothing(self, sentence: str) -> None:
        """Show no file, and what to do to see one."""
        self._pages = None
        self.view.show_nothing(sentence)
        self._enable(is_on=False)
        self._place.clear()

    def print_file(self) -> None:
        """Ask which printer, then print at true size."""
        if self._pages is None:
            raise UserError("还没有可以打印的内容。", hint="请先生成预览。")
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self._pages))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.send_to(printer)

    def send_to(self, printer: QPrinter) -> None:
        """Print on this printer, in a task."""
        assert self._pages, "the button is enabled when there is a file"
        work = partial(print_pages, self._pages, printer)
        run_task(self, f"正在打印{self._name}", work, self._printed)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(style.px(6))
        for part in (self._back, self._place, self._forward):
            row.addWidget(part)
        row.addSpacing(style.px(12))
        for part in (self._smaller, self._percent, self._larger, self._fit):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self._folder, self.save, self.print):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        column.addLayout(row)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self._turn_back)
        self._forward.clicked.connect(self._turn_on)
        self._smaller.clicked.connect(self.view.zoom_out)
        self._larger.clicked.connect(self.view.zoom_in)
        self._fit.clicked.connect(self.view.fit_width)
        self.print.clicked.connect(self.print_file)
        self.save.clicked.connect(self._save)
        self._folder.clicked.connect(self._open_folder)
        self.view.moved.connect(self._show_place)
        self.view.zoomed.connect(self._show_percent)

    def _enable(self, *, is_on: bool) -> None:
        for part in (self._back, self._forward, self._smaller, self._larger, self._fit):
            part.setEnabled(is_on)
        self.print.setEnabled(is_on)
        self.save.setEnabled(is_on)
        self._folder.setVisible(False)
        self._percent.setVisible(is_on)

    def _turn_back(self) -> None:
        self.view.go_to(self.view.page() - 1)

    def _turn_on(self) -> None:
        self.view.go_to(self.view.page() + 1)

    def _show_place(self, page: int, pages: int) -> None:
        self._place.setText(f"第 {page} 页，共 {pages} 页" if pages else "")

    def _show_percent(self, percent: int) -> None:
        self._percent.setText(f"{percent}%")

    def _printed(self, pages: int) -> None:
        self._desk.say(f"已送往打印机：{self._name}，{pages} 页")

    def _save(self) -> None:
        assert self._pages, "the button is enabled when there is a file"
        chosen = ask_file_to_save(self, "另存为", f"{self._name}.pdf", KINDS)
        if chosen is None:
            return
        self._saved = self._pages.save(chosen)
        self._folder.setVisible(True)
        self._desk.say(f"已存为 {self._saved}")

    def _open_folder(self) -> None:
        if self._saved:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))
