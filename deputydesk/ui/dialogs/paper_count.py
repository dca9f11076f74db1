"""Ballots read out one by one: each is typed as its numbers, and only the sums are kept.

Nothing of a single ballot is stored; the last one alone can be taken back.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.rules.project_voting import OPTIONS, PaperCount, paper_of
from deputydesk.ui import messages, style
from deputydesk.ui.controls import LineEdit
from deputydesk.ui.parts import Scroll, button, label
from deputydesk.ui.room import sized
from deputydesk.ui.style import Tone

HOW = (
    "输入一张票上赞成的序号，反对的前面加减号，如 1 3 5 -7，按 Enter 记下一张；"
    "没有写的算弃权，空白票输入 0。"
)
Paper = tuple[tuple[int, ...], tuple[int, ...]]


class PaperCountDialog(QDialog):
    """Counts ballots one by one.

    Args:
        parent: the counting sheet.
        names: the candidates in the order of the ballot.
        seats: how many may be ticked; a ballot with more is void.
    """

    counted = Signal(object)
    """The `PaperCount`, when it is handed to the sheet."""

    def __init__(self, parent: QWidget, names: Sequence[str], seats: int) -> None:
        super().__init__(parent)
        self._seats = seats
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("逐票录入")
        self.count = PaperCount.of(len(names))
        self._last: Paper | None = None
        self.line = LineEdit()
        self.line.setAccessibleName("一张票")
        self.line.setPlaceholderText("1 3 5 -7")
        self.said = label("还没有录入", "sub")
        self._cells = {
            (place, option.id): label("0") for place in self.count.rows for option in OPTIONS
        }
        self.back = button("撤回上一张", "undo-2")
        self.take = button("填入计票表", primary=True)
        self._lay_out(names)
        self.back.clicked.connect(self._take_back)
        self.take.clicked.connect(self._hand_over)
        self.line.returnPressed.connect(self._enter)
        self.take.set_key("Ctrl+Enter")
        self._show()
        self.line.setFocus()

    def show_field_error(self, name: str, sentence: str) -> bool:
        """Say what is wrong with the ballot typed."""
        del name
        self._say(sentence, is_wrong=True)
        self.line.setFocus()
        self.line.selectAll()
        return True

    @override
    def reject(self) -> None:
        number = self.count.valid + self.count.void
        if number and not messages.confirm(
            f"已经录入{number}张票，不填入计票表就关闭吗？",
            "关闭后要重新录入。",
            "关闭",
            parent=self,
        ):
            return
        super().reject()

    def _lay_out(self, names: Sequence[str]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, style.px(12), 0, 0)
        above = QVBoxLayout()
        above.setContentsMargins(style.px(16), 0, style.px(16), 0)
        how = label(HOW, "sub")
        how.setWordWrap(True)
        for part in (how, self.line, self.said):
            above.addWidget(part)
        column.addLayout(above)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(style.px(16), style.px(6), style.px(16), style.px(6))
        for place, option in enumerate(OPTIONS, 2):
            right = Qt.AlignmentFlag.AlignRight
            grid.addWidget(label(option.label, "fieldlabel"), 0, place, right)
        for place, name in enumerate(names, 1):
            grid.addWidget(label(str(place), "faint"), place, 0)
            grid.addWidget(label(name), place, 1)
            for at, option in enumerate(OPTIONS, 2):
                cell = self._cells[place, option.id]
                cell.setAccessibleName(f"{name} {option.label}")
                grid.addWidget(cell, place, at, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(names) + 1, 1)
        for at in range(2, 2 + len(OPTIONS)):
            grid.setColumnMinimumWidth(at, style.px(60))
        column.addWidget(Scroll(inside), 1)
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(style.px(16), style.px(8), style.px(12), style.px(8))
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.take)
        column.addWidget(foot)
        self.resize(sized(self, 560, 600))

    def _enter(self) -> None:
        messages.expect_errors_at(self)
        paper = paper_of(self.line.text())
        self.count = self.count.with_paper(*paper, seats=self._seats)
        self._last = paper
        self.line.clear()
        self._show()
        if len(set(paper[0])) > self._seats:
            self._say(f"赞成{len(set(paper[0]))}项，多于应选{self._seats}项，作废。", is_wrong=True)
        messages.forget_form()

    def _take_back(self) -> None:
        assert self._last, "else the button cannot be pressed"
        self.count = self.count.with_paper(*self._last, seats=self._seats, times=-1)
        self._last = None
        self._show()
        self.line.setFocus()

    def _hand_over(self) -> None:
        self.counted.emit(self.count)
        self.accept()

    def _show(self) -> None:
        count = self.count
        self._say(f"已录入 {count.valid + count.void} 张：有效 {count.valid}，作废 {count.void}。")
        self.back.setEnabled(self._last is not None)
        for (place, option), cell in self._cells.items():
            cell.setText(str(count.rows[place][option]))

    def _say(self, sentence: str, *, is_wrong: bool = False) -> None:
        self.said.setText(sentence)
        ink = style.ink(Tone.RED).text if is_wrong else style.theme().sub
        self.said.setStyleSheet(f"color:{ink};")
