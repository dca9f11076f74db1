"""The worst office there can be: the demo office with its texts made long, strange and rare.

Every table is in it by itself, so a form of a new record kind meets it too. In each table the
record that most others hang on is the worst: 8,000 characters in long texts, the longest names,
200 people at its events.
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Text

from deputydesk.journal.values import models
from deputydesk.models import (
    Activity,
    Assembly,
    Attendance,
    Cosigner,
    Dispatch,
    DocumentNumber,
    LegRound,
    Meeting,
    OfficeProfile,
    Preset,
    Record,
    RotaShift,
    Service,
    Suggestion,
    Training,
    Visit,
    VisitDeputy,
)
from deputydesk.models.attendance import Presence
from deputydesk.models.base import columns_of, new_id
from tests.reports.samples import HUGE, LONG_NAME, LONGEST_NAME, NAMES, NASTY, RARE_NAME, SENTENCE

PEOPLE = 200
MANY = 10_000
PERSONS = (LONGEST_NAME, RARE_NAME, LONG_NAME, "李\U0002c64a", "赵㛃", *NAMES)
ONE_LINE = (
    "https://example.invalid/a-very-long-address/without/any/break?in=it&and=more 𠅤𪚥㎡☑①〔2026〕"
)
SHORT = (SENTENCE, ONE_LINE, f"{LONGEST_NAME}、{RARE_NAME}", SENTENCE[:20])
LONG = (HUGE, NASTY, SENTENCE * 8, SENTENCE)
NAMED = {"person", "voter", "supervisor", "leg_person", "assembly_member"}
"""Tables whose `name` is that of a person."""
WORDY = {
    *("content", "detail", "reason", "proposal", "body", "done", "planned", "opinion", "report"),
    *("feedback", "resolution", "answer", "answers", "questions", "summary", "plan", "result"),
    *("outcome", "spot_answer", "deputy_view", "explanation", "follow_up", "note", "evidence"),
    *("decision", "progress", "handled", "rectification", "screening", "assist_opinion", "promise"),
}
"""Columns in which people write as much as they like."""
KEPT = {
    *("media", "digest", "form", "area_code", "birth", "id_no", "item", "grade", "code", "step"),
    *("scheme_name", "answer_class", "signed_at", "slot", "role", "street", "prefix", "told_how"),
    *("phone", "public_phone", "owner", "article"),
}
"""Columns that the program reads; what stands there is never just anything."""
SEALED = (Dispatch, Preset, DocumentNumber, OfficeProfile)
"""Kept under a checksum, or rules, or of a length that offices have."""
OFFICE = ("内蒙古自治区锡林郭勒盟西乌珠穆沁旗", "巴彦胡舒苏木")
EVENTS = (Activity, Assembly, LegRound, Meeting, RotaShift, Service, Training, Visit)


@dataclass(frozen=True)
class Hostile:
    """The data file, and which record of each table is the worst."""

    file: Path
    worst: dict[str, str]


def make(file: Path) -> Hostile:
    """Spoil the demo office's data file."""
    worst: dict[str, str] = {}
    with sqlite3.connect(file) as data:
        uses = _uses(data)
        for table in _parents_first():
            _spoil(data, table, worst, uses)
        _crowd(data, worst)
        data.execute("UPDATE office_profile SET district = ?, name = ?, kind = 'sumu'", OFFICE)
    data.close()
    return Hostile(file, worst)


def _refers(table: str) -> dict[str, str]:
    return {c.key: c.info["refers"] for c in columns_of(models()[table]) if c.info.get("refers")}


def _parents_first() -> list[str]:
    ordered: list[str] = []

    def put(table: str, on_the_way: frozenset[str]) -> None:
        for parent in sorted(set(_refers(table).values()) - on_the_way - set(ordered)):
            put(parent, on_the_way | {parent})
        if table not in ordered:
            ordered.append(table)

    for table in sorted(models()):
        put(table, frozenset({table}))
    return ordered


def _uses(data: sqlite3.Connection) -> Counter[str]:
    """How much hangs on each record: first of how many kinds, then how many."""
    uses: Counter[str] = Counter()
    for table, model in models().items():
        for column in [*_refers(table), *(c.key for c in columns_of(model) if c.key == "event_id")]:
            found = data.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" <> \'\'')
            named = [one for (one,) in found]
            uses.update(named)
            uses.update(dict.fromkeys(named, MANY))
    return uses


def _spoil(data: sqlite3.Connection, table: str, worst: dict[str, str], uses: Counter[str]) -> None:
    refers = _refers(table)
    columns = ", ".join(f'"{name}"' for name in ("id", *refers))
    rows = data.execute(f'SELECT {columns} FROM "{table}"').fetchall()
    if not rows:
        return
    bad = set(worst.values())
    # What belongs to the worst parent, which is the first it refers to, is worse than the rest.
    rows.sort(
        key=lambda row: (row[-1 if len(row) == 1 else 1] in bad, *_rank(row, bad, uses)),
        reverse=True,
    )
    worst[table] = rows[0][0]
    model = models()[table]
    texts = [c.key for c in columns_of(model) if _is_free(c, refers)]
    if not texts or model in SEALED:
        return
    setting = ", ".join(f'"{name}" = ?' for name in texts)
    for place, row in enumerate(rows):
        if place < len(LONG) or place % 9 == 0 or table in NAMED:
            values = [_text(table, name, place) for name in texts]
            data.execute(f'UPDATE "{table}" SET {setting} WHERE id = ?', (*values, row[0]))


def _rank(row: tuple[str, ...], bad: set[str], uses: Counter[str]) -> tuple[int, int, str]:
    return sum(one in bad for one in row), uses[row[0]], row[0]


def _is_free(column: Column[Any], refers: dict[str, str]) -> bool:
    """Whether people write in this column what they like."""
    name = column.key
    is_text = type(column.type) is Text and name not in refers
    return is_text and name not in KEPT and not name.endswith(("_id", "_kind"))


def _text(table: str, column: str, place: int) -> str:
    if column == "name" and table in NAMED:
        return PERSONS[place % len(PERSONS)]
    texts = LONG if column in WORDY else SHORT
    return texts[min(place, len(texts) - 1)]


def _crowd(data: sqlite3.Connection, worst: dict[str, str]) -> None:
    """200 people at the worst event of each kind, 200 signers of the worst suggestion.

    And the longest opinions are heard at the worst visit.
    """
    people = [one for (one,) in data.execute("SELECT id FROM mandate ORDER BY id")][:PEOPLE]
    for model in EVENTS:
        event = worst.get(model.__tablename__)
        if event is None:
            continue
        data.execute("DELETE FROM attendance WHERE event_id = ?", (event,))
        for place, one in enumerate(people):
            _add(
                data,
                Attendance,
                event_kind=model.__tablename__,
                event_id=event,
                mandate_id=one,
                presence=list(Presence)[place % len(Presence)].value,
                hours=4,
                half_days=1,
            )
    heard = "SELECT id FROM opinion ORDER BY length(detail) DESC LIMIT 8"
    visit = worst[Visit.__tablename__]
    data.execute(f"UPDATE opinion SET visit_id = ? WHERE id IN ({heard})", (visit,))
    for one in people:
        _add(data, VisitDeputy, visit_id=visit, mandate_id=one)
        _add(data, Cosigner, suggestion_id=worst[Suggestion.__tablename__], mandate_id=one)


def _add(data: sqlite3.Connection, model: type[Record], **values: str | int) -> None:
    whole = {"id": new_id("DEMO"), **values}
    names = ", ".join(f'"{name}"' for name in whole)
    marks = ", ".join("?" * len(whole))
    data.execute(
        f'INSERT INTO "{model.__tablename__}" ({names}) VALUES ({marks})', tuple(whole.values())
    )
