"""Terms of the congresses and their meetings."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import Meeting, Term
from deputydesk.models.choices import Level
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get_for, not_before, not_negative


@dataclass(frozen=True)
class TermRow:
    """A term as lists show it."""

    id: str
    level: Level
    number: int
    started_on: date | None
    ended_on: date | None
    current: bool


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as lists show it."""

    id: str
    term_id: str
    level: Level
    number: int
    name: str
    opened_on: date | None
    closed_on: date | None
    earlier_suggestions: int | None


def rows(session: Session) -> list[TermRow]:
    """All terms, newest first."""
    found = session.scalars(select(Term).order_by(Term.level, Term.number.desc()))
    return [TermRow(t.id, t.level, t.number, t.started_on, t.ended_on, t.current) for t in found]


def meetings(session: Session) -> list[MeetingRow]:
    """All meetings, newest first."""
    found = session.execute(
        select(Meeting, Term.level)
        .outerjoin(Term, Term.id == Meeting.term_id)
        .order_by(Meeting.opened_on.desc(), Meeting.number.desc())
    )
    return [
        MeetingRow(
            id=m.id,
            term_id=m.term_id,
            level=level or Level.TOWN,
            number=m.number,
            name=m.name,
            opened_on=m.opened_on,
            closed_on=m.closed_on,
            earlier_suggestions=m.earlier_suggestions,
        )
        for m, level in found
    ]


@operation(Right.SETUP, "登记届次")
def start_term(
    tx: Tx,
    *,
    level: Level,
    number: int,
    started_on: date | None = None,
    ended_on: date | None = None,
    current: bool = True,
) -> str:
    """Register a term; the current one of a level replaces the one before."""
    if number < 1:
        raise FieldError("number", "请填写第几届，如：17。")
    if ended_on:
        not_before("ended_on", ended_on, started_on, "届满日期", "开始日期")
    if current:
        for other in tx.session.scalars(select(Term).where(Term.level == level, Term.current)):
            other.current = False
    term = Term(
        level=level, number=number, started_on=started_on, ended_on=ended_on, current=current
    )
    tx.session.add(term)
    tx.about = f"{level.label}第{number}届"
    return term.id


@operation(Right.SETUP, "登记会议")
def add_meeting(
    tx: Tx,
    *,
    term_id: str,
    number: int,
    name: str,
    opened_on: date | None = None,
    closed_on: date | None = None,
    earlier_suggestions: int | None = None,
) -> str:
    """Register a meeting of a term.

    Args:
        tx: the transaction.
        term_id: the term.
        number: which meeting of the term.
        name: as documents call it, such as 区十七届人大二次会议.
        opened_on: first day.
        closed_on: last day.
        earlier_suggestions: how many suggestions it had, if they were never entered here.
    """
    get_for(tx.session, Term, "term_id", term_id)
    if closed_on:
        not_before("closed_on", closed_on, opened_on, "闭幕日期", "开幕日期")
    if earlier_suggestions is not None:
        not_negative("earlier_suggestions", earlier_suggestions, "建议件数")
    meeting = Meeting(
        term_id=term_id,
        number=number,
        name=filled("name", name, "会议名称"),
        opened_on=opened_on,
        closed_on=closed_on,
        earlier_suggestions=earlier_suggestions,
    )
    tx.session.add(meeting)
    tx.about = name
    return meeting.id
