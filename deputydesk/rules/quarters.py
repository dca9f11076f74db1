"""Quarters of a year: their days, their names, and what part of one a deputy was in office."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

_NUMBERS = "一二三四"
_DAY = timedelta(days=1)


class Quarter(NamedTuple):
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter in which a day lies."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = 3 * self.number
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        """2026年第三季度."""
        return f"{self.year}年第{_NUMBERS[self.number - 1]}季度"

    @property
    def before(self) -> "Quarter":
        """The quarter before it."""
        return Quarter.of(self.first - _DAY)

    @property
    def after(self) -> "Quarter":
        """The quarter after it."""
        return Quarter.of(self.last + _DAY)

    @property
    def so_far(self) -> tuple["Quarter", ...]:
        """The quarters of its year up to it, itself the last."""
        return tuple(Quarter(self.year, number) for number in range(1, self.number + 1))


def share(first: date, last: date, *held: tuple[date | None, date | None]) -> Fraction:
    """What part of the days from first to last somebody was in office; both ends count.

    held: from when to when, of each seat; days in two seats count once.
    """
    days: set[int] = set()
    for started, ended in held:
        begin, end = max(first, started or first), min(last, ended or last)
        days.update(range(begin.toordinal(), end.toordinal() + 1))
    return Fraction(len(days), (last - first).days + 1)
