"""收取: what lies on a stick is looked at first, then taken in, and can be opened at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from deputydesk.exchange import stick
from deputydesk.exchange.standing import OURSELVES
from deputydesk.exchange.stick import Seen
from deputydesk.journal.caches import RowKey
from deputydesk.journal.values import models
from deputydesk.operations import past_names
from deputydesk.ui import messages, stick_words, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.pages import PAGES
from deputydesk.ui.parts import Scroll, button, framed, label
from deputydesk.ui.stick_place import StickPlace
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

KINDS = "交换文件 (*.ddb)"
EMPTY = "点“查看U盘”：列出U盘上给本单位的全部文件，先看清楚，再收入。"
NOTHING_NEW = "还没有收入。收入后，新的记录列在这里，按 Enter 打开。"
LOOKED, TAKEN = "看清楚再点“收入”：收入以前自动备份。", "已收入。"
OPENED = frozenset(table for page in PAGES for table in page.records)
"""Kinds of record that some page opens."""


@dataclass(frozen=True)
class New:
    """A record that came."""

    id: str
    table: str
    kind: str
    name: str


class ReceivingView(QWidget):
    """The bundles above, what the chosen one brings and the new records below.

    Args:
        desk: the desk.
        place: the stick.
    """

    settle_wanted = Signal()
    """The user wants to settle what is in conflict."""

    def __init__(self, desk: Desk, place: StickPlace) -> None:
        super().__init__()
        self._desk, self._place = desk, place
        self._is_taken = False
        self.look = button("查看U盘", "eye", primary=True)
        self.look_files = button("选择文件", "folder-open")
        self.take = button("收入", "download", primary=True)
        self.take.set_key("Ctrl+Enter")
        self.settle = button("去裁定不一致的内容", "scale")
        self.state = label("", "sub")
        self.table: RowsTable[Seen] = RowsTable(self._columns(), name="U盘上的文件", empty=EMPTY)
        self.about = wrapped("")
        self.about.setAccessibleName("选中的文件带来什么")
        self.new: RowsTable[New] = RowsTable(
            (
                Column("种类", lambda r: r.kind, 110),
                Column("新的记录", lambda r: r.name, 0),
            ),
            name="新的记录",
            empty=NOTHING_NEW,
        )
        self._lay_out()
        self._connect()
        self._show_state()

    def refresh(self) -> None:
        """What was looked at stays: files do not change by themselves."""

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        row.addWidget(self.look)
        row.addWidget(self.look_files)
        self.state.setWordWrap(True)
        row.addWidget(self.state, 1)
        row.addWidget(self.settle)
        row.addWidget(self.take)
        column.addLayout(row)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.setHandleWidth(style.px(9))
        whole.setChildrenCollapsible(False)
        whole.addWidget(framed(self.table))
        below = QSplitter()
        below.setHandleWidth(style.px(11))
        below.setChildrenCollapsible(False)
        inside = QWidget()
        text = QVBoxLayout(inside)
        text.setContentsMargins(style.px(14), style.px(10), style.px(14), style.px(10))
        text.addWidget(self.about)
        text.addStretch(1)
        shown = Scroll(inside)
        shown.setAccessibleName("选中的文件")
        below.addWidget(framed(shown))
        below.addWidget(framed(self.new))
        below.setSizes([style.px(500), style.px(640)])
        whole.addWidget(below)
        whole.setSizes([style.px(240), style.px(300)])
        column.addWidget(whole, 1)

    def _connect(self) -> None:
        self.look.clicked.connect(self._look)
        self.look_files.clicked.connect(self._look_files)
        self.take.clicked.connect(self._take)
        self.settle.clicked.connect(self.settle_wanted)
        self.table.picked.connect(self._explain)
        self.new.opened.connect(self._open)

    def _columns(self) -> tuple[Column[Seen], ...]:
        return (
            Column("", self._outcome, 96, tone=self._tone),
            Column("来自", self._from, 170),
            Column("文件", lambda r: r.path.name, 0),
            Column("新增", lambda r: _count(r, "new"), 56, right=True),
            Column("修改", lambda r: _count(r, "changed"), 56, right=True),
            Column("删除", lambda r: _count(r, "deleted"), 56, right=True, drop=3),
            Column("不一致", lambda r: _count(r, "conflicts"), 64, right=True),
            Column("附件", lambda r: _count(r, "files"), 56, right=True, drop=2),
            Column("最早写于", _oldest, 96, drop=1),
        )

    def _from(self, row: Seen) -> str:
        if row.received is None:
            return ""
        is_ours = row.received.office == self._desk.office.code
        return OURSELVES if is_ours else row.received.name

    def _outcome(self, row: Seen) -> str:
        if row.received is None:
            return "不能收"
        if not row.received.counted:
            return "没有新内容"
        return "已收入" if row.is_taken else "可以收"

    def _tone(self, row: Seen) -> Tone:
        if row.received is None:
            return Tone.AMBER
        is_new = bool(row.received.counted)
        return Tone.GREY if not is_new else Tone.GREEN if row.is_taken else Tone.BLUE

    def _look(self) -> None:
        work = partial(stick.on_stick, self._desk.office, self._place.needed())
        run_task(self, "正在看U盘上的文件", work, self._show_looked)

    def _look_files(self) -> None:
        paths = messages.ask_files_to_open(self, "打开交换文件", KINDS)
        if paths:
            self.look_at(paths)

    def look_at(self, paths: Sequence[Path]) -> None:
        """Look at these bundles, in a task."""
        work = partial(stick.look, self._desk.office, paths)
        run_task(self, "正在看文件", work, self._show_looked)

    def _take(self) -> None:
        paths = [row.path for row in self.table.rows.rows() if row.received]
        work = partial(stick.take, self._desk.office, paths)
        run_task(self, "正在收入", work, self._show_taken)

    def _show_looked(self, seen: list[Seen]) -> None:
        self._show(seen, is_taken=False)
        self.new.set_rows([])

    def _show_taken(self, seen: list[Seen]) -> None:
        refused = [row for row in self.table.rows.rows() if row.received is None]
        self._show([*seen, *refused], is_taken=True)
        keys = tuple(key for row in seen if row.received for key in row.received.fresh)
        self.new.set_rows(self._desk.ask(_new, keys))
        self._desk.say(self.state.text())

    def _show(self, seen: list[Seen], *, is_taken: bool) -> None:
        self._is_taken = is_taken
        self.table.set_rows(seen)
        has_news = [bool(row.received and row.received.counted) for row in seen]
        if seen:
            self.table.selectRow(has_news.index(True) if any(has_news) else 0)
        self._explain(self.table.current())
        self._show_state()

    def _show_state(self) -> None:
        rows = self.table.rows.rows()
        good = [row.received for row in rows if row.received]
        wanted = 0 if self._is_taken else len(good)
        self.take.setEnabled(wanted > 0)
        self.take.setText(f" 收入 {wanted} 个文件" if wanted else " 收入")
        conflicts = sum(one.conflicts for one in good)
        self.settle.setVisible(self._is_taken and conflicts > 0)
        self.state.setText(self._said(rows) if rows else "")

    def _said(self, rows: Sequence[Seen]) -> str:
        good = [row.received for row in rows if row.received]
        counts = (
            (sum(one.new for one in good), "新增 {} 条"),
            (sum(one.changed for one in good), "修改 {} 项"),
            (sum(one.deleted for one in good), "删除 {} 条"),
            (sum(one.conflicts for one in good), "{} 处不一致"),
            (len(rows) - len(good), "{} 个文件不能收"),
        )
        said = "，".join(text.format(count) for count, text in counts if count) or "没有新内容"
        return f"{said}。{TAKEN if self._is_taken else LOOKED}"

    def _explain(self, row: Seen | None) -> None:
        if row is None:
            self.about.setText("")
        elif row.received is None:
            self.about.setText(f"{row.path.name}\n\n{row.refused}")
        else:
            self.about.setText("\n".join(stick_words.brought(row.received)))

    def _open(self, row: New) -> None:
        self._desk.open(models()[row.table], row.id)


def _count(row: Seen, name: str) -> str:
    return str(getattr(row.received, name) or "") if row.received else ""


def _oldest(row: Seen) -> str:
    return stick_words.day(row.received.oldest) if row.received else ""


def _new(session: Session, keys: Sequence[RowKey]) -> list[New]:
    """The new records that some page opens, by what they are called."""
    wanted = [key for key in dict.fromkeys(keys) if key[0] in OPENED]
    named = past_names.names(session, wanted)
    return [
        New(record_id, table, models()[table].title, named.get((table, record_id), ""))
        for table, record_id in wanted
    ]
