"""A small register to test the screen with: expenses, with a step and an action."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, select

from deputydesk.models import Expense
from deputydesk.models.expense import ExpenseKind
from deputydesk.office import Right, operation
from deputydesk.operations.checks import filled, get, put
from deputydesk.operations.removal import removal
from deputydesk.ui.date_field import DateField
from deputydesk.ui.fields import ChoiceField, TextField
from deputydesk.ui.money_field import MoneyField, money
from deputydesk.ui.register import Action, Filter, Move, Register
from deputydesk.ui.table import Column


@dataclass(frozen=True)
class SpentRow:
    id: str
    spent_on: date
    content: str
    amount: int
    kind: ExpenseKind
    approved_by: str


def rows(session, year):
    query = select(Expense).order_by(Expense.spent_on.desc())
    if year:
        query = query.where(extract("year", Expense.spent_on) == year)
    return [
        SpentRow(e.id, e.spent_on, e.content, e.amount, e.kind, e.approved_by)
        for e in session.scalars(query)
    ]


@operation(Right.REGISTER, "登记支出样例")
def save(tx, *, record_id="", spent_on, content, amount, kind):
    content = filled("content", content, "事由")
    made = put(tx, Expense, record_id, spent_on=spent_on, content=content, amount=amount, kind=kind)
    tx.about = content
    return made.id


@operation(Right.HANDLE, "审批支出样例")
def approve(tx, *, expense_id, approved_by):
    get(tx.session, Expense, expense_id).approved_by = filled("approved_by", approved_by, "审批人")


@operation(Right.HANDLE, "退回支出样例")
def send_back(tx, *, expense_id):
    get(tx.session, Expense, expense_id).approved_by = ""


printed = []


def note_printed(_parent, _desk, row):
    printed.append(row.content)


EXPENSES = Register(
    model=Expense,
    title="支出",
    rows=lambda desk, year: desk.ask(rows, year),
    columns=(
        Column("日期", lambda r: f"{r.spent_on:%Y-%m-%d}", 92),
        Column("事由", lambda r: r.content, 0),
        Column("金额", lambda r: money(r.amount), 92, right=True),
    ),
    fields=lambda _desk: (
        DateField("spent_on"),
        ChoiceField("kind", ExpenseKind),
        TextField("content", wide=True),
        MoneyField("amount"),
    ),
    save=save,
    remove=removal(Expense),
    keep=("spent_on", "kind"),
    start=lambda desk: {"spent_on": desk.today},
    moves=(
        Move(
            "审批",
            approve,
            "expense_id",
            fields=lambda _desk, _row: (TextField("approved_by"),),
            when=lambda row: not row.approved_by,
            start=lambda desk, _row: {"approved_by": desk.office.user.name},
        ),
        Move("退回", send_back, "expense_id", when=lambda row: bool(row.approved_by)),
    ),
    actions=(Action("打印", "printer", note_printed),),
    filters=(Filter("待审批", lambda row, _today: not row.approved_by),),
    summary=lambda found: f"共 {money(sum(r.amount for r in found))} 元",
    empty="还没有支出。按 Ctrl+N 登记第一笔。",
    hint="发票随凭证保存",
)
