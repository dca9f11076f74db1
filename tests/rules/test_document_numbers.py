"""How a 发文字号 is written, and which one comes next."""

from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.document_numbers import next_free, written


def test_a_number_is_written_with_hexagonal_brackets_and_without_zeros():
    assert written("石人办函", 2026, 3) == "石人办函〔2026〕3号"


@given(st.sets(st.integers(1, 60)))
def test_numbers_given_one_after_another_leave_no_gap_and_no_double(taken):
    numbers = set(taken)

    for _ in range(60):
        number = next_free(numbers)
        assert number not in numbers
        numbers.add(number)

    assert set(range(1, 61)) <= numbers
