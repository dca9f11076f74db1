"""The yearly amount per deputy of each level, what it comes to, and what is left of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Expense, ExpenseRate, Mandate
from deputydesk.models.choices import Level
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import local_rules
from deputydesk.operations.checks import get, not_negative, put
from deputydesk.rules.budgets import MOST, Balance, due, fen

FIRST_YEAR, LAST_YEAR = 2000, 2100
SUBSIDY = "subsidy"
"""The kind of local rule that says what half a day is worth."""


@dataclass(frozen=True)
class ExpenseRateRow:
    """What a level is due in a year, and what became of it."""

    id: str
    year: int
    level: Level
    per_head: int
    headcount: int | None
    heads: int
    source: str
    balance: Balance

    @property
    def budget(self) -> int:
        """Per head × heads."""
        return self.balance.budget

    @property
    def spent(self) -> int:
        """Spent of it."""
        return self.balance.spent

    @property
    def left(self) -> int:
        """Left of it."""
        return self.balance.left


def rows(session: Session, year: int | None, today: date) -> list[ExpenseRateRow]:
    """Rates of a year or all, the newest year first, the lowest level first."""
    query = select(ExpenseRate).order_by(ExpenseRate.year.desc(), ExpenseRate.id)
    if year is not None:
        query = query.where(ExpenseRate.year == year)
    order = list(Level)
    found = sorted(session.scalars(query), key=lambda r: (-r.year, order.index(r.level)))
    return [_row(session, rate, today) for rate in found]


def balance(session: Session, year: int, level: Level, today: date) -> Balance | None:
    """What a level has and spent in a year; None if no rate was set."""
    rate = session.scalars(
        select(ExpenseRate).where(ExpenseRate.year == year, ExpenseRate.level == level)
    ).first()
    return _row(session, rate, today).balance if rate else None


def heads(session: Session, level: Level, year: int, today: date) -> int:
    """Mandates of a level in office at the end of a year, or today if it has not ended."""
    day = min(today, date(year, 12, 31))
    return (
        session.scalar(
            select(func.count(Mandate.id)).where(
                Mandate.level == level,
                Mandate.started_on.is_(None) | (Mandate.started_on <= day),
                Mandate.ended_on.is_(None) | (Mandate.ended_on > day),
            )
        )
        or 0
    )


def per_half_day(session: Session, day: date) -> int:
    """What half a day is worth on a day, in 分; 0 where the office has set nothing."""
    return fen(local_rules.current(session, SUBSIDY, day).rule["per_half_day"])


@operation(Right.SETUP, "登记经费标准")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    year: int,
    level: Level,
    per_head: int,
    headcount: int | None = None,
    source: str = "",
) -> str:
    """Set what a level is due per deputy in a year; one rate for each level and year."""
    sensible_year(year)
    if not 0 < per_head < MOST:
        raise FieldError("per_head", "每人每年的金额应大于0。")
    if headcount is not None:
        not_negative("headcount", headcount, "核定人数")
    other = select(ExpenseRate.id).where(
        ExpenseRate.year == year, ExpenseRate.level == level, ExpenseRate.id != record_id
    )
    if tx.session.scalars(other).first():
        raise FieldError("level", f"已经登记过{year}年{level.label}代表的经费标准。")
    rate = put(
        tx,
        ExpenseRate,
        record_id,
        year=year,
        level=level,
        per_head=per_head,
        headcount=headcount,
        source=source.strip(),
    )
    tx.about = f"{year}年{level.label}"
    return rate.id


@operation(Right.SETUP, "删除经费标准")
def remove(tx: Tx, *, ids: tuple[str, ...]) -> None:
    """Remove rates entered by mistake."""
    for rate_id in ids:
        rate = get(tx.session, ExpenseRate, rate_id)
        tx.session.delete(rate)
        tx.about = f"{rate.year}年{rate.level.label}" if len(ids) == 1 else f"{len(ids)}条"


def sensible_year(year: int) -> None:
    """Refuse a year in which no office keeps accounts.

    Raises:
        FieldError: at the field `year`.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise FieldError("year", f"年度应在{FIRST_YEAR}到{LAST_YEAR}之间。")


def _row(session: Session, rate: ExpenseRate, today: date) -> ExpenseRateRow:
    counted = rate.headcount
    if counted is None:
        counted = heads(session, rate.level, rate.year, today)
    spent = session.scalar(
        select(func.sum(Expense.amount)).where(
            Expense.level == rate.level,
            Expense.fund_id == "",
            Expense.spent_on >= date(rate.year, 1, 1),
            Expense.spent_on <= date(rate.year, 12, 31),
        )
    )
    return ExpenseRateRow(
        id=rate.id,
        year=rate.year,
        level=rate.level,
        per_head=rate.per_head,
        headcount=rate.headcount,
        heads=counted,
        source=rate.source,
        balance=Balance(due(rate.per_head, counted), spent or 0),
    )
