"""Lists of names as people paste them: numbered, with notes, parted by whatever came to hand."""

import re

from deputydesk.rules.names import clean_name

_PARTS = re.compile(r"[\n\r\t、，,；;/|]+")
_NOTE = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]?")
_NUMBER = re.compile(r"^\s*[（(]?\d+[.．)）:：]?\s*|^[①-⑳]\s*")
_TITLE = re.compile(r"(?:代表|同志|主席|副主席)$")


def names_in(text: str) -> list[str]:
    """The names of a list, cleaned, in their order.

    Numbers before them and notes in brackets are dropped. A name written with a space in it is
    one name; `alternatives` gives what else such a piece may be.
    """
    pieces = (_NUMBER.sub("", _NOTE.sub("", piece), count=1) for piece in _PARTS.split(text))
    return [piece.strip() for piece in pieces if clean_name(piece)]


def alternatives(piece: str) -> tuple[tuple[str, ...], ...]:
    """What a piece may stand for, the likeliest first: 张　三 is one, 王伟 高娃 are two."""
    whole, parts = clean_name(piece), tuple(map(clean_name, piece.split()))
    plain = _TITLE.sub("", whole)
    found = [(whole,), parts] if len(parts) > 1 else [(whole,)]
    if plain and plain != whole:
        found.append((plain,))
    return tuple(found)
