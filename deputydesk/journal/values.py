"""Values of columns as the log holds them: JSON, the same on every PC."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import Column, Date, Table

from deputydesk.models.base import KINDS, Base, ChoiceType, Record, blank
from deputydesk.rules.choices import Choice

Value = Any  # whatever JSON can hold: text, number, yes or no, list, dict, None


@cache
def models() -> Mapping[str, type[Record]]:
    """Every table that the journal records, by name."""
    return dict(sorted(KINDS.items()))


def table_of(model: type[Base]) -> Table:
    """The table of a model: what is written past the ORM is written there."""
    return cast("Table", model.__table__)


def encode(value: object) -> Value:
    """A column's value as the log writes it."""
    if isinstance(value, Choice):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def decode(column: Column[Any], value: Value) -> Any:  # Any: a value of the column's own type
    """A value of the log as the column holds it."""
    if value is None:
        return None
    if isinstance(column.type, ChoiceType):
        return column.type.choice.stored(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value


@cache
def blanks(model: type[Record]) -> Mapping[str, Value]:
    """What the log means by a field it does not name: the column's blank value."""
    return {c.key: encode(blank(c)) for c in table_of(model).columns if not c.primary_key}


def _encoder() -> Callable[[object, int], Iterable[str]]:
    """What a `json.JSONEncoder` makes anew for each value, made once: half of its time."""
    plain = json.JSONEncoder()
    made: Any = json.encoder  # Any: what Python's own encoder calls has no types
    return made.c_make_encoder(
        None, plain.default, json.encoder.encode_basestring, None, ":", ",", True, False, True
    )


_encoded = _encoder()


def text_of(value: object) -> str:
    """JSON that is the same text for the same value everywhere."""
    return "".join(_encoded(value, 0))


def reader(decoder: json.JSONDecoder) -> Callable[[str], Value]:
    """What reads a text of JSON, without what a decoder does around it for each; no space about it.

    It raises `ValueError` or `RecursionError` at what is none.
    """
    whole: Any = decoder  # Any: what Python's own decoder calls has no types
    scan: Callable[[str, int], tuple[Value, int]] = whole.scan_once

    def read(text: str) -> Value:
        try:
            found, end = scan(text, 0)
        except StopIteration as error:
            message = "no JSON"
            raise ValueError(message) from error
        if end != len(text):
            message = "more than JSON"
            raise ValueError(message)
        return found

    return read
