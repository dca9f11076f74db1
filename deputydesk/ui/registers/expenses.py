"""The registers of expenses and of subsidies by deputy."""

from collections.abc import Sequence
from functools import partial

from deputydesk.models import Expense, ExpenseRate, Fund, Person
from deputydesk.models.choices import Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import expense_shares, expenses, subsidies
from deputydesk.operations.expenses import ExpenseRow
from deputydesk.operations.listing import Totals
from deputydesk.operations.subsidies import SubsidyRow
from deputydesk.rules.budgets import yuan
from deputydesk.ui import event_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import prints
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.money_field import MoneyField, money
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Paged, Register
from deputydesk.ui.table import Column


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        DateField("spent_on"),
        ChoiceField("kind", ExpenseKind),
        TextField("content", wide=True),
        MoneyField("amount"),
        ChoiceField("level", Level),
        PickField("fund_id", partial(event_lookups.all_funds, desk)),
        TextField("voucher_no"),
        PickField("mandate_id", partial(event_lookups.mandates, desk)),
        NumberField("half_days"),
        PickField("event_id", partial(event_lookups.recent_events, desk), wide=True),
        TextField("payee"),
        TextField("approved_by"),
        TextField("handler"),
        LongTextField("over_reason", lines=2),
        LongTextField("note", lines=2),
    )


def _may_divide(row: ExpenseRow) -> bool:
    return bool(row.event_id) and not row.mandate_id and not row.fund_id


def _sum(totals: Totals) -> str:
    return f"{totals.count} 笔，共 {yuan(totals.sums['amount'])}"


def _sum_subsidies(rows: Sequence[SubsidyRow]) -> str:
    paid = [row for row in rows if row.amount]
    return f"{len(paid)} 名代表领取，共 {yuan(sum(row.amount for row in paid))}" if rows else ""


EXPENSES: Register[ExpenseRow] = Register(
    model=Expense,
    title="经费支出",
    rows=Paged(expenses.LISTING, lambda session, ids: expenses.rows(session, ids=ids), _sum),
    columns=(
        Column("编号", lambda r: str(r.number), 52, sort=lambda r: r.number, right=True),
        Column("日期", lambda r: f"{r.spent_on}", 92),
        Column("类别", lambda r: r.kind.label, 100, drop=1),
        Column("事由", lambda r: r.content, 0),
        Column("代表", lambda r: r.deputy, 76, drop=3),
        Column("列支", lambda r: r.charged_to, 132, drop=4),
        Column("凭证号", lambda r: r.voucher_no, 104, drop=2),
        Column("金额（元）", lambda r: money(r.amount), 96, sort=lambda r: r.amount, right=True),
    ),
    fields=_fields,
    save=expenses.save,
    remove=expenses.remove,
    keep=("spent_on", "kind", "level", "fund_id", "approved_by", "handler"),
    start=lambda desk: {"spent_on": desk.today, "handler": desk.office.user.name},
    actions=(prints("expense_slip", "打印审批单"),),
    moves=(Move("按层级分摊", expense_shares.divide, "expense_id", when=_may_divide),),
    empty="还没有支出。按 Ctrl+N 登记第一笔；先在“经费标准”里登记标准。",
    shows=frozenset({Fund, ExpenseRate}),
    hint="选了专项经费的，从专项经费列支",
)
SUBSIDIES: Register[SubsidyRow] = Register(
    model=Expense,
    title="误工补贴",
    rows=lambda desk, year: desk.ask(subsidies.rows, year),
    columns=(
        Column("姓名", lambda r: r.name, 100),
        Column("层级", lambda r: r.level.label, 100),
        Column("工作单位及职务", lambda r: r.job, 0),
        Column("固定收入", lambda r: "有" if r.fixed_income else "无", 80),
        Column("次数", lambda r: str(r.times or ""), 60, sort=lambda r: r.times, right=True),
        Column(
            "半天数", lambda r: str(r.half_days or ""), 70, sort=lambda r: r.half_days, right=True
        ),
        Column(
            "金额（元）",
            lambda r: money(r.amount) if r.amount else "",
            110,
            sort=lambda r: r.amount,
            right=True,
        ),
    ),
    moves=(
        Move(
            "标为有固定收入",
            subsidies.mark_secure,
            "mandate_id",
            when=lambda row: not row.fixed_income,
        ),
        Move(
            "标为无固定收入",
            subsidies.mark_insecure,
            "mandate_id",
            when=lambda row: row.fixed_income,
        ),
    ),
    filters=(
        Filter("已领取", lambda row, _today: row.amount > 0),
        Filter("无固定收入", lambda row, _today: not row.fixed_income),
    ),
    summary=_sum_subsidies,
    empty="还没有代表。按 F9 导入代表花名册。",
    files=False,
    shows=frozenset({Person}),
)
