"""One search over everything: names (by initials too), numbers and text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from sqlalchemy import Date, select
from sqlalchemy.orm import Session

from deputydesk.journal.caches import chunks
from deputydesk.late import dataclass
from deputydesk.models import (
    Evaluation,
    Home,
    Mandate,
    Opinion,
    Person,
    Record,
    Suggestion,
    Unit,
    Visit,
)
from deputydesk.models.base import columns_of
from deputydesk.operations.naming import name_column
from deputydesk.search import query, spec
from deputydesk.search.documents import Reader
from deputydesk.search.query import Found

LIMIT = 60
"""As many as a person looks through."""
Said = tuple[str, str]
"""What a hit is called, and what tells it from its namesakes."""
Saying = Callable[[Session, Sequence[str]], dict[str, Said]]


@dataclass(frozen=True)
class Hit:
    """A record that was found; `table` and `id` open it."""

    table: str
    kind: str
    id: str
    title: str
    detail: str


@dataclass(frozen=True)
class Group:
    """The hits of one kind: how many there are, and the first of them."""

    table: str
    kind: str
    count: int
    hits: tuple[Hit, ...]


def find(session: Session, text: str, table: str = "", limit: int | None = LIMIT) -> list[Hit]:
    """Records in which every word of the text stands, deputies first, of each kind the newest.

    Args:
        session: where the records are.
        text: what was typed.
        table: only records of this kind; empty: of all.
        limit: so many at most; None: all.
    """
    kind = next((model for model in spec.KINDS if model.__tablename__ == table), None)
    return _hits(session, query.newest(session, query.words(text), kind, limit))


def groups(session: Session, text: str, total: int = 0) -> list[Group]:
    """The kinds in which something was found: how many, and the newest of each.

    Args:
        session: where the records are.
        text: what was typed.
        total: so many hits together, shared out among the kinds that come first; 0: none.
    """
    words = query.words(text)
    counted = query.counts(session, words)
    shown = list(counted)[:total]
    each = max(1, total // len(shown)) if shown else 0
    first = [one for model in shown for one in query.newest(session, words, model, each)]
    hits: dict[str, list[Hit]] = defaultdict(list)
    for hit in _hits(session, first):
        hits[hit.table].append(hit)
    return [
        Group(model.__tablename__, model.title, many, tuple(hits[model.__tablename__]))
        for model, many in counted.items()
    ]


def _hits(session: Session, found: Iterable[Found]) -> list[Hit]:
    """What was found, with what it is called, in its order."""
    by_kind: dict[type[Record], list[str]] = defaultdict(list)
    for one in found:
        by_kind[one.model].append(one.id)
    hits: list[Hit] = []
    for model, ids in by_kind.items():
        said = _SAID.get(model) or partial(_plain, model)
        for chunk in chunks(ids):
            lines = said(session, chunk)
            hits += [
                Hit(model.__tablename__, model.title, one, *lines[one])
                for one in chunk
                if one in lines
            ]
    return hits


def _deputies(session: Session, ids: Sequence[str]) -> dict[str, Said]:
    query_ = select(Mandate, Person).join(Person, Person.id == Mandate.person_id)
    return {
        mandate.id: (
            person.name,
            " · ".join(part for part in (mandate.level.label, mandate.town, person.job) if part),
        )
        for mandate, person in session.execute(query_.where(Mandate.id.in_(ids)))
    }


def _suggestions(session: Session, ids: Sequence[str]) -> dict[str, Said]:
    found = session.execute(
        select(Suggestion, Person.name)
        .outerjoin(Mandate, Mandate.id == Suggestion.lead_id)
        .outerjoin(Person, Person.id == Mandate.person_id)
        .where(Suggestion.id.in_(ids))
    )
    return {
        row.id: (row.headline, f"第{row.number}号 · {lead or ''} · {row.state.label}")
        for row, lead in found
    }


def _opinions(session: Session, ids: Sequence[str]) -> dict[str, Said]:
    found = session.execute(
        select(Opinion, Person.name)
        .outerjoin(Mandate, Mandate.id == Opinion.mandate_id)
        .outerjoin(Person, Person.id == Mandate.person_id)
        .where(Opinion.id.in_(ids))
    )
    return {
        row.id: (row.matter, f"{row.heard_on:%Y-%m-%d} · {deputy or ''} · {row.state.label}")
        for row, deputy in found
    }


def _visits(session: Session, ids: Sequence[str]) -> dict[str, Said]:
    found = session.execute(
        select(Visit, Home.name).outerjoin(Home, Home.id == Visit.home_id).where(Visit.id.in_(ids))
    )
    return {
        row.id: (
            f"{row.held_on:%Y-%m-%d} {row.kind.label}",
            " · ".join(part for part in (home or row.place, row.topic) if part),
        )
        for row, home in found
    }


def _homes(session: Session, ids: Sequence[str]) -> dict[str, Said]:
    found = session.scalars(select(Home).where(Home.id.in_(ids)))
    return {row.id: (row.name, row.level.label) for row in found}


def _units(session: Session, ids: Sequence[str]) -> dict[str, Said]:
    found = session.scalars(select(Unit).where(Unit.id.in_(ids)))
    return {row.id: (row.name, row.contact) for row in found}


def _evaluations(session: Session, ids: Sequence[str]) -> dict[str, Said]:
    found = session.scalars(select(Evaluation).where(Evaluation.id.in_(ids)))
    return {row.id: (row.name, f"{row.held_on:%Y-%m-%d} · {row.place}") for row in found}


_SAID: dict[type[Record], Saying] = {
    Mandate: _deputies,
    Suggestion: _suggestions,
    Opinion: _opinions,
    Visit: _visits,
    Home: _homes,
    Unit: _units,
    Evaluation: _evaluations,
}


def _plain(model: type[Record], session: Session, ids: Sequence[str]) -> dict[str, Said]:
    """What a record is called, or whom it is about where it has no name; and its day."""
    name = name_column(model)
    day = next((c.key for c in columns_of(model) if isinstance(c.type, Date)), "")
    reader = Reader(session.connection())
    rows = reader.rows(model, (name, day) if day else (name,), ids)
    called = {row["id"]: "" if name == "id" else str(row[name]) for row in rows}
    nameless = [one for one, text in called.items() if not text]
    about = reader.about(model, nameless) if nameless else {}
    days: dict[str, date | None] = {row["id"]: row[day] if day else None for row in rows}
    return {
        one: (called[one] or about.get(one) or model.title, f"{when:%Y-%m-%d}" if when else "")
        for one, when in days.items()
    }
