"""Lists beside the board: quarters compared, objections, and who is to be talked with."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout

from deputydesk.operations.point_objections import ObjectionRow
from deputydesk.operations.point_quarters import TailRow
from deputydesk.operations.points import Compared
from deputydesk.rules.quarters import Quarter
from deputydesk.ui import style
from deputydesk.ui.controls import LineEdit
from deputydesk.ui.parts import button, label
from deputydesk.ui.point_columns import compared_columns, objection_columns, tail_columns
from deputydesk.ui.table import RowsTable

OFFERED = 8
"""Quarters that one may be compared with: two years."""


class _List(QFrame):
    """A list with a line of controls above it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, style.px(4), 0, style.px(4))
        self.head = QHBoxLayout()
        self.head.setContentsMargins(style.px(14), style.px(4), style.px(10), 0)
        self.inside.addLayout(self.head)


class CompareList(_List):
    """A quarter beside another."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offered: list[Quarter] = []
        self.other = QComboBox()
        self.other.setAccessibleName("与哪个季度比较")
        self.other.activated.connect(self.chosen)
        self.head.addWidget(label("与", "sub"))
        self.head.addWidget(self.other)
        self.head.addWidget(label("比较", "sub"))
        self.head.addStretch(1)
        self.table: RowsTable[Compared] = RowsTable((), name="季度比较")
        self.inside.addWidget(self.table)

    def offer(self, now: Quarter) -> Quarter:
        """Offer the quarters before this one; returns the chosen one."""
        kept = self.other.currentText()
        self._offered = [now.before]
        while len(self._offered) < OFFERED:
            self._offered.append(self._offered[-1].before)
        labels = [quarter.label for quarter in self._offered]
        self.other.clear()
        self.other.addItems(labels)
        self.other.setCurrentIndex(labels.index(kept) if kept in labels else 0)
        return self._offered[self.other.currentIndex()]

    def show_rows(self, before: Quarter, now: Quarter, rows: list[Compared]) -> None:
        """Show how the points changed."""
        old = self.table
        self.table = RowsTable(
            compared_columns(before.label, now.label), name="季度比较", empty="没有积分。"
        )
        self.table.horizontalHeader().setFixedHeight(style.px(42))
        self.inside.replaceWidget(old, self.table)
        old.hide()
        old.deleteLater()
        self.table.set_rows(rows)


class ObjectionList(_List):
    """Objections; Enter decides on one."""

    def __init__(self) -> None:
        super().__init__()
        self.said = label("", "sub")
        self.raise_button = button("登记异议", "plus")
        self.decide_button = button("处理", primary=True)
        self.head.addWidget(self.said, 1)
        self.head.addWidget(self.raise_button)
        self.head.addWidget(self.decide_button)
        self.table: RowsTable[ObjectionRow] = RowsTable(
            objection_columns(), name="积分异议", empty="没有异议。"
        )
        self.inside.addWidget(self.table)
        self.table.picked.connect(self._look)
        self._look(None)

    def _look(self, row: ObjectionRow | None) -> None:
        self.decide_button.setEnabled(row is not None and row.decided_on is None)


class TailList(_List):
    """Who stands at the end of a closed board; starts the talks. Only for the clerk."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._quarter: Quarter | None = None
        self.last = _number("末几名")
        self.line = _number("低于几分")
        self.start = button("对选中的开始谈话提醒", primary=True)
        for text, control in (("末", self.last), ("名，或低于", self.line)):
            self.head.addWidget(label(text, "sub"))
            self.head.addWidget(control)
            control.textEdited.connect(self._tell)
        self.head.addWidget(label("分。名单保密，不公示。", "sub"))
        self.head.addStretch(1)
        self.head.addWidget(self.start)
        self.table: RowsTable[TailRow] = RowsTable(
            tail_columns(), name="谈话提醒名单", empty="季度封账后才有名单；或者没有人在线下。"
        )
        self.inside.addWidget(self.table)

    def limits(self) -> tuple[int, Decimal | None]:
        """How many from the end, and below how many points."""
        line = _whole(self.line)
        return _whole(self.last), Decimal(line) if line else None

    def begin(self, quarter: Quarter | None, last: int, line: Decimal | None) -> None:
        """Take the rules' own limits, when another quarter comes in sight."""
        if quarter == self._quarter:
            return
        self._quarter = quarter
        for control, number in ((self.last, last), (self.line, int(line or 0))):
            control.setText(str(number))

    def _tell(self, _text: str) -> None:
        self.changed.emit()


def _number(name: str) -> LineEdit:
    made = LineEdit()
    made.setAccessibleName(name)
    made.setMaxLength(3)
    made.setFixedWidth(style.px(52))
    return made


def _whole(control: LineEdit) -> int:
    """The number typed; what is none counts as 0."""
    typed = control.text().strip()
    return int(typed) if typed.isdecimal() else 0
