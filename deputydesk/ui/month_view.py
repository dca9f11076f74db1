"""The month of the rota: the sheet of days at the left, the day's homes at the right."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.models import RotaShift
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import rotas
from deputydesk.operations.presets import calendar
from deputydesk.operations.rotas import ShiftRow
from deputydesk.rules.deadlines import chinese
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.month_grid import Mark, MonthGrid
from deputydesk.ui.move_bar import MoveBar
from deputydesk.ui.moves import take
from deputydesk.ui.parts import IconButton, Yielding, button, card, label
from deputydesk.ui.register import Action, Move
from deputydesk.ui.registers.rotas import HOLD, MOVES, OPEN_VISIT, TONES, can_hold
from deputydesk.ui.table import Column, RowsTable

WIDE = 1150
"""Standard pixels of the view from which the day is broad."""
NOTHING = "这一天没有安排。"


class MonthView(QWidget):
    """A month of planned days; Enter on a day goes to its homes, Enter there registers.

    Args:
        desk: the desk.
    """

    wanted = Signal(str)
    """The id of a planned day whose entry is to be shown in the list."""
    summed = Signal(str)
    """What is to be said of the month in sight."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._rows: list[ShiftRow] = []
        self._shown: tuple[int, int] | None = None
        self.grid = MonthGrid("进家安排月历", calendar(), desk.today)
        self.table: RowsTable[ShiftRow] = RowsTable(_columns(), name="当天安排", empty=NOTHING)
        self.moves: MoveBar[ShiftRow] = MoveBar(MOVES, (OPEN_VISIT,))
        self._month, self._day = label("", "h2"), label("", "h2")
        self._facts = wrapped("", "sub")
        self._earlier = IconButton("上一月", "chevron-left", "Alt+Left")
        self._later = IconButton("下一月", "chevron-right", "Alt+Right")
        self._now = button("今天")
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Ask for the month in sight and show it."""
        first, last = _month_of(self.grid.day)
        self._shown = (first.year, first.month)
        self._rows = self.desk.ask(rotas.rows, self.desk.today, first=first, last=last)
        marks: dict[date, list[Mark]] = {}
        for row in self._rows:
            short = row.home.replace("人大代表之家", "").replace("代表之家", "") or row.home
            marks.setdefault(row.planned_on, []).append(Mark(short, TONES[row.state]))
        self._month.setText(f"{first.year}年{first.month}月")
        self.grid.set_marks(marks)
        self.summed.emit(self.summary)
        self._show_day()

    @property
    def summary(self) -> str:
        """How many days the month has, and how many were held."""
        held = sum(row.state == ShiftState.HELD for row in self._rows)
        return f"本月安排 {len(self._rows)} 天次，已开展 {held}" if self._rows else "本月没有安排"

    def show_shift(self, row: ShiftRow) -> None:
        """Go to a planned day."""
        self.grid.go(row.planned_on)
        self.table.select(row.id)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        day = style.px(400 if self.width() / style.scale() > WIDE else 320)
        self._split.setSizes([max(0, self.width() - day), day])

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(style.px(11))
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._month_card())
        self._split.addWidget(self._day_card())
        self._split.setStretchFactor(0, 1)
        outer.addWidget(self._split)

    def _month_card(self) -> QFrame:
        frame, inside = card()
        head = QHBoxLayout()
        for widget in (self._earlier, self._month, self._later, self._now):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(Yielding("方向键移动，Enter 到当天，PageUp / PageDown 翻月", "faint"))
        inside.addLayout(head)
        inside.addWidget(self.grid, 1)
        return frame

    def _day_card(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("card")
        frame.setMinimumWidth(style.px(280))
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, style.px(11), 0, style.px(10))
        for widget in (self._day, self._facts):
            row = QHBoxLayout()
            row.setContentsMargins(style.px(16), 0, style.px(14), 0)
            row.addWidget(widget)
            if widget is self._day:
                inside.addLayout(row)
                inside.addWidget(self.table, 1)
                inside.addWidget(self.moves)
            else:
                inside.addLayout(row)
        return frame

    def _connect(self) -> None:
        self.grid.picked.connect(self._go)
        self.grid.opened.connect(self._enter_day)
        self.table.picked.connect(self._show_shift)
        self.table.opened.connect(self._open)
        self.table.add_action("在安排表中修改", self._want)
        self.moves.moved.connect(self._move)
        self.moves.acted.connect(self._act)
        self._earlier.clicked.connect(self._turn_back)
        self._later.clicked.connect(self._turn_on)
        self._now.clicked.connect(self._go_to_today)

    def _go(self, day: date) -> None:
        if (day.year, day.month) == self._shown:
            self._show_day()
        else:
            self.refresh()

    def _show_day(self) -> None:
        day = self.grid.day
        shown = [row for row in self._rows if row.planned_on == day]
        kind = calendar().describe(day)
        self._day.setText(f"{chinese(day)} {kind}" + (f" · {len(shown)} 家" if shown else ""))
        self.table.set_rows(shown)
        if shown and self.table.current() is None:
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self._show_shift(self.table.current())

    def _show_shift(self, row: ShiftRow | None) -> None:
        self.moves.show_row(row)
        self._facts.setText("\n".join(_facts(row)) if row else "")
        self._facts.setVisible(row is not None)

    def _enter_day(self, _day: date) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus()

    def _open(self, row: ShiftRow) -> None:
        if can_hold(row):
            self._move(HOLD)
        elif row.visit_id:
            self._act(OPEN_VISIT)

    def _want(self) -> None:
        row = self.table.current()
        if row is not None:
            self.wanted.emit(row.id)

    def _move(self, move: Move[ShiftRow]) -> None:
        row = self.table.current()
        if row is not None:
            take(self, self.desk, move, row, RotaShift)

    def _act(self, action: Action[ShiftRow]) -> None:
        row = self.table.current()
        if row is not None:
            action.run(self, self.desk, row)

    def _turn_back(self) -> None:
        self.grid.turn(-1)

    def _turn_on(self) -> None:
        self.grid.turn(1)

    def _go_to_today(self) -> None:
        self.grid.go(self.desk.today)


def _month_of(day: date) -> tuple[date, date]:
    """The days of the weeks of a month stay within the month itself."""
    first = day.replace(day=1)
    year, month = divmod(first.year * 12 + first.month, 12)
    return first, date.fromordinal(date(year, month + 1, 1).toordinal() - 1)


def _facts(row: ShiftRow) -> Sequence[str]:
    said = [
        ("代表", "、".join(row.deputies) or "未定"),
        ("时间", row.slot),
        ("主题", row.topic),
        ("公告", _announced(row)),
        ("调整", _moved(row)),
        ("备注", row.note),
    ]
    return [f"{name}：{text}" for name, text in said if text]


def _announced(row: ShiftRow) -> str:
    if row.announced_on is None:
        return f"应在{chinese(row.announce_by)}前公告" if row.is_open else ""
    late = "（晚于规定）" if row.announced_late else ""
    return f"{chinese(row.announced_on)}{late}"


def _moved(row: ShiftRow) -> str:
    return f"原定{chinese(row.moved_from)}，{row.moved_why}" if row.moved_from else row.moved_why


def _columns() -> tuple[Column[ShiftRow], ...]:
    return (
        Column("代表之家", lambda r: r.home, 0),
        Column("状态", lambda r: r.state.label, 84, tone=lambda r: TONES.get(r.state)),
    )
