"""One bill for deputies of several levels: each level bears its share, to the 分."""

from collections import Counter

from sqlalchemy import select

from deputydesk.errors import UserError
from deputydesk.models import Attendance, Expense, Mandate
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import Level
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import expenses
from deputydesk.operations.checks import get
from deputydesk.rules.budgets import share, yuan


@operation(Right.REGISTER, "按层级分摊支出")
def divide(tx: Tx, *, expense_id: str) -> int:
    """Divide an expense of an event among the levels of the deputies who came.

    The parts add up to the whole; returns how many there are.

    Raises:
        UserError: it belongs to no event, to one deputy, to a fund, or to one level anyway.
    """
    whole = get(tx.session, Expense, expense_id)
    heads = _heads(tx, whole)
    if whole.mandate_id or whole.fund_id or len(heads) < 2:
        raise UserError(
            "这笔支出不能分摊。",
            hint="能分摊的，是选了活动、由代表经费列支、到会代表来自两个以上层级的支出。",
        )
    total = whole.amount
    parts = dict(zip(heads, share(total, list(heads.values())), strict=True))
    first, *others = [level for level in Level if parts.get(level)]
    about = f"{whole.content} {yuan(total)}"
    for level in (first, *others):
        expenses.save(
            tx,
            record_id=expense_id if level == first else "",
            spent_on=whole.spent_on,
            kind=whole.kind,
            content=whole.content,
            level=level,
            amount=parts[level],
            event_id=whole.event_id,
            voucher_no=whole.voucher_no,
            payee=whole.payee,
            approved_by=whole.approved_by,
            handler=whole.handler,
            over_reason=whole.over_reason,
            note=f"{yuan(total)}按到会代表人数分摊",
        )
    tx.about = about
    return 1 + len(others)


def _heads(tx: Tx, expense: Expense) -> dict[Level, int]:
    found = tx.session.scalars(
        select(Mandate.level)
        .join(Attendance, Attendance.mandate_id == Mandate.id)
        .where(
            Attendance.event_id == expense.event_id,
            Attendance.event_id != "",
            Attendance.presence == Presence.PRESENT,
        )
    )
    return dict(Counter(found))
