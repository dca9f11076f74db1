"""The time that is left is said when there is ground for it, rounded up, from the last steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.time_left import TimeLeft


def watched(*seen):
    left = TimeLeft()
    for now, done in seen:
        left.note(now, done)
    return left


@pytest.mark.parametrize(
    ("seen", "total", "words"),
    [
        ((), 10, ""),
        (((0.0, 0), (1.0, 5)), 10, ""),
        (((0.0, 0), (10.0, 5)), 10, "还需约 10 秒"),
        (((0.0, 0), (10.0, 5)), 9, "还需约 10 秒"),
        (((0.0, 0), (10.0, 10)), 100, "还需约 2 分钟"),
        (((0.0, 0), (10.0, 1)), 5, "还需约 40 秒"),
        (((0.0, 0), (10.0, 2)), 13, "还需约 1 分钟"),
        (((0.0, 0), (10.0, 0)), 10, ""),
        (((0.0, 0), (10.0, 10)), 10, ""),
        (((0.0, 0), (10.0, 5)), 0, ""),
    ],
)
def test_it_is_said_in_round_words(seen, total, words):
    assert watched(*seen).words(total) == words


def test_work_that_slows_down_is_judged_by_its_last_steps():
    quick = [(float(second), second * 10) for second in range(10)]
    slow = [(10.0 + second, 100 + second) for second in range(30)]

    assert watched(*quick, *slow).words(149) == "还需约 20 秒"


def test_a_second_part_that_counts_anew_is_guessed_anew():
    left = watched((0.0, 0), (10.0, 100), (10.5, 1))
    assert left.words(100) == ""

    left.note(20.5, 11)

    assert left.words(31) == "还需约 20 秒"


@given(st.floats(2.5, 19), st.integers(1, 1000), st.integers(1, 10_000))
def test_even_work_is_never_promised_too_soon(spent, done, more):
    left = watched((0.0, 0), (spent, done))
    true = spent / done * more

    number, unit = left.words(done + more).removeprefix("还需约 ").split(" ")

    said = int(number) * (60 if unit == "分钟" else 1)
    assert true - 0.001 <= said <= true + 61
