"""Payments for livelihood projects."""

from collections.abc import Sequence
from functools import partial

from deputydesk.models import Project, ProjectPayment
from deputydesk.operations import project_payments
from deputydesk.operations.project_payments import PaymentRow
from deputydesk.rules.amounts import wan
from deputydesk.ui import project_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field, LongTextField, TextField
from deputydesk.ui.money_field import WAN, MoneyField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Register
from deputydesk.ui.table import Column


def payment(desk: Desk) -> tuple[Field, ...]:
    """The fields of a payment, without the project."""
    del desk
    return (
        DateField("paid_on"),
        MoneyField("amount", label="金额（万元）", unit=WAN),
        TextField("voucher_no"),
        LongTextField("note", lines=2),
    )


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("project_id", partial(project_lookups.decided, desk), wide=True),
        *payment(desk),
    )


def _sum(rows: Sequence[PaymentRow]) -> str:
    return f"{len(rows)} 笔，共 {wan(sum(row.amount for row in rows))}" if rows else ""


PROJECT_PAYMENTS: Register[PaymentRow] = Register(
    model=ProjectPayment,
    title="项目拨款",
    rows=lambda desk, year: desk.ask(project_payments.rows, year),
    columns=(
        Column("日期", lambda r: f"{r.paid_on}", 92),
        Column("项目", lambda r: r.project, 0),
        Column("金额", lambda r: wan(r.amount), 110, sort=lambda r: r.amount, right=True),
        Column("项目投资", lambda r: wan(r.budget), 110, sort=lambda r: r.budget, right=True),
        Column(
            "累计拨付",
            lambda r: f"{r.rate.percent or 0:g}%",
            130,
            sort=lambda r: r.rate.percent or 0,
            share=lambda r: (r.rate.percent or 0) / 100,
            drop=1,
        ),
        Column("凭证号", lambda r: r.voucher_no, 90, drop=2),
    ),
    fields=_fields,
    save=project_payments.save,
    remove=project_payments.remove,
    keep=("paid_on",),
    start=lambda desk: {"paid_on": desk.today},
    summary=_sum,
    empty="还没有项目拨款。按 Ctrl+N 选择项目，登记第一笔。",
    shows=frozenset({Project}),
    hint="累计拨款不能超过项目投资",
)
