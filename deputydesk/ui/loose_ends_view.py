"""重号和缺失: numbers that stand twice, and records that name one which is not here."""

from collections.abc import Mapping

from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from deputydesk.journal.values import models
from deputydesk.office import Office
from deputydesk.operations import double_numbers, offices, orphans
from deputydesk.operations.double_numbers import DoubleRow
from deputydesk.operations.orphans import Missing, OrphanRow
from deputydesk.progress import Progress
from deputydesk.ui import stick_words, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import Button, Scroll, button, card, label
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import is_running, run_task

NO_DOUBLES = "没有重号。"
NO_ORPHANS = "没有缺失。"
HOW_DOUBLES = (
    "两台电脑分开登记，给了同一个编号，都留着。选中该改的那一条（一般是后登记的），点“改为下一个编号”，"
    "可以撤销；发文字号、期号已经印出去，打开记录作废后另编。"
)
HOW_ORPHANS = (
    "这些记录提到的另一条不在这里。“还没有来”的，等后面的U盘；一直不来的，打开记录另选。"
    "“已删除”的，到回收站恢复，或打开记录另选。"
)
LEAST = 112
"""Height of a list where the window is low: its headings and two lines."""
LOWEST = 132
"""Of a list: its headings and two lines."""
_Found = tuple[list[DoubleRow], list[OrphanRow], Mapping[str, str]]
TONES = {Missing.LATE: Tone.AMBER, Missing.GONE: Tone.RED}


class LooseEndsView(QWidget):
    """Both lists, each with what can be done about it.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._names: Mapping[str, str] = {}
        self.doubles: RowsTable[DoubleRow] = RowsTable(
            (*_double_columns(), Column("单位", self._called, 112, drop=3)),
            name="重号",
            empty=NO_DOUBLES,
        )
        self.orphans: RowsTable[OrphanRow] = RowsTable(
            (*_orphan_columns(), Column("单位", self._called, 112, drop=2)),
            name="缺失",
            empty=NO_ORPHANS,
        )
        self.renumber = button("改为下一个编号", "list")
        self.look = button("打开记录")
        self.look_at_orphan = button("打开记录")
        self._lay_out()
        self.doubles.picked.connect(self._allow)
        self.orphans.picked.connect(self._allow)
        self.doubles.opened.connect(self._open)
        self.orphans.opened.connect(self._open)
        self.renumber.clicked.connect(self._renumber)
        self.look.clicked.connect(self._open_double)
        self.look_at_orphan.clicked.connect(self._open_orphan)
        self._allow()

    def refresh(self) -> None:
        """Look for both; beside another piece of work the lists stay as they are."""
        if not is_running():
            run_task(self, "正在查找重号和缺失", self._work, self._show)

    def _called(self, row: DoubleRow | OrphanRow) -> str:
        return self._names.get(row.office, row.office)

    def _work(self, progress: Progress) -> _Found:
        return _found(self._desk.office, progress)

    def _show(self, found: _Found) -> None:
        doubles, missing, self._names = found
        self.doubles.set_rows(doubles)
        self.orphans.set_rows(missing)
        self._allow()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(11))
        for half in (
            _half("重号", HOW_DOUBLES, self.doubles, (self.renumber, self.look)),
            _half("缺失", HOW_ORPHANS, self.orphans, (self.look_at_orphan,)),
        ):
            column.addWidget(half, 1)
        scroll = Scroll(inside)  # with large text both do not stand on a small screen
        scroll.setAccessibleName("重号和缺失")
        outer.addWidget(scroll)

    def _allow(self, _row: object = None) -> None:
        double = self.doubles.current()
        is_ours = double is not None and double.office == self._desk.office.code
        self.renumber.setEnabled(double is not None and is_ours and not double.printed)
        self.look.setEnabled(double is not None)
        self.look_at_orphan.setEnabled(self.orphans.current() is not None)

    def _renumber(self) -> None:
        row = self.doubles.current()
        assert row, "the button waits for a row"
        number = self._desk.do(double_numbers.renumber, table=row.table, record_id=row.record_id)
        self._desk.say(f"“{row.name}”改为{number}号，按 Ctrl+Z 撤销")

    def _open_double(self) -> None:
        row = self.doubles.current()
        assert row, "the button waits for a row"
        self._open(row)

    def _open_orphan(self) -> None:
        row = self.orphans.current()
        assert row, "the button waits for a row"
        self._open(row)

    def _open(self, row: DoubleRow | OrphanRow) -> None:
        self._desk.open(models()[row.table], row.record_id)


def _found(office: Office, progress: Progress) -> _Found:
    progress.step(0, 2, "重号")
    doubles = office.ask(double_numbers.rows)
    progress.step(1, 2, "缺失")
    return doubles, office.ask(orphans.rows), office.ask(offices.names)


def _half(title: str, how: str, table: QWidget, buttons: tuple[Button, ...]) -> QWidget:
    frame, inside = card(title)
    said = label(how, "sub")
    said.setWordWrap(True)
    inside.addWidget(said)
    place = QGridLayout()  # Qt's own hint for a list is higher than a low window has room
    place.addItem(QSpacerItem(0, style.px(LEAST)), 0, 0)
    place.addWidget(table, 0, 0)
    table.setMinimumHeight(style.px(LEAST))
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    inside.addLayout(place, 1)
    row = QHBoxLayout()
    row.setSpacing(style.px(8))
    for made in buttons:
        row.addWidget(made)
    row.addStretch(1)
    inside.addLayout(row)
    return frame


def _double_columns() -> tuple[Column[DoubleRow], ...]:
    return (
        Column("种类", lambda r: r.kind, 100),
        Column("编号", lambda r: f"{r.number}", 66, right=True),
        Column("名称", lambda r: r.name, 0),
        Column("登记人", lambda r: r.user, 90, drop=2),
        Column("登记时间", lambda r: stick_words.moment(r.at), 130, drop=1),
    )


def _orphan_columns() -> tuple[Column[OrphanRow], ...]:
    return (
        Column("种类", lambda r: r.kind, 100),
        Column("名称", lambda r: r.name, 0),
        Column("哪一项", lambda r: r.label, 110),
        Column("提到的", lambda r: r.named, 170, drop=1),
        Column("情况", lambda r: r.missing.label, 90, tone=lambda r: TONES[r.missing]),
    )
