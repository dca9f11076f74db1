"""Units that handle what is assigned to them."""

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import Assignment, Suggestion, Unit
from deputydesk.models.choices import HandbackOutcome, UnitRole
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get
from deputydesk.rules.suggestion_flow import SuggestionState

OWED = (SuggestionState.ASSIGNED, SuggestionState.HANDLING, SuggestionState.REHANDLE)
"""States in which a unit owes an answer."""


@dataclass(frozen=True)
class UnitRow:
    """A unit as lists show it."""

    id: str
    name: str
    short_name: str
    contact: str
    phone: str
    address: str


def rows(session: Session) -> list[UnitRow]:
    """All units by name."""
    found = session.scalars(select(Unit).order_by(Unit.name))
    return [UnitRow(u.id, u.name, u.short_name, u.contact, u.phone, u.address) for u in found]


@dataclass(frozen=True)
class UnitLoad:
    """How far a unit is with what it answers: done, in work, late."""

    name: str
    done: int
    working: int
    late: int


def loads(session: Session, *, first: date, last: date, today: date) -> list[UnitLoad]:
    """Units by what they were given in a period, the latest and busiest first; 协办 not counted."""
    is_done = Suggestion.closed_on.is_not(None)
    is_owed = Suggestion.state.in_(OWED)
    is_late = ~is_done & is_owed & (Assignment.due_on < today)
    done, late = (func.sum(case((wanted, 1), else_=0)) for wanted in (is_done, is_late))
    found = session.execute(
        select(Unit.name, func.count(), done, late)
        .join(Assignment, Assignment.unit_id == Unit.id)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .where(
            Assignment.role != UnitRole.ASSIST,
            Assignment.round == Suggestion.round,
            Assignment.handback != HandbackOutcome.AGREED,
            Assignment.assigned_on.between(first, last),
        )
        .group_by(Unit.name)
        .order_by(late.desc(), func.count().desc(), Unit.name)
    )
    return [UnitLoad(name, ended, count - ended - over, over) for name, count, ended, over in found]


@operation(Right.REGISTER, "登记承办单位")
def add(
    tx: Tx,
    *,
    name: str,
    short_name: str = "",
    contact: str = "",
    phone: str = "",
    address: str = "",
) -> str:
    """Register a unit."""
    name = filled("name", name, "单位名称")
    if tx.session.scalars(select(Unit.id).where(Unit.name == name)).first():
        raise FieldError("name", f"已经有“{name}”了。")
    unit = Unit(name=name, short_name=short_name, contact=contact, phone=phone, address=address)
    tx.session.add(unit)
    tx.about = name
    return unit.id


@operation(Right.REGISTER, "修改承办单位")
def edit(
    tx: Tx,
    *,
    unit_id: str,
    name: str,
    short_name: str = "",
    contact: str = "",
    phone: str = "",
    address: str = "",
) -> None:
    """Change a unit's data."""
    unit = get(tx.session, Unit, unit_id)
    unit.name = filled("name", name, "单位名称")
    unit.short_name, unit.contact, unit.phone = short_name, contact, phone
    unit.address = address
    tx.about = unit.name
