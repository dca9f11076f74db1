"""How the room of a list is shared between its columns."""

from hypothesis import given
from hypothesis import strategies as st

from deputydesk.ui.column_widths import Wish, shared

NAME, DATE = Wish(80, 60), Wish(90, 86)


def test_a_column_whose_text_is_cut_gets_what_the_open_one_does_not_need():
    widths = shared(600, [DATE, Wish(120, 200), Wish(80, 150, is_open=True)], 240)

    assert widths[1] >= 200
    assert widths[2] >= 150


def test_columns_with_little_in_them_lend_to_the_open_one():
    widths = shared(400, [Wish(150, 60), Wish(80, 280, is_open=True)], 240)

    assert widths == [120, 280]


def test_a_long_list_of_names_leaves_the_others_what_they_need():
    widths = shared(900, [NAME, Wish(120, 220), Wish(80, 3000, is_open=True)], 240)

    assert widths[1] >= 220
    assert sum(widths) <= 900


def test_short_texts_in_a_wide_window_do_not_stand_a_hand_apart():
    widths = shared(1200, [Wish(80, 70, is_open=True), *[Wish(70, 60)] * 6], 240)

    assert widths[0] < 500


@given(
    st.integers(0, 3000),
    st.lists(
        st.builds(Wish, st.integers(20, 400), st.integers(0, 2000), st.booleans()),
        min_size=1,
        max_size=12,
    ),
)
def test_no_more_is_given_than_there_is_and_nobody_gets_less_than_two_thirds(room, wishes):
    widths = shared(room, wishes, 240)

    least = [wish.least for wish in wishes]
    assert sum(widths) <= max(room, sum(least))
    assert all(width >= low for width, low in zip(widths, least, strict=True))
    assert all(low >= min(w.width, w.need) for w, low in zip(wishes, least, strict=True))
    assert all(low >= w.width * 2 // 3 for w, low in zip(wishes, least, strict=True))
