"""Pages to print, as people write them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import FieldError
from deputydesk.rules.page_ranges import chosen


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", (1, 2, 3, 4, 5)),
        ("3", (3,)),
        ("2-4", (2, 3, 4)),
        ("4-", (4, 5)),
        ("-2", (1, 2)),
        ("1-2，5", (1, 2, 5)),
        ("5,1", (5, 1)),
        ("１至３", (1, 2, 3)),
        ("2～3、5", (2, 3, 5)),
        ("1 - 3, 5", (1, 2, 3, 5)),
    ],
)
def test_pages_are_named_in_any_habit(text, pages):
    assert chosen(text, 5) == pages


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("6", "没有第6页，这份文件共5页"),
        ("0-2", "没有第0页"),
        ("2-9", "没有第9页"),
        ("4-2", "前后颠倒"),
        ("全部", "看不懂“全部”"),
        ("-", "看不懂"),
        ("1-2-3", "看不懂"),
    ],
)
def test_what_cannot_be_printed_is_said_before_anything_is(text, sentence):
    with pytest.raises(FieldError, match=sentence) as told:
        chosen(text, 5)
    assert told.value.field == "pages"


@given(st.integers(1, 300), st.data())
def test_written_ranges_are_read_back(count, data):
    numbers = data.draw(st.lists(st.integers(1, count), min_size=1, max_size=9))

    assert chosen("，".join(map(str, numbers)), count) == tuple(numbers)


@given(st.text(max_size=12), st.integers(1, 40))
def test_whatever_is_typed_gives_pages_that_are_there_or_a_sentence(text, count):
    found: set[int] = {1}
    with contextlib.suppress(FieldError):
        found = set(chosen(text, count))

    assert found
    assert found <= set(range(1, count + 1))
