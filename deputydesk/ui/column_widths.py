"""How wide a list's columns are: no text is cut while another column has room to spare."""

from collections.abc import Sequence

from deputydesk.late import dataclass


@dataclass(frozen=True)
class Wish:
    """What a column asks for, in pixels.

    Args:
        width: what it has where there is room; an open column's least width.
        need: what its texts take.
        is_open: it takes what is left.
    """

    width: int
    need: int
    is_open: bool = False

    @property
    def least(self) -> int:
        """What it has in any case."""
        return min(self.width, max(self.need, self.width * 2 // 3))


def shared(room: int, wishes: Sequence[Wish], fair: int) -> list[int]:
    """Widths of the columns; more than the room only if the least widths are.

    Args:
        room: pixels there are.
        wishes: the columns, from the left.
        fair: what an open column may take before others get what their texts need.
    """
    widths = [wish.least for wish in wishes]
    left = room - sum(widths)
    opened = [n for n, wish in enumerate(wishes) if wish.is_open]
    fixed = [n for n, wish in enumerate(wishes) if not wish.is_open]
    steps = (
        (opened, [min(wish.need, fair) for wish in wishes]),
        (fixed, [min(wish.need, wish.width * 2) for wish in wishes]),
        (opened, [wish.need for wish in wishes]),
        (fixed, [max(wish.width, min(wish.need, fair)) for wish in wishes]),
        (opened, [max(wish.need * 2, fair) for wish in wishes]),
    )
    for numbers, goals in steps:
        left = _grow(widths, numbers, goals, left)
    if opened:  # a wide gap behind short names leads the eye astray: all move apart
        _spread(widths, left)
    return widths


def _grow(widths: list[int], numbers: Sequence[int], goals: Sequence[int], left: int) -> int:
    """Bring columns closer to their goals, all by the same share; returns what is left."""
    lacking = {n: goals[n] - widths[n] for n in numbers if goals[n] > widths[n]}
    total = sum(lacking.values())
    if left <= 0 or not total:
        return left
    given = min(left, total)
    for n, lack in lacking.items():
        widths[n] += lack * given // total
    return left - given


def _spread(widths: list[int], left: int) -> None:
    total = sum(widths)
    if left > 0 and total:
        for n, width in enumerate(widths):
            widths[n] += left * width // total
