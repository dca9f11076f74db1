import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.amounts import wan, yuan


@pytest.mark.parametrize(
    ("fen", "in_yuan", "in_wan"),
    [
        (0, "0元", "0万元"),
        (7_662_000_000, "76,620,000元", "7,662万元"),
        (123_450, "1,234.5元", "0.12345万元"),
        (-100, "-1元", "-0.0001万元"),
        (1_000_000, "10,000元", "1万元"),
    ],
)
def test_amounts_are_said_without_needless_zeros(fen, in_yuan, in_wan):
    assert (yuan(fen), wan(fen)) == (in_yuan, in_wan)


@given(st.integers(-(10**14), 10**14))
def test_no_part_of_an_amount_is_lost(fen):
    assert round(float(wan(fen).removesuffix("万元").replace(",", "")) * 1_000_000) == fen
