"""The registers of rates, of the year's budgets at a glance, and of special funds."""

from collections.abc import Sequence

from deputydesk.models import Expense, ExpenseRate, Fund, Mandate
from deputydesk.models.choices import Level
from deputydesk.operations import budgets, expense_rates
from deputydesk.operations.budgets import BudgetRow
from deputydesk.operations.expense_rates import ExpenseRateRow
from deputydesk.rules.budgets import yuan
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField
from deputydesk.ui.money_field import MoneyField, money
from deputydesk.ui.register import Filter, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column


def _fields(_desk: Desk) -> tuple[Field, ...]:
    return (
        NumberField("year"),
        ChoiceField("level", Level),
        MoneyField("per_head"),
        NumberField("headcount", optional=True),
        LongTextField("source", lines=2),
    )


def _sum(rows: Sequence[BudgetRow] | Sequence[ExpenseRateRow]) -> str:
    if not rows:
        return ""
    budget, left = sum(row.budget for row in rows), sum(row.left for row in rows)
    return f"预算 {yuan(budget)}，已支出 {yuan(budget - left)}，剩余 {yuan(left)}"


EXPENSE_RATES: Register[ExpenseRateRow] = Register(
    model=ExpenseRate,
    title="经费标准",
    rows=lambda desk, year: desk.ask(expense_rates.rows, year, desk.today),
    columns=(
        Column("年度", lambda r: str(r.year), 56),
        Column("层级", lambda r: r.level.label, 0),
        Column("每人（元）", lambda r: money(r.per_head), 96, right=True),
        Column("人数", lambda r: str(r.heads), 56, sort=lambda r: r.heads, right=True),
        Column("预算（元）", lambda r: money(r.budget), 110, sort=lambda r: r.budget, right=True),
        Column(
            "剩余（元）",
            lambda r: money(r.left),
            110,
            sort=lambda r: r.left,
            tone=lambda r: Tone.AMBER if r.left < 0 else None,
            right=True,
        ),
    ),
    fields=_fields,
    save=expense_rates.save,
    remove=expense_rates.remove,
    start=lambda desk: {"year": desk.today.year},
    keep=("year", "source"),
    summary=_sum,
    empty="还没有经费标准。按 Ctrl+N 登记每一层级每人每年多少元。",
    shows=frozenset({Expense, Mandate}),
    hint="核定人数不填，按年末在任代表资格计",
)
BUDGETS: Register[BudgetRow] = Register(
    model=ExpenseRate,
    title="年度经费",
    rows=lambda desk, year: desk.ask(budgets.rows, year or desk.today.year, desk.today),
    columns=(
        Column("经费", lambda r: r.name, 0),
        Column("每人（元）", lambda r: money(r.per_head) if r.per_head else "", 100, right=True),
        Column("人数", lambda r: "" if r.heads is None else str(r.heads), 70, right=True),
        Column("预算（元）", lambda r: money(r.budget), 130, sort=lambda r: r.budget, right=True),
        Column("已支出（元）", lambda r: money(r.spent), 130, sort=lambda r: r.spent, right=True),
        Column(
            "剩余（元）",
            lambda r: money(r.left),
            130,
            sort=lambda r: r.left,
            tone=lambda r: Tone.AMBER if r.left < 0 else None,
            right=True,
        ),
        Column(
            "执行率",
            lambda r: "—" if r.used.percent is None else f"{r.used.percent:.1f}%",
            80,
            sort=lambda r: r.used.percent or 0,
            right=True,
        ),
    ),
    filters=(Filter("超支", lambda row, _today: row.left < 0),),
    summary=_sum,
    empty="这一年还没有经费标准和专项经费。先在上面的“经费标准”里登记。",
    files=False,
    shows=frozenset({Expense, Fund, Mandate}),
)
