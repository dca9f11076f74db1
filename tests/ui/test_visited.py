"""Back and forward through what the user looked at, to the very row and scroll."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from deputydesk.models import Suggestion, Visit
from deputydesk.models.choices import Channel
from deputydesk.operations import opinions, suggestions
from deputydesk.ui import tasks
from deputydesk.ui.dialogs.suggestion import SuggestionDialog
from deputydesk.ui.figure_rows import Asked, FigureRows
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.visited import Visited
from tests import make
from tests.ui.hands import press, shortcut

DAY = make.TODAY - timedelta(days=3)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def visits(office):
    """Forty receptions; returns their ids."""
    home, deputy = make.home(office), make.deputy(office)
    return [make.visit(office, home, deputy, held_on=DAY) for _ in range(40)]


@pytest.fixture
def window(desk, visits, qtbot):
    """The window, in front, on its first page."""
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def places(window):
    arrows = window.top.findChild(Visited)
    return arrows.back, arrows.forward


def test_alt_left_goes_back_and_alt_right_goes_forward(window):
    window.go("visits")
    window.go("deputies")

    shortcut(window, Qt.Key.Key_Left, ALT)
    assert window.at == "visits"
    shortcut(window, Qt.Key.Key_Left, ALT)
    assert window.at == "today"
    shortcut(window, Qt.Key.Key_Right, ALT)

    assert window.at == "visits"


def test_the_line_below_tells_of_long_work_until_it_ends(window):
    tasks.board().went_on.emit("正在打印：5 / 10，还需约 10 秒")
    shown = [part.text() for part in window.status.findChildren(QLabel)]
    assert "正在打印：5 / 10，还需约 10 秒" in shown

    tasks.board().ended.emit()

    assert not [p for p in window.status.findChildren(QLabel) if p.text().startswith("正在")]


def test_the_arrows_say_where_they_lead(window):
    back, forward = places(window)
    assert not back.isEnabled()
    assert not forward.isEnabled()

    window.go("visits")
    assert back.toolTip() == "返回：工作台（Alt+Left）"
    back.click()

    assert forward.toolTip() == "前进：进家登记（Alt+Right）"
    assert not back.isEnabled()


def test_one_lands_on_the_row_and_scroll_where_one_was(window, visits):
    page = window.go("visits")
    page.table.select(visits[3])
    at = page.table.verticalScrollBar().value()
    assert at > 0
    window.go("deputies")
    page.table.select(visits[-1])
    page.table.verticalScrollBar().setValue(0)

    shortcut(window, Qt.Key.Key_Left, ALT)

    assert page.table.current().id == visits[3]
    assert page.table.verticalScrollBar().value() == at
    assert page.table.hasFocus()


def test_the_register_and_the_year_come_back_too(window):
    page = window.go("activities")
    page.chips.group.button(2).setChecked(True)
    page.year.setCurrentIndex(page.year.count() - 1)
    page.year.activated.emit(page.year.currentIndex())
    window.go("deputies")
    page.chips.group.button(0).setChecked(True)
    page.year.setCurrentIndex(0)

    shortcut(window, Qt.Key.Key_Left, ALT)

    assert page.chips.chosen() == 2
    assert page.year.currentText() == "全部年份"


def test_the_buttons_at_a_mouses_side_go_back_and_forward_over_a_list_too(window):
    page = window.go("visits")
    window.go("today")
    window.go("visits")

    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.BackButton, pos=QPoint(40, 60))
    assert window.at == "today"
    QTest.mouseClick(window, Qt.MouseButton.ForwardButton, pos=QPoint(400, 30))

    assert window.at == "visits"
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(400, 30))
    assert window.at == "visits"


def test_a_jump_within_one_page_is_gone_back_from(window, desk, visits):
    page = window.go("visits")
    page.table.select(visits[0])

    desk.open(Visit, visits[30])
    assert page.table.current().id == visits[30]
    shortcut(window, Qt.Key.Key_Left, ALT)

    assert page.table.current().id == visits[0]


def test_what_is_being_written_in_a_form_stays(window, visits):
    page = window.go("visits")
    page.start_new()
    page.form.field("place").control.setText("村委会")
    window.go("deputies")

    shortcut(window, Qt.Key.Key_Left, ALT)

    assert page.form.field("place").value() == "村委会"


def test_going_on_from_a_place_gone_back_to_forgets_what_was_ahead(window):
    window.go("visits")
    window.go("deputies")
    back, forward = places(window)
    back.click()

    window.go("settings")

    assert not forward.isEnabled()
    back.click()
    assert window.at == "visits"


def test_a_row_behind_a_figure_is_opened_and_one_comes_back_to_the_rows(window, desk):
    rows = FigureRows(window, desk, Asked("home_activities.total"))
    rows.open()
    rows.table.selectRow(5)
    line = rows.table.current().id

    press(rows.table, Qt.Key.Key_Return)
    assert window.at == "visits"
    places(window)[0].click()

    assert window.at == "today"
    [again] = [r for r in window.findChildren(FigureRows) if r.isVisible()]
    assert again.table.current().id == line
    again.reject()


@pytest.fixture
def suggestion(office):
    deputy = make.deputy(office, name="李娜")
    office.do(opinions.hear, channel=Channel.HOME, matter="路灯", mandate_id=deputy)
    return office.do(suggestions.create, headline="修路", lead_id=deputy)


def test_the_window_of_a_record_jumped_to_is_left_for_where_one_came_from(
    window, desk, suggestion, qtbot
):
    window.go("visits")
    desk.open(Suggestion, suggestion)
    [shown] = window.findChildren(SuggestionDialog)
    qtbot.waitUntil(shown.isActiveWindow)

    press(shown, Qt.Key.Key_Left, ALT)

    assert window.at == "visits"
    assert not shown.isVisible()


def test_the_window_of_a_record_opened_on_its_page_is_only_closed(window, desk, suggestion, qtbot):
    page = window.go("suggestions")
    shown = SuggestionDialog(page, desk, suggestion)
    shown.open_at()
    qtbot.waitUntil(shown.isActiveWindow)

    press(shown, Qt.Key.Key_Left, ALT)

    assert window.at == "suggestions"
