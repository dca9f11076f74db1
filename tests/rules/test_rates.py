import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.rates import Rate, growth, growth_text, money_text, rounded_down

TEXTS = (
    (398, 423, "94.1%（398/423）"),
    (181, 181, "100%（181/181）"),
    (9996, 10000, "99.9%（9996/10000）"),
    (10001, 10000, "100.1%（10001/10000）"),
    (1, 2, "50%（1/2）"),
    (1, 3, "33.3%（1/3）"),
    (1, 8, "12.5%（1/8）"),
    (1, 16, "6.3%（1/16）"),
    (0, 5, "0%（0/5）"),
    (0, 0, "—（0/0）"),
    (12345678, 3, "411522600%（12345678/3）"),
)


@pytest.mark.parametrize(("part", "whole", "text"), TEXTS)
def test_a_rate_is_printed_with_its_counts_and_no_silly_digits(part, whole, text):
    assert Rate(part, whole).text == text


def test_a_rate_of_nothing_has_no_percent():
    assert Rate(0, 0).percent is None


def test_a_negative_count_is_our_fault():
    with pytest.raises(AssertionError):
        Rate(-1, 3)
    with pytest.raises(AssertionError):
        Rate(1, -3)


@given(part=st.integers(0, 10**6), whole=st.integers(1, 10**6))
def test_a_rate_is_100_percent_only_when_all_is_done(part, whole):
    percent = Rate(part, whole).percent

    assert percent is not None
    assert (percent == 100) == (part == whole)
    assert abs(percent - 100 * part / whole) <= 0.1


GROWTHS = (
    (181, 156, 16, "+16%"),
    (150, 156, -4, "-4%"),
    (156, 156, 0, "持平"),
    (1000, 999, 0, "微增"),
    (999, 1000, 0, "微降"),
    (5, 0, None, "—"),
    (0, 0, None, "持平"),
    (0, 7, -100, "-100%"),
    (201, 200, 1, "+1%"),
    (199, 200, -1, "-1%"),
)


@pytest.mark.parametrize(("this", "last", "percent", "text"), GROWTHS)
def test_growth_is_in_whole_percent_of_last_year(this, last, percent, text):
    assert growth(this, last) == percent
    assert growth_text(this, last) == text


ROUNDED = ((143, "140多"), (200, "200"), (207, "200多"), (1234, "1200多"), (43, "40多"), (40, "40"))


@pytest.mark.parametrize(
    ("count", "text"), [*ROUNDED, (9, "9"), (0, "0"), (10, "10"), (11, "10多")]
)
def test_a_count_for_running_text_is_rounded_down(count, text):
    assert rounded_down(count) == text


def test_the_word_for_more_can_be_chosen():
    assert rounded_down(204, "余") == "200余"


@given(count=st.integers(0, 10**7))
def test_a_rounded_count_never_says_more_than_there_is(count):
    text = rounded_down(count)

    assert int(text.removesuffix("多")) <= count
    assert text.endswith("多") == (int(text.removesuffix("多")) < count)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0元"),
        (250_000, "2500元"),
        (1_250, "12.5元"),
        (5, "0.05元"),
        (7_662_000_000, "7662万元"),
        (43_250_000, "43.25万元"),
        (43_251_234, "432512.34元"),
        (-43_000_000, "-43万元"),
    ],
)
def test_money_reads_exactly_and_in_ten_thousands_where_that_is_short(fen, text):
    assert money_text(fen) == text
