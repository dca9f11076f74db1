"""Whether words stand in columns, as people mean it: dots of names and capitals do not matter."""

from sqlalchemy import Column, ColumnElement, Integer, String, cast, func, or_
from sqlalchemy.orm import InstrumentedAttribute

AnyColumn = (
    InstrumentedAttribute[str]
    | InstrumentedAttribute[str | None]
    | InstrumentedAttribute[int]
    | Column[str]
)


def all_words(words: list[str], *columns: AnyColumn) -> list[ColumnElement[bool]]:
    """Each word stands in one of the columns."""
    return [or_(*(holds(column, word) for column in columns)) for word in words]


def holds(column: AnyColumn, word: str) -> ColumnElement[bool]:
    """The word stands in the column."""
    pattern = "%" + word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    text = cast(column, String) if isinstance(column.type, Integer) else column
    return func.replace(text, "·", "").ilike(pattern, escape="\\")
