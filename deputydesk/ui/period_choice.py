"""Chips that choose a period: this month, quarter or year, last year, all time, or two days."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deputydesk.errors import UserError
from deputydesk.rules.periods import Grain, Span, around, year_before
from deputydesk.rules.typed_dates import parse, spoken
from deputydesk.ui import style
from deputydesk.ui.date_field import DateEdit
from deputydesk.ui.parts import Chips, label

NAMES = ("本月", "本季", "本年", "去年", "全部", "自定")
_MONTH, _QUARTER, _YEAR, _LAST_YEAR, _ALL, _OWN = range(len(NAMES))
_GRAINS = {_MONTH: Grain.MONTH, _QUARTER: Grain.QUARTER, _YEAR: Grain.YEAR}


class PeriodChoice(QWidget):
    """Chooses a period; this year at first.

    Args:
        today: gives the present day.
    """

    spoken_as = QAccessible.Role.Grouping

    changed = Signal()
    """Another period was chosen."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.setAccessibleName("期间")
        self._today = today
        self.chips = Chips(NAMES, "期间")
        self.chips.group.button(_YEAR).setChecked(True)
        self.first, self.last = DateEdit(), DateEdit()
        self._own = QWidget()
        self._lay_out()
        self.chips.group.idToggled.connect(self._choose)
        for edit in (self.first, self.last):
            edit.returnPressed.connect(self.changed)
        self.first.picked.connect(self._pick_first)
        self.last.picked.connect(self._pick_last)
        self.first.moved.connect(self._move_first)
        self.last.moved.connect(self._move_last)

    def span(self) -> Span | None:
        """The chosen days; None is all time.

        Raises:
            UserError: a day that was typed is none, or the last comes before the first.
        """
        chosen, today = self.chips.chosen(), self._today()
        if chosen == _ALL:
            return None
        if chosen == _LAST_YEAR:
            return year_before(around(today, Grain.YEAR))
        if chosen != _OWN:
            return around(today, _GRAINS[chosen])
        first, last = self._day(self.first), self._day(self.last)
        if last < first:
            raise UserError("截止日期早于起始日期。", hint="请把两个日期对调。")
        return Span(first, last)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.px(8))
        row.addWidget(self.chips)
        days = QHBoxLayout(self._own)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(style.px(6))
        for edit, name in ((self.first, "起"), (self.last, "止")):
            edit.setAccessibleName(name)
            edit.setFixedWidth(style.px(128))
        days.addWidget(self.first)
        days.addWidget(label("至", "sub"))
        days.addWidget(self.last)
        row.addWidget(self._own)
        self._own.hide()

    def _day(self, edit: DateEdit) -> date:
        try:
            return parse(edit.text(), self._today())
        except ValueError as error:
            raise UserError(str(error), hint="请写成 3.5 或 2026-03-05。") from error

    def _choose(self, chosen: int, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if not is_on:
            return
        self._own.setVisible(chosen == _OWN)
        if chosen == _OWN and not self.first.text():
            this = around(self._today(), Grain.QUARTER)
            self.first.setText(spoken(this.first))
            self.last.setText(spoken(self._today()))
        self.changed.emit()

    def _pick_first(self, day: QDate) -> None:
        self._pick(self.first, day)

    def _pick_last(self, day: QDate) -> None:
        self._pick(self.last, day)

    def _move_first(self, days: int) -> None:
        self._move(self.first, days)

    def _move_last(self, days: int) -> None:
        self._move(self.last, days)

    def _move(self, edit: DateEdit, days: int) -> None:
        edit.setText(spoken(self._day(edit) + timedelta(days)))

    def _pick(self, edit: DateEdit, day: QDate) -> None:
        edit.setText(spoken(date(day.year(), day.month(), day.day())))
        self.changed.emit()
