"""Special funds beside the yearly amounts, and what is left of each."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Expense, Fund
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get, put
from deputydesk.operations.expense_rates import sensible_year
from deputydesk.rules.budgets import MOST, Balance


@dataclass(frozen=True)
class FundRow:
    """A fund, and what became of it."""

    id: str
    year: int
    name: str
    amount: int
    purpose: str
    source: str
    balance: Balance

    @property
    def spent(self) -> int:
        """Spent of it."""
        return self.balance.spent

    @property
    def left(self) -> int:
        """Left of it."""
        return self.balance.left


def rows(session: Session, year: int | None = None, *, fund_id: str = "") -> list[FundRow]:
    """Funds of a year, all, or one; the newest year first."""
    query = select(Fund).order_by(Fund.year.desc(), Fund.id)
    if year is not None:
        query = query.where(Fund.year == year)
    if fund_id:
        query = query.where(Fund.id == fund_id)
    spent = dict(
        session.execute(
            select(Expense.fund_id, func.sum(Expense.amount))
            .where(Expense.fund_id != "")
            .group_by(Expense.fund_id)
        ).all()
    )
    return [
        FundRow(
            f.id,
            f.year,
            f.name,
            f.amount,
            f.purpose,
            f.source,
            Balance(f.amount, spent.get(f.id, 0)),
        )
        for f in session.scalars(query)
    ]


@operation(Right.SETUP, "登记专项经费")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    year: int,
    name: str,
    amount: int,
    purpose: str = "",
    source: str = "",
) -> str:
    """Register a fund, or change it."""
    sensible_year(year)
    if not 0 < amount < MOST:
        raise FieldError("amount", "专项经费的金额应大于0。")
    fund = put(
        tx,
        Fund,
        record_id,
        year=year,
        name=filled("name", name, "名称"),
        amount=amount,
        purpose=purpose.strip(),
        source=source.strip(),
    )
    tx.about = fund.name
    return fund.id


@operation(Right.SETUP, "删除专项经费")
def remove(tx: Tx, *, ids: tuple[str, ...]) -> None:
    """Remove funds entered by mistake.

    Raises:
        UserError: something was spent of one.
    """
    for fund_id in ids:
        fund = get(tx.session, Fund, fund_id)
        if tx.session.scalars(select(Expense.id).where(Expense.fund_id == fund_id)).first():
            raise UserError(f"“{fund.name}”已有支出，不能删除。", hint="请先改正支出登记。")
        tx.session.delete(fund)
        tx.about = fund.name if len(ids) == 1 else f"{len(ids)}条"
