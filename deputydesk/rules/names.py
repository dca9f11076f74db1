"""Names of people: cleaned, in official order, found by pinyin initials, spaced for print."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from deputydesk.paths import resource
from deputydesk.rules.choices import Choice

DOT = "·"
MOST_INITIALS = 8

# Every dot that rosters were seen to use for the one of 巴特尔·达来; U+00B7 alone is right.
_DOTS = "·・•．‧･●∙⋅⸱᛫ꞏ﹒᛬"
_DOT = re.compile(f"[{_DOTS}]")
_DOT_RUN = re.compile(rf"\s*[{_DOTS}][\s{_DOTS}]*")
_FIRST_HANZI = "\u2e80"  # hanzi and whatever is written among them begin here
# They look like a space and are letters or symbols to Unicode.
_BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
# Only these are safe to replace by what they stand for: radicals that PDFs hand out instead of
# characters, and full-width letters and digits. NFKC as a whole would rewrite rare hanzi.
_REPLACEABLE = re.compile("[⺀-⿕０-９Ａ-Ｚａ-ｚ]")
_SELECTORS = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_UNSEEN = re.compile(f"{_BLANKS.pattern}|{_SELECTORS.pattern}")
_MONGOLIAN_SEPARATOR = "\u180e"
_WIDE = tuple((chr(ord(sign) + 0xFEE0), sign) for sign in ",:;()!?")


class NameOrder(Choice):
    """The two official conventions for the order of names."""

    FULL = "full", "按姓名笔画为序"
    SURNAME = "surname", "按姓氏笔画为序"


def clean_name(text: str) -> str:
    """The name as it is stored: one kind of dot, nothing invisible, no spaces between hanzi.

    Rare and compatibility hanzi stay exactly as they were written.
    """
    text = _REPLACEABLE.sub(lambda m: unicodedata.normalize("NFKC", m.group()), _visible(text))
    return _with_one_dot(_without_space_at_hanzi(text)).strip(DOT)


def search_text(text: str) -> str:
    """The form in which texts are compared when searching: no dots, one width, lower case."""
    text = _with_one_dot(_in_one_width(_visible(text))).replace(DOT, "")
    return " ".join(text.lower().split())


def sort_key(name: str, order: NameOrder = NameOrder.FULL) -> tuple[tuple[int, int], ...]:
    """What names are sorted by so that they stand in the official order."""
    cleaned = clean_name(name)
    places = tuple(_place(character) for character in cleaned)
    if order is NameOrder.SURNAME:
        return (*places[:1], (0 if len(cleaned) <= len("张三") else 1, 0), *places[1:])
    return places


def in_order(names: Iterable[str], order: NameOrder = NameOrder.FULL) -> list[str]:
    """The names in the official order; equal names keep the order they had."""
    return sorted(names, key=lambda name: sort_key(name, order))


def unknown(name: str) -> str:
    """The characters of the name that have no official place; names sort last by them."""
    return "".join(c for c in clean_name(name) if c != DOT and _place(c)[0])


def initials(name: str) -> tuple[str, ...]:
    """The pinyin initials a name is found by, the usual reading first, at most eight.

    单志刚 is found by dzg, czg and szg. Dots and characters without a reading are passed over.
    """
    found = [(0, "")]
    for character in clean_name(name):
        letters = _letters(character)
        if letters:
            longer = [(r + n, t + i) for r, t in found for n, i in enumerate(letters)]
            # The fewer unusual readings, the likelier: keep those, and the count stays small.
            found = sorted(longer, key=lambda rarity_and_text: rarity_and_text[0])[:MOST_INITIALS]
    return tuple(text for _, text in found if text)


def spaced(name: str) -> str:
    """The name for print: two characters with a full-width space between, to align with three."""
    is_two_hanzi = len(name) == len("张三") and min(name) >= _FIRST_HANZI
    return "\u3000".join(name) if is_two_hanzi else name


def _without_space_at_hanzi(text: str) -> str:
    """Spaces stay, as one, between words that are not hanzi: J. Smith."""
    joined = ""
    for word in text.split():
        is_apart = joined and max(joined[-1], word[0]) < _FIRST_HANZI
        joined += f" {word}" if is_apart else word
    return joined


def _in_one_width(text: str) -> str:
    """NFKC; it takes long over the few wide signs that stand in nearly every text."""
    if not unicodedata.is_normalized("NFKC", text):
        for wide, narrow in _WIDE:
            text = text.replace(wide, narrow)
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
    return text


def _with_one_dot(text: str) -> str:
    """Every kind of dot as ·; a full stop too where it stands between hanzi."""
    if "." in text:
        text = _with_dots_between_hanzi(text)
    return _DOT_RUN.sub(DOT, text) if _DOT.search(text) else text


def _with_dots_between_hanzi(text: str) -> str:
    first, *others = text.split(".")
    joined = first
    for part in others:
        is_between = joined and part and min(joined[-1], part[0]) >= _FIRST_HANZI
        joined += f"{DOT}{part}" if is_between else f".{part}"
    return joined


def _visible(text: str) -> str:
    """Without control and zero-width characters; what only looks like a space becomes one."""
    if _UNSEEN.search(text):
        text = _BLANKS.sub(" ", _SELECTORS.sub("", text))
    if text.isprintable():  # as good as always, and quicker than asking each character
        return text
    return "".join(
        c
        for c in text
        if c.isspace() or c == _MONGOLIAN_SEPARATOR or unicodedata.category(c) not in ("Cc", "Cf")
    )


@cache
def _order_table() -> str:
    return resource("names/stroke_order.txt").read_text(encoding="utf-8")


@cache
def _initials_table() -> str:
    return resource("names/initials.txt").read_text(encoding="utf-8")


@cache
def _place(character: str) -> tuple[int, int]:
    """(0, place) in the official order; (1, code point) for a character that has none."""
    if character == DOT:
        return 0, -1
    # A scan of the text takes microseconds; an index of it would take 20 ms at the first name.
    place = _order_table().find(character)
    return (1, ord(character)) if place < 0 else (0, place)


@cache
def _letters(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    table = _initials_table()
    place = table.find(character)
    if place < 0:
        return ""
    line = table.rfind("\n", 0, place) + 1
    return table[line : table.index(" ", line)]
