"""Values and names as people read them, also of records that are gone."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Column, Date
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from deputydesk.journal import past
from deputydesk.journal.caches import RowKey, chunks
from deputydesk.journal.values import Value, models
from deputydesk.models import Visit
from deputydesk.models.base import ChoiceType, JsonType, Money, Record, columns_of
from deputydesk.operations.naming import name_column, naming
from deputydesk.rules.deadlines import chinese

Names = Mapping[RowKey, str]
"""What records are called, by table and id."""

EMPTY, CHANGED = "（空）", "（内容有变化）"
LISTED = "、"
UNKNOWN = "（记录已不在）"
HIDDEN = "（不显示）"


def names(session: Session, wanted: Iterable[RowKey]) -> dict[RowKey, str]:
    """What each of these records is called, or was when it was deleted."""
    by_table: dict[str, set[str]] = {}
    for table, record_id in wanted:
        if record_id and table in models():
            by_table.setdefault(table, set()).add(record_id)
    found: dict[RowKey, str] = {}
    for table, ids in by_table.items():
        for chunk in chunks(sorted(ids)):
            named = naming(table).where(models()[table].id.in_(chunk))
            said = ((i, str(name or "").strip()) for i, name in session.execute(named))
            found |= {(table, i): name for i, name in said if name not in ("", i)}
    lost = [(t, i) for t, ids in by_table.items() for i in ids if (t, i) not in found]
    return found | names_of_lost(session, lost)


def names_of_lost(session: Session, keys: Iterable[RowKey]) -> dict[RowKey, str]:
    """What records that are not there any more were called."""
    log: dict[RowKey, list[past.Line]] = {}
    for line in past.lines_of(session, keys):
        log.setdefault(line.key, []).append(line)
    last = {key: last_values(lines) for key, lines in log.items()}
    meant: set[RowKey] = set()
    for (table, _), values in last.items():
        meant |= set(references(models()[table], values).values())
    others = names(session, meant - set(log)) if meant else {}
    return {
        (table, record_id): called_as(models()[table], values, others)
        for (table, record_id), values in last.items()
    }


def last_values(lines: list[past.Line]) -> Mapping[str, Value]:
    """What a row said before its last deletion, as the log writes it."""
    model = models()[lines[0].tab]
    ends = [line.change.lam for line in lines if line.change.kind in "DX"]
    until = max(ends) - 1 if ends else max(line.change.lam for line in lines)
    return past.as_of((line.change for line in lines), model, until).values


def called_as(model: type[Record], values: Mapping[str, Value], known: Names) -> str:
    """What a record with these values is called."""
    said = str(values.get(name_column(model)) or "")
    days = [values[c.key] for c in columns_of(model) if isinstance(c.type, Date)]
    day = next((str(day) for day in days if day), "")
    if said and model is not Visit:
        return said
    referred = [known.get(key, "") for key in references(model, values).values()]
    parts = [day, *referred] if model is Visit or not any(referred) else [*referred, day]
    return " ".join(part for part in dict.fromkeys([*parts, said]) if part) or model.title


def references(model: type[Record], values: Mapping[str, Value]) -> dict[str, RowKey]:
    """The records that another refers to, by the column that does."""
    found: dict[str, RowKey] = {}
    for column in columns_of(model):
        value = values.get(column.key)
        table = column.info["refers"] or kind_beside(column.key, values)
        if table and isinstance(value, str) and value:
            found[column.key] = (table, value)
    return found


def kind_beside(name: str, values: Mapping[str, Value]) -> str:
    """The table that a column such as `event_id` means: `event_kind` beside it says."""
    stem = name.removesuffix("_id")
    return str(values.get(f"{stem}_kind") or "") if stem != name else ""


def shown(column: Column[Any], value: Value, table: str, known: Names) -> str:
    """A value of the log as people read it; an id as the record's name."""
    if value is None or value in ("", []):
        return EMPTY
    if column.info.get("secret"):
        return HIDDEN
    if table:
        return known.get((table, value), UNKNOWN)
    return _said(column.type, value) or EMPTY


def _said(kind: TypeEngine[Any], value: Value) -> str:
    said = str(value)
    if isinstance(value, bool):
        said = "是" if value else "否"
    elif isinstance(kind, ChoiceType):
        said = str(kind.choice.stored(value).label)
    elif isinstance(kind, Date):
        said = chinese(date.fromisoformat(value))
    elif isinstance(kind, Money):
        said = f"{Decimal(value) / 100:,.2f}元"
    elif isinstance(kind, JsonType):
        listed = cast("list[object]", value)
        said = LISTED.join(map(str, listed)) if isinstance(value, list) else CHANGED
    return said
