"""Objections of deputies to a published board, and what was decided on each."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Mandate, Person, PointEntry, PointObjection, PointQuarter
from deputydesk.models.points import PointState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import point_schemes
from deputydesk.operations.checks import filled, get, get_for, not_before, not_future
from deputydesk.operations.point_schemes import is_closed
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.quarters import Quarter


@dataclass(frozen=True)
class ObjectionRow:
    """An objection and its decision."""

    id: str
    quarter_id: str
    quarter: Quarter
    mandate_id: str
    name: str
    raised_on: date
    content: str
    decision: str
    decided_on: date | None
    decided_by: str


def rows(session: Session, quarter_id: str = "") -> list[ObjectionRow]:
    """Objections to a board, or all; the newest first."""
    query = (
        select(PointObjection, PointQuarter.year, PointQuarter.quarter, Person.name)
        .join(PointQuarter, PointQuarter.id == PointObjection.quarter_id)
        .join(Mandate, Mandate.id == PointObjection.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
        .order_by(PointObjection.raised_on.desc(), PointObjection.id.desc())
    )
    if quarter_id:
        query = query.where(PointObjection.quarter_id == quarter_id)
    return [
        ObjectionRow(
            o.id,
            o.quarter_id,
            Quarter(year, number),
            o.mandate_id,
            name,
            o.raised_on,
            o.content,
            o.decision,
            o.decided_on,
            o.decided_by,
        )
        for o, year, number, name in session.execute(query)
    ]


@operation(Right.REGISTER, "登记积分异议")
def raise_objection(
    tx: Tx, *, quarter_id: str, mandate_id: str, raised_on: date, content: str
) -> str:
    """Register what a deputy objects to, while the board may be objected to.

    Raises:
        FieldError: the deputy is not on the board, or the time is over.
        UserError: the board is not published.
    """
    record = get(tx.session, PointQuarter, quarter_id)
    quarter = Quarter(record.year, record.quarter)
    if record.published_on is None or record.objections_until is None:
        raise UserError(f"{quarter.label}的积分榜还没有公示，不能提出异议。")
    mandate = get_for(tx.session, Mandate, "mandate_id", mandate_id)
    if mandate_id not in {row["mandate"] for row in record.board["rows"]}:
        raise FieldError("mandate_id", f"这名代表不在{quarter.label}的积分榜上。")
    not_future("raised_on", raised_on, tx.today, "提出日期")
    not_before("raised_on", raised_on, record.published_on, "提出日期", "公示日期")
    if raised_on > record.objections_until:
        raise FieldError(
            "raised_on", f"异议应当在{chinese(record.objections_until)}以前提出，已经过期。"
        )
    made = PointObjection(
        quarter_id=quarter_id,
        mandate_id=mandate_id,
        raised_on=raised_on,
        content=filled("content", content, "异议内容"),
    )
    tx.session.add(made)
    tx.about = get(tx.session, Person, mandate.person_id).name
    return made.id


@operation(Right.HANDLE, "处理积分异议")
def decide(
    tx: Tx,
    *,
    objection_id: str,
    decision: str,
    decided_on: date,
    item: str = "",
    quantity: int = 1,
) -> None:
    """Decide on an objection; what is owed is given in the open quarter of the decision.

    The closed board stays as it is.

    Args:
        tx: the transaction.
        objection_id: the objection.
        decision: what was decided, and why.
        decided_on: when.
        item: the item in which something is given afterwards; empty: nothing.
        quantity: how many times.

    Raises:
        FieldError: the day, the item or the number cannot be so.
        UserError: it is decided already.
    """
    objection = get(tx.session, PointObjection, objection_id)
    mandate = get(tx.session, Mandate, objection.mandate_id)
    if objection.decided_on:
        raise UserError(f"这条异议已于{chinese(objection.decided_on)}处理。")
    not_future("decided_on", decided_on, tx.today, "处理日期")
    not_before("decided_on", decided_on, objection.raised_on, "处理日期", "提出日期")
    objection.decision = filled("decision", decision, "处理意见")
    objection.decided_on, objection.decided_by = decided_on, tx.user.name
    if item:
        _give(tx, objection, item, quantity, decided_on)
    tx.about = get(tx.session, Person, mandate.person_id).name


def _give(tx: Tx, objection: PointObjection, item: str, quantity: int, day: date) -> None:
    """Enter what is owed as a verified entry of the open quarter."""
    quarter = Quarter.of(day)
    rules = point_schemes.current(tx.session, quarter)
    if rules is None or rules.scheme.item(item) is None:
        raise FieldError("item", f"{quarter.label}的积分规则没有这个项目。")
    if quantity < 1:
        raise FieldError("quantity", "次数至少为1。")
    if is_closed(tx.session, day):
        raise FieldError("decided_on", f"{quarter.label}已经封账，不能补记在这个季度。")
    record = get(tx.session, PointQuarter, objection.quarter_id)
    tx.session.add(
        PointEntry(
            mandate_id=objection.mandate_id,
            item=item,
            earned_on=day,
            quantity=quantity,
            source_kind=PointObjection.__tablename__,
            source_id=objection.id,
            evidence=f"{Quarter(record.year, record.quarter).label}积分异议成立，补记",
            state=PointState.VERIFIED,
            verified_by=tx.user.name,
            verified_on=tx.today,
            note=objection.content,
        )
    )
