"""The first tour: points at real controls, by keyboard, once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deputydesk.ui import style
from deputydesk.ui.first_tour import show_tour
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.tour import Tour
from tests.ui import hands


@pytest.fixture
def window(qtbot, desk):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _press(tour, key):
    QTest.keyClick(tour.window().windowHandle(), key)


def _said(tour):
    return tour._title.text()


def test_enter_goes_through_it_and_the_focus_comes_back(window):
    before = window.focusWidget()
    tour = show_tour(window)
    ended, said = [], []
    tour.ended.connect(lambda: ended.append(1))
    for _ in range(6):
        said.append((_said(tour), tour._count.text()))
        _press(tour, Qt.Key.Key_Return)

    assert [count for _, count in said] == [f"{n} / 6" for n in range(1, 7)]
    assert said[0][0] == "登记一次接待"
    assert said[-1][0] == "不会了按 F1"
    assert ended == [1]
    assert window.findChildren(Tour) == []
    assert window.focusWidget() is before


def test_it_points_at_controls_that_are_there(window):
    tour = show_tour(window)
    frames = [tour._target()]
    for _ in range(5):
        hands.press(tour, Qt.Key.Key_Right)
        frames.append(tour._target())

    assert len(set(map(str, frames))) == 6
    assert frames[0].topLeft() == window.top.new.mapTo(window, window.top.new.rect().topLeft())
    assert all(tour.rect().contains(frame) for frame in frames)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_of_it_is_cut_off_at_any_text_size(window, qapp, scale):
    style.apply(qapp, style.LIGHT, scale)
    try:
        tour = show_tour(window)
        for _ in range(6):
            bubble = tour._bubble
            assert tour.rect().contains(bubble.geometry())
            assert not bubble.geometry().intersects(tour._target())
            assert tour._text.height() >= tour._text.heightForWidth(tour._text.width())
            hands.press(tour, Qt.Key.Key_Right)
    finally:
        style.apply(qapp, style.LIGHT, 1.0)


def test_esc_skips_it(window):
    tour = show_tour(window)
    ended = []
    tour.ended.connect(lambda: ended.append(1))
    _press(tour, Qt.Key.Key_Escape)

    assert ended == [1]
    assert window.findChildren(Tour) == []


def test_left_goes_back_and_not_before_the_beginning(window):
    tour = show_tour(window)
    hands.press(tour, Qt.Key.Key_Left)
    first = _said(tour)
    hands.press(tour, Qt.Key.Key_Right)
    hands.press(tour, Qt.Key.Key_Left)

    assert first == _said(tour) == "登记一次接待"


def test_tab_stays_with_its_buttons_and_enter_presses_them(window):
    tour = show_tour(window)
    hands.press(tour, Qt.Key.Key_Right)
    at = []
    for _ in range(3):
        _press(tour, Qt.Key.Key_Tab)
        at.append(window.focusWidget().text())
    _press(tour, Qt.Key.Key_Backtab)
    _press(tour, Qt.Key.Key_Return)

    assert at == ["跳过", "上一步", "下一步"]
    assert _said(tour) == "登记一次接待"


def test_keys_and_clicks_do_not_reach_the_window_below(window):
    tour = show_tour(window)
    _press(tour, Qt.Key.Key_F5)
    QTest.mouseClick(tour, Qt.MouseButton.LeftButton, pos=tour._target().center())

    assert window.at == "today"
    assert tour.isVisible()


def test_a_screen_reader_hears_what_is_said(window):
    tour = show_tour(window)

    assert tour._bubble.accessibleName() == "第 1 步，共 6 步：登记一次接待"
    assert "Ctrl+Enter" in tour._next.accessibleDescription()
    assert window.focusWidget() is tour._next


def test_it_follows_the_size_of_the_window(window, qapp):
    tour = show_tour(window)
    window.resize(1100, 700)
    qapp.processEvents()

    assert tour.size() == window.size()
    assert tour.rect().contains(tour._bubble.geometry())
    assert not tour.grab().isNull()


def test_what_is_not_in_sight_is_passed_over(window):
    window.status.backup.hide()
    tour = show_tour(window)

    assert tour._count.text() == "1 / 5"
