"""A field of a form for a column of the tables, whatever kind of value it holds."""

from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer

from deputydesk.models.base import ChoiceType, JsonType, Money
from deputydesk.ui.date_field import DateField
from deputydesk.ui.fields import CheckField, ChoiceField, Field, LongTextField, NumberField
from deputydesk.ui.money_field import MoneyField

LINES = 4


def field_for(column: Column[Any]) -> Field | None:  # Any: a column of any type
    """What a person types a value of the column into; None where it names other records."""
    name, kind = column.key, column.type
    if column.info["refers"] or isinstance(kind, JsonType) or name.endswith("_id"):
        return None
    if isinstance(kind, ChoiceType):
        return ChoiceField(name, kind.choice)
    if isinstance(kind, Date):
        return DateField(name, optional=bool(column.nullable))
    if isinstance(kind, Integer):
        return NumberField(name, optional=bool(column.nullable))
    if isinstance(kind, Money | Boolean):
        return MoneyField(name) if isinstance(kind, Money) else CheckField(name)
    return LongTextField(name, lines=LINES)
