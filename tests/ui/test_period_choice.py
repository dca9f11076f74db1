"""A period between two days, typed as everywhere."""

from datetime import date

from PySide6.QtCore import Qt

from deputydesk.ui.period_choice import NAMES, PeriodChoice
from tests import make
from tests.ui.hands import press, write


def test_arrows_move_both_days_of_a_period(qtbot):
    choice = PeriodChoice(lambda: make.TODAY)
    qtbot.addWidget(choice)
    choice.chips.group.button(NAMES.index("自定")).setChecked(True)
    choice.first.selectAll()
    write(choice.first, "３。５")
    press(choice.first, Qt.Key.Key_Up)
    press(choice.last, Qt.Key.Key_Down)

    assert choice.first.text() == "2026-03-06 周五"
    found = choice.span()
    assert (found.first, found.last) == (date(2026, 3, 6), date(2026, 11, 22))
