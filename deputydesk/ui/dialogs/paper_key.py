"""The paper key: shown once, printed, and done only when two groups were typed back from paper."""

import secrets
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.database import disk_faults
from deputydesk.exchange import encryption
from deputydesk.progress import Progress
from deputydesk.reports import recovery_sheet
from deputydesk.reports.printing import head_of
from deputydesk.rules import paper_keys
from deputydesk.security import paper_key
from deputydesk.ui import messages, style
from deputydesk.ui.controls import LineEdit
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.dialogs.print_setup import Chosen, PrintSetup
from deputydesk.ui.parts import button, label
from deputydesk.ui.pdf_pages import PdfPages
from deputydesk.ui.pdf_print import print_pages
from deputydesk.ui.tasks import run_task

FORM = "recovery_sheet"
COLUMNS = 5
WIDTH = 560
HOW = (
    "忘记密码、电脑坏了，只有这张纸能打开本单位的数据。请打印出来（没有打印机就抄下来），"
    "锁进保险柜。程序里不留，关了这个窗口就再也看不到了。以前的恢复密钥打不开现在的数据；以前的备份有的还要用它。"
)
LATER = "没有做完：以前的恢复密钥不变；一张也没有的，忘了密码就打不开了。"


class PaperKey(QDialog):
    """Makes a key for the safe. An older paper holds until this one was typed back."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self._digits = paper_key.new_digits()
        self.groups = paper_keys.groups(self._digits)
        self.setWindowTitle("恢复密钥")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.asked = sorted(secrets.SystemRandom().sample(range(paper_keys.GROUPS), 2))
        self.typed = [self._line(place) for place in self.asked]
        self.print = button("打印", "printer")
        self.finish = button("核对完成", "check", primary=True)
        self.finish.setEnabled(False)
        self._later = button("以后再做")
        self._lay_out()
        self.print.clicked.connect(self._print)
        self.finish.clicked.connect(self._finish)
        self._later.clicked.connect(self.reject)
        self.resize(style.px(WIDTH), self.sizeHint().height())
        self.print.setFocus()

    @override
    def reject(self) -> None:
        if messages.confirm("恢复密钥还没有核对，要关闭吗？", LATER, "关闭", parent=self):
            super().reject()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(16), style.px(14), style.px(16), style.px(12))
        outer.setSpacing(style.px(10))
        outer.addWidget(wrapped(HOW))
        grid = QGridLayout()
        grid.setVerticalSpacing(style.px(4))
        for place, group in enumerate(self.groups):
            row, column = divmod(place, COLUMNS)
            number = label(str(place + 1), "faint")
            digits = label(group, "h1")
            digits.setAccessibleName(f"第{place + 1}组 {group}")
            for line, part in ((2 * row, number), (2 * row + 1, digits)):
                grid.addWidget(part, line, column, Qt.AlignmentFlag.AlignHCenter)
        outer.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(label("看着纸，输入：", "sub"))
        for place, line in zip(self.asked, self.typed, strict=True):
            row.addWidget(label(f"第{place + 1}组"))
            row.addWidget(line)
        row.addStretch(1)
        outer.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self.print)
        foot.addStretch(1)
        foot.addWidget(self._later)
        foot.addWidget(self.finish)
        outer.addLayout(foot)

    def _line(self, place: int) -> LineEdit:
        line = LineEdit()
        line.setAccessibleName(f"第{place + 1}组数字")
        line.setMaxLength(paper_keys.DIGITS + 1)
        line.setFixedWidth(style.px(90))
        line.textChanged.connect(self._compare)
        return line

    def _compare(self) -> None:
        pairs = zip(self.asked, self.typed, strict=True)
        self.finish.setEnabled(all(line.text() == self.groups[n] for n, line in pairs))

    def _print(self) -> None:
        run_task(self, "正在生成恢复密钥", self._write, self._ask_printer)

    def _write(self, progress: Progress) -> PdfPages:
        """Make the paper; its file is gone at once, and no register keeps a copy."""
        office = self._desk.office
        to = self._desk.folder / "preview" / f"{FORM}.pdf"
        with disk_faults(to.parent):
            to.parent.mkdir(parents=True, exist_ok=True)
        try:
            recovery_sheet.write(
                self.groups,
                paper_key.identity(self._digits),
                to,
                office=head_of(office),
                printed_on=office.clock().date(),
                progress=progress,
            )
            return PdfPages.read(to)
        finally:
            to.unlink(missing_ok=True)

    def _ask_printer(self, pages: PdfPages) -> None:
        setup = PrintSetup(self, self._desk, pages, recovery_sheet.TITLE, FORM)
        setup.test.hide()
        self._pages = pages
        setup.chosen.connect(self._send)
        setup.open()

    def _send(self, chosen: Chosen) -> None:
        work = partial(print_pages, self._pages, chosen.printer, chosen.job)
        run_task(self, "正在打印恢复密钥", work, self._printed)

    def _printed(self, _pages: int) -> None:
        self.typed[0].setFocus()

    def _finish(self) -> None:
        encryption.new_paper(self._desk.office, self._digits)
        self._desk.say("恢复密钥已启用，请把纸锁进保险柜")
        self.accept()
