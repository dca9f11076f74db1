"""Rows look alike whether they are seen for the first time or again."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from deputydesk.late import dataclass
from deputydesk.ui.cells import Cell
from deputydesk.ui.row_painter import LEFT, Lane, RowPainter
from deputydesk.ui.style import Tone

HIGH, LANES = 33, (Lane(0, 0, 120), Lane(1, 120, 80))


@dataclass(frozen=True)
class Shown:
    id: str
    text: str


class Listed:
    """Rows and what stands in their cells; it counts how often they are asked for."""

    def __init__(self, *texts):
        self.rows = [Shown(str(n), text) for n, text in enumerate(texts)]
        self.asked = 0

    def row(self, number):
        return self.rows[number]

    def cells(self, number, columns):
        self.asked += 1
        plain = Cell(self.rows[number].text, None, is_alert=False, is_right=False)
        return [plain, Cell("办结", Tone.GREEN, is_alert=False, is_right=False)][: len(columns)]


@pytest.fixture
def listed(qapp):
    return Listed("修水管", "修路")


def painted(painter, *, marked=()):
    """The list as it is painted now."""
    image = QImage(200, HIGH * 2, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    onto = QPainter(image)
    painter.begin(LANES, HIGH, 1.0, 2)
    for number in range(2):
        painter.paint(onto, number, 0, number * HIGH, is_marked=number in marked)
    onto.end()
    return image


def test_rows_look_alike_each_time_and_are_drawn_but_twice(listed):
    painter = RowPainter(listed.row, listed.cells)

    first, second, third, fourth = (painted(painter) for _ in range(4))

    assert first == second == third == fourth
    assert first.pixelColor(199, 5) != QColor("black")
    assert listed.asked == 4


def test_a_row_that_says_something_else_is_drawn_anew(listed):
    painter = RowPainter(listed.row, listed.cells)
    before = [painted(painter) for _ in range(3)][-1]

    listed.rows[1] = Shown("1", "修桥")
    after, again = painted(painter), painted(painter)

    assert before.copy(0, 0, 200, HIGH) == after.copy(0, 0, 200, HIGH)
    assert before != after
    assert after == again == painted(painter)


def test_a_marked_row_is_seen_to_be_marked(listed):
    painter = RowPainter(listed.row, listed.cells)
    plain = painted(painter)

    marked = [painted(painter, marked={0}) for _ in range(3)]

    assert marked[0] == marked[1] == marked[2]
    assert marked[0].copy(0, 0, 200, HIGH) != plain.copy(0, 0, 200, HIGH)
    assert painted(painter) == plain


def test_of_many_rows_no_more_are_kept_than_have_room(qapp):
    many = 60
    listed = Listed(*(f"第{n}件" for n in range(many)))
    painter = RowPainter(listed.row, listed.cells)
    image = QImage(200, HIGH, QImage.Format.Format_RGB32)
    onto = QPainter(image)
    painter.begin(LANES, HIGH, 1.0, 2)
    for number in range(many):
        for _ in range(2):
            painter.paint(onto, number, 0, 0, is_marked=False)
    drawn = listed.asked
    painter.paint(onto, many - 1, 0, 0, is_marked=False)
    kept = listed.asked
    painter.paint(onto, many - LEFT - 5, 0, 0, is_marked=False)
    onto.end()

    assert (drawn, kept) == (2 * many, drawn)
    assert listed.asked == kept + 1
