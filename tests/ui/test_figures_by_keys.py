"""Figures and charts lead to what they count without a mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from deputydesk.ui.charts import Bars, HeatMatrix, HeatRow, Part, StackedBar, StackedBars
from deputydesk.ui.kpi import Kpi, KpiNumbers
from tests.ui.hands import press

K = Qt.Key


@pytest.fixture
def shown(qtbot):
    """Shows a widget with the keys at it."""

    def show(widget):
        qtbot.addWidget(widget)
        widget.resize(400, 200)
        widget.show()
        widget.setFocus()
        return widget

    return show


def heard(signal):
    """What a signal tells, from now on."""
    told = []
    signal.connect(lambda *said: told.append(said))
    return told


@pytest.mark.parametrize("key", [K.Key_Return, K.Key_Enter, K.Key_Space])
def test_a_card_is_opened_by_a_key(shown, key):
    card = shown(Kpi(KpiNumbers("听取选民意见", "212", "件次")))
    told = heard(card.clicked)

    press(card, key)
    press(card, K.Key_A)

    assert len(told) == 1


def test_a_card_is_a_button_with_its_number_for_a_screen_reader(shown):
    card = shown(Kpi(KpiNumbers("听取意见", "212", "件次")))
    face = QAccessible.queryAccessibleInterface(card)

    assert face.text(QAccessible.Text.Name) == "听取意见 212件次，按 Enter 看明细"
    assert face.role() == QAccessible.Role.Button


def test_the_arrows_go_along_the_bars_and_enter_opens_one(shown):
    bars = shown(Bars("走势"))
    bars.set_series(["1月", "2月", "3月"], ("次数", (4, 5, 6)))
    bars.setFocus()
    told = heard(bars.picked)

    for key in (K.Key_Right, K.Key_Return, K.Key_End, K.Key_Right, K.Key_Space):
        press(bars, key)
    press(bars, K.Key_Home)
    press(bars, K.Key_Left)
    press(bars, K.Key_Enter)

    assert told == [(1,), (2,), (0,)]
    assert bars.words(0, 2) == "3月 次数6"
    assert bars.accessibleDescription() == "1月 次数4；2月 次数5；3月 次数6"


def test_the_arrows_go_down_the_units(shown):
    units = shown(StackedBars("单位"))
    units.set_bars([StackedBar(name, ((Part.MAIN, 1),), "1 件") for name in ("水务站", "城管办")])
    units.setFocus()
    told = heard(units.picked)

    for key in (K.Key_Down, K.Key_Return, K.Key_Home, K.Key_Return, K.Key_End, K.Key_Return):
        press(units, key)

    assert told == [(1,), (0,), (1,)]
    assert units.words(1, 0) == "城管办 1 件"


def test_the_arrows_go_over_the_cells_of_a_matrix(shown):
    matrix = shown(HeatMatrix("覆盖"))
    matrix.set_rows(["1月", "2月"], [HeatRow("a", "一组", (3, None)), HeatRow("b", "二组", (0, 7))])
    matrix.setFocus()
    told, rows = heard(matrix.picked_cell), heard(matrix.picked)

    for key in (K.Key_Down, K.Key_Right, K.Key_Return, K.Key_Up, K.Key_Return):
        press(matrix, key)

    assert told == [("b", 1), ("a", 1)]
    assert rows == [("b",), ("a",)]
    assert matrix.words(0, 1) == "一组 2月 还没有"


def test_a_chart_without_numbers_is_no_place_for_the_keys(shown):
    bars = shown(Bars("走势"))
    bars.set_series(["1月"], ("次数", (4,)))
    bars.setFocus()

    bars.set_series([])
    press(bars, K.Key_Return)

    assert bars.focusPolicy() == Qt.FocusPolicy.NoFocus
