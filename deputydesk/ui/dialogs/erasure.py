"""彻底删除: what a person wants forgotten is found, shown, and erased for good."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.exchange import erasing as files
from deputydesk.models import Voter
from deputydesk.operations import erasing
from deputydesk.operations.erasing import KnownVoter
from deputydesk.progress import Progress
from deputydesk.ui import messages, style
from deputydesk.ui.controls import LineEdit
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.parts import button, framed, label
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

WIDE, HIGH = 680, 460
HOW = (
    "选民要求删除本人信息时用。姓名、电话、住址从数据、变更记录、搜索、草稿和打印副本里一起删掉，"
    "恢复不了；意见本身和统计数字不变。"
)
ASK = "输入姓名、电话或住址，再点“查找”。"
NONE = "没有找到。换一种写法再试，比如只输入电话。"


class Erasure(QDialog):
    """Finds a voter by what they are known by, and erases them."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.setWindowTitle("彻底删除个人信息")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = LineEdit()
        self.text.setAccessibleName("姓名、电话或住址")
        self.text.setPlaceholderText("姓名、电话或住址，至少两个字")
        self.look = button("查找", "search")
        self.erase = button("彻底删除", "trash-2", primary=True)
        self.erase.setEnabled(False)
        self._close = button("关闭")
        self.table: RowsTable[KnownVoter] = RowsTable(_columns(), name="选民", empty=ASK)
        self._lay_out()
        self.look.clicked.connect(self._find)
        self.text.returnPressed.connect(self._find)
        self.table.picked.connect(self._pick)
        self.erase.clicked.connect(self._erase)
        self._close.clicked.connect(self.reject)
        self.resize(style.px(WIDE), style.px(HIGH))
        self.text.setFocus()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(16), style.px(14), style.px(16), style.px(12))
        outer.setSpacing(style.px(10))
        outer.addWidget(wrapped(HOW))
        row = QHBoxLayout()
        row.addWidget(self.text, 1)
        row.addWidget(self.look)
        outer.addLayout(row)
        outer.addWidget(framed(self.table), 1)
        outer.addWidget(label("已在回收站里的也能找到；以前写过、后来改掉的也能找到。", "faint"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._close)
        foot.addWidget(self.erase)
        outer.addLayout(foot)

    def _find(self) -> None:
        found = self._desk.ask(erasing.voters, self.text.text())
        self.table.set_empty(NONE if self.text.text().strip() else ASK)
        self.table.set_rows(found)
        if found:
            self.table.select(found[0].id)
            self.table.setFocus()
        self._pick(self.table.current())

    def _pick(self, row: KnownVoter | None) -> None:
        self.erase.setEnabled(row is not None)

    def _erase(self) -> None:
        row = self.table.current()
        assert row, "the button needs one"
        said = "、".join(part for part in (row.name, row.phone, row.address) if part)
        question = f"彻底删除这位选民的信息（{said}）？"
        hint = f"删除后恢复不了，也不能撤销。反映过的{row.heard}件意见仍在，只是不再知道是谁。"
        if not messages.confirm(question, hint, "彻底删除", parent=self):
            return
        work = partial(_work, self._desk, row.id)
        run_task(self, "正在彻底删除", work, self._erased)

    def _erased(self, report: files.Report) -> None:
        self._find()
        messages.tell("已彻底删除。", "\n".join(report.sentences), parent=self)


def _work(desk: Desk, voter_id: str, progress: Progress) -> files.Report:
    """Erase; the whole file is written anew, which takes a while for a large one."""
    progress.step(0, 0, "正在改写数据文件")
    return files.erase(desk.office, Voter.__tablename__, voter_id, desk.folder)


def _columns() -> tuple[Column[KnownVoter], ...]:
    return (
        Column("姓名", lambda r: r.name, 110),
        Column("联系电话", lambda r: r.phone, 130),
        Column("住址", lambda r: r.address, 0),
        Column("反映", lambda r: f"{r.heard} 件", 70, right=True),
        Column("状态", lambda r: "已在回收站" if r.is_deleted else "", 90),
    )
