"""Money for deputies: what each is due, what was spent, and what is left."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Money, Record, label
from deputydesk.models.choices import Level
from deputydesk.rules.choices import Choice


class ExpenseKind(Choice):
    """What money was spent on."""

    ACTIVITY = "activity", "代表活动"
    TRAINING = "training", "学习培训"
    SUBSIDY = "subsidy", "误工补贴"
    TRAVEL = "travel", "交通住宿"
    MATERIAL = "material", "资料印刷"
    HOME = "home", "代表之家运行"
    OTHER = "other", "其他"


class ExpenseRate(Record):
    """The yearly amount per deputy of a level."""

    __tablename__ = "expense_rate"
    title: ClassVar[str] = "经费标准"

    year: Mapped[int] = mapped_column(info=label("年度", required=True))
    level: Mapped[Level] = mapped_column(ChoiceType(Level), info=label("代表层级", required=True))
    per_head: Mapped[int] = mapped_column(Money, info=label("每人每年（元）", required=True))
    headcount: Mapped[int | None] = mapped_column(
        info=label("核定人数", hint="不填按年末在任代表数")
    )
    source: Mapped[str] = mapped_column(info=label("依据"))


class Fund(Record):
    """Special money for a purpose, beside the yearly amounts."""

    __tablename__ = "fund"
    title: ClassVar[str] = "专项经费"

    year: Mapped[int] = mapped_column(info=label("年度", required=True))
    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    amount: Mapped[int] = mapped_column(Money, info=label("金额（元）", required=True))
    purpose: Mapped[str] = mapped_column(info=label("用途"))
    source: Mapped[str] = mapped_column(info=label("依据"))


class Expense(Record):
    """Money spent."""

    __tablename__ = "expense"
    title: ClassVar[str] = "经费支出"

    number: Mapped[int] = mapped_column(info=label("编号"))
    spent_on: Mapped[date] = mapped_column(index=True, info=label("日期", required=True))
    kind: Mapped[ExpenseKind] = mapped_column(
        ChoiceType(ExpenseKind), info=label("类别", required=True)
    )
    level: Mapped[Level] = mapped_column(ChoiceType(Level), info=label("列支层级", required=True))
    fund_id: Mapped[str] = mapped_column(info=label("专项经费", refers="fund"))
    content: Mapped[str] = mapped_column(info=label("事由", required=True))
    amount: Mapped[int] = mapped_column(Money, info=label("金额（元）", required=True))
    mandate_id: Mapped[str] = mapped_column(index=True, info=label("代表", refers="mandate"))
    half_days: Mapped[int] = mapped_column(info=label("误工半天数"))
    event_kind: Mapped[str] = mapped_column(info=label("活动种类"))
    event_id: Mapped[str] = mapped_column(index=True, info=label("活动"))
    voucher_no: Mapped[str] = mapped_column(info=label("凭证号"))
    payee: Mapped[str] = mapped_column(info=label("领款人、收款单位"))
    approved_by: Mapped[str] = mapped_column(info=label("审批人"))
    handler: Mapped[str] = mapped_column(info=label("经办人"))
    over_reason: Mapped[str] = mapped_column(
        info=label("超支说明", hint="超出经费的，写明理由和依据")
    )
    note: Mapped[str] = mapped_column(info=label("备注"))
