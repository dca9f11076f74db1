"""The register of special funds."""

from collections.abc import Sequence

from deputydesk.models import Expense, Fund
from deputydesk.operations import funds
from deputydesk.operations.funds import FundRow
from deputydesk.rules.budgets import yuan
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field, LongTextField, NumberField, TextField
from deputydesk.ui.money_field import MoneyField, money
from deputydesk.ui.register import Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column


def _fields(_desk: Desk) -> tuple[Field, ...]:
    return (
        NumberField("year"),
        MoneyField("amount"),
        TextField("name", wide=True),
        LongTextField("purpose", lines=2),
        LongTextField("source", lines=2),
    )


def _sum(rows: Sequence[FundRow]) -> str:
    if not rows:
        return ""
    whole, left = sum(row.amount for row in rows), sum(row.left for row in rows)
    return f"共 {yuan(whole)}，剩余 {yuan(left)}"


FUNDS: Register[FundRow] = Register(
    model=Fund,
    title="专项经费",
    rows=lambda desk, year: desk.ask(funds.rows, year),
    columns=(
        Column("年度", lambda r: str(r.year), 56),
        Column("名称", lambda r: r.name, 0),
        Column("金额（元）", lambda r: money(r.amount), 116, sort=lambda r: r.amount, right=True),
        Column("已支出（元）", lambda r: money(r.spent), 116, sort=lambda r: r.spent, right=True),
        Column(
            "剩余（元）",
            lambda r: money(r.left),
            116,
            sort=lambda r: r.left,
            tone=lambda r: Tone.AMBER if r.left < 0 else None,
            right=True,
        ),
    ),
    fields=_fields,
    save=funds.save,
    keep=("year",),
    remove=funds.remove,
    start=lambda desk: {"year": desk.today.year},
    summary=_sum,
    empty="还没有专项经费。按 Ctrl+N 登记。",
    shows=frozenset({Expense}),
)
