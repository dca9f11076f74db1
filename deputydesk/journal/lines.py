"""Proving one line that somebody else wrote, before anything of it is believed."""

import json
import re
from math import isfinite
from typing import Any, cast

from deputydesk.journal import fitting
from deputydesk.journal.fitting import LONGEST_BODY, NUL, Misfit, is_text, is_user, is_whole
from deputydesk.journal.fold import Change
from deputydesk.journal.segments import DOT, HASH, Line, Segment
from deputydesk.journal.values import Value, text_of
from deputydesk.models.base import scope_of

HIGHEST_LAM = 1 << 48
"""No office ever counts so far; who says so wants to spoil everybody's counter."""
WHOLE = 1 << 63

_TABLE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_ID = re.compile(r"[0-9A-Za-z.]{1,31}-[0-9a-z]{1,32}")
_BETWEEN = '","'
_KINDS = frozenset("IUDRX")


class BadLine(ValueError):  # noqa: N818 - what it says of the line
    """A line is not what this program writes; says in Chinese what is wrong."""


def proved(segment: Segment, line: Line, seq: int, after: int, most: int = HIGHEST_LAM) -> Change:
    """The change of a line that is as it should be.

    Args:
        segment: the stretch it stands in.
        line: as it was read.
        seq: the number it must have.
        after: the counter of the line before; it must have grown.
        most: what the counter must stay below.

    Raises:
        BadLine: it is not.
        ValueError, TypeError, RecursionError: it is not even JSON.
    """
    if not (is_whole(line.seq) and is_whole(line.lam)):
        raise BadLine("次序不对")
    if line.seq != seq or not after < line.lam < most:
        raise BadLine("次序不对")
    texts: tuple[object, ...] = line[2:]
    if not all(map(is_text, texts)):
        raise BadLine("格式不对")
    if len(line.ts) > 32 or len(line.body) > LONGEST_BODY:
        raise BadLine("内容过长")
    if NUL in line.ts or not is_user(line.usr):
        raise BadLine("写的人不对")
    if line.kind not in _KINDS or not _TABLE.fullmatch(line.tab) or not _ID.fullmatch(line.pk):
        raise BadLine("不是本程序的记录")
    if scope_of(line.pk) != segment.scope:
        raise BadLine("写的是别的单位的记录")
    base = _base(line.base)
    values = _values(line)
    return Change(segment.feed, seq, line.lam, line.kind, base, values)


def _base(text: str) -> tuple[str, ...]:
    if text == "[]":
        return ()
    dots = text[2:-2].split(_BETWEEN)  # names of changes need no escaping
    if text != f'["{_BETWEEN.join(dots)}"]' or not all(map(DOT.fullmatch, dots)):
        raise BadLine("格式不对")
    return tuple(dots)


def _values(line: Line) -> dict[str, Value] | None:
    """What it writes; None if it was erased since."""
    body = _loads(line.body)
    if isinstance(body, str):
        if not HASH.fullmatch(body) or line.body != text_of(body):
            raise BadLine("格式不对")
        return None
    if "\\u" in line.body and text_of(body) != line.body:
        raise BadLine("文字编码不对")
    match body:
        case [dict(), str()]:
            values = cast("dict[str, Value]", body[0])
            _check_values(line, values)
            return values
        case _:
            raise BadLine("格式不对")


def _check_values(line: Line, values: dict[str, Value]) -> None:
    if line.kind in "DX" and values:
        raise BadLine("格式不对")
    try:
        fitting.prove(line.tab, values, line.body)
    except Misfit as misfit:
        raise BadLine(str(misfit)) from misfit


def _finite(digits: str) -> float:
    if not isfinite(number := float(digits)):
        raise BadLine("数字过大")
    return number


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) < 20 else WHOLE
    if not -WHOLE <= number < WHOLE:
        raise BadLine("数字过大")
    return number


def _no_number(_name: str) -> Any:  # Any: it never returns
    raise BadLine("不是数字")


_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_int=_whole, parse_float=_finite)
"""Made once: `json.loads` would make one for each line."""


def _loads(text: str) -> Any:  # Any: JSON
    return _DECODER.decode(text)
