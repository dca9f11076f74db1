"""The journal's changes of one record, as people read them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from deputydesk.journal.history import ChangeRow
from deputydesk.models.base import ChoiceType, Record
from deputydesk.rules.choices import Choice
from deputydesk.ui.dialogs.timeline import Line

LONGEST = 40


def change_lines(model: type[Record], changes: Sequence[ChangeRow]) -> list[Line]:
    """Which field was changed from what to what, by whom; the filling in of a new one is left out.

    Fields that hold the id of another record say only that they were changed.
    """
    return [
        Line(_when(change.at), _sentence(model, change), change.user)
        for change in changes
        if change.kind != "新建"
    ]


def _when(stamp: str) -> str:
    return f"{datetime.fromisoformat(stamp):%Y-%m-%d %H:%M}"


def _sentence(model: type[Record], change: ChangeRow) -> str:
    if not change.field:
        return change.kind
    column = model.__table__.columns.get(change.field)
    if column is None or column.info["refers"]:
        return f"修改“{change.label}”"
    before, after = (_shown(column.type, value) for value in (change.before, change.after))
    return f"{change.label}：{before} → {after}"


def _shown(kind: object, value: object) -> str:
    if value is None or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(kind, ChoiceType):
        choice = cast("type[Choice]", kind.choice)
        return choice.stored(str(value)).label or "空"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
