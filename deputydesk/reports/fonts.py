"""The office's typefaces: which one draws a character, how wide text is, what cannot be printed.

A typeface that lacks a character hands it down its chain, so rare characters of names print and
copy. A character that no typeface has is found before anything is written (`check_printable`).
"""

import gc
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from deputydesk.errors import UserError
from deputydesk.paths import resource

if TYPE_CHECKING:
    from deputydesk.reports.chain_font import ChainFont

Typeface = Literal["BiaoSong", "Song", "Hei", "Kai", "Fang"]

_CHAINS: dict[str, tuple[str, ...]] = {
    "BiaoSong": ("BiaoSong", "Song", "Kai", "Sym"),
    "Song": ("Song", "Kai", "Sym"),
    "Hei": ("Hei", "Song", "Kai", "Sym"),
    "Kai": ("Kai", "Song", "Sym"),
    "Fang": ("Fang", "KaiLight", "Song", "Kai", "Sym"),
}

_BUNDLE = dict(_CHAINS)
_BUNDLED = "0"
"""Behind the name of one of our files, where a file of this PC has taken the name."""
_OWN: dict[str, Path] = {}

# What has no ink: strange blanks become a blank, strange line ends a line end, the rest nothing.
_NOTHING = (
    *range(9), *range(14, 32), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, *range(0x200B, 0x2010),
    *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF,
    *range(0xE0100, 0xE01F0),
)  # fmt: skip
_BLANKS = (9, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F)
_LINE_ENDS = (0x0B, 0x0C, 0x85, 0x2028, 0x2029)
_INVISIBLE: dict[int, str | None] = (
    dict.fromkeys(_NOTHING) | dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_LINE_ENDS, "\n")
)


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """The text as paper shows it: without what has no ink, line ends as one newline each."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)


@contextmanager
def uncollected() -> Generator[None]:
    """No look for waste while numbers of a font or steps of pages pile up: there is none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@cache
def typeface(name: str) -> "ChainFont":
    """One of the font files of the bundle, known to reportlab by this name.

    Its `registerFont` would give back the first font for a second one of the same inner name, and
    never forget one whose place another takes; so it is not asked.
    """
    from reportlab.pdfbase import pdfmetrics

    from deputydesk.reports.chain_font import ChainFont

    others = _CHAINS.get(name, (name,))[1:]
    file = _OWN.get(name) or resource(f"fonts/{name.removesuffix(_BUNDLED)}.ttf")
    with uncollected():
        font = ChainFont(name, file, others, typeface)
    vars(pdfmetrics)["_fonts"][name] = font
    return font


@cache
def _bearer(chain: tuple[str, ...], char: str) -> str:
    """The first file of the chain that has this character, or nothing."""
    return next((name for name in chain if ord(char) in typeface(name).characters), "")


def own() -> Mapping[str, Path]:
    """Which typefaces are drawn with a file of this PC."""
    return dict(_OWN)


def use_own(files: Mapping[str, Path]) -> None:
    """Draw some typefaces with files of this PC; ours stand behind them for rare characters.

    The files have been found fit (`own_fonts.check`). What was measured before is forgotten.
    """
    _OWN.clear()
    _OWN.update(files)
    for name, chain in _BUNDLE.items():
        is_own = name in files
        _CHAINS[name] = (name, name + _BUNDLED, *chain[1:]) if is_own else chain
    _WIDTHS.update({name: _Widths(chain) for name, chain in _CHAINS.items()})
    for measured in (typeface, _bearer, width, _known):
        measured.cache_clear()
    for forget in MEASURED:
        forget()


MEASURED: list[Callable[[], object]] = []
"""Called when typefaces change: what was measured with the old ones is to be forgotten."""


class _Widths(dict[str, int]):
    """Widths of characters in thousandths of an em, over a whole chain."""

    def __init__(self, chain: tuple[str, ...]) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, char: str) -> int:
        bearer = _bearer(self._chain, char)
        if not bearer:
            raise _refusal(char, "")
        self[char] = width = typeface(bearer).width_of(char)
        return width


_WIDTHS = {name: _Widths(chain) for name, chain in _CHAINS.items()}


@lru_cache(maxsize=100_000)
def width(text: str, face: Typeface) -> int:
    """The width of a line in thousandths of an em.

    Raises:
        UserError: a character that no typeface has.
    """
    return sum(map(_WIDTHS[face].__getitem__, text))


def for_name(name: str, face: Typeface) -> Typeface:
    """The typeface that draws a whole name alike: this one, else the first that has it all."""
    for other in (face, "Song", "Kai"):
        known = typeface(other).characters
        if all(ord(char) in known for char in name if not char.isspace()):
            return other
    return face


def unprintable(text: str) -> str:
    """The characters of this text that no typeface has, each once; nothing if all is well."""
    missing = (char for char in dict.fromkeys(clean(text)) if char != "\n" and not _known(char))
    return "".join(missing)


def check_printable(texts: Iterable[tuple[str, str]]) -> None:
    """Refuses (place, text) pairs that hold a character no typeface has.

    Raises:
        UserError: names the character and the place.
    """
    pairs = list(texts)
    if not unprintable("".join(set[str]().union(*{text for _, text in pairs}))):
        return
    for where, text in pairs:
        if missing := unprintable(text):
            raise _refusal(missing[0], where)


def texts_of(record: object, where: str = "") -> list[tuple[str, str]]:
    """Every text of a form's input with its Chinese place, for `check_printable`.

    A field's place is the string it is annotated with: `name: Annotated[str, "姓名"]`.
    """
    texts: list[tuple[str, str]] = []
    _gather(record, where, texts)
    return texts


def _gather(record: object, where: str, texts: list[tuple[str, str]]) -> None:
    if isinstance(record, str):
        texts.append((where, record))
    elif isinstance(record, tuple | list):
        items = cast("Sequence[object]", record)
        for number, item in enumerate(items, start=1):
            _gather(item, f"{where}第{number}项", texts)
    else:
        for name, label in _labels(type(record)):
            place = f"{where}·{label}" if where and label else where or label
            value = getattr(record, name)
            if isinstance(value, str):
                texts.append((place, value))
            elif value is not None:
                _gather(value, place, texts)


@cache
def _labels(kind: type[Any]) -> list[tuple[str, str]]:
    """The fields of a form's input with their Chinese names, where they have one."""
    if not is_dataclass(kind):
        return []
    hints = get_type_hints(kind, include_extras=True)
    places = {
        name: str(get_args(hint)[1])
        for name, hint in hints.items()
        if get_origin(hint) is Annotated
    }
    return [(field.name, places.get(field.name, "")) for field in fields(kind)]


@cache
def _known(char: str) -> bool:
    return bool(_bearer(_CHAINS["Song"], char) or _bearer(_CHAINS["Fang"], char))


def _refusal(char: str, where: str) -> UserError:
    place = f"“{where}”中的" if where else ""
    return UserError(
        f"{place}“{char}”（U+{ord(char):04X}）字库中没有，无法打印，没有生成文件。",
        hint="请改用其他字，或在该处留空后手写。",
    )
