"""Suggestions and opinions as one long list: which to show, in order, and how many there are."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from deputydesk.models import Assignment, Opinion, Suggestion, Unit
from deputydesk.models.choices import HandbackOutcome
from deputydesk.operations.listing import mandates
from deputydesk.operations.matching import holds
from deputydesk.operations.opinion_rows import ORDER as OPINION_ORDER
from deputydesk.operations.shown import record_ids
from deputydesk.operations.suggestion_rows import ORDER as SUGGESTION_ORDER
from deputydesk.rules.choices import Choice
from deputydesk.rules.names import initials
from deputydesk.rules.record_ids import RecordIds

LONGEST_NUMBER = 9
OPINION_CODE = "意见"
"""What stands before the number of an opinion."""


class CasePart(Choice):
    """A part of the list that is seen alone."""

    ALL = "all", "全部"
    SUGGESTIONS = "suggestions", "代表建议"
    OPINIONS = "opinions", "选民意见"
    KEY = "key", "重点督办"


@dataclass(frozen=True)
class CaseIds:
    """The records that are looked for, each kind in the order of its list."""

    suggestions: RecordIds
    opinions: RecordIds


def ids(
    session: Session,
    *,
    part: CasePart = CasePart.ALL,
    words: tuple[str, ...] = (),
    limit: int | None = None,
) -> CaseIds:
    """Records of a part in which every word stands; so many of each kind at the most."""
    proposed, heard = RecordIds(), RecordIds()
    if part is not CasePart.OPINIONS:
        where = [_is_key()] if part is CasePart.KEY else []
        where += [_in_suggestion(session, word) for word in words]
        query = select(Suggestion.id).where(*where).order_by(*SUGGESTION_ORDER).limit(limit)
        proposed = record_ids(session, query.subquery(), limit)
    if part in (CasePart.ALL, CasePart.OPINIONS):
        where = [_in_opinion(session, word) for word in words]
        query = select(Opinion.id).where(*where).order_by(*OPINION_ORDER).limit(limit)
        heard = record_ids(session, query.subquery(), limit)
    return CaseIds(proposed, heard)


def counts(session: Session) -> dict[CasePart, int]:
    """How many there are in each part."""
    proposed = session.scalar(select(func.count()).select_from(Suggestion)) or 0
    heard = session.scalar(select(func.count()).select_from(Opinion)) or 0
    key = session.scalar(select(func.count()).select_from(Suggestion).where(_is_key())) or 0
    return {
        CasePart.ALL: proposed + heard,
        CasePart.SUGGESTIONS: proposed,
        CasePart.OPINIONS: heard,
        CasePart.KEY: key,
    }


def _is_key() -> ColumnElement[bool]:
    return Suggestion.key | (Suggestion.led_by != "")


def _in_suggestion(session: Session, word: str) -> ColumnElement[bool]:
    """The word stands in what the list shows of a suggestion; names by initials too."""
    with_unit = select(Assignment.suggestion_id).where(
        Assignment.unit_id.in_(_units(session, word)),
        Assignment.handback != HandbackOutcome.AGREED,
    )
    return or_(
        holds(Suggestion.headline, word),
        Suggestion.lead_id.in_(mandates(session, word)),
        Suggestion.id.in_(with_unit),
        _numbered(Suggestion.number, word.removeprefix("第").removesuffix("号")),
    )


def _in_opinion(session: Session, word: str) -> ColumnElement[bool]:
    """The word stands in what the list shows of an opinion; names by initials too."""
    return or_(
        holds(Opinion.matter, word),
        Opinion.mandate_id.in_(mandates(session, word)),
        Opinion.unit_id.in_(_units(session, word)),
        _numbered(Opinion.number, word.removeprefix(OPINION_CODE)),
    )


def _numbered(column: InstrumentedAttribute[int], number: str) -> ColumnElement[bool]:
    is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
    return column == int(number) if is_number else column.is_(None)


def _units(session: Session, word: str) -> list[str]:
    """Units in whose name the word stands, or whose initials hold it."""
    query: Select[str, str, str] = select(Unit.id, Unit.name, Unit.short_name)
    if not (word.isascii() and word.isalpha()):
        found = session.scalars(query.where(holds(Unit.name, word) | holds(Unit.short_name, word)))
        return list(found)
    return [
        unit
        for unit, name, short_name in session.execute(query)
        if any(word in key for key in (*initials(name), *initials(short_name)))
    ]
