"""All that was found by the one search: a list by kinds; Enter opens the record."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.journal.values import models
from deputydesk.operations import search
from deputydesk.operations.search import Hit
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import Chips, button, framed, label
from deputydesk.ui.table import Column, RowsTable

MOST = 500
"""Rows in the list: who sees so many types one word more."""


class SearchResults(QDialog):
    """Lists every record in which the words stand, all kinds or one.

    Args:
        parent: the window.
        desk: the desk.
        text: what was typed.
    """

    def __init__(self, parent: QWidget, desk: Desk, text: str) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"搜索：{text}")
        self._desk, self._text = desk, text
        self._groups = desk.ask(search.groups, text)
        total = sum(group.count for group in self._groups)
        chips = (f"全部 {total}", *(f"{group.kind} {group.count}" for group in self._groups))
        self.kinds = Chips(chips, "种类")
        self.table: RowsTable[Hit] = RowsTable(
            (
                Column[Hit]("种类", _kind, 110),
                Column[Hit]("名称", _title, 0),
                Column[Hit]("说明", _detail, 330, drop=1),
            ),
            name="搜索结果",
            empty="没有找到。",
        )
        self._said = label("", "faint")
        self.open_one = button("打开", "eye", primary=True)
        self._lay_out()
        self.kinds.group.idToggled.connect(self._choose)
        self.table.opened.connect(self._open)
        self.open_one.clicked.connect(self._open_current)
        self._show()
        screen = self.screen().availableGeometry()
        self.resize(
            min(style.px(860), screen.width() - 40), min(style.px(600), screen.height() - 60)
        )

    @override
    def showEvent(self, arg__1: QShowEvent) -> None:
        """The list has the keys at once."""
        super().showEvent(arg__1)
        self.table.setFocus()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(18), style.px(14), style.px(18), style.px(14))
        outer.setSpacing(style.px(8))
        outer.addWidget(label(f"“{self._text}”", "h2"))
        outer.addWidget(self.kinds)
        outer.addWidget(framed(self.table), 1)
        foot = QHBoxLayout()
        foot.addWidget(self._said)
        foot.addStretch(1)
        close = button("关闭")
        close.clicked.connect(self.reject)
        foot.addWidget(self.open_one)
        foot.addWidget(close)
        outer.addLayout(foot)

    def _choose(self, _place: int, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_on:
            self._show()

    def _show(self) -> None:
        place = self.kinds.chosen()
        group = self._groups[place - 1] if place > 0 else None
        count = group.count if group else sum(one.count for one in self._groups)
        kind = group.table if group else ""
        self.table.set_rows(self._desk.ask(search.find, self._text, kind, limit=MOST))
        is_cut = count > MOST
        self._said.setText(
            f"共 {count} 条，先列出 {MOST} 条；再输一个词可以缩小范围" if is_cut else f"{count} 条"
        )
        self.open_one.setEnabled(count > 0)
        if count:
            self.table.selectRow(0)

    def _open_current(self) -> None:
        hit = self.table.current()
        if hit:
            self._open(hit)

    def _open(self, hit: Hit) -> None:
        self.accept()
        self._desk.open(models()[hit.table], hit.id)


def _kind(hit: Hit) -> str:
    return hit.kind


def _title(hit: Hit) -> str:
    return hit.title


def _detail(hit: Hit) -> str:
    return hit.detail
