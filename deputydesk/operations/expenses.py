"""The ledger of what was spent on deputies' work; never over the budget without a reason."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, false, func, literal, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.journal.values import table_of
from deputydesk.models import Expense, Fund, Mandate, Person
from deputydesk.models.choices import Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import events, expense_rates, funds, shown
from deputydesk.operations.checks import filled, get, get_for, next_number, not_future, put
from deputydesk.operations.deputies import in_office
from deputydesk.operations.listing import Listing
from deputydesk.operations.participants import HALF_DAYS
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year
from deputydesk.rules.budgets import MOST, Balance, yuan

YEARLY = "代表经费"
"""What is not of a fund is of the yearly amount of its level, which is called so."""
WHY = "确需支出的，请在“超支说明”中写明理由和依据。"


@dataclass(frozen=True)
class ExpenseRow:
    """An expense as the ledger shows it."""

    id: str
    number: int
    spent_on: date
    kind: ExpenseKind
    level: Level
    fund_id: str
    fund: str
    content: str
    amount: int
    mandate_id: str
    deputy: str
    half_days: int
    event_kind: str
    event_id: str
    event: str
    voucher_no: str
    payee: str
    approved_by: str
    handler: str
    over_reason: str
    note: str

    @property
    def charged_to(self) -> str:
        """The fund, or the yearly amount of the level."""
        return self.fund or self.level.label + YEARLY


_FUND = shown.named(Expense.fund_id, Fund.name)
_LEVEL = shown.choice(Expense.level, Level)
_YEARLY = case({one: one.label + YEARLY for one in Level}, value=Expense.level, else_=YEARLY)
_CHARGED = case(
    (Expense.fund_id == "", _YEARLY),
    else_=func.coalesce(func.nullif(_FUND.order, ""), _YEARLY),
)


def _charged_to(said: str) -> ColumnElement[bool]:
    """A cell says so: the name of the fund, or of the yearly amount where there is none."""
    level = _LEVEL.says(said.removesuffix(YEARLY)) if said.endswith(YEARLY) else false()
    return (_FUND.says(said) if said else false()) | (_FUND.says("") & level)


LISTING = Listing(
    Expense,
    day=Expense.spent_on,
    order=(Expense.spent_on.desc(), Expense.number.desc(), Expense.id.desc()),
    parts={
        "误工补贴": lambda _today: Expense.kind == ExpenseKind.SUBSIDY,
        "专项经费": lambda _today: Expense.fund_id != "",
        "无凭证": lambda _today: Expense.voucher_no == "",
        "有超支说明": lambda _today: Expense.over_reason != "",
    },
    sums={"amount": func.sum(Expense.amount)},
    columns={
        "编号": shown.number(Expense.number),
        "日期": shown.day(Expense.spent_on),
        "类别": shown.choice(Expense.kind, ExpenseKind),
        "事由": shown.text(Expense.content),
        "代表": shown.deputy(Expense.mandate_id),
        "列支": shown.Shown(_CHARGED, _charged_to),
        "凭证号": shown.text(Expense.voucher_no),
        "金额（元）": shown.money(Expense.amount),
    },
)
"""How the ledger lists them."""


@cache
def _rows() -> Select[Any]:
    """What a row shows, in its order; Any: columns of any type."""
    shown: dict[str, ColumnElement[Any]] = {
        **table_of(Expense).c,
        "fund": func.coalesce(Fund.name, ""),
        "deputy": func.coalesce(Person.name, ""),
        "event": literal(""),
    }
    return (
        select(*(shown[field.name] for field in fields(ExpenseRow)))
        .select_from(Expense)
        .outerjoin(Fund, Fund.id == Expense.fund_id)
        .outerjoin(Mandate, Mandate.id == Expense.mandate_id)
        .outerjoin(Person, Person.id == Mandate.person_id)
        .order_by(*LISTING.order)
    )


@cache
def _named() -> Select[Any]:
    """Asked for every page that comes into sight; Any: as above."""
    return _rows().where(Expense.id.in_(bindparam("ids", expanding=True)))


def rows(
    session: Session,
    year: int | None = None,
    *,
    fund_id: str | None = None,
    level: Level | None = None,
    mandate_id: str = "",
    ids: Sequence[str] | None = None,
) -> list[ExpenseRow]:
    """Expenses newest first: of a year, a fund ("" is none), a level, a deputy, or those named."""
    query = _rows() if ids is None else _named()
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Expense.spent_on, year))
    if fund_id is not None:
        where.append(Expense.fund_id == fund_id)
    if level is not None:
        where.append(Expense.level == level)
    if mandate_id:
        where.append(Expense.mandate_id == mandate_id)
    query = query.where(*where) if where else query
    found = session.connection().execute(query, {"ids": ids and list(ids)})
    made = [ExpenseRow(*row) for row in found]
    named = {e.id: e.name for e in events.rows(session, ids={row.event_id for row in made})}
    return [replace(x, event=named.get(x.event_id, "")) if x.event_id else x for x in made]


@operation(Right.REGISTER, "登记经费支出")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    spent_on: date,
    kind: ExpenseKind,
    content: str,
    level: Level = Level.TOWN,
    amount: int = 0,
    fund_id: str = "",
    mandate_id: str = "",
    half_days: int = 0,
    event_id: str = "",
    voucher_no: str = "",
    payee: str = "",
    approved_by: str = "",
    handler: str = "",
    over_reason: str = "",
    note: str = "",
) -> str:
    """Register money spent, or change it; a subsidy without an amount is half days × rate.

    Charged to a fund, or to the yearly amount of a level. More than is left is refused unless
    the reason is given.
    """
    not_future("spent_on", spent_on, tx.today, "日期")
    event = events.find_for(tx.session, "event_id", event_id) if event_id else None
    if kind == ExpenseKind.SUBSIDY:
        amount = _subsidy(tx, record_id, spent_on, mandate_id, half_days, amount, event_id)
    elif half_days:
        raise FieldError("half_days", "只有误工补贴填写误工半天数。")
    elif mandate_id:
        get_for(tx.session, Mandate, "mandate_id", mandate_id)
    if not 0 < amount < MOST:
        raise FieldError("amount", "金额应大于0。")
    _within(tx, record_id, spent_on, level, fund_id, amount, over_reason)
    expense = put(
        tx,
        Expense,
        record_id,
        number=_number(tx, record_id, spent_on),
        spent_on=spent_on,
        kind=kind,
        level=level,
        fund_id=fund_id,
        content=filled("content", content, "事由"),
        amount=amount,
        mandate_id=mandate_id,
        half_days=half_days,
        event_kind=event.kind if event else "",
        event_id=event_id,
        voucher_no=voucher_no.strip(),
        payee=payee.strip(),
        approved_by=approved_by.strip(),
        handler=handler.strip(),
        over_reason=over_reason.strip(),
        note=note.strip(),
    )
    tx.session.flush()
    tx.about = f"{expense.content} {yuan(amount)}"
    return expense.id


remove = removal(Expense)


def _subsidy(
    tx: Tx,
    record_id: str,
    spent_on: date,
    mandate_id: str,
    half_days: int,
    amount: int,
    event_id: str,
) -> int:
    """The amount of a subsidy.

    Raises:
        FieldError: who may not have one, for more half days than there were, or paid before.
    """
    event = events.find(tx.session, event_id) if event_id else None
    mandate = in_office(tx, "mandate_id", mandate_id, event.first if event else spent_on)
    person = get(tx.session, Person, mandate.person_id)
    if person.fixed_income:
        raise FieldError(
            "mandate_id",
            f"{person.name}有固定工资收入，不发误工补贴。",
            hint="误工补贴只发给无固定工资收入的代表（《代表法》第四十一条）。",
        )
    most = HALF_DAYS * (event.days if event else 1)
    if not 0 < half_days <= most:
        hint = "" if event else "几天的补贴请选择活动，或者逐日登记。"
        raise FieldError("half_days", f"误工半天数应在1到{most}之间。", hint=hint)
    _unpaid(tx, record_id, mandate_id, spent_on, event_id, half_days)
    rate = expense_rates.per_half_day(tx.session, event.first if event else spent_on)
    if rate and amount and amount != rate * half_days:
        raise FieldError(
            "amount",
            f"误工补贴每半天{yuan(rate)}，{half_days}个半天应为{yuan(rate * half_days)}。",
            hint="金额留空则自动计算；标准有变的，请先修改本地规则。",
        )
    if not rate and not amount:
        raise FieldError("amount", "请填写金额。", hint="登记了误工补贴标准的，金额可以自动计算。")
    return amount or rate * half_days


def _unpaid(
    tx: Tx, record_id: str, mandate_id: str, spent_on: date, event_id: str, half_days: int
) -> None:
    """Refuse to pay a person twice: for one event, or for more than a day's half days without."""
    person_id = get(tx.session, Mandate, mandate_id).person_id
    seats = select(Mandate.id).where(Mandate.person_id == person_id)
    paid = tx.session.scalars(
        select(Expense).where(
            Expense.id != record_id,
            Expense.kind == ExpenseKind.SUBSIDY,
            Expense.mandate_id.in_(seats),
            Expense.event_id == event_id,
        )
    ).all()
    if event_id and paid:
        raise FieldError(
            "mandate_id", f"这名代表这次活动的误工补贴已经发放（第{paid[0].number}号）。"
        )
    that_day = sum(x.half_days for x in paid if x.spent_on == spent_on)
    if not event_id and that_day + half_days > HALF_DAYS:
        raise FieldError(
            "half_days", f"这名代表这一天已发{that_day}个半天，一天不能超过{HALF_DAYS}个半天。"
        )


def _within(
    tx: Tx,
    record_id: str,
    spent_on: date,
    level: Level,
    fund_id: str,
    amount: int,
    over_reason: str,
) -> None:
    """Refuse more than is left, unless it is said why."""
    name, field, whole = _charged(tx, spent_on, level, fund_id)
    if over_reason.strip():
        return
    if whole is None:
        raise FieldError(field, f"还没有登记{name}的标准，不知道还有多少可用。", hint=WHY)
    before = 0
    if record_id:  # what it took so far is there again
        kept = get(tx.session, Expense, record_id)
        if (kept.fund_id or f"{kept.level}{kept.spent_on.year}") == (
            fund_id or f"{level}{spent_on.year}"
        ):
            before = kept.amount
    rest = Balance(whole.budget, whole.spent - before)
    over = rest.over_by(amount)
    if over:
        raise FieldError(
            "amount", f"{name}还剩{yuan(rest.left)}，这笔支出超出{yuan(over)}。", hint=WHY
        )


def _charged(tx: Tx, spent_on: date, level: Level, fund_id: str) -> tuple[str, str, Balance | None]:
    """What pays: its name, the field that chose it, and what it has."""
    if fund_id:
        fund = get_for(tx.session, Fund, "fund_id", fund_id)
        if spent_on.year < fund.year:
            raise FieldError("fund_id", f"“{fund.name}”是{fund.year}年度的经费。")
        return f"“{fund.name}”", "fund_id", funds.rows(tx.session, fund_id=fund_id)[0].balance
    whole = expense_rates.balance(tx.session, spent_on.year, level, tx.today)
    return f"{spent_on.year}年{level.label}代表经费", "level", whole


def _number(tx: Tx, record_id: str, spent_on: date) -> int:
    if record_id:
        kept = get(tx.session, Expense, record_id)
        if kept.spent_on.year == spent_on.year:
            return kept.number
    return next_number(tx.session, Expense.number, in_year(Expense.spent_on, spent_on.year))
