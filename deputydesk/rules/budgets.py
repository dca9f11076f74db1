"""Money in 分: what is due by head, what is left, and sums divided so that no 分 is lost."""

from collections.abc import Sequence
from dataclasses import dataclass

FEN = 100
"""分 in a 元."""
MOST = 10**13
"""Beyond any office: a hundred billion 元, in 分."""


@dataclass(frozen=True)
class Balance:
    """A budget, and what was spent of it; both in 分."""

    budget: int
    spent: int

    @property
    def left(self) -> int:
        """What may still be spent; below zero when it was overspent."""
        return self.budget - self.spent

    def over_by(self, amount: int) -> int:
        """How far one more expense would go beyond the budget; 0 if it does not."""
        return max(0, self.spent + amount - self.budget)


def due(per_head: int, heads: int) -> int:
    """The yearly amount of so many deputies."""
    assert per_head >= 0, "an amount is not negative"
    assert heads >= 0, "a headcount is not negative"
    return per_head * heads


def share(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide an amount by weights; the parts add up to it, and each is its share to the 分.

    What is left after rounding down goes to the largest remainders, the first of equals first.
    Nobody to share among, or weights of nothing: equal parts, or none.
    """
    assert total >= 0, "an amount is not negative"
    assert all(weight >= 0 for weight in weights), "weights are not negative"
    if not weights:
        return ()
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(parts)), key=lambda place: (-remainders[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def yuan(amount: int) -> str:
    """An amount as people write it: 1,234.50元, 2,500元."""
    sign = "-" if amount < 0 else ""
    whole, fen = divmod(abs(amount), FEN)
    return f"{sign}{whole:,}.{fen:02d}元" if fen else f"{sign}{whole:,}元"


def fen(in_yuan: float) -> int:
    """Whole 分 of an amount in 元 as a rule gives it."""
    return round(in_yuan * FEN)
