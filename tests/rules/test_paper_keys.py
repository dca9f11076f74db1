"""A paper key typed wrongly is noticed in the group where it is wrong."""

from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules import paper_keys

keys = st.text("0123456789", min_size=40, max_size=40)
places = st.integers(0, 9)


@given(keys)
def test_a_key_typed_as_it_stands_gives_its_digits(digits):
    typed = paper_keys.split(" ".join(paper_keys.groups(digits)))

    assert paper_keys.wrong(typed) == []
    assert paper_keys.digits_of(typed) == digits


@given(keys, places, st.integers(0, 4), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_in_its_group(digits, place, at, by):
    typed = list(paper_keys.groups(digits))
    group = typed[place]
    typed[place] = f"{group[:at]}{(int(group[at]) + by) % 10}{group[at + 1 :]}"

    assert paper_keys.wrong(typed) == [place]


@given(keys, places, st.integers(0, 3))
def test_two_digits_that_change_places_are_noticed(digits, place, at):
    typed = list(paper_keys.groups(digits))
    group = typed[place]
    typed[place] = group[:at] + group[at + 1] + group[at] + group[at + 2 :]

    assert paper_keys.wrong(typed) == ([place] if typed[place] != group else [])


@given(keys, places, places)
def test_a_group_in_the_place_of_another_is_noticed(digits, one, other):
    groups = paper_keys.groups(digits)

    assert paper_keys.is_group(other, groups[one]) == (one == other)


def test_spaces_dashes_and_full_width_digits_do_not_matter():
    assert paper_keys.split("１２３４５-67890 1") == ["12345", "67890", "1"]
    assert paper_keys.wrong([]) == list(range(10))
    assert not paper_keys.is_group(0, "1234a")
