"""Taking in a pasted plan of the homes: each row is shown as understood before it is kept."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from deputydesk.operations import rota_imports
from deputydesk.operations.rota_imports import ImportRow
from deputydesk.ui import messages
from deputydesk.ui.controls import LongEdit
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import button, label
from deputydesk.ui.room import sized
from deputydesk.ui.table import Column, RowsTable

WIDTH, HEIGHT = 860, 560
HOW = "从 Excel 复制粘贴到这里，每行：日期、代表之家、代表姓名（几名代表用顿号分开）。"


class RotaImportDialog(QDialog):
    """Text above, its rows below; what cannot be taken stays in the text to be put right.

    Args:
        parent: the page that opens it.
        desk: the desk.
    """

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent.window())
        self.desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("粘贴进家安排")
        self.resize(sized(self, WIDTH, HEIGHT))
        self.text: QPlainTextEdit = LongEdit(6)
        self.text.setAccessibleName("安排的内容")
        self.text.setPlaceholderText("2026-03-15\t五当召镇\t王伟、高娃")
        self.rows: RowsTable[ImportRow] = RowsTable(
            _columns(), name="看懂的行", empty="粘贴后，这里逐行显示怎样理解。"
        )
        self._said = label("", "sub")
        self.take = button("登记", primary=True)
        self._cancel = button("关闭")
        self._lay_out()
        self.text.textChanged.connect(self._read)
        self.take.clicked.connect(self._enter)
        self.take.set_key("Ctrl+Enter")
        self._cancel.clicked.connect(self.reject)
        self._read()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.addWidget(label(HOW, "sub"))
        outer.addWidget(self.text)
        outer.addWidget(self.rows, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._said)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.take)
        outer.addLayout(foot)

    def _read(self) -> None:
        found = self.desk.ask(rota_imports.read, self.text.toPlainText(), self.desk.today)
        wrong = sum(bool(row.error) for row in found)
        self.rows.set_rows(found)
        self.take.setEnabled(wrong < len(found))
        said = f"{len(found) - wrong} 行可以登记" if found else ""
        self._said.setText(f"{said}，{wrong} 行要改" if wrong else said)

    def _enter(self) -> None:
        text = self.text.toPlainText()
        report = self.desk.do(rota_imports.enter, text=text)
        self.desk.say(report.text)
        if not report.refused:
            self.accept()
            return
        lines = text.splitlines()
        self.text.setPlainText("\n".join(lines[row.number - 1] for row in report.refused))
        reasons = "\n".join(f"第{row.number}行：{row.error}" for row in report.refused)
        messages.tell(
            report.text, f"{reasons}\n没有登记的行还在窗口里，改好后再登记。", parent=self
        )


def _columns() -> tuple[Column[ImportRow], ...]:
    return (
        Column("行", lambda r: str(r.number), 48, sort=lambda r: r.number, right=True),
        Column("日期", lambda r: f"{r.planned_on}" if r.planned_on else "", 100),
        Column("代表之家", lambda r: r.home, 190),
        Column("代表", lambda r: r.names, 170),
        Column("问题", lambda r: r.error, 0, alert=lambda r: bool(r.error)),
    )
