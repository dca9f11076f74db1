"""Duty activities: receptions at a home, and meetings of deputies with voters."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import LinkMethod, VisitKind


class Visit(Record):
    """One activity on one day; a visit to a home counts once whatever was heard there."""

    __tablename__ = "visit"
    title: ClassVar[str] = "进家登记"
    __table_args__ = (
        Index("ix_visit_home_id", "home_id", "held_on", "kind"),
        Index("ix_visit_held_on", "held_on", "number", "id", "kind", "home_id", "received"),
    )

    number: Mapped[int] = mapped_column(info=label("编号"))
    kind: Mapped[VisitKind] = mapped_column(
        ChoiceType(VisitKind), info=label("方式", required=True)
    )
    held_on: Mapped[date] = mapped_column(info=label("日期", required=True))
    slot: Mapped[str] = mapped_column(info=label("时间", hint="如：上午 9:00—11:00"))
    home_id: Mapped[str] = mapped_column(info=label("代表之家", refers="home"))
    place: Mapped[str] = mapped_column(info=label("地点"))
    method: Mapped[LinkMethod] = mapped_column(ChoiceType(LinkMethod), info=label("联系方式"))
    member: Mapped[str] = mapped_column(
        info=label("联系代表的组成人员", hint="组成人员联系代表时填写")
    )
    topic: Mapped[str] = mapped_column(info=label("主题"))
    received: Mapped[int] = mapped_column(info=label("接待人次"))
    sign_sheet: Mapped[str] = mapped_column(info=label("签到表编号"))
    recorder: Mapped[str] = mapped_column(info=label("记录人"))
    note: Mapped[str] = mapped_column(info=label("备注"))


class VisitDeputy(Record):
    """A deputy at an activity, and whether the sign-in sheet bears the signature."""

    __tablename__ = "visit_deputy"
    title: ClassVar[str] = "参加代表"
    __table_args__ = (
        Index("ix_visit_deputy_visit_id", "visit_id", "mandate_id"),
        Index("ix_visit_deputy_mandate_id", "mandate_id", "visit_id"),
    )

    visit_id: Mapped[str] = mapped_column(info=label("活动", required=True, refers="visit"))
    mandate_id: Mapped[str] = mapped_column(info=label("代表", required=True, refers="mandate"))
    signed: Mapped[bool] = mapped_column(info=label("已签到"))
