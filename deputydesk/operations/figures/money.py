"""Figures of the money for deputies, in 分 as everywhere in the tables."""

from sqlalchemy import ColumnElement, extract, func, or_, select
from sqlalchemy.orm import aliased

from deputydesk.models import Expense, ExpenseRate, Fund, Mandate
from deputydesk.models.choices import Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations.figures.measures import (
    Condition,
    Measure,
    Period,
    Source,
    Unit,
    count,
)


def _rates_in(period: Period) -> Condition | None:
    return period.in_years(ExpenseRate.year)


def _funds_in(period: Period) -> Condition | None:
    return period.in_years(Fund.year)


def _newest_rate(period: Period) -> Condition:
    """The rate of the newest year of the period."""
    other = aliased(ExpenseRate)
    conditions: list[Condition] = [other.level == ExpenseRate.level, other.year > ExpenseRate.year]
    here, there = period.in_years(ExpenseRate.year), period.in_years(other.year)
    if there is not None:
        conditions.append(there)
    newer = select(other.id).where(*conditions).correlate(ExpenseRate).exists()
    return ~newer if here is None else ~newer & here


_at_years_end = (
    select(func.count(Mandate.id))
    .where(
        Mandate.level == ExpenseRate.level,
        or_(Mandate.started_on.is_(None), extract("year", Mandate.started_on) <= ExpenseRate.year),
        or_(Mandate.ended_on.is_(None), extract("year", Mandate.ended_on) > ExpenseRate.year),
    )
    .correlate(ExpenseRate)
    .scalar_subquery()
)
_quota: ColumnElement[int] = ExpenseRate.per_head * func.coalesce(
    ExpenseRate.headcount, _at_years_end
)

_rates = Source(ExpenseRate, within=_rates_in, weight=_quota)
_funds = Source(Fund, within=_funds_in, weight=Fund.amount)
_spent = Source(Expense, Expense.spent_on, weight=Expense.amount)
_returned = Source(Expense, Expense.spent_on, weight=-Expense.amount)

MEASURES: tuple[Measure, ...] = (
    *(
        count(
            f"expense_rates.{level.value}",
            f"{level.label}代表经费标准",
            Unit.MONEY,
            f"期内最近一个年度{level.label}代表每人每年的活动经费",
            Source(
                ExpenseRate,
                where=(ExpenseRate.level == level,),
                within=_newest_rate,
                weight=ExpenseRate.per_head,
            ),
        )
        for level in Level
    ),
    count(
        "budget.quota",
        "代表活动经费预算",
        Unit.MONEY,
        "各级标准×核定人数（未核定的按年末在任代表资格数）之和",
        _rates,
    ),
    count("budget.funds", "专项经费", Unit.MONEY, "年度在期内的专项经费之和", _funds),
    count(
        "budget.total", "代表经费预算合计", Unit.MONEY, "代表活动经费与专项经费之和", _rates, _funds
    ),
    count("expenses.total", "代表经费支出", Unit.MONEY, "期内支出之和", _spent),
    *(
        count(
            f"expenses.kind.{kind.value}",
            f"经费支出：{kind.label}",
            Unit.MONEY,
            f"期内类别为“{kind.label}”的支出",
            _spent.only(Expense.kind == kind),
        )
        for kind in ExpenseKind
    ),
    count(
        "budget.left",
        "代表经费结余",
        Unit.MONEY,
        "预算合计−期内支出",
        _rates,
        _funds,
        _returned,
    ),
    count(
        "expenses.vouchers",
        "经费支出笔数",
        Unit.ENTRY,
        "期内支出的笔数",
        Source(Expense, Expense.spent_on),
    ),
)
"""In the order of reports."""
