"""Terms of a congress and its meetings."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import Level


class Term(Record):
    """A term of the congress of one level: five years (代表法 第二条)."""

    __tablename__ = "term"
    title: ClassVar[str] = "届次"

    level: Mapped[Level] = mapped_column(ChoiceType(Level), info=label("层级", required=True))
    number: Mapped[int] = mapped_column(info=label("届", required=True))
    started_on: Mapped[date | None] = mapped_column(info=label("开始日期"))
    ended_on: Mapped[date | None] = mapped_column(info=label("届满日期"))
    current: Mapped[bool] = mapped_column(info=label("本届"))


class Meeting(Record):
    """A meeting of a congress; suggestions of deputies belong to one or come between them."""

    __tablename__ = "meeting"
    title: ClassVar[str] = "会议"

    term_id: Mapped[str] = mapped_column(
        index=True, info=label("届次", required=True, refers="term")
    )
    number: Mapped[int] = mapped_column(info=label("次", required=True))
    name: Mapped[str] = mapped_column(info=label("会议名称", required=True))
    opened_on: Mapped[date | None] = mapped_column(index=True, info=label("开幕日期"))
    closed_on: Mapped[date | None] = mapped_column(info=label("闭幕日期"))
    earlier_suggestions: Mapped[int | None] = mapped_column(
        info=label("未录入系统的建议件数", hint="启用本软件以前的会议填写，用于同比")
    )
