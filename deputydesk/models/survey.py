"""Surveys: questions of the office's own making, ticked on paper, counted by question."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Record, label


class Survey(Record):
    """A survey: what is asked, and how many answered what; it stays in the office."""

    __tablename__ = "survey"
    title: ClassVar[str] = "问卷"
    scope_suffix: ClassVar[str] = ".local"

    headline: Mapped[str] = mapped_column(info=label("问卷标题", required=True))
    held_on: Mapped[date] = mapped_column(index=True, info=label("调查日期", required=True))
    audience: Mapped[str] = mapped_column(info=label("调查对象"))
    intro: Mapped[str] = mapped_column(info=label("说明"))
    named: Mapped[bool] = mapped_column(info=label("每张有张号"))
    questions: Mapped[dict[str, Any]] = mapped_column(info=label("题目") | {"mapping": True})
    issued: Mapped[int | None] = mapped_column(info=label("发出份数"))
    returned: Mapped[int | None] = mapped_column(info=label("收回份数"))
    valid: Mapped[int | None] = mapped_column(info=label("有效份数"))
    invalid: Mapped[int | None] = mapped_column(info=label("无效份数"))
    counts: Mapped[dict[str, Any]] = mapped_column(info=label("票数") | {"mapping": True})
    counter: Mapped[str] = mapped_column(info=label("统计人"))
    scrutineer: Mapped[str] = mapped_column(info=label("复核人"))
