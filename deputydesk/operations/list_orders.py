"""Deputies in the order that the local rule asks of lists: by strokes, level, district, town."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from deputydesk.models.choices import Level
from deputydesk.operations import deputies, local_rules
from deputydesk.operations.deputies import DeputyRow
from deputydesk.rules.names import NameOrder, sort_key

ORDER = "list_order"
"""The local rule."""

_LEVELS = {level: place for place, level in enumerate(reversed(Level))}
_PARTS = re.compile(r"(\d+)")


def in_list_order(session: Session, day: date, *, former: bool = False) -> list[DeputyRow]:
    """Deputies as lists show them on a day; equal ones by strokes of their names."""
    order = local_rules.current(session, ORDER, day).rule["order"]
    found = deputies.rows(session, former=former)
    first = _FIRST.get(order)
    if first is None:
        return found
    return sorted(found, key=lambda row: (first(row), sort_key(row.name), row.id))


def caption(session: Session, day: date) -> str:
    """What stands beside such a list: 按姓名笔画为序, or the name of the order in force."""
    rule = local_rules.current(session, ORDER, day)
    return f"{rule.name}排列" if rule.rule["order"] in _FIRST else NameOrder.FULL.label


def _natural(text: str) -> list[Any]:  # Any: numbers and texts in turn
    """第2选区 before 第10选区; nothing written stands last."""
    parts = [int(part) if part.isdigit() else part for part in _PARTS.split(text)]
    return [not text, *parts]


_FIRST: dict[str, Callable[[DeputyRow], Any]] = {  # Any: whatever can be compared
    "level": lambda row: _LEVELS.get(row.level, len(_LEVELS)),
    "district": lambda row: (_LEVELS.get(row.level, len(_LEVELS)), _natural(row.district)),
    "town": lambda row: (not row.town, row.town),
    "certificate": lambda row: _natural(row.certificate_no),
}
