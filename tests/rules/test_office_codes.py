"""What an office can be called in ids and names of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.office_codes import is_code


@pytest.mark.parametrize("code", ["T1", "D", "150207100", "common1", "COM10", "console"])
def test_letters_and_digits_are_a_code(code):
    assert is_code(code)


@pytest.mark.parametrize("code", ["", "T1.local", "../x", "T-1", "A" * 13, "T1\n", "石拐", "lpt9"])
def test_what_would_spoil_a_name_is_none(code):
    assert not is_code(code)


@given(st.text(max_size=14))
def test_a_code_is_short_and_plain(text):
    if is_code(text):
        assert text.isascii()
        assert text.isalnum()
        assert len(text) <= 12
