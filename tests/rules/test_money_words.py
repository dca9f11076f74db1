"""Capital numerals of vouchers: the examples of the regulation, and what holds for all amounts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.budgets import MOST
from deputydesk.rules.money_words import DIGITS, words

AMOUNTS = st.integers(min_value=0, max_value=MOST - 1) | st.integers(min_value=0, max_value=20_000)
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def value(text: str) -> int:
    """What capital numerals say, in 分, read from the left by somebody who knows no grouping."""
    total, small = 0, 0
    yuan, _, rest = text.removesuffix("整").rpartition("元")
    number, section, whole = 0, 0, 0
    for char in yuan:
        if char in DIGITS:
            number = DIGITS.index(char)
        elif char in UNITS:
            section += number * UNITS[char]
            number = 0
        elif char == "万":
            whole += (section + number) * 10_000
            section = number = 0
        else:
            assert char == "亿"
            whole = (whole + section + number) * 100_000_000
            section = number = 0
    total = (whole + section + number) * 100
    for digit, unit in re.findall(r"([零壹贰叁肆伍陆柒捌玖])(角|分)", rest):
        small += DIGITS.index(digit) * (10 if unit == "角" else 1)
    return total + small


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (30, "叁角整"),
        (100, "壹元整"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (10700053, "壹拾万柒仟元零伍角叁分"),
        (168032, "壹仟陆佰捌拾元零叁角贰分"),
        (1000, "壹拾元整"),
        (107_000_000, "壹佰零柒万元整"),
        (1_000_000_100, "壹仟万零壹元整"),
        (10_000_000_000, "壹亿元整"),
        (10_000_010_000, "壹亿零壹佰元整"),
        (10_000_100_000_00, "壹佰亿零壹拾万元整"),
        (-2550, "负贰拾伍元伍角整"),
    ],
)
def test_amounts_are_written_as_the_regulation_says(fen, said):
    assert words(fen) == said


@given(AMOUNTS)
def test_words_read_back_are_the_amount(fen):
    assert value(words(fen)) == fen


@given(AMOUNTS)
def test_no_two_zeros_stand_together_and_none_before_a_unit(fen):
    said = words(fen).replace("零元整", "")

    assert "零零" not in said
    assert re.search("零[拾佰仟万亿元角整]", said) is None


@given(AMOUNTS)
def test_whole_amounts_end_with_the_word_that_nothing_can_be_added(fen):
    assert words(fen).endswith("整") is (fen % 10 == 0)


@given(AMOUNTS, AMOUNTS)
def test_different_amounts_have_different_words(one, other):
    assert (words(one) == words(other)) is (one == other)
