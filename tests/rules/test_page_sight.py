"""Where rows and boxes lie in the picture of a page."""

from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.page_sight import AROUND, Sight

WINDOW = {"x": 10.0, "y": 20.0, "scale": 4.0}
BOXES = [(0, 0, 50, 40, 6), (0, 1, 76, 40, 6), (1, 0, 50, 51, 6), (1, 1, 76, 51, 6)]


def test_boxes_lie_where_the_reading_says_in_pixels_of_the_picture():
    sight = Sight.of(WINDOW, BOXES)

    box = sight.boxes[0, 1]
    assert (box.left, box.top, box.right, box.bottom) == (264, 80, 288, 104)
    assert sight.pitch == 44


def test_the_band_of_a_row_is_as_high_as_rows_are_apart_and_holds_its_boxes():
    sight = Sight.of(WINDOW, BOXES)

    band = sight.row(1)
    assert (band.top + band.bottom) / 2 == (124 + 148) / 2
    assert band.bottom - band.top == 44
    assert band.left == 160 - AROUND * 4
    assert band.right == 288 + AROUND * 4


def test_a_lone_row_has_a_height_too():
    lone = Sight.of(WINDOW, BOXES[:1])

    assert lone.row(0).bottom - lone.row(0).top == 44


@given(st.floats(1, 20), st.integers(0, 1), st.integers(0, 1))
def test_a_box_stands_in_the_middle_of_what_is_shown_of_it(scale, row, option):
    sight = Sight.of({**WINDOW, "scale": scale}, BOXES)

    shown, box = sight.box(row, option), sight.boxes[row, option]
    assert shown.left < box.left < box.right < shown.right
    assert abs((shown.left + shown.right) - (box.left + box.right)) < 1e-6
