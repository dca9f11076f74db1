"""The small pieces that pages are put together from."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from deputydesk.ui.parts import Chips, Yielding, button

TEXTS = tuple(f"第{number}种登记 {number * 37}" for number in range(12))


@pytest.fixture
def chips(qtbot):
    """A row of more chips than fit, beside a button, in a window of a given width."""
    window = QWidget()
    row = QHBoxLayout(window)
    made = Chips(TEXTS)
    row.addWidget(made, 1)
    row.addWidget(QPushButton("2023年"))
    qtbot.addWidget(window)
    window.resize(420, 300)
    window.show()
    yield made
    window.close()


def rows_of(chips):
    return len({made.y() for made in chips.group.buttons()})


def test_chips_go_on_in_further_lines_and_never_widen_the_window(chips):
    assert chips.window().width() == 420
    assert rows_of(chips) > 1
    assert all(made.geometry().right() <= chips.width() for made in chips.group.buttons())
    assert all(made.width() >= made.sizeHint().width() for made in chips.group.buttons())
    assert chips.height() >= chips.group.buttons()[-1].geometry().bottom()


def test_chips_stand_in_one_line_where_there_is_room(chips):
    chips.window().resize(2400, 300)

    assert rows_of(chips) == 1


def test_a_chip_grows_with_its_words(chips):
    chips.window().resize(2400, 300)
    before = chips.group.button(0).width()

    chips.set_text(0, "全部登记过的记录 120700")

    chips.layout().activate()
    assert chips.group.button(0).width() > before


def test_the_sign_of_a_button_can_be_seen_when_it_cannot_be_pressed(qtbot):
    made = button("打印", "printer", primary=True)
    qtbot.addWidget(made)
    enabled = made.icon().pixmap(16, 16).toImage()

    made.setEnabled(False)

    shown = made.icon().pixmap(16, 16).toImage()
    assert shown != enabled


def test_a_text_that_gives_way_is_cut_with_dots_and_whole_in_its_tooltip(qtbot):
    whole, cut = Yielding("本月安排 7 天，已进家 3 次"), Yielding("本月安排 7 天，已进家 3 次")
    for made, width in ((whole, 400), (cut, 80)):
        qtbot.addWidget(made)
        made.resize(width, 24)

    short = Yielding(cut.fontMetrics().elidedText(cut.text(), Qt.TextElideMode.ElideRight, 80))
    qtbot.addWidget(short)
    short.resize(80, 24)

    assert cut.toolTip() == whole.text()
    assert short.text().endswith("…")
    assert cut.grab().toImage() == short.grab().toImage()
    assert whole.grab().toImage().copy(0, 0, 80, 24) != cut.grab().toImage()
