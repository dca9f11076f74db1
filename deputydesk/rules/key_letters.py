"""Which letter, pressed with Alt, goes to which field or button of a form."""

from collections.abc import Sequence
from string import ascii_uppercase, digits

from deputydesk.rules.names import initials

KEYS = ascii_uppercase + digits[1:]
"""What is given out, in this order where no letter of the name is free."""
MORE = "0"
"""Pressed before a letter of those for which none was left."""
USUAL = (("保存", "S"), ("打印", "P"), ("导出", "E"), ("删除", "D"), ("新登记", "N"))
"""The letters that these words have in every Chinese program, by what a name begins with."""


def assign(names: Sequence[str], taken: str = "") -> list[str]:
    """The letter of each name, in their order; no letter twice.

    A name gets its usual letter, or the first free one of its pinyin initials; those for which
    none is free share what is left when all others have theirs, then a second round of letters
    that come after `MORE`. Empty for those beyond.

    Args:
        names: what the fields and buttons are called, the most important first.
        taken: letters that mean something else already.
    """
    given = dict[int, str]()
    for wishes in (_usual, _initials, _any):
        for place, name in enumerate(names):
            free = (c for c in wishes(name) if c not in taken and c not in given.values())
            letter = next(free, "")
            if place not in given and letter:
                given[place] = letter
    return [given.get(place, "") for place in range(len(names))]


def _usual(name: str) -> list[str]:
    return [letter for word, letter in USUAL if name.startswith(word)]


def _initials(name: str) -> list[str]:
    """Those of the usual reading first: of 代表之家 D, B, Z and J."""
    read = "".join(initials(name)).upper()
    return [letter for letter in read if letter in ascii_uppercase]


def _any(_name: str) -> list[str]:
    return [*KEYS, *(f"{MORE}{key}" for key in KEYS)]
