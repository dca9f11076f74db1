"""Seats that fall vacant and the by-elections that fill them."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import Level
from deputydesk.rules.vacancy_flow import VacancyState


class Vacancy(Record):
    """A vacant seat, from the end of the mandate to the announcement of the new deputy."""

    __tablename__ = "vacancy"
    title: ClassVar[str] = "缺额补选"

    mandate_id: Mapped[str] = mapped_column(index=True, info=label("原代表", refers="mandate"))
    level: Mapped[Level] = mapped_column(ChoiceType(Level), info=label("层级", required=True))
    electoral_district_id: Mapped[str] = mapped_column(
        info=label("选区", refers="electoral_district")
    )
    state: Mapped[VacancyState] = mapped_column(ChoiceType(VacancyState), info=label("状态"))
    arose_on: Mapped[date] = mapped_column(index=True, info=label("出缺日期", required=True))
    reason: Mapped[str] = mapped_column(info=label("出缺原因"))
    reviewed_on: Mapped[date | None] = mapped_column(info=label("资格审查日期"))
    confirmed_on: Mapped[date | None] = mapped_column(info=label("大会确认日期"))
    announced_on: Mapped[date | None] = mapped_column(info=label("终止公告日期"))
    announcement_no: Mapped[str] = mapped_column(info=label("终止公告号"))
    election_on: Mapped[date | None] = mapped_column(info=label("补选日期"))
    candidates: Mapped[list[str]] = mapped_column(info=label("候选人"))
    voters: Mapped[int | None] = mapped_column(info=label("选民数"))
    issued: Mapped[int | None] = mapped_column(info=label("发出票数"))
    returned: Mapped[int | None] = mapped_column(info=label("收回票数"))
    valid: Mapped[int | None] = mapped_column(info=label("有效票数"))
    winner: Mapped[str] = mapped_column(info=label("当选人"))
    winner_votes: Mapped[int | None] = mapped_column(info=label("当选得票"))
    examined_on: Mapped[date | None] = mapped_column(info=label("当选资格审查日期"))
    elected_announced_on: Mapped[date | None] = mapped_column(info=label("当选公告日期"))
    elected_announcement_no: Mapped[str] = mapped_column(info=label("当选公告号"))
    elected_id: Mapped[str] = mapped_column(info=label("新任代表", refers="mandate"))
    note: Mapped[str] = mapped_column(info=label("备注"))
