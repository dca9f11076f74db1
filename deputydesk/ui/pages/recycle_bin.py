"""回收站: what was deleted, what it said, and bringing it back."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.journal.values import models
from deputydesk.models import Record
from deputydesk.operations import recycle_bin
from deputydesk.operations.recycle_bin import GoneRow
from deputydesk.rules.names import search_text
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.changes import when
from deputydesk.ui.dialogs.facts import texts_card
from deputydesk.ui.dialogs.past import show_past
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Scroll, emptied, framed, label
from deputydesk.ui.past_action import KEY
from deputydesk.ui.table import Column, RowsTable

ALL = "全部种类"
EMPTY = "回收站是空的。\n删除的登记都会到这里，可以随时恢复。"
NOTHING = "没有符合条件的记录。"
HOW = "删除的记录全部保留，不会过期，也不占登记簿的位置；恢复时，同一次删除的参加代表等一起回来。"


class RecycleBinPage(Page):
    """What was deleted, the newest first."""

    title = "回收站"
    finds = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self._found: Sequence[GoneRow] = ()
        self.kind = QComboBox()
        self.kind.setAccessibleName("种类")
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.table: RowsTable[GoneRow] = RowsTable(COLUMNS, name="已删除的记录", empty=EMPTY)
        self.restore = self.add_button("恢复", "undo-2", primary=True)
        self.restore.set_key("Ctrl+Enter")
        self.restore_all = self.add_button("恢复同一次删除的", "history")
        self._seen = QVBoxLayout()
        self._lay_out()
        self.kind.activated.connect(self._filter)
        self.table.picked.connect(self._show)
        self.table.selectionModel().selectionChanged.connect(self._count)
        self.table.opened.connect(self._restore)
        self.table.add_action("恢复", self._restore)
        self.table.add_action("变更记录", self._show_past, KEY)
        self.restore.clicked.connect(self._restore)
        self.restore_all.clicked.connect(self._restore_all)

    @override
    def concerns(self, kinds: frozenset[type[Record]]) -> bool:
        return bool(kinds)  # whatever changed, something of it may have been deleted

    @override
    def refresh(self) -> None:
        self._found = self.desk.ask(recycle_bin.rows)
        chosen = self.kind.currentData()
        counts = Counter((row.table, row.kind) for row in self._found)
        self.kind.clear()
        self.kind.addItem(f"{ALL} {len(self._found)}", "")
        for (table, kind), count in counts.most_common():
            self.kind.addItem(f"{kind} {count}", table)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self._filter()

    @override
    def find(self, text: str) -> None:
        self._wanted = text
        self._filter()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.table.setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.kind)
        how = label(HOW, "sub")
        how.setWordWrap(True)
        row.addWidget(how, 1)
        self.body.addLayout(row)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(style.px(11))
        split.setChildrenCollapsible(False)
        split.addWidget(framed(self.table))
        shown = QWidget()
        shown.setLayout(self._seen)
        self._seen.setContentsMargins(0, 0, 0, 0)
        self._beside = Scroll(shown)
        self._beside.setAccessibleName("删除时的内容")
        self._beside.setMinimumWidth(style.px(260))
        split.addWidget(self._beside)
        split.setStretchFactor(0, 1)
        split.setSizes([style.px(700), style.px(320)])
        self.body.addWidget(split, 1)

    def _filter(self) -> None:
        table = self.kind.currentData()
        words = search_text(self._wanted).split()
        shown = [
            row
            for row in self._found
            if (not table or row.table == table) and all(w in _words(row) for w in words)
        ]
        self.table.set_empty(NOTHING if self._found else EMPTY)
        self.table.set_rows(shown)
        self.set_subtitle(f"共 {len(shown)} 条，全部保留" if shown else "")
        self._show(self.table.current())

    def _show(self, row: GoneRow | None) -> None:
        """What the record said, beside the list."""
        emptied(self._seen)
        self.restore_all.setEnabled(row is not None)
        self._beside.setVisible(row is not None)  # nothing to show: the list takes the room
        self._count()
        if row is not None:
            said = self.desk.ask(recycle_bin.values, row.table, row.record_id)
            facts = [*said, ("一起恢复", row.parts)]
            self._seen.addWidget(texts_card(f"{row.kind}（删除时的内容）", facts))
            self._seen.addStretch(1)

    def _count(self) -> None:
        chosen = len(self.table.selected())
        self.restore.setEnabled(chosen > 0)
        self.restore.setText(f" 恢复 {chosen} 条" if chosen > 1 else " 恢复")

    def _restore(self) -> None:
        self._bring_back([row.id for row in self.table.selected()])

    def _restore_all(self) -> None:
        at = self.table.current()
        if at is not None:
            self._bring_back([row.id for row in self._found if row.deed == at.deed])

    def _show_past(self) -> None:
        at = self.table.current()
        if at is not None:
            show_past(self, self.desk, models()[at.table], at.record_id)

    def _bring_back(self, ids: Sequence[str]) -> None:
        if ids:
            count = self.desk.do(recycle_bin.restore, ids=tuple(ids))
            self.desk.say(f"已恢复 {count} 条，按 Ctrl+Z 撤销")


def _words(row: GoneRow) -> str:
    return search_text(f"{row.kind} {row.name} {row.user} {row.action} {row.parts}")


COLUMNS = (
    Column[GoneRow]("删除时间", lambda r: when(r.at), 130),
    Column[GoneRow]("操作人", lambda r: r.user, 70, drop=2),
    Column[GoneRow]("种类", lambda r: r.kind, 90),
    Column[GoneRow]("名称", lambda r: r.name, 0),
    Column[GoneRow]("怎样删除的", lambda r: r.action, 170, drop=3),
    Column[GoneRow]("一起恢复", lambda r: r.parts, 110, drop=1),
)
