"""Numbers of documents: kind, day and order of entering in one, so that the newest is highest."""

from functools import cache

from deputydesk.search.spec import KINDS, Kind

DAY_BITS = 22
ENTRY_BITS = 24
KIND_SHIFT = DAY_BITS + ENTRY_BITS


@cache
def first_of(model: Kind) -> int:
    """The lowest number that a kind's documents may have; kinds listed first have the highest."""
    return (len(KINDS) - KINDS.index(model)) << KIND_SHIFT


@cache
def last_of(model: Kind) -> int:
    """The highest number that a kind's documents may have."""
    return first_of(model) + (1 << KIND_SHIFT) - 1


def first_of_day(model: Kind, day: int) -> int:
    """The lowest number of a kind's documents of a day, which is counted from the year 1."""
    return first_of(model) + (day << ENTRY_BITS)


def day_of(number: int) -> int:
    """The day that a number says."""
    return number >> ENTRY_BITS & ((1 << DAY_BITS) - 1)


def kind_of(number: int) -> Kind:
    """The kind that a number says."""
    return KINDS[len(KINDS) - (number >> KIND_SHIFT)]
