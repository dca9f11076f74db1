"""What a deputy home must have, who watches over it, and when deputies come."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.rules.choices import Choice


class HomeCheck(Record):
    """One item of the checklist (八有) at one home, with its evidence."""

    __tablename__ = "home_check"
    __table_args__ = (Index("ix_home_check_home_id", "home_id", "item", "checked_on"),)
    title: ClassVar[str] = "八有检查"

    home_id: Mapped[str] = mapped_column(info=label("代表之家", required=True, refers="home"))
    item: Mapped[str] = mapped_column(info=label("检查项", required=True))
    passed: Mapped[bool] = mapped_column(info=label("达标"))
    evidence: Mapped[str] = mapped_column(info=label("依据"))
    checked_on: Mapped[date] = mapped_column(info=label("检查日期", required=True))
    note: Mapped[str] = mapped_column(info=label("存在问题"))


class Supervisor(Record):
    """A person who watches how deputies do their duty; two or three a home."""

    __tablename__ = "supervisor"
    title: ClassVar[str] = "履职监督员"

    home_id: Mapped[str] = mapped_column(
        index=True, info=label("代表之家", required=True, refers="home")
    )
    name: Mapped[str] = mapped_column(info=label("姓名", required=True))
    job: Mapped[str] = mapped_column(info=label("工作单位及职务"))
    phone: Mapped[str] = mapped_column(info=label("联系电话"))
    from_on: Mapped[date | None] = mapped_column(info=label("聘任日期"))
    to_on: Mapped[date | None] = mapped_column(info=label("解聘日期"))


class SupervisorRemark(Record):
    """What a supervisor says of a deputy."""

    __tablename__ = "supervisor_remark"
    title: ClassVar[str] = "监督员评语"

    supervisor_id: Mapped[str] = mapped_column(
        index=True, info=label("监督员", required=True, refers="supervisor")
    )
    mandate_id: Mapped[str] = mapped_column(
        index=True, info=label("代表", required=True, refers="mandate")
    )
    made_on: Mapped[date] = mapped_column(info=label("日期", required=True))
    content: Mapped[str] = mapped_column(info=label("内容", required=True))
    handled: Mapped[str] = mapped_column(info=label("处理情况"))


class ShiftState(Choice):
    """What became of a planned day."""

    PLANNED = "planned", "已安排"
    HELD = "held", "已开展"
    MISSED = "missed", "未开展"
    CANCELLED = "cancelled", "已取消"


class RotaShift(Record):
    """A planned day at a home; its deputies stand in the attendance."""

    __tablename__ = "rota_shift"
    title: ClassVar[str] = "进家安排"

    planned_on: Mapped[date] = mapped_column(index=True, info=label("日期", required=True))
    home_id: Mapped[str] = mapped_column(
        index=True, info=label("代表之家", required=True, refers="home")
    )
    slot: Mapped[str] = mapped_column(info=label("时间"))
    topic: Mapped[str] = mapped_column(info=label("主题"))
    moved_from: Mapped[date | None] = mapped_column(info=label("原定日期"))
    moved_why: Mapped[str] = mapped_column(info=label("调整原因"))
    announced_on: Mapped[date | None] = mapped_column(info=label("公告日期"))
    visit_id: Mapped[str] = mapped_column(info=label("进家登记", refers="visit"))
    state: Mapped[ShiftState] = mapped_column(ChoiceType(ShiftState), info=label("状态"))
    note: Mapped[str] = mapped_column(info=label("备注"))
