"""The history of a record, as a person reads it: who, when, what, from what to what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from deputydesk.journal import past
from deputydesk.journal.caches import RowKey
from deputydesk.journal.history import KINDS
from deputydesk.journal.past import Line
from deputydesk.journal.values import Value, blanks, models
from deputydesk.models.base import Record, columns_of
from deputydesk.operations import past_names
from deputydesk.operations.belongings import ABOUT, parts_of
from deputydesk.operations.past_names import Names

NEW, BACK, GONE = "（新增）", "（恢复）", "（删除）"


@dataclass(frozen=True)
class PastChange:
    """One field that changed, or a part of the record that came or went.

    Args:
        id: unique in the history.
        deed: what was done at once has the same.
        at: when, as ISO text.
        user: who.
        action: name of what was done.
        table: the kind of record that changed: the record itself, or a part of it.
        record_id: that record.
        field: its field; empty where the whole record came or went.
        what: the field in Chinese, with the part it stands in.
        before: what it said, for people.
        after: what it says since.
        now: what it says now.
        lam: when, by the log's own clock.
        until: when what was done with it had ended.
        own: whether it is the record itself, not a part.
        is_birth: whether it is what the record was first registered with.
    """

    id: str
    deed: str
    at: str
    user: str
    action: str
    table: str
    record_id: str
    field: str
    what: str
    before: str
    after: str
    now: str
    lam: int
    until: int
    own: bool
    is_birth: bool


@dataclass(frozen=True)
class Story:
    """What happened to a record and its parts, newest first."""

    kind: str
    name: str
    changes: tuple[PastChange, ...]


def story(session: Session, table: str, record_id: str) -> Story:
    """The whole history of a record, also of one that is deleted."""
    model = models()[table]
    key = (table, record_id)
    lines = past.lines_of(session, [key, *parts_in(session, model, record_id)])
    log = _by_row(lines)
    keys = _followed(session, model, log.get(key, []))
    for line in past.lines_of(session, keys):
        log.setdefault(line.key, []).append(line)
        lines.append(line)
    known = past_names.names(session, {*_meant(lines), *log})
    deeds = past.deeds(session, lines)
    others = {one: name for one, name in known.items() if one != key}
    found: list[PastChange] = []
    for row, mine in log.items():
        is_own = row == key or row in keys
        name = past_names.called_as(models()[row[0]], past_names.last_values(mine), others)
        found += [
            replace(change, own=is_own) for change in _changes(mine, name, known, is_own=is_own)
        ]
    return Story(model.title, known.get(key, ""), _told(found, deeds))


def parts_in(session: Session, model: type[Record], record_id: str) -> set[RowKey]:
    """The records that belong or once belonged to a record, and what belongs to those."""
    found: set[RowKey] = set()
    level: set[RowKey] = {(model.__tablename__, record_id)}
    while level:
        named: dict[past.Place, set[str]] = {}
        for tab, pk in level:
            for part, column in parts_of(models()[tab]):
                named.setdefault((part.__tablename__, column.key), set()).add(pk)
        level = past.naming(session, named) - found
        found |= level
    return found


def _followed(session: Session, model: type[Record], lines: Sequence[Line]) -> set[RowKey]:
    """The records in which a part of what people see of this one stands: who a deputy is."""
    del session
    name = ABOUT.get(model)
    if name is None:
        return set()
    table = next(c.info["refers"] for c in columns_of(model) if c.key == name)
    return {(table, line.values[name]) for line in lines if line.values.get(name)}


def _by_row(lines: Iterable[Line]) -> dict[RowKey, list[Line]]:
    found: dict[RowKey, list[Line]] = {}
    for line in lines:
        found.setdefault(line.key, []).append(line)
    return found


def _meant(lines: Iterable[Line]) -> set[RowKey]:
    """Every record that some change refers to."""
    found: set[RowKey] = set()
    for line in lines:
        model = models()[line.tab]
        found |= set(past_names.references(model, line.values).values())
    return found


def _changes(lines: Sequence[Line], name: str, known: Names, *, is_own: bool) -> list[PastChange]:
    """What the lines of one row say; its name is what a part is called in the record's history."""
    model = models()[lines[0].tab]
    state = past.as_of((line.change for line in lines), model, lines[-1].change.lam)
    made: list[PastChange] = []
    values: dict[str, Value] = dict(blanks(model))
    for line in lines:
        kind = line.change.kind
        if kind in "DXR" or not (is_own or kind == "U"):
            made.append(_came_or_went(line, name, is_own=is_own))
        if kind == "U" or (is_own and kind in "IR"):
            head = "" if is_own else f"{model.title} {name}：".replace(" ：", "：")
            made += _fields(line, head, values, state.values, known)
        values |= line.values
    return made


def _came_or_went(line: Line, name: str, *, is_own: bool) -> PastChange:
    title = models()[line.tab].title
    is_gone = line.change.kind in "DX"
    what = f"本条{title}" if is_own else title
    came = NEW if line.change.kind == "I" else BACK
    said = (name, GONE) if is_gone else (came, name)
    return _change(line, "", what, (*said, ""))


def _fields(
    line: Line, head: str, before: Mapping[str, Value], now: Mapping[str, Value], known: Names
) -> list[PastChange]:
    made: list[PastChange] = []
    for column in columns_of(models()[line.tab]):
        name = column.key
        if name not in line.values or line.values[name] == before.get(name):
            continue
        table = column.info["refers"] or past_names.kind_beside(name, {**before, **line.values})
        said = tuple(
            past_names.shown(column, value, table, known)
            for value in (before.get(name), line.values[name], now.get(name))
        )
        made.append(_change(line, name, f"{head}{column.info['label']}", said))
    return made


def _change(line: Line, field: str, what: str, said: tuple[str, ...]) -> PastChange:
    """A change with what the field said before, since, and now."""
    before, after, now = said
    lam = line.change.lam
    return PastChange(
        id=f"{line.change.dot} {line.pk} {field}",
        deed=line.change.dot,
        at=line.at,
        user=line.user,
        action=KINDS[line.change.kind],
        table=line.tab,
        record_id=line.pk,
        field=field,
        what=what,
        before=before,
        after=after,
        now=now,
        lam=lam,
        until=lam,
        own=False,
        is_birth=line.change.kind == "I" and bool(field),
    )


def _told(changes: Sequence[PastChange], deeds: Mapping[str, past.Deed]) -> tuple[PastChange, ...]:
    """Each change with what was done when it was written, newest first."""
    ends: dict[str, int] = {}
    for change in changes:
        deed = deeds[change.deed].id
        ends[deed] = max(ends.get(deed, 0), change.lam)
    told = [
        replace(
            change,
            deed=deeds[change.deed].id,
            action=deeds[change.deed].title or change.action,
            until=ends[deeds[change.deed].id],
        )
        for change in changes
    ]
    return tuple(sorted(told, key=_newest_first))


def _newest_first(change: PastChange) -> Any:  # Any: what sorts
    return (-change.until, not change.own, change.lam)
