"""Reports that deputies give to their voters on how they kept their office (述职报告)."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Record, label


class WorkReport(Record):
    """A deputy's words for the report of a time; the figures are added when it is printed."""

    __tablename__ = "work_report"
    title: ClassVar[str] = "述职报告"

    mandate_id: Mapped[str] = mapped_column(
        index=True, info=label("代表", required=True, refers="mandate")
    )
    first_on: Mapped[date] = mapped_column(info=label("起", required=True))
    last_on: Mapped[date] = mapped_column(index=True, info=label("止", required=True))
    given_on: Mapped[date | None] = mapped_column(info=label("述职日期"))
    opening: Mapped[str] = mapped_column(info=label("自我介绍"))
    study: Mapped[str] = mapped_column(info=label("学习宣传"))
    meetings: Mapped[str] = mapped_column(info=label("出席会议"))
    activities: Mapped[str] = mapped_column(info=label("闭会活动"))
    voters: Mapped[str] = mapped_column(info=label("联系选民和提出建议"))
    shortcomings: Mapped[str] = mapped_column(info=label("存在不足"))
    plans: Mapped[str] = mapped_column(info=label("下步打算"))
