from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.budgets import MOST, Balance, due, fen, share, yuan

AMOUNTS = st.integers(0, MOST)
WEIGHTS = st.lists(st.integers(0, 10_000), max_size=300)


@given(AMOUNTS, WEIGHTS)
def test_no_fen_is_lost_or_made_when_a_sum_is_shared(total, weights):
    parts = share(total, weights)

    assert len(parts) == len(weights)
    assert sum(parts) == (total if weights else 0)


@given(AMOUNTS, WEIGHTS.filter(any))
def test_every_share_is_right_to_the_fen(total, weights):
    whole = sum(weights)

    for part, weight in zip(share(total, weights), weights, strict=True):
        assert abs(part * whole - total * weight) < whole
        assert weight or not part


def test_what_cannot_be_divided_goes_to_the_largest_remainder_and_of_equals_to_the_first():
    assert share(100, [1, 1, 1]) == (34, 33, 33)
    assert share(100, [1, 2]) == (33, 67)
    assert share(5, [0, 0]) == (3, 2)
    assert share(0, [3, 4]) == (0, 0)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_an_expense_is_over_the_budget_exactly_when_more_is_spent_than_was_there(
    budget, spent, amount
):
    balance = Balance(budget, spent)
    after = Balance(budget, spent + amount)

    assert balance.left == budget - spent
    assert (balance.over_by(amount) > 0) == (after.left < 0)
    assert balance.over_by(amount) == max(0, -after.left)


@given(st.integers(0, 10**7), st.integers(0, 5000))
def test_the_budget_is_the_amount_once_for_each_deputy(per_head, heads):
    assert due(per_head, heads) == sum([per_head] * heads)


def test_amounts_are_written_in_yuan():
    assert yuan(0) == "0元"
    assert yuan(250_000) == "2,500元"
    assert yuan(123_450) == "1,234.50元"
    assert yuan(-5) == "-0.05元"
    assert yuan(107 * 10**6) == "1,070,000元"


def test_a_rule_in_yuan_is_kept_in_whole_fen():
    assert [fen(50), fen(33.35), fen(0.1)] == [5000, 3335, 10]
