"""What was registered before and may be the same as what is being typed: told, never refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from deputydesk.models import Mandate, Opinion, Person, Suggestion, Visit, VisitDeputy, Voter
from deputydesk.models.base import Record
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.names import clean_name
from deputydesk.rules.similarity import holds, score

DAYS = 365
SAME_MATTER, SAME_HEADLINE = 0.4, 0.75
MOST = 60
"""Opinions of one voter that are looked at: 匿名 may have said a thousand."""


@dataclass(frozen=True)
class Near:
    """An earlier record that may be the same."""

    model: type[Record]
    id: str
    sentence: str


def opinion(
    session: Session,
    *,
    today: date,
    name: str,
    phone: str,
    matter: str,
    but: Sequence[str] = (),
) -> Near | None:
    """The likest matter that the same voter brought up in the last twelve months.

    Args:
        session: where to read.
        today: the present day.
        name: of the voter; or the phone is enough.
        phone: see name.
        matter: what it is about.
        but: opinions that do not count: the one being changed.
    """
    who = [
        column == value
        for column, value in ((Voter.name, clean_name(name)), (Voter.phone, phone.strip()))
        if value
    ]
    if not who or not matter.strip():
        return None
    found = session.execute(
        select(Opinion.id, Opinion.number, Opinion.heard_on, Opinion.matter, Opinion.state)
        .join(Voter, Voter.id == Opinion.voter_id)
        .where(or_(*who), Opinion.heard_on >= today - timedelta(DAYS), Opinion.id.not_in(but))
        .order_by(Opinion.heard_on.desc(), Opinion.id.desc())
        .limit(MOST)
    ).all()
    alike = [(_alike(matter, row.matter), row) for row in found]
    best = max(alike, key=lambda one: one[0], default=None)
    if best is None or best[0] < SAME_MATTER:
        return None
    row = best[1]
    said = f"同一选民{chinese(row.heard_on)}反映过“{row.matter}”（{row.state.label}）"
    return Near(Opinion, row.id, said)


def visit(
    session: Session, *, held_on: date, home_id: str, deputy_ids: Sequence[str], but: str = ""
) -> Near | None:
    """An activity of this day at this home in which one of these deputies took part."""
    found = session.execute(
        select(Visit.id, Visit.number, Person.name)
        .join(VisitDeputy, VisitDeputy.visit_id == Visit.id)
        .join(Mandate, Mandate.id == VisitDeputy.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
        .where(
            Visit.held_on == held_on,
            Visit.home_id == home_id,
            VisitDeputy.mandate_id.in_(deputy_ids),
            Visit.id != but,
        )
        .order_by(Visit.number)
    ).first()
    if found is None:
        return None
    said = f"{found.name}{chinese(held_on)}在这里的活动已登记（第{found.number}号）"
    return Near(Visit, found.id, said)


def suggestion(
    session: Session, *, today: date, headline: str, but: Sequence[str] = ()
) -> Near | None:
    """The suggestion of the last twelve months whose headline is hardly another."""
    if not headline.strip():
        return None
    since = today - timedelta(DAYS)
    found = session.execute(
        select(Suggestion.id, Suggestion.number, Suggestion.year, Suggestion.headline)
        .where(
            or_(Suggestion.submitted_on >= since, Suggestion.submitted_on.is_(None)),
            Suggestion.id.not_in(but),
        )
        .order_by(Suggestion.year.desc(), Suggestion.number.desc())
    ).all()
    alike = [(score(headline, row.headline), row) for row in found]
    best = max(alike, key=lambda one: one[0], default=None)
    if best is None or best[0] < SAME_HEADLINE:
        return None
    row = best[1]
    said = f"{row.year}年第{row.number}号建议的标题相近：“{row.headline}”"
    return Near(Suggestion, row.id, said)


def _alike(one: str, other: str) -> float:
    """How alike two matters are; one that is all in the other is the same, said shorter."""
    return max(score(one, other), holds(one, other) * 0.9, holds(other, one) * 0.9)
