"""Breaks Chinese text into lines: no closing mark begins a line, no opening mark ends one."""

import re
from functools import lru_cache
from typing import NamedTuple

from deputydesk.reports import fonts
from deputydesk.reports.fonts import Typeface, width

_NOT_FIRST = set("，。、；：？！）》〕】〉」』”’％‰℃·…—,.;:?!)]}%")
_NOT_LAST = {*"（《〔【〈「『“‘([{☐☑", "☐ ", "☑ "}
_WORDS = re.compile(r"[☐☑] ?|[A-Za-z0-9.%+\-/:@_*]+|——|……|.")
_BLANK = " \u3000"
_SQUEEZE = 550  # a closing mark may be pressed into the line by this part of an em


class Line(NamedTuple):
    """A line of a paragraph: its text, natural width in points, whether it is the last one."""

    text: str
    width: float
    is_last: bool
    indent: float = 0.0


def break_lines(
    text: str, typeface: Typeface, size: float, room: float, *, indent: float = 0.0
) -> list[Line]:
    """The text in lines of at most `room` points; `indent` is that of each first line."""
    return list(_lines(text, typeface, size, room, indent))


@lru_cache(maxsize=10_000)  # the labels of a form come again on each of its papers
def _lines(
    text: str, typeface: Typeface, size: float, room: float, indent: float
) -> tuple[Line, ...]:
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        natural = width(paragraph, typeface) * size / 1000
        if natural + indent <= room:
            lines.append(Line(paragraph, natural, is_last=True, indent=indent))
        else:
            lines += _broken(paragraph, typeface, size, room, indent)
    return tuple(lines)


fonts.MEASURED.append(_lines.cache_clear)


def _broken(
    paragraph: str, typeface: Typeface, size: float, room: float, indent: float
) -> list[Line]:
    """A paragraph that does not fit into one line."""
    limit = int(room * 1000 / size) + 1
    start = int(indent * 1000 / size)
    lines: list[Line] = []
    line: list[str] = []
    used = start
    for word in _pieces(paragraph, typeface, limit):
        wide = width(word, typeface)
        over = used + wide - limit
        if over > 0 and line and not (word in _NOT_FIRST and over <= _SQUEEZE):
            carried = _carried(line, word)
            lines.append(_line(line, typeface, size, indent if not lines else 0.0, is_last=False))
            line = carried
            used = sum(width(piece, typeface) for piece in line)
            if word in _BLANK and not line:
                continue
        line.append(word)
        used += wide
    lines.append(_line(line, typeface, size, indent if not lines else 0.0, is_last=True))
    return lines


def _pieces(paragraph: str, typeface: Typeface, limit: int) -> list[str]:
    """Words that stay whole; a word wider than the line comes letter by letter."""
    pieces: list[str] = []
    for word in _WORDS.findall(paragraph):
        if len(word) > 1 and width(word, typeface) > limit - _SQUEEZE:
            pieces.extend(word)
        else:
            pieces.append(word)
    return pieces


def _carried(line: list[str], word: str) -> list[str]:
    """Takes from the line's end what must go down together with the next word."""
    carried: list[str] = []
    whole = list(line)
    if word in _NOT_FIRST or word in {"——", "……"}:
        while len(line) > 1 and line[-1] in _NOT_FIRST:
            carried.insert(0, line.pop())
        if len(line) > 1:
            carried.insert(0, line.pop())
    while len(line) > 1 and line[-1] in _NOT_LAST:
        carried.insert(0, line.pop())
    if carried and (carried[0] in _NOT_FIRST or line[-1] in _NOT_LAST):
        line[:] = whole  # nothing but marks: a bad break is better than none
        return []
    return carried


def _line(
    pieces: list[str], typeface: Typeface, size: float, indent: float, *, is_last: bool
) -> Line:
    text = "".join(pieces)
    if not is_last:
        text = text.rstrip(_BLANK)
    return Line(text, width(text, typeface) * size / 1000, is_last, indent)
