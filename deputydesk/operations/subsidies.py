"""误工补贴: paid to everybody of an event at once; what each deputy had in a year."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Attendance, Expense, Mandate, Person
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies, events, expense_rates, expenses
from deputydesk.operations.checks import get
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.years import in_year
from deputydesk.rules.budgets import yuan


@dataclass(frozen=True)
class SubsidyRow:
    """A deputy, whether they may be paid, and what they had in a year."""

    id: str
    name: str
    level: Level
    job: str
    fixed_income: bool
    times: int
    half_days: int
    amount: int


def rows(session: Session, year: int | None = None) -> list[SubsidyRow]:
    """Deputies in office, and former ones who were paid, with what they had in a year or in all.

    In the official order of names, each person once, with what was paid for any of the seats.
    """
    query = (
        select(
            Mandate.person_id,
            func.count(Expense.id),
            func.sum(Expense.half_days),
            func.sum(Expense.amount),
        )
        .join(Mandate, Mandate.id == Expense.mandate_id)
        .where(Expense.kind == ExpenseKind.SUBSIDY)
        .group_by(Mandate.person_id)
    )
    if year is not None:
        query = query.where(in_year(Expense.spent_on, year))
    paid = {person: (times, halves, sum_) for person, times, halves, sum_ in session.execute(query)}
    secure = set(session.scalars(select(Person.id).where(Person.fixed_income)))
    return [
        SubsidyRow(
            row.id,
            row.name,
            row.level,
            row.job,
            row.person_id in secure,
            *paid.get(row.person_id, (0, 0, 0)),
        )
        for row in _people(session)
        if row.ended_on is None or row.person_id in paid
    ]


def _people(session: Session) -> list[DeputyRow]:
    """Each person by the main seat, else one still held, else the last."""
    chosen: dict[str, DeputyRow] = {}
    for row in deputies.rows(session, former=True):
        known = chosen.setdefault(row.person_id, row)
        if _weight(row) > _weight(known):
            chosen[row.person_id] = row
    return list(chosen.values())


def _weight(row: DeputyRow) -> tuple[bool, bool, date, str]:
    return row.ended_on is None, row.main, row.started_on or date.min, row.id


@operation(Right.REGISTER, "登记有固定收入")
def mark_secure(tx: Tx, *, mandate_id: str) -> None:
    """Say that a deputy has a fixed income, and so gets no subsidy from now on."""
    _set_income(tx, mandate_id, fixed_income=True)


@operation(Right.REGISTER, "登记无固定收入")
def mark_insecure(tx: Tx, *, mandate_id: str) -> None:
    """Say that a deputy has no fixed income."""
    _set_income(tx, mandate_id, fixed_income=False)


@operation(Right.REGISTER, "发放误工补贴")
def pay(
    tx: Tx,
    *,
    event_id: str,
    spent_on: date | None = None,
    fund_id: str = "",
    approved_by: str = "",
    handler: str = "",
    over_reason: str = "",
) -> int:
    """Pay every deputy of an event for the half days they came, where they have no fixed income.

    Each is charged to the amount of the deputy's level, or all to a fund; who was paid before is
    passed over. Returns how many were paid.

    Raises:
        UserError: there is no rate, nobody to pay, or not enough money.
    """
    event = events.find_for(tx.session, "event_id", event_id)
    if not expense_rates.per_half_day(tx.session, event.first):
        raise UserError("还没有登记误工补贴标准。", hint="请在“本地规则”中填写每半天多少元。")
    waiting = _waiting(tx.session, event_id)
    if not waiting:
        raise UserError(
            "没有要发放的代表。",
            hint="误工补贴发给到会、记了半天数、无固定工资收入、还没有发放过的代表。",
        )
    total = 0
    for mandate_id, level, half_days in waiting:
        made = expenses.save(
            tx,
            spent_on=spent_on or tx.today,
            kind=ExpenseKind.SUBSIDY,
            content=f"误工补贴：{event.name}",
            level=level,
            fund_id=fund_id,
            mandate_id=mandate_id,
            half_days=half_days,
            event_id=event_id,
            approved_by=approved_by,
            handler=handler,
            over_reason=over_reason,
        )
        expense = tx.session.get(Expense, made)
        total += expense.amount if expense else 0
    tx.about = f"{event.name} {len(waiting)}名 {yuan(total)}"
    return len(waiting)


def _waiting(session: Session, event_id: str) -> list[tuple[str, Level, int]]:
    paid = select(Expense.mandate_id).where(
        Expense.kind == ExpenseKind.SUBSIDY, Expense.event_id == event_id
    )
    found = session.execute(
        select(Mandate.id, Mandate.level, Attendance.half_days)
        .join(Attendance, Attendance.mandate_id == Mandate.id)
        .join(Person, Person.id == Mandate.person_id)
        .where(
            Attendance.event_id == event_id,
            Attendance.presence == Presence.PRESENT,
            Attendance.half_days > 0,
            Person.fixed_income.is_(False),
            Mandate.id.not_in(paid),
        )
        .order_by(Attendance.id)
    )
    return [(mandate_id, level, half_days) for mandate_id, level, half_days in found]


def _set_income(tx: Tx, mandate_id: str, *, fixed_income: bool) -> None:
    mandate = get(tx.session, Mandate, mandate_id)
    person = get(tx.session, Person, mandate.person_id)
    person.fixed_income = fixed_income
    tx.about = person.name
