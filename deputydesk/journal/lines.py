"""Proving one line that somebody else wrote, before anything of it is believed."""

import json
import re
from functools import lru_cache
from math import isfinite
from typing import Any, cast

from deputydesk.journal import fitting
from deputydesk.journal.fitting import LONGEST_BODY, NUL, Misfit, is_user
from deputydesk.journal.fold import Change
from deputydesk.journal.segments import DOT, HASH, Line, Segment
from deputydesk.journal.values import Value, reader, text_of
from deputydesk.models.base import scope_of

HIGHEST_LAM = 1 << 48
"""No office ever counts so far; who says so wants to spoil everybody's counter."""
WHOLE = 1 << 63

_TABLE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_ID = re.compile(r"[0-9A-Za-z.]{1,31}-[0-9a-z]{1,32}")
_BASE = re.compile(rf'\["{DOT.pattern}"(?:,"{DOT.pattern}")*\]')
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
    number, lam, ts, usr, tab, pk, kind, base, body = line
    if type(number) is not int or type(lam) is not int:
        raise BadLine("次序不对")
    if number != seq or not after < lam < most:
        raise BadLine("次序不对")
    texts = type(ts) is type(usr) is type(tab) is type(pk) is type(kind) is type(base) is type(body)
    if not texts or type(body) is not str:
        raise BadLine("格式不对")
    if len(ts) > 32 or len(body) > LONGEST_BODY:
        raise BadLine("内容过长")
    if NUL in ts or not is_user(usr):
        raise BadLine("写的人不对")
    if kind not in _KINDS or not _is_table(tab) or not _ID.fullmatch(pk):
        raise BadLine("不是本程序的记录")
    if scope_of(pk) != segment.scope:
        raise BadLine("写的是别的单位的记录")
    return Change(segment.feed, seq, lam, kind, _base(base), _values(line))


@lru_cache(maxsize=1000)
def _is_table(name: str) -> bool:
    return _TABLE.fullmatch(name) is not None


def _base(text: str) -> tuple[str, ...]:
    if text == "[]":
        return ()
    if not _BASE.fullmatch(text):
        raise BadLine("格式不对")
    return tuple(text[2:-2].split('","'))  # names of changes need no escaping


def _values(line: Line) -> dict[str, Value] | None:
    """What it writes; None if it was erased since."""
    body = _read(line.body)
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


_read = reader(json.JSONDecoder(parse_constant=_no_number, parse_int=_whole, parse_float=_finite))
