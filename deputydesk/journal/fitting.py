"""What a value may be: one proof for what is typed here and for what others wrote.

What one PC writes, every other must be able to keep, on SQLite and on PostgreSQL: a change that one
of them cannot take would stop the feed it stands in for ever.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, cast

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer

from deputydesk.journal.values import Value, models, table_of
from deputydesk.models.base import JsonType, Money

NUL = "\0"
LONGEST_BODY = 1_000_000
"""Characters of one change, a thick book: as a line it stays below what a bundle takes."""
LONGEST_USER = 200
DEEPEST = 20
"""Lists and dicts within each other; what people fill in is two or three deep."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_HALF, _WHOLE = 1 << 31, 1 << 63

Fits = Callable[[Any], bool]  # Any: a value of JSON


class Misfit(ValueError):  # noqa: N818 - what it says of the value
    """A value cannot stand where it should; says in Chinese which."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.field = field


def prove(tab: str, values: Mapping[str, Value], text: str) -> None:
    """Prove what a change writes.

    Args:
        tab: the table, which this version need not know.
        values: the fields, which it need not know either.
        text: the body as the log holds it: `values` as JSON, and more.

    Raises:
        Misfit: some value cannot be kept by every PC.
    """
    if len(text) > LONGEST_BODY:
        message = "内容过长"
        raise Misfit(message)
    plain = _plain(tab)
    for name, value in values.items():
        if plain.get(name) is type(value):
            continue
        fits = _columns(tab).get(name) or _unknown(name)
        if not fits(value):
            message = f"“{name}”的内容不对"
            raise Misfit(message, name)
    if "\\u0000" in text:  # as JSON writes it; the same may be typed after another backslash
        for name, value in values.items():
            if _has_nul(name) or _has_nul(value):
                message = f"“{name}”的文字编码不对"
                raise Misfit(message, name)


def is_user(name: str) -> bool:
    """Whether the log can say that somebody of this name wrote."""
    return len(name) <= LONGEST_USER and NUL not in name


def is_text(value: object) -> bool:
    """Whether it is a text."""
    return isinstance(value, str)


def is_whole(value: object, most: int = _WHOLE) -> bool:
    """Whether it is a whole number that the database can keep; yes and no are none."""
    return type(value) is int and -most <= value < most


@cache
def _columns(tab: str) -> Mapping[str, Fits]:
    """Whether a value can stand in a column of a table that this version knows."""
    model = models().get(tab)
    if model is None:
        return {}
    columns = [c for c in table_of(model).columns if not c.primary_key]
    return {c.key: _or_none(_fits(c)) if c.nullable else _fits(c) for c in columns}


@cache
def _plain(tab: str) -> Mapping[str, type]:
    """Of the columns that take every value of a type, that type: as good as all of them do."""
    if tab not in models():
        return {}
    kinds = {c.key: _fits(c) for c in table_of(models()[tab]).columns if not c.primary_key}
    every: dict[Fits, type] = {is_text: str, _is_yes_or_no: bool}
    return {name: every[fits] for name, fits in kinds.items() if fits in every}


def _unknown(name: str) -> Fits:
    """A field of a newer version is taken as it is; a record's id is no field."""
    return _is_shallow if _NAME.fullmatch(name) and name != "id" else _never


def _or_none(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


def _fits(column: Column[Any]) -> Fits:  # Any: a column of any type
    kind = column.type
    if isinstance(kind, Date):
        return _is_day
    if isinstance(kind, Boolean):
        return _is_yes_or_no
    if isinstance(kind, BigInteger | Money):
        return is_whole
    if isinstance(kind, Integer):
        return _is_small
    if isinstance(kind, JsonType):
        return _is_mapping if column.info.get("mapping") else _is_list
    return is_text


def _never(_value: object) -> bool:
    return False


def _is_small(value: object) -> bool:
    return is_whole(value, _HALF)


def _is_day(value: object) -> bool:
    return isinstance(value, str) and len(value) == len("2026-01-01") and _is_one(value)


@lru_cache(maxsize=10_000)
def _is_one(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict) and _is_shallow(cast("object", value))


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(map(is_text, cast("list[object]", value)))


def _is_shallow(value: object, depth: int = 0) -> bool:
    """Whether it is not so deep that reading it would fail somewhere."""
    if not isinstance(value, dict | list):
        return not isinstance(value, int) or isinstance(value, bool) or is_whole(value)
    inner = cast("list[object]", [*value.values()] if isinstance(value, dict) else value)
    return depth < DEEPEST and all(_is_shallow(one, depth + 1) for one in inner)


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return NUL in value
    if isinstance(value, dict):
        some = cast("dict[str, object]", value)
        return any(map(_has_nul, some)) or any(map(_has_nul, some.values()))
    return isinstance(value, list) and any(map(_has_nul, cast("list[object]", value)))
