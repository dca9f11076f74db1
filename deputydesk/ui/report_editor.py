"""The text of a yearly report being written: its parts one by one, numbers put in by name."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deputydesk.operations.annual_rows import PartText, ReportRow
from deputydesk.rules.slots import SlotFormat
from deputydesk.ui import style
from deputydesk.ui.choices import Candidate
from deputydesk.ui.controls import LineEdit
from deputydesk.ui.parts import button, label
from deputydesk.ui.pickers import PickEdit
from deputydesk.ui.side_list import SideList

OPENING, CLOSING, ANNEX = "开头", "结尾", "附：对比表"
NEW = "新的部分"


class ReportEditor(QWidget):
    """Edits opening, parts and closing; `insert` puts a slot where the cursor stands.

    Args:
        candidates: asks for the figures that can be put in.
        annex: chooses the figures of the comparison; shown in the place of a text.
    """

    edited = Signal()

    def __init__(self, candidates: Callable[[], list[Candidate]], annex: QWidget) -> None:
        super().__init__()
        self._opening = self._closing = ""
        self._parts: list[PartText] = []
        self._is_filling = False
        self._annex = annex
        self.list = SideList("报告各部分")
        self.heading = LineEdit()
        self.heading.setAccessibleName("这一部分的标题")
        self.heading.setPlaceholderText("这一部分的标题")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("这一部分的正文")
        self.text.setPlaceholderText("每段一行；以“（一）”开头的短行是小标题。")
        self.figure = PickEdit(candidates, "要插入的数字")
        self.figure.setPlaceholderText("数字名称或拼音首字母")
        self.form = QComboBox()
        self.form.setAccessibleName("数字的写法")
        self.form.addItems([form.label for form in SlotFormat])
        self.insert = button("插入", "plus")
        self.add = button("加一部分", "plus")
        self.drop = button("删去", "trash-2")
        self._lay_out()
        self._connect()

    def show_report(self, row: ReportRow) -> None:
        """Edit this report; the user stays at the part where they were."""
        at = max(0, self.list.currentRow())
        self._opening, self._closing = row.opening, row.closing
        self._parts = list(row.parts)
        self._list(at)

    def raw(self) -> list[str]:
        """All texts, for a draft."""
        parts = (text for part in self._parts for text in (part.title, part.text))
        return [self._opening, *parts, self._closing]

    def set_raw(self, raw: list[str]) -> None:
        """Show what a draft kept."""
        self._opening, *between, self._closing = raw
        pairs = zip(between[::2], between[1::2], strict=True)
        self._parts = [PartText(title, text) for title, text in pairs]
        self._list(max(0, self.list.currentRow()))

    def set_locked(self, *, is_locked: bool) -> None:
        """Let nothing be changed: the report is final."""
        self.heading.setReadOnly(is_locked)
        self.text.setReadOnly(is_locked)
        for part in (self.figure, self.form, self.insert, self.add, self.drop):
            part.setEnabled(not is_locked)

    @property
    def opening(self) -> str:
        """Text before the first part."""
        return self._opening

    @property
    def closing(self) -> str:
        """Text behind the last part."""
        return self._closing

    @property
    def parts(self) -> tuple[PartText, ...]:
        """The parts in their order."""
        return tuple(self._parts)

    def put_in(self, figure_id: str) -> None:
        """Put a slot for a figure where the cursor stands."""
        form = list(SlotFormat)[self.form.currentIndex()].value
        self.text.insertPlainText(f"{{{figure_id}:{form}}}" if form else f"{{{figure_id}}}")
        self.text.setFocus()

    @override
    def sizeHint(self) -> QSize:
        return QSize(style.px(520), style.px(380))

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(15), 0, style.px(15), style.px(10))
        outer.setSpacing(style.px(8))
        halves = QHBoxLayout()
        halves.setSpacing(style.px(10))
        left = QVBoxLayout()
        left.setSpacing(style.px(6))
        self.list.setFixedWidth(style.px(138))
        left.addWidget(self.list, 1)
        left.addWidget(self.add)
        left.addWidget(self.drop)
        halves.addLayout(left)
        self._views = QStackedWidget()
        page = QWidget()
        self._views.addWidget(page)
        self._views.addWidget(self._annex)
        right = QVBoxLayout(page)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(style.px(6))
        right.addWidget(self.heading)
        right.addWidget(self.text, 1)
        right.addWidget(label("插入数字", "fieldlabel"))
        row = QHBoxLayout()
        row.setSpacing(style.px(6))
        row.addWidget(self.figure, 3)
        self.form.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.form.setMinimumContentsLength(8)
        row.addWidget(self.form, 2)
        row.addWidget(self.insert)
        right.addLayout(row)
        halves.addWidget(self._views, 1)
        outer.addLayout(halves, 1)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show)
        self.heading.textEdited.connect(self._keep)
        self.text.textChanged.connect(self._keep)
        self.insert.clicked.connect(self._insert)
        self.figure.chosen.connect(self._choose)
        self.add.clicked.connect(self._add)
        self.drop.clicked.connect(self._drop)

    def _names(self) -> Sequence[str]:
        return (OPENING, *(part.title for part in self._parts), CLOSING, ANNEX)

    def _list(self, at: int) -> None:
        self._is_filling = True
        self.list.clear()
        for name in self._names():
            self.list.add(name)
        self._is_filling = False
        self.list.setCurrentRow(min(at, self.list.count() - 1))

    def _show(self, at: int) -> None:
        if self._is_filling or at < 0:
            return
        self._is_filling = True
        is_part = 0 < at <= len(self._parts)
        self._views.setCurrentIndex(int(at > len(self._parts) + 1))
        self.heading.setVisible(is_part)
        self.drop.setVisible(is_part)
        if is_part:
            part = self._parts[at - 1]
            self.heading.setText(part.title)
            self.text.setPlainText(part.text)
        else:
            self.text.setPlainText(self._opening if at == 0 else self._closing)
        self._is_filling = False

    def _keep(self) -> None:
        at = self.list.currentRow()
        if self._is_filling or at < 0:
            return
        text = self.text.toPlainText()
        if at == 0:
            self._opening = text
        elif at > len(self._parts):
            self._closing = text
        else:
            self._parts[at - 1] = PartText(self.heading.text(), text)
            self.list.item(at).setText(self.heading.text())
        self.edited.emit()

    def _insert(self) -> None:
        meant = self.figure.meant()
        if meant is not None:
            self.figure.clear()
            self.put_in(meant.id)

    def _choose(self, candidate: Candidate) -> None:
        self.figure.clear()
        self.put_in(candidate.id)

    def _add(self) -> None:
        self._parts.append(PartText(NEW, ""))
        self._list(len(self._parts))
        self.edited.emit()
        self.heading.setFocus()
        self.heading.selectAll()

    def _drop(self) -> None:
        at = self.list.currentRow()
        del self._parts[at - 1]
        self._list(at - 1)
        self.edited.emit()
