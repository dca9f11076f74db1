"""A page that is higher than the window scrolls; one that fits has all the room and no more."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QSplitter, QVBoxLayout, QWidget

from deputydesk.ui.page_stack import PageStack

WORDS = "这一页的说明很长，窄的时候要写成好几行。" * 6


def page(*parts: QWidget) -> QWidget:
    """A page with parts one above the other."""
    made = QWidget()
    column = QVBoxLayout(made)
    for part in parts:
        column.addWidget(part)
    return made


def high(height: int) -> QWidget:
    """Something of this height that the keys come to."""
    made = QWidget()
    made.setFixedHeight(height)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


class Two(PageStack):
    """Two pages, the first higher than there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = high(200), high(200)
        self.tall, self.low = page(self.first, self.last), page(high(20))
        self.add(self.tall)
        self.add(self.low)


@pytest.fixture
def stack(qtbot):
    made = Two()
    qtbot.addWidget(made)
    made.resize(300, 250)
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    return made


def test_a_page_that_is_too_high_scrolls_and_nothing_of_it_is_squeezed(stack):
    assert stack.verticalScrollBar().maximum() > 0
    assert stack.last.y() >= stack.first.y() + 200
    assert stack.tall.width() == stack.viewport().width()


def test_a_page_that_fits_has_all_the_room(stack):
    stack.show_page(stack.low)
    QApplication.processEvents()

    assert stack.low.size() == stack.viewport().size()
    assert stack.verticalScrollBar().maximum() == 0


def test_no_page_makes_the_window_larger(stack):
    assert stack.minimumSizeHint().height() < 250


def test_what_the_keys_come_to_is_seen_and_a_page_begins_with_its_top(stack, qtbot):
    stack.last.setFocus(Qt.FocusReason.TabFocusReason)
    at_the_end = stack.verticalScrollBar().value()
    stack.show_page(stack.low)
    stack.show_page(stack.tall)
    stack.last.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(lambda: stack.verticalScrollBar().value() == 0)

    assert at_the_end == stack.verticalScrollBar().maximum()


def test_a_page_that_grows_while_it_is_in_sight_scrolls(stack):
    stack.show_page(stack.low)
    stack.low.layout().addWidget(high(400))
    QApplication.processEvents()

    assert stack.verticalScrollBar().maximum() > 0


def test_words_that_a_splitter_makes_narrow_have_the_lines_that_they_need(stack):
    said = QLabel(WORDS)
    said.setWordWrap(True)
    below = high(100)
    split = QSplitter()
    split.addWidget(page(said, below))
    split.addWidget(QWidget())
    stack.add(narrow := page(split))
    split.setSizes([150, 150])
    stack.show_page(narrow)
    QApplication.processEvents()

    assert said.height() >= said.heightForWidth(said.width())
    assert below.y() > said.y() + said.height()
