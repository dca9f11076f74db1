"""发文字号: how it is written, and which number comes next."""

import re
from collections.abc import Iterable

_WRITTEN = re.compile(r"\s*(.+?)\s*[〔\[［【(（]\s*(\d{4})\s*[〕\]］】)）]\s*第?\s*0*(\d+)\s*号\s*")


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


def number_in(text: str, prefix: str, year: int) -> int | None:
    """The number that a typed 文号 has in a series, whatever its brackets; None in another one."""
    found = _WRITTEN.fullmatch(text)
    if found is None or (found[1], int(found[2])) != (prefix, year):
        return None
    return int(found[3])
