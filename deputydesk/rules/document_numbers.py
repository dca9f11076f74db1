"""发文字号: how it is written, and which number comes next."""

from collections.abc import Iterable


def written(prefix: str, year: int, number: int) -> str:
    """石人办函〔2026〕3号: hexagonal brackets, the whole year, no zeros in front."""
    return f"{prefix}〔{year}〕{number}号"


def next_free(taken: Iterable[int]) -> int:
    """The lowest number from 1 that nobody has: a series has neither gaps nor doubles."""
    known = set(taken)
    number = 1
    while number in known:
        number += 1
    return number
