"""The year's money at a glance: what each level and each fund has, spent, and has left."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from deputydesk.operations import expense_rates, expenses, funds
from deputydesk.rules.budgets import Balance
from deputydesk.rules.rates import Rate

DEFINITION = "预算=每人每年的标准×人数（有核定人数的按核定人数，没有的按年末在任代表资格数）"


@dataclass(frozen=True)
class BudgetRow:
    """What one level or fund has in a year."""

    id: str
    name: str
    per_head: int
    heads: int | None
    balance: Balance
    overspent: int
    """Expenses that gave a reason for going over."""

    @property
    def is_fund(self) -> bool:
        """Whether it is a fund, not the yearly amount of a level."""
        return self.heads is None

    @property
    def budget(self) -> int:
        """What it has."""
        return self.balance.budget

    @property
    def spent(self) -> int:
        """Spent of it."""
        return self.balance.spent

    @property
    def left(self) -> int:
        """Left of it."""
        return self.balance.left

    @property
    def used(self) -> Rate:
        """Spent ÷ budget, in 分."""
        return Rate(self.balance.spent, self.balance.budget)


def rows(session: Session, year: int, today: date) -> list[BudgetRow]:
    """Levels, then funds, of a year; the funds are of earlier years too if spent of in it."""
    spent = expenses.rows(session, year)
    reasons = [(x.fund_id or x.level) for x in spent if x.over_reason]
    levels = [
        BudgetRow(
            id=rate.id,
            name=f"{rate.level.label}代表经费",
            per_head=rate.per_head,
            heads=rate.heads,
            balance=rate.balance,
            overspent=reasons.count(rate.level),
        )
        for rate in expense_rates.rows(session, year, today)
    ]
    used = {x.fund_id for x in spent}
    return levels + [
        BudgetRow(
            id=fund.id,
            name=fund.name,
            per_head=0,
            heads=None,
            balance=fund.balance,
            overspent=reasons.count(fund.id),
        )
        for fund in funds.rows(session)
        if fund.year == year or fund.id in used
    ]
