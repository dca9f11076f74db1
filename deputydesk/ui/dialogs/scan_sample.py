"""The sample: rows keyed in from the paper alone, to prove what was read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deputydesk.operations import scan_pages, scan_runs, scan_samples
from deputydesk.operations.scan_pages import RowShown
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import label
from deputydesk.ui.room import sized
from deputydesk.ui.scan_asking import Asking
from deputydesk.ui.scan_queue import key_of, of_key

HINT = "照票面录入，不看读数：数字 选那一列，0 空白，X 无效。每行只录一次。"
ALL_DONE = "抽查完了。"


class SampleDialog(QDialog):
    """Asks for the rows of the sample, one after the other.

    Args:
        parent: the view that opens it.
        desk: the desk.
        run_id: the run.
        rows: the rows that are still to be keyed in.
    """

    def __init__(self, parent: QWidget, desk: Desk, run_id: str, rows: Sequence[RowShown]) -> None:
        super().__init__(parent.window())
        self._desk, self._run_id, self._rows = desk, run_id, rows
        self._run = desk.ask(scan_runs.one, run_id)
        self._pages = desk.ask(scan_pages.pages, run_id)
        self._place = 0
        self.setWindowTitle("人工抽查")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.progress = label("", "sub")
        self.asking = Asking(desk, suggests=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.px(18), style.px(14), style.px(18), style.px(12))
        column.setSpacing(style.px(8))
        column.addWidget(self.progress)
        column.addWidget(self.asking, 1)
        hint = label(HINT, "faint")
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.asking.answered.connect(self._enter)
        self.resize(sized(self, 900, 620))
        self._show()
        self.asking.setFocus()

    def _show(self) -> None:
        if self._place < len(self._rows):
            found = of_key(self._pages, key_of(self._rows[self._place]))
            assert found, "a row of the sample is on a page that counts"
            self.progress.setText(f"第 {self._place + 1} 行，共 {len(self._rows)} 行")
            self.asking.ask(self._run, *found)
        else:
            said = self._outcome()
            self.progress.setText(said)
            self.asking.ask_nothing(ALL_DONE)
            self._desk.say(said)

    def _enter(self, answer: str) -> None:
        row = self._rows[self._place]
        self._desk.do(
            scan_samples.enter,
            run_id=self._run_id,
            page_id=row.page_id,
            row=row.row,
            answer=answer,
        )
        self._place += 1
        self._show()

    def _outcome(self) -> str:
        """How many rows agree."""
        run = self._desk.ask(scan_runs.one, self._run_id)
        typed = len(run.sample.get("typed", {}))
        pages = self._desk.ask(scan_pages.pages, self._run_id)
        off = len(self._desk.ask(scan_samples.disagreements, run, pages))
        return f"抽查了 {typed} 行，与读票一致 {typed - off} 行，不一致 {off} 行。"
