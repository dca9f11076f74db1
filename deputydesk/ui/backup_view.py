"""恢复备份: which backups there are, what each would take away, a rehearsal, putting it back."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from deputydesk.database import Why
from deputydesk.errors import NeedsPassword, UserError
from deputydesk.exchange import backup, setting_back
from deputydesk.exchange.backup import BackupRow, Rehearsed
from deputydesk.exchange.setting_back import Lost
from deputydesk.office import Office
from deputydesk.progress import Progress
from deputydesk.ui import messages, stick_words, style, unlock
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import texts_card
from deputydesk.ui.parts import Scroll, button, emptied, framed, label
from deputydesk.ui.restoring import Restoring
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

EMPTY = "还没有备份。退出程序时自动做一份，也可以在“设置”（F10）点“立即备份”。"
SERVER = "数据在数据库服务器上，请在服务器上备份和恢复。"
HOW = (
    "恢复用备份换掉现在的数据；现在的数据先另存一份，不会丢。"
    "恢复以后先“发送”一个U盘给上级，再收入上级的U盘：上级收到过的内容都会回来。"
)
AFTER = "已恢复。现在先“发送”给上级，再“收取”上级的U盘：备份以后上级收到过的内容都会回来。"
KINDS = "备份文件 (*.db)"
LOCKED = "这份备份用另一个数据密码加了密：点“演练”或“恢复这一份”，先输入备份时的密码。"
NOTHING_LOST = "备份以后没有改过什么，恢复不丢内容。"


@dataclass(frozen=True)
class Kept:
    """A backup as a row of the list."""

    row: BackupRow

    @property
    def id(self) -> str:
        """Its file."""
        return str(self.row.path)


class BackupView(QWidget):
    """The list at the left, what the chosen one means at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._others: list[BackupRow] = []
        self.table: RowsTable[Kept] = RowsTable(_columns(), name="备份", empty=EMPTY)
        self.rehearse = button("演练", "list-checks")
        self.other = button("别处的备份", "folder-open")
        self.restore = button("恢复这一份", "history", primary=True)
        self.state = label("", "sub")
        self._about = QVBoxLayout()
        self._restoring = Restoring(self, desk)
        self._lay_out()
        self.table.picked.connect(self._show)
        self.rehearse.clicked.connect(self._rehearse)
        self.other.clicked.connect(self._ask_other)
        self.restore.clicked.connect(self._restore)
        self._restoring.restored.connect(self._say_restored)

    def refresh(self) -> None:
        """Read which backups there are."""
        office = self._desk.office
        if office.data.path is None:
            self.table.set_empty(SERVER)
        found = [*self._others, *backup.rows(office)]
        self.table.set_rows([Kept(row) for row in found])
        self._show(self.table.current())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        how = label(HOW, "sub")
        how.setWordWrap(True)
        column.addWidget(how)
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        for made in (self.restore, self.rehearse, self.other):
            row.addWidget(made)
        self.state.setWordWrap(True)
        row.addWidget(self.state, 1)
        column.addLayout(row)
        halves = QSplitter()
        halves.setHandleWidth(style.px(11))
        halves.setChildrenCollapsible(False)
        halves.addWidget(framed(self.table))
        inside = QWidget()
        beside = QVBoxLayout(inside)
        beside.setContentsMargins(0, 0, 0, 0)
        self._about.setContentsMargins(0, 0, 0, 0)
        beside.addLayout(self._about)
        beside.addStretch(1)
        right = Scroll(inside)
        right.setAccessibleName("恢复意味着什么")
        right.setMinimumWidth(style.px(320))
        halves.addWidget(right)
        self.table.setMinimumWidth(style.px(240))
        for n, share in enumerate((3, 2)):
            halves.setStretchFactor(n, share)
        halves.setSizes([style.px(720), style.px(420)])
        column.addWidget(halves, 1)

    def _show(self, kept: Kept | None) -> None:
        emptied(self._about)
        self.rehearse.setEnabled(kept is not None)
        self.restore.setEnabled(kept is not None)
        if kept is None:
            return
        row = kept.row
        facts = [
            ("时间", f"{row.at:%Y-%m-%d %H:%M}"),
            ("原因", row.why.label),
            ("大小", stick_words.size(row.size)),
            ("文件", str(row.path)),
        ]
        try:
            facts.append(("恢复它", _means(setting_back.lost(self._desk.office, row))))
        except NeedsPassword:
            facts.append(("恢复它", LOCKED))
        except UserError as error:  # said here: another one may be chosen
            facts.append(("恢复它", str(error)))
            self.restore.setEnabled(False)
        self._about.addWidget(texts_card("选中的备份", facts))

    def _ask_other(self) -> None:
        path = messages.ask_file_to_open(self, "打开别处的备份", KINDS)
        if path is not None:
            self.offer(path)

    def offer(self, path: Path) -> None:
        """Put a backup that lies elsewhere on the list, and choose it.

        One that another password opens is asked about first.
        """
        if not unlock.ask_for_backup(self, self._desk, path):
            return
        told = path.stat()
        at = datetime.fromtimestamp(told.st_mtime)
        self._others = [BackupRow(path, at, Why.HAND, 1, told.st_size)]
        self.refresh()
        self.table.select(str(path))

    def _opened(self) -> Kept | None:
        """The chosen backup, once its password was given; None if the user gives up."""
        kept = self.table.current()
        assert kept, "the buttons wait for a row"
        if not unlock.ask_for_backup(self, self._desk, kept.row.path):
            return None
        self._show(kept)  # what it means can be said now
        return kept

    def _rehearse(self) -> None:
        kept = self._opened()
        if kept is None:
            return
        work = partial(_rehearsed, self._desk.office, kept.row)
        run_task(self, "正在演练恢复", work, self._say_rehearsed)

    def _say_rehearsed(self, found: Rehearsed) -> None:
        if found.faults:
            self.state.setText(f"演练没有通过：{found.faults[0].message}请换一份备份。")
            return
        self.state.setText(
            f"演练通过：这份备份打得开，{found.records} 条记录都与日志一致"
            f"（现在有 {found.now} 条）。"
        )

    def _restore(self) -> None:
        kept = self._opened()
        if kept is None:
            return
        means = _means(setting_back.lost(self._desk.office, kept.row))
        if messages.confirm(
            f"用 {kept.row.at:%Y-%m-%d %H:%M} 的备份换掉现在的数据？",
            f"{means}\n现在的数据先另存到备份文件夹，列表里写明“恢复前”。",
            "恢复",
            parent=self,
        ):
            self._restoring.start(kept.row.path)

    def _say_restored(self) -> None:
        self.state.setText(AFTER)
        self._desk.say("已恢复备份")


def _rehearsed(office: Office, row: BackupRow, progress: Progress) -> Rehearsed:
    progress.step(0, 0, "正在打开备份，逐条核对")
    return backup.rehearse(office, row)


def _means(lost: Lost) -> str:
    """What putting it back takes away."""
    if not lost.changes:
        return NOTHING_LOST
    if not lost.only_here:
        return f"备份以后有 {lost.changes} 项修改，别的单位或电脑都有，会随它们的U盘回来。"
    back = f"其中 {lost.elsewhere} 项会随别人的U盘回来；" if lost.elsewhere else ""
    first = stick_words.moment(lost.first)
    return (
        f"备份以后有 {lost.changes} 项修改，{back}"
        f"{lost.only_here} 项只在这台电脑上（最早 {first}），恢复后就没有了，要重新登记。"
    )


def _columns() -> tuple[Column[Kept], ...]:
    return (
        Column("时间", lambda r: f"{r.row.at:%Y-%m-%d %H:%M}", 130),
        Column("原因", lambda r: r.row.why.label, 76),
        Column("大小", lambda r: stick_words.size(r.row.size), 80, right=True, drop=1),
        Column("文件", lambda r: r.row.path.name, 0),
    )
