"""How a 发文字号 is written, and which one comes next."""

from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.document_numbers import next_free, number_in, written


def test_a_number_is_written_with_hexagonal_brackets_and_without_zeros():
    assert written("石人办函", 2026, 3) == "石人办函〔2026〕3号"


@given(st.integers(2000, 2099), st.integers(1, 99999))
def test_what_was_written_is_read_again(year, number):
    assert number_in(written("石人办函", year, number), "石人办函", year) == number


def test_a_typed_number_is_read_whatever_its_brackets_and_only_in_its_own_series():
    for text in ("石人督[2026]7号", "石人督〔2026〕第07号", " 石人督（2026）7号 "):
        assert number_in(text, "石人督", 2026) == 7
    for text in ("", "7", "石人办〔2026〕7号", "石人督〔2025〕7号"):
        assert number_in(text, "石人督", 2026) is None


@given(st.sets(st.integers(1, 60)))
def test_numbers_given_one_after_another_leave_no_gap_and_no_double(taken):
    numbers = set(taken)

    for _ in range(60):
        number = next_free(numbers)
        assert number not in numbers
        numbers.add(number)

    assert set(range(1, 61)) <= numbers
