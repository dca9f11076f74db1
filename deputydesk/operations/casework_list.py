"""Suggestions and opinions as one long list: which to show, in order, and how many there are."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.models import Opinion, Suggestion
from deputydesk.operations.opinion_rows import ORDER as OPINION_ORDER
from deputydesk.operations.shown import record_ids
from deputydesk.operations.suggestion_rows import ORDER as SUGGESTION_ORDER
from deputydesk.rules.choices import Choice
from deputydesk.rules.record_ids import RecordIds
from deputydesk.search.query import condition


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
        where += [condition(session, Suggestion, words)] if words else []
        query = select(Suggestion.id).where(*where).order_by(*SUGGESTION_ORDER).limit(limit)
        proposed = record_ids(session, query.subquery(), limit)
    if part in (CasePart.ALL, CasePart.OPINIONS):
        where = [condition(session, Opinion, words)] if words else []
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
