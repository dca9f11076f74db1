"""A preview with what one does to it: turn pages, zoom, look for words, print, save."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.errors import UserError
from deputydesk.exchange import printouts, scan_papers
from deputydesk.office import Office
from deputydesk.operations.printouts import Printed
from deputydesk.progress import Progress
from deputydesk.reports import Options
from deputydesk.reports.batches import write_each
from deputydesk.reports.printing import write, write_docx
from deputydesk.ui import file_place, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.print_setup import Chosen, PrintSetup
from deputydesk.ui.messages import ask_file_to_save, ask_folder
from deputydesk.ui.other_formats import OtherFormats
from deputydesk.ui.parts import IconButton, button, label
from deputydesk.ui.pdf_find import FindBar
from deputydesk.ui.pdf_pages import PdfPages
from deputydesk.ui.pdf_print import print_pages
from deputydesk.ui.pdf_side import PdfSide
from deputydesk.ui.pdf_view import PdfView
from deputydesk.ui.tasks import run_task

KINDS, WORD = "PDF 文件 (*.pdf)", "Word 文件 (*.docx)"
NARROW = 760
"""Standard pixels below which the buttons stand on two lines."""
_CTRL = Qt.KeyboardModifier.ControlModifier
_FITS = (("整页（2）", "fit-page"), ("适合宽度（0）", "fit-width"), ("实际大小（1）", "true-size"))
PERCENT = 40
"""Room for 155%: what stands beside it keeps its place while the page grows."""


class PdfPanel(QWidget):
    """Shows a PDF that was just made, and takes it to paper or into a folder of the user's.

    What leaves by it is noted, and kept as it was.

    Args:
        desk: the desk.
        empty: what to say while there is nothing to see.
    """

    test_wanted = Signal()
    """The user wants the test page of the printer."""

    def __init__(self, desk: Desk, empty: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._pages: PdfPages | None = None
        self._what = Printed("")
        self._options: Options | None = None
        self._sent: Chosen | None = None
        self._saved: Path | None = None
        self.view = PdfView()
        self.side = PdfSide()
        self.find_bar = FindBar(self.view)
        self._sides = IconButton("页面和目录", "panel-left")
        self._back = IconButton("上一页", "chevron-left", "Ctrl+PgUp")
        self._forward = IconButton("下一页", "chevron-right", "Ctrl+PgDown")
        self._place = label("", "sub")
        self._smaller = IconButton("缩小", "zoom-out")
        self._larger = IconButton("放大", "zoom-in")
        self._percent = label("", "sub")
        self._percent.setMinimumWidth(style.px(PERCENT))
        self._fits = [IconButton(name, icon) for name, icon in _FITS]
        self._find = IconButton("查找", "search")
        self.print = button("打印", "printer", primary=True)
        self.save = button("另存为", "save")
        self.others = OtherFormats()
        self._folder = button("打开文件夹", "folder-open")
        self._lay_out()
        self._connect()
        self.show_nothing(empty)

    def show_pages(self, pages: PdfPages, what: Printed, options: Options | None = None) -> None:
        """Show a file.

        Args:
            pages: the file.
            what: what it is, when it is printed or saved.
            options: what it was made with, if it can be made anew in another format.
        """
        self._pages, self._what, self._saved = pages, what, None
        self._options = options
        self.others.offer(what.form if options else "")
        self.view.show_pages(pages)
        self._enable(is_on=True)
        self.find_bar.show_pages(pages)
        self.side.show_pages(pages)
        self.side.show_page(self.view.page())
        self.side.setVisible(len(pages) > 1)

    def show_nothing(self, sentence: str) -> None:
        """Show no file, and what to do to see one."""
        self._pages = None
        self.others.offer("")
        self.view.show_nothing(sentence)
        self.find_bar.show_pages(None)
        self.find_bar.hide()
        self.side.show_pages(None)
        self.side.hide()
        self._enable(is_on=False)
        self._place.clear()

    def print_file(self) -> None:
        """Ask how to print."""
        if self._pages is None:
            raise UserError("还没有可以打印的内容。", hint="请先生成预览。")
        setup = PrintSetup(self, self._desk, self._pages, self._what.name, self._what.form)
        setup.chosen.connect(self.send_to)
        setup.test_wanted.connect(self.test_wanted)
        setup.open()

    def send_to(self, chosen: Chosen) -> None:
        """Print, in a task."""
        assert self._pages, "the button is enabled when there is a file"
        self._sent = chosen
        work = partial(print_pages, self._pages, chosen.printer, chosen.job)
        run_task(self, f"正在打印{self._what.name}", work, self._printed)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_find = event.key() == Qt.Key.Key_F and event.modifiers() == _CTRL
            if self._pages and (is_find or event.key() == Qt.Key.Key_F3):
                event.accept()  # elsewhere they belong to the window
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._pages and event.key() == Qt.Key.Key_F and event.modifiers() == _CTRL:
            self.find_bar.open_bar()
        elif self._pages and event.key() == Qt.Key.Key_F3:
            is_back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.find_bar.step(-1 if is_back else 1)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        looks = QHBoxLayout()
        looks.setSpacing(style.px(4))
        looks.addWidget(self._sides)
        for part in (self._back, self._place, self._forward):
            looks.addWidget(part)
        looks.addSpacing(style.px(8))
        for part in (self._smaller, self._percent, self._larger, *self._fits, self._find):
            looks.addWidget(part)
        looks.addStretch(1)
        takes = QHBoxLayout()
        takes.setSpacing(style.px(4))
        takes.addStretch(1)
        for part in (self._folder, self.save, self.others, self.print):
            takes.addWidget(part)
        self._heads = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._heads.addLayout(looks)
        self._heads.addLayout(takes)
        below = QHBoxLayout()
        below.setSpacing(style.px(8))
        below.addWidget(self.side)
        below.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        column.addLayout(self._heads)
        column.addWidget(self.find_bar)
        column.addLayout(below, 1)
        self._find.setToolTip("查找（Ctrl+F）")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_narrow = self.width() < style.px(NARROW)
        self._heads.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def _connect(self) -> None:
        self._sides.clicked.connect(self._turn_side)
        self._back.clicked.connect(self._turn_back)
        self._forward.clicked.connect(self._turn_on)
        self._smaller.clicked.connect(self.view.zoom_out)
        self._larger.clicked.connect(self.view.zoom_in)
        for made, slot in zip(
            self._fits, (self.view.fit_page, self.view.fit_width, self.view.true_size), strict=True
        ):
            made.clicked.connect(slot)
        self._find.clicked.connect(self.find_bar.open_bar)
        self.find_bar.closed.connect(self.view.setFocus)
        self.print.clicked.connect(self.print_file)
        self.save.clicked.connect(self._save)
        self.others.archival.triggered.connect(self._save_archival)
        self.others.word.triggered.connect(self._save_word)
        self.others.each.triggered.connect(self._save_each)
        self._folder.clicked.connect(self._open_folder)
        self.view.moved.connect(self._show_place)
        self.view.zoomed.connect(self._show_percent)
        self.side.wanted.connect(self.view.go_to)

    def _enable(self, *, is_on: bool) -> None:
        for part in (
            *(self._sides, self._back, self._forward, self._smaller, self._larger, self._find),
            *(*self._fits, self.print, self.save),
        ):
            part.setEnabled(is_on)
        self._folder.setVisible(False)
        self._percent.setVisible(is_on)

    def _turn_side(self) -> None:
        self.side.setVisible(not self.side.isVisible())

    def _turn_back(self) -> None:
        self.view.go_to(self.view.page() - 1)

    def _turn_on(self) -> None:
        self.view.go_to(self.view.page() + 1)

    def _show_place(self, page: int, pages: int) -> None:
        self._place.setText(f"第 {page} 页，共 {pages} 页" if pages else "")
        self.side.show_page(page)

    def _show_percent(self, percent: int) -> None:
        self._percent.setText(f"{percent}%")

    def _printed(self, pages: int) -> None:
        assert self._sent, "what has ended had begun"
        copies = self._sent.job.copies
        self._keep(printer=self._sent.name, copies=copies)
        times = f"，{copies} 份" if copies > 1 else ""
        self._desk.say(f"已送往打印机“{self._sent.name}”：{self._what.name}，{pages} 页{times}")

    def _save(self) -> None:
        assert self._pages, "the button is enabled when there is a file"
        chosen = ask_file_to_save(self, "另存为", f"{self._what.name}.pdf", KINDS)
        if chosen is None:
            return
        if self._options and self._desk.preferences.archival:
            self._write_archival(chosen)
            return
        self._say_saved(self._pages.save(chosen))
        self._keep()

    def _save_archival(self) -> None:
        """The same paper as a file that can still be opened in decades."""
        name = f"{self._what.name}（PDF-A）.pdf"
        to = ask_file_to_save(self, "存为 PDF/A", name, KINDS)
        if to:
            self._write_archival(to)

    def _write_archival(self, to: Path) -> None:
        assert self._options, "it is offered when the form can be made anew"
        to = to if to.suffix.lower() == ".pdf" else to.with_name(f"{to.name}.pdf")
        options = replace(self._options, archival=True)
        work = partial(_write, self._desk.office, self._what.form, to, options)
        run_task(self, f"正在生成{self._what.name}", work, self._say_archived)

    def _save_word(self) -> None:
        """The text as a Word file, to go on working on it; it is a draft and no copy is kept."""
        assert self._options, "it is offered when the form can be made anew"
        to = ask_file_to_save(self, "存为 Word", f"{self._what.name}.docx", WORD)
        if to:
            work = partial(write_docx, self._desk.office, self._what.form, to, self._options)
            run_task(self, f"正在生成{self._what.name}", work, self._say_saved)

    def _save_each(self) -> None:
        """A file for each person, into a folder."""
        assert self._options, "it is offered when the form can be made anew"
        folder = ask_folder(self, "存到文件夹，每人一个文件")
        if folder:
            name = self._what.name
            options = replace(self._options, archival=self._desk.preferences.archival)
            work = partial(_write_each, self._desk.office, self._what.form, folder / name, options)
            run_task(self, f"正在生成{name}", work, self._say_saved)

    def _say_archived(self, saved: Path) -> None:
        self._say_saved(saved)
        self._keep(pages=PdfPages.read(saved))

    def _say_saved(self, saved: Path) -> None:
        self._saved = saved
        self._folder.setVisible(True)
        self._desk.say(f"已存为 {saved}")

    def _keep(self, *, printer: str = "", copies: int = 1, pages: PdfPages | None = None) -> None:
        """Keep exactly what went out."""
        pages, what = pages or self._pages, self._what
        assert pages, "something went out"
        try:
            printouts.keep(
                self._desk.office,
                pages.data,
                what,
                pages=len(pages),
                copies=copies,
                printer=printer,
            )
        except UserError as error:
            gone = "已经送往打印机" if printer else "已经存好"
            raise UserError(
                f"“{what.name}”{gone}，但没有留下副本：{error.message}", hint=error.hint
            ) from error
        if self._options:  # what people tick comes back, and is read by what was printed
            many = copies * self._options.copies
            scan_papers.note(self._desk.office, what.form, self._options, copies=many)

    def _open_folder(self) -> None:
        if self._saved:
            file_place.show(self._saved)


def _write(office: Office, form_id: str, to: Path, options: Options, progress: Progress) -> Path:
    write(office, form_id, to, options, progress)
    return to


def _write_each(
    office: Office, form_id: str, folder: Path, options: Options, progress: Progress
) -> Path:
    """Returns the first of the files: their folder can be opened from it."""
    names = write_each(office, form_id, folder, options, progress)
    return folder / names[0]
