"""The rules that the office works by, in the order of its list."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Regulation
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, in_order, next_number, not_negative, put
from deputydesk.operations.removal import removal


@dataclass(frozen=True)
class RegulationRow:
    """A rule as lists show it."""

    id: str
    number: int
    name: str
    category: str
    document_no: str
    adopted_on: date | None
    revised_on: date | None
    ended_on: date | None
    content: str
    on_wall: bool

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        begun = self.adopted_on is None or self.adopted_on <= day
        return begun and (self.ended_on is None or day < self.ended_on)


def rows(session: Session) -> list[RegulationRow]:
    """All rules in the order of the list; those no longer in force last."""
    found = session.scalars(
        select(Regulation).order_by(
            Regulation.ended_on.is_not(None), Regulation.number, Regulation.id
        )
    )
    return [
        RegulationRow(
            r.id,
            r.number,
            r.name,
            r.category,
            r.document_no,
            r.adopted_on,
            r.revised_on,
            r.ended_on,
            r.content,
            r.on_wall,
        )
        for r in found
    ]


def categories(session: Session) -> list[str]:
    """Categories in use."""
    found = select(Regulation.category).where(Regulation.category != "").distinct()
    return list(session.scalars(found.order_by(Regulation.category)))


@operation(Right.REGISTER, "登记制度")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    name: str,
    number: int = 0,
    category: str = "",
    document_no: str = "",
    adopted_on: date | None = None,
    revised_on: date | None = None,
    ended_on: date | None = None,
    content: str = "",
    on_wall: bool = False,
) -> str:
    """Register a rule, or that it was revised or ended; returns its id."""
    name = filled("name", name, "名称")
    not_negative("number", number, "序号")
    in_order("revised_on", adopted_on, revised_on, "修订日期", "通过日期")
    in_order("ended_on", adopted_on, ended_on, "废止日期", "通过日期")
    in_order("ended_on", revised_on, ended_on, "废止日期", "修订日期")
    same = select(Regulation.id).where(
        Regulation.name == name, Regulation.ended_on.is_(None), Regulation.id != record_id
    )
    if ended_on is None and tx.session.scalars(same).first():
        raise FieldError(
            "name", f"已经有《{name}》了。", hint="修订的，请在原来那一条上填修订日期。"
        )
    made = put(
        tx,
        Regulation,
        record_id,
        name=name,
        number=number or next_number(tx.session, Regulation.number),
        category=category.strip(),
        document_no=document_no.strip(),
        adopted_on=adopted_on,
        revised_on=revised_on,
        ended_on=ended_on,
        content=content.strip(),
        on_wall=on_wall,
    )
    tx.about = name
    return made.id


remove = removal(Regulation)
