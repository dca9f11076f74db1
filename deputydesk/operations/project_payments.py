"""Money paid for livelihood projects, never more than was decided."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Project, ProjectPayment
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import get_for, not_before, not_future, put
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year
from deputydesk.rules.amounts import wan, yuan
from deputydesk.rules.project_flow import DECIDED
from deputydesk.rules.rates import Rate


@dataclass(frozen=True)
class PaymentRow:
    """A payment, with how much of the project's budget was paid up to it."""

    id: str
    project_id: str
    project: str
    paid_on: date
    amount: int
    voucher_no: str
    note: str
    budget: int
    paid_before: int
    """All that was paid for the project until then, this payment among it."""

    @property
    def rate(self) -> Rate:
        """Paid until then ÷ budget."""
        return Rate(self.paid_before, self.budget)


def rows(session: Session, year: int | None = None, *, project_id: str = "") -> list[PaymentRow]:
    """Payments, newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(ProjectPayment.paid_on, year))
    if project_id:
        where.append(ProjectPayment.project_id == project_id)
    running = (
        select(
            ProjectPayment.id,
            func.sum(ProjectPayment.amount)
            .over(
                partition_by=ProjectPayment.project_id,
                order_by=(ProjectPayment.paid_on, ProjectPayment.id),
            )
            .label("paid"),
        )
    ).subquery()  # over all years: what was paid in earlier ones counts
    found = session.execute(
        select(ProjectPayment, Project.name, Project.budget, running.c.paid)
        .join(Project, Project.id == ProjectPayment.project_id)
        .join(running, running.c.id == ProjectPayment.id)
        .where(*where)
        .order_by(ProjectPayment.paid_on.desc(), ProjectPayment.id.desc())
    )
    return [
        PaymentRow(
            id=p.id,
            project_id=p.project_id,
            project=name,
            paid_on=p.paid_on,
            amount=p.amount,
            voucher_no=p.voucher_no,
            note=p.note,
            budget=budget,
            paid_before=int(paid),
        )
        for p, name, budget, paid in found
    ]


@operation(Right.HANDLE, "登记项目拨款")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    project_id: str,
    paid_on: date,
    amount: int,
    voucher_no: str = "",
    note: str = "",
) -> str:
    """Register a payment for a project, or change it.

    Raises:
        FieldError: more would be paid than the project's budget; says by how much.
    """
    project = get_for(tx.session, Project, "project_id", project_id)
    if project.state not in DECIDED:
        raise FieldError("project_id", f"“{project.name}”还没有确定实施，不能登记拨款。")
    not_future("paid_on", paid_on, tx.today, "日期")
    not_before("paid_on", paid_on, project.chosen_on, "日期", "项目确定日期")
    if amount <= 0:
        raise FieldError("amount", "金额应大于0。")
    others = tx.session.scalar(
        select(func.sum(ProjectPayment.amount)).where(
            ProjectPayment.project_id == project_id, ProjectPayment.id != record_id
        )
    )
    total = (others or 0) + amount
    if total > project.budget:
        over = yuan(total - project.budget)
        raise FieldError(
            "amount",
            f"累计拨款{yuan(total)}，超过项目投资{yuan(project.budget)}，多{over}。",
            hint="请核对金额；投资经决定调整的，先用“调整项目”登记。",
        )
    payment = put(
        tx,
        ProjectPayment,
        record_id,
        project_id=project_id,
        paid_on=paid_on,
        amount=amount,
        voucher_no=voucher_no.strip(),
        note=note.strip(),
    )
    tx.about = f"{project.name} {wan(amount)}"
    return payment.id


remove = removal(ProjectPayment, right=Right.HANDLE)
