"""Passwords that are none, and how long one waits after wrong ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.sign_in import LONGEST_WAIT, wait_after, weakness


def test_three_slips_cost_nothing_and_then_the_wait_doubles():
    assert [wait_after(n) for n in range(9)] == [0, 0, 0, 5, 10, 20, 40, 60, 60]


@given(st.integers(0, 10**9))
def test_nobody_waits_longer_than_a_minute(failures):
    assert 0 <= wait_after(failures) <= LONGEST_WAIT


@pytest.mark.parametrize(
    ("password", "name", "why"),
    [
        ("1234567", "", "密码至少8位。"),
        ("12345678", "", "这个密码太容易猜到。"),
        ("87654321", "", "这个密码太容易猜到。"),
        ("aaaaaaaa", "", "这个密码太容易猜到。"),
        ("WuDangZhao", "wudangzhao", "密码不能与姓名相同。"),
        ("草原上的三匹马和一口井", "张丽", ""),
        ("horse-and-well", "", ""),
    ],
)
def test_what_is_easily_guessed_is_no_password(password, name, why):
    assert weakness(password, name) == why
