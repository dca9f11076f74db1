"""Tokens by which any part of any text is found: overlapping pairs of characters.

水管网 becomes 水管 管网 网: the phrase of a word's pairs stands exactly where the word does, for
hanzi, digits and letters alike; one character is the beginning of a token. Nothing is left out,
so what an index of these tokens finds is what a comparison of the texts would.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import add

from deputydesk.rules.names import search_text

SEPARATOR = "\n"
"""Stands between the fields of a document; no word of a query can hold it."""

SHORT = 40
"""Characters of a field that may stand in many records."""

# The tokenizer `ascii` of FTS5 takes every character beyond ASCII as it is and drops ASCII signs.
# Full-width signs stand for them: `search_text` has left none of these in the text.
_SIGNS = {chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F) if not chr(n).isalnum()}
_SIGN = re.compile(f"[{re.escape(''.join(_SIGNS))}]")


def document(fields: Iterable[str]) -> str:
    """The fields of a record as one text that is searched; what is empty or doubled falls away."""
    searched = dict.fromkeys(
        _short(field) if len(field) <= SHORT else search_text(field) for field in fields
    )
    return SEPARATOR.join(field for field in searched if field)


@lru_cache(maxsize=10_000)
def _short(field: str) -> str:
    """Names, days and choices stand in many records."""
    return search_text(field)


def words(query: str) -> tuple[str, ...]:
    """The words of a query, each of which must stand in a document."""
    return tuple(dict.fromkeys(search_text(query).split()))


def tokens(text: str) -> str:
    """The tokens of a document, for the index."""
    found: list[str] = []
    for run in _wide(text).split():
        found += _pairs(run)
        found.append(run[-1])
    return " ".join(found)


def expression(looked_for: Iterable[str]) -> str:
    """What FTS5 is asked for documents in which every word stands."""
    return " AND ".join(_phrase(_wide(word)) for word in looked_for)


def grams(text: str) -> list[str]:
    """Each pair and each character once, for an index that keeps no order."""
    return sorted({*"".join(text.split()), *(p for run in text.split() for p in _pairs(run))})


def needed(word: str) -> list[str]:
    """The grams without which a word cannot stand in a text."""
    return sorted(set(_pairs(word))) or [word]


def _wide(text: str) -> str:
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], text)


def _pairs(run: str) -> list[str]:
    return [*map(add, run, run[1:])]


def _phrase(word: str) -> str:
    pairs = _pairs(word)
    return f'"{" ".join(pairs)}"' if pairs else f'"{word}" *'
