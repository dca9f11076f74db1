"""One search over everything: names (by initials too), numbers and text."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Date, Text, select
from sqlalchemy.orm import Session

from deputydesk.journal.values import table_of
from deputydesk.models import (
    Activity,
    Assembly,
    AssemblyMember,
    Conversion,
    Evaluation,
    EventOpinion,
    Expense,
    Fund,
    Home,
    Honour,
    LegOpinion,
    LegPerson,
    LegRound,
    Mandate,
    OnlinePoll,
    Opinion,
    Person,
    Petition,
    Practice,
    Project,
    Publicity,
    Regulation,
    Service,
    Suggestion,
    Supervisor,
    Training,
    Unit,
    Visit,
    Voter,
)
from deputydesk.models.base import Record, columns_of
from deputydesk.operations.matching import all_words
from deputydesk.operations.naming import called
from deputydesk.rules.names import initials, search_text

LIMIT = 60
"""As many as a person looks through."""

REGISTERED: tuple[type[Record], ...] = (
    Activity,
    EventOpinion,
    Training,
    Service,
    Project,
    Petition,
    Conversion,
    LegRound,
    LegOpinion,
    LegPerson,
    Assembly,
    AssemblyMember,
    Supervisor,
    Honour,
    Practice,
    Publicity,
    Regulation,
    OnlinePoll,
    Expense,
    Fund,
)
"""Kinds kept in registers, in the order of hits; their texts are searched as they stand."""


@dataclass(frozen=True)
class Hit:
    """A record that was found; `table` and `id` open it."""

    table: str
    kind: str
    id: str
    title: str
    detail: str


def find(session: Session, text: str) -> list[Hit]:
    """Records in which every word of the text occurs, deputies first; at most 60."""
    words = search_text(text).split()
    if not words:
        return []
    found: list[Hit] = []
    for hits in (_deputies, _suggestions, _opinions, _visits, _homes, _units, _evaluations):
        found += hits(session, words)
        if len(found) >= LIMIT:
            return found[:LIMIT]
    for model in REGISTERED:
        found += _registered(session, model, words)
        if len(found) >= LIMIT:
            break
    return found[:LIMIT]


def _deputies(session: Session, words: list[str]) -> Iterator[Hit]:
    query = select(Mandate, Person).join(Person, Person.id == Mandate.person_id)
    by_letters = len(words) == 1 and words[0].isascii() and words[0].isalpha()
    if not by_letters:
        wanted = all_words(
            words, Person.name, Person.phone, Person.job, Mandate.certificate_no, Mandate.town
        )
        query = query.where(*wanted).limit(LIMIT)
    for mandate, person in session.execute(query):
        if by_letters and not any(key.startswith(words[0]) for key in initials(person.name)):
            continue
        where = " · ".join(part for part in (mandate.level.label, mandate.town, person.job) if part)
        yield Hit(Mandate.__tablename__, "代表", mandate.id, person.name, where)


def _suggestions(session: Session, words: list[str]) -> Iterator[Hit]:
    found = session.execute(
        select(Suggestion, Person.name)
        .outerjoin(Mandate, Mandate.id == Suggestion.lead_id)
        .outerjoin(Person, Person.id == Mandate.person_id)
        .where(
            *all_words(
                words,
                Suggestion.number,
                Suggestion.headline,
                Suggestion.reason,
                Suggestion.proposal,
                Suggestion.file_no,
                Person.name,
            )
        )
        .order_by(Suggestion.id.desc())
        .limit(LIMIT)
    )
    for row, lead in found:
        detail = f"第{row.number}号 · {lead or ''} · {row.state.label}"
        yield Hit(Suggestion.__tablename__, "代表建议", row.id, row.headline, detail)


def _opinions(session: Session, words: list[str]) -> Iterator[Hit]:
    found = session.execute(
        select(Opinion, Person.name)
        .outerjoin(Voter, Voter.id == Opinion.voter_id)
        .outerjoin(Mandate, Mandate.id == Opinion.mandate_id)
        .outerjoin(Person, Person.id == Mandate.person_id)
        .where(
            *all_words(
                words,
                Opinion.number,
                Opinion.matter,
                Opinion.detail,
                Opinion.outcome,
                Voter.name,
                Voter.phone,
                Person.name,
            )
        )
        .order_by(Opinion.id.desc())
        .limit(LIMIT)
    )
    for row, deputy in found:
        detail = f"{row.heard_on:%Y-%m-%d} · {deputy or ''} · {row.state.label}"
        yield Hit(Opinion.__tablename__, "选民意见", row.id, row.matter, detail)


def _visits(session: Session, words: list[str]) -> Iterator[Hit]:
    found = session.execute(
        select(Visit, Home.name)
        .outerjoin(Home, Home.id == Visit.home_id)
        .where(*all_words(words, Visit.topic, Visit.place, Visit.note, Visit.sign_sheet, Home.name))
        .order_by(Visit.held_on.desc())
        .limit(LIMIT)
    )
    for row, home in found:
        title = f"{row.held_on:%Y-%m-%d} {row.kind.label}"
        detail = " · ".join(part for part in (home or row.place, row.topic) if part)
        yield Hit(Visit.__tablename__, "进家登记", row.id, title, detail)


def _homes(session: Session, words: list[str]) -> Iterator[Hit]:
    where = all_words(words, Home.name, Home.unit, Home.address)
    for row in session.scalars(select(Home).where(*where).limit(LIMIT)):
        yield Hit(Home.__tablename__, "代表之家", row.id, row.name, row.level.label)


def _units(session: Session, words: list[str]) -> Iterator[Hit]:
    where = all_words(words, Unit.name, Unit.short_name, Unit.contact)
    for row in session.scalars(select(Unit).where(*where).limit(LIMIT)):
        yield Hit(Unit.__tablename__, "承办单位", row.id, row.name, row.contact)


def _evaluations(session: Session, words: list[str]) -> Iterator[Hit]:
    where = all_words(words, Evaluation.name, Evaluation.place)
    for row in session.scalars(select(Evaluation).where(*where).limit(LIMIT)):
        detail = f"{row.held_on:%Y-%m-%d} · {row.place}"
        yield Hit(Evaluation.__tablename__, "述职测评", row.id, row.name, detail)


def _registered(session: Session, model: type[Record], words: list[str]) -> Iterator[Hit]:
    columns = columns_of(model)
    texts = [c for c in columns if isinstance(c.type, Text) and not c.info["refers"]]
    day = next((c for c in columns if isinstance(c.type, Date) and not c.nullable), None)
    order = model.id if day is None else table_of(model).c[day.key]
    query = select(model).where(*all_words(words, *texts)).order_by(order.desc()).limit(LIMIT)
    for row in session.scalars(query):
        when = f"{getattr(row, day.key):%Y-%m-%d}" if day is not None else ""
        yield Hit(model.__tablename__, model.title, row.id, called(row), when)
