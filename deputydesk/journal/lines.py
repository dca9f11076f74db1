"""Proving one line that somebody else wrote, before anything of it is believed."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import Boolean, Column, Date, Integer

from deputydesk.journal.fold import Change
from deputydesk.journal.segments import Line, Segment
from deputydesk.journal.values import Value, models, table_of, text_of
from deputydesk.models.base import JsonType, Money, scope_of

LONGEST_BODY = 4_000_000
"""Characters of one change: the longest text that people paste is far below."""
HIGHEST_LAM = 1 << 48
"""No office ever counts so far; who says so wants to spoil everybody's counter."""
WHOLE = 1 << 63

_TABLE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_ID = re.compile(r"[0-9A-Za-z.]{1,31}-[0-9a-z]{1,32}")
_DOT = re.compile(r"[0-9A-Za-z]{1,16}\.[0-9A-Za-z.]{1,31}:[1-9][0-9]{0,15}")
_HASH = re.compile(r"[0-9a-f]{64}")
_KINDS = frozenset("IUDRX")


class BadLine(ValueError):  # noqa: N818 - what it says of the line
    """A line is not what this program writes; says in Chinese what is wrong."""


def proved(segment: Segment, line: Line, seq: int, after: int) -> Change:
    """The change of a line that is as it should be.

    Args:
        segment: the stretch it stands in.
        line: as it was read.
        seq: the number it must have.
        after: the counter of the line before; it must have grown.

    Raises:
        BadLine: it is not.
        ValueError, TypeError, RecursionError: it is not even JSON.
    """
    if line.seq != seq or not _is_whole(line.lam) or not after < line.lam < HIGHEST_LAM:
        raise BadLine("次序不对")
    texts: tuple[object, ...] = line[2:]
    if not all(map(_is_text, texts)):
        raise BadLine("格式不对")
    if len(line.ts) > 32 or len(line.usr) > 200 or len(line.body) > LONGEST_BODY:
        raise BadLine("内容过长")
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
    found = _loads(text)
    if not _is_list(found) or text_of(found) != text:
        raise BadLine("格式不对")
    dots: list[str] = found
    if not all(map(_DOT.fullmatch, dots)):
        raise BadLine("格式不对")
    return tuple(dots)


def _values(line: Line) -> dict[str, Value] | None:
    """What it writes; None if it was erased since."""
    body = _loads(line.body)
    if isinstance(body, str):
        if not _HASH.fullmatch(body):
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
    if "\\u0000" in line.body:
        raise BadLine("文字编码不对")
    if line.kind in "DX" and values:
        raise BadLine("格式不对")
    known = _columns(line.tab)
    for name, value in values.items():
        fits = known.get(name)
        if fits is not None and not fits(value):
            raise BadLine(f"“{name}”的内容不对")


def _loads(text: str) -> Any:  # Any: JSON
    return json.loads(text, parse_constant=_no_number, parse_int=_whole)


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) < 20 else WHOLE
    if not -WHOLE <= number < WHOLE:
        raise BadLine("数字过大")
    return number


def _no_number(_name: str) -> Any:  # Any: it never returns
    raise BadLine("不是数字")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@cache
def _columns(tab: str) -> Mapping[str, Callable[[Any], bool]]:  # Any: a value of JSON
    """Whether a value can stand in a column of a table that this version knows."""
    model = models().get(tab)
    if model is None:
        return {}
    return {c.key: _or_none(_fits(c)) if c.nullable else _fits(c) for c in table_of(model).columns}


def _or_none(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:  # Any: as above
    return lambda value: value is None or fits(value)


def _fits(column: Column[Any]) -> Callable[[Any], bool]:  # Any: as above
    kind = column.type
    if isinstance(kind, Date):
        return _is_day
    if isinstance(kind, Boolean):
        return _is_yes_or_no
    if isinstance(kind, Integer | Money):
        return _is_whole
    if isinstance(kind, JsonType):
        return _is_mapping if column.info.get("mapping") else _is_list
    return _is_text


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, cast("list[object]", value)))


def _is_text(value: object) -> bool:
    return isinstance(value, str)
