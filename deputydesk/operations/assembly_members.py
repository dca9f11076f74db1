"""Members of a street's assembly: no deputies, and no congress stands behind them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import AssemblyMember
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, in_order, put
from deputydesk.operations.offices import profile
from deputydesk.operations.removal import removal


@dataclass(frozen=True)
class MemberRow:
    """A member as the register shows them."""

    id: str
    name: str
    street: str
    group: str
    job: str
    phone: str
    from_on: date | None
    to_on: date | None

    def serves(self, day: date) -> bool:
        """Whether they are a member on a day."""
        has_begun = self.from_on is None or self.from_on <= day
        return has_begun and (self.to_on is None or day <= self.to_on)


def rows(session: Session, *, street: str = "") -> list[MemberRow]:
    """Members by street and group, former ones among them."""
    found = session.scalars(
        select(AssemblyMember)
        .where(*((AssemblyMember.street == street,) if street else ()))
        .order_by(AssemblyMember.street, AssemblyMember.group, AssemblyMember.id)
    )
    return [
        MemberRow(m.id, m.name, m.street, m.group, m.job, m.phone, m.from_on, m.to_on)
        for m in found
    ]


def serving(session: Session, street: str, day: date) -> int:
    """How many members a street's assembly has on a day."""
    return sum(row.serves(day) for row in rows(session, street=street))


@operation(Right.REGISTER, "登记议事代表")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    name: str,
    street: str = "",
    group: str = "",
    job: str = "",
    phone: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
) -> str:
    """Register a member, or change them; the office's own street if none is named."""
    street = street_of(tx, street)
    in_order("to_on", from_on, to_on, "离任日期", "产生日期")
    member = put(
        tx,
        AssemblyMember,
        record_id,
        name=filled("name", name, "姓名"),
        street=street,
        group=group.strip(),
        job=job.strip(),
        phone=phone.strip(),
        from_on=from_on,
        to_on=to_on,
    )
    tx.about = f"{street} {member.name}"
    return member.id


remove = removal(AssemblyMember)


def street_of(tx: Tx, street: str) -> str:
    """The street whose assembly it is: a street office's own, else the one named.

    Raises:
        UserError: the office is a town's, which has a congress and no such assembly.
        FieldError: an office above streets named none.
    """
    found = profile(tx.session)
    if found is None:
        return filled("street", street, "街道")
    if not found.organ.has_assembly:
        raise UserError(
            f"{found.name}有自己的人民代表大会，不设街道议事会议。",
            hint="街道议事会议只由街道和区登记。",
        )
    if not found.organ.has_congress:
        return street.strip() or found.name
    if not street.strip():
        raise FieldError("street", "请填写街道。")
    return street.strip()
