"""Talks with deputies who do little; they are confidential and never leave the office."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Record, label


class Caution(Record):
    """A talk with a deputy whose duty is wanting, with its follow-up."""

    __tablename__ = "caution"
    title: ClassVar[str] = "谈话提醒"
    scope_suffix: ClassVar[str] = ".local"

    mandate_id: Mapped[str] = mapped_column(
        index=True, info=label("代表", required=True, refers="mandate")
    )
    year: Mapped[int] = mapped_column(info=label("年度"))
    quarter: Mapped[int] = mapped_column(info=label("季度"))
    trigger: Mapped[str] = mapped_column(info=label("谈话缘由", required=True))
    noticed_on: Mapped[date | None] = mapped_column(info=label("通知日期"))
    held_on: Mapped[date | None] = mapped_column(index=True, info=label("谈话日期"))
    talker: Mapped[str] = mapped_column(info=label("谈话人"))
    second_talker: Mapped[str] = mapped_column(info=label("参加谈话人"))
    place: Mapped[str] = mapped_column(info=label("地点"))
    content: Mapped[str] = mapped_column(info=label("谈话内容"))
    answer: Mapped[str] = mapped_column(info=label("代表表态"))
    signed: Mapped[bool] = mapped_column(info=label("双方已签字"))
    follow_up_due_on: Mapped[date | None] = mapped_column(info=label("跟踪日期"))
    followed_on: Mapped[date | None] = mapped_column(info=label("跟踪完成日期"))
    follow_up: Mapped[str] = mapped_column(info=label("跟踪情况"))
