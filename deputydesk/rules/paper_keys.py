"""The digits of a paper key: in groups, each with a check digit that also knows its place.

The check digit is Damm's: it finds every wrong digit and every two that were swapped; that it
begins with the number of the group finds groups that stand in another's place.
"""

from collections.abc import Sequence

GROUPS, DIGITS = 10, 4
"""Forty random digits are 132 bits; with the check digit a group has five."""

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def groups(digits: str) -> tuple[str, ...]:
    """The key as it is printed: ten groups of five digits."""
    parts = [digits[n : n + DIGITS] for n in range(0, GROUPS * DIGITS, DIGITS)]
    return tuple(part + _check(place, part) for place, part in enumerate(parts))


def is_group(place: int, group: str) -> bool:
    """Whether this was typed as it stands at this place (from 0) of a paper."""
    return (
        len(group) == DIGITS + 1
        and group.isascii()
        and group.isdigit()
        and _check(place, group[:-1]) == group[-1]
    )


def wrong(typed: Sequence[str]) -> list[int]:
    """The places (from 0) whose group was not typed as it stands on the paper."""
    return [n for n in range(GROUPS) if n >= len(typed) or not is_group(n, typed[n])]


def split(text: str) -> list[str]:
    """What was typed at one go, as groups; spaces, dashes and full-width digits do not matter."""
    digits = "".join(str(int(char)) for char in text if char.isdecimal())
    size = DIGITS + 1
    return [digits[n : n + size] for n in range(0, len(digits), size)]


def digits_of(typed: Sequence[str]) -> str:
    """The digits of the key, of groups that are all right."""
    return "".join(group[:-1] for group in typed)


def _check(place: int, part: str) -> str:
    state = _DAMM[0][place]
    for digit in part:
        state = _DAMM[state][int(digit)]
    return str(state)
