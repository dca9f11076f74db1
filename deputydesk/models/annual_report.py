"""The yearly report in five parts (五个度), whose figures are slots."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.rules.choices import Choice


class ReportState(Choice):
    """How far the report is."""

    DRAFT = "draft", "编写中"
    FINAL = "final", "已定稿"


class AnnualReport(Record):
    """A report of the year: edited text with slots for figures."""

    __tablename__ = "annual_report"
    title: ClassVar[str] = "年度报告"

    year: Mapped[int] = mapped_column(info=label("年度", required=True))
    name: Mapped[str] = mapped_column(info=label("标题", required=True))
    first_on: Mapped[date] = mapped_column(info=label("起", required=True))
    last_on: Mapped[date] = mapped_column(info=label("止", required=True))
    parts: Mapped[dict[str, Any]] = mapped_column(info=label("正文") | {"mapping": True})
    rounded: Mapped[bool] = mapped_column(info=label("数字取整（多、余）"))
    state: Mapped[ReportState] = mapped_column(ChoiceType(ReportState), info=label("状态"))
    finished_on: Mapped[date | None] = mapped_column(info=label("定稿日期"))
    figures: Mapped[dict[str, Any]] = mapped_column(info=label("定稿数字") | {"mapping": True})
