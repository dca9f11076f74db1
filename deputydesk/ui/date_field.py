"""The field for a date: typed in any habit, moved with the arrow keys, picked with the mouse."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QWidget
from typing_extensions import override

from deputydesk.rules.typed_dates import parse, spoken
from deputydesk.ui.controls import LineEdit
from deputydesk.ui.fields import Field, Raw

FIRST, LAST = QDate(1900, 1, 1), QDate(2199, 12, 31)
"""What the calendar offers; Qt's own goes back to before the years of our dates."""
HINT = "如 3.5、昨天"


class DateField(Field):
    """A day.

    Args:
        name: identifier of the value.
        label: its Chinese name; the model's if empty.
        wide: take the whole width of the form.
        ahead: a date without a year is the nearest to come (deadlines, plans).
        optional: empty is None; else empty is an error.
    """

    control: "DateEdit"

    def __init__(
        self,
        name: str,
        *,
        label: str = "",
        wide: bool = False,
        ahead: bool = False,
        optional: bool = False,
    ) -> None:
        super().__init__(name, label=label, wide=wide)
        self._ahead = ahead
        self._optional = optional
        self.clock: Callable[[], date] = _no_clock

    @override
    def make_control(self, hint: str) -> QWidget:
        edit = DateEdit()
        edit.setPlaceholderText(hint or HINT)
        edit.textEdited.connect(self._note_edit)
        edit.left.connect(self._settle)
        edit.moved.connect(self._move)
        edit.picked.connect(self._pick)
        return edit

    @override
    def value(self) -> date | None:
        typed = self.control.text().strip()
        if not typed:
            if self._optional:
                return None
            raise self.wrong(f"请填写{self.text}。")
        try:
            return parse(typed, self.clock(), ahead=self._ahead)
        except ValueError as error:
            raise self.wrong(str(error)) from None

    @override
    def set_value(self, value: date | None) -> None:
        self.control.setText(spoken(value) if value else "")

    @override
    def clear(self) -> None:
        self.control.clear()
        self.show_error("")

    @override
    def raw(self) -> Raw:
        return self.control.text()

    @override
    def set_raw(self, raw: Raw) -> None:
        self.control.setText(str(raw))

    def meant(self) -> date | None:
        """The day that was typed; None if it is none."""
        try:
            return parse(self.control.text(), self.clock(), ahead=self._ahead)
        except ValueError:
            return None

    def _settle(self) -> None:
        """Show the day that was understood, with its weekday; or that none was."""
        typed = self.control.text().strip()
        if typed:
            day = self.meant()
            if day:
                self.set_value(day)
                self.show_error("")
            else:
                self.show_error(_reason(typed, self.clock()))
        self.left.emit()

    def _move(self, days: int) -> None:
        day = self.meant()
        self.set_value(day + timedelta(days) if day else self.clock())
        self._note_edit()

    def _pick(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        self._note_edit()


def _no_clock() -> date:
    raise AssertionError("the form gives the clock")


def _reason(typed: str, today: date) -> str:
    try:
        parse(typed, today)
    except ValueError as error:
        return str(error)
    return ""


class DateEdit(LineEdit):
    """The line of a date: Up and Down move it by a day, the sign at the right opens a calendar."""

    moved = Signal(int)
    picked = Signal(QDate)

    def __init__(self) -> None:
        super().__init__()
        action = self.add_sign("打开日历", "calendar-days", 15)
        action.triggered.connect(self._open_calendar)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up.value: 1, Qt.Key.Key_Down.value: -1}
        if event.key() in steps and not event.modifiers():
            self.moved.emit(steps[event.key()])
        else:
            super().keyPressEvent(event)

    def _open_calendar(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        calendar.setDateRange(FIRST, LAST)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setAccessibleName("日历")
        calendar.clicked.connect(self.picked)
        calendar.activated.connect(self.picked)
        calendar.clicked.connect(calendar.close)
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()
