"""Units that handle what is assigned to them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Unit
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get


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
