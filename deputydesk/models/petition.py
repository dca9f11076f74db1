"""Petitions that a deputy carries for somebody (信访代办)."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import YesNo
from deputydesk.rules.petition_flow import PetitionState
from deputydesk.rules.satisfaction import Satisfaction


class Petition(Record):
    """A petition that a deputy transmits, but does not decide (代表法 第三十一条)."""

    __tablename__ = "petition"
    title: ClassVar[str] = "信访代办"
    scope_suffix: ClassVar[str] = ".local"

    number: Mapped[int] = mapped_column(info=label("编号"))
    reported_on: Mapped[date] = mapped_column(index=True, info=label("受理日期", required=True))
    voter_id: Mapped[str] = mapped_column(info=label("信访人", refers="voter"))
    people: Mapped[int] = mapped_column(info=label("人数"))
    matter: Mapped[str] = mapped_column(info=label("信访事项", required=True))
    detail: Mapped[str] = mapped_column(info=label("情况"))
    category: Mapped[str] = mapped_column(info=label("类别"))
    risk: Mapped[bool] = mapped_column(info=label("稳定风险"))
    risk_note: Mapped[str] = mapped_column(info=label("风险说明"))
    state: Mapped[PetitionState] = mapped_column(ChoiceType(PetitionState), info=label("状态"))
    agent_id: Mapped[str] = mapped_column(index=True, info=label("代办代表", refers="mandate"))
    named_on: Mapped[date | None] = mapped_column(info=label("确定代办人日期"))
    promise: Mapped[str] = mapped_column(info=label("代办承诺"))
    unit_id: Mapped[str] = mapped_column(index=True, info=label("受理机关", refers="unit"))
    registered_on: Mapped[date | None] = mapped_column(info=label("登记日期"))
    registered_no: Mapped[str] = mapped_column(info=label("机关登记号"))
    told_due_on: Mapped[date | None] = mapped_column(info=label("告知受理时限"))
    told_on: Mapped[date | None] = mapped_column(info=label("告知受理日期"))
    due_on: Mapped[date | None] = mapped_column(info=label("办理时限"))
    first_due_on: Mapped[date | None] = mapped_column(info=label("原定时限"))
    due_why: Mapped[str] = mapped_column(info=label("时限依据"))
    extended_on: Mapped[date | None] = mapped_column(info=label("延期日期"))
    extension_why: Mapped[str] = mapped_column(info=label("延期理由"))
    answered_on: Mapped[date | None] = mapped_column(info=label("答复日期"))
    answer: Mapped[str] = mapped_column(info=label("处理意见"))
    accepted: Mapped[bool] = mapped_column(info=label("信访人认可"))
    reviewed_on: Mapped[date | None] = mapped_column(info=label("申请复查日期"))
    review_due_on: Mapped[date | None] = mapped_column(info=label("复查时限"))
    review_answered_on: Mapped[date | None] = mapped_column(info=label("复查意见日期"))
    review_result: Mapped[str] = mapped_column(info=label("复查意见"))
    rechecked_on: Mapped[date | None] = mapped_column(info=label("申请复核日期"))
    recheck_due_on: Mapped[date | None] = mapped_column(info=label("复核时限"))
    recheck_result: Mapped[str] = mapped_column(info=label("复核意见"))
    closed_on: Mapped[date | None] = mapped_column(index=True, info=label("办结日期"))
    visited_on: Mapped[date | None] = mapped_column(info=label("回访日期"))
    visit_note: Mapped[str] = mapped_column(info=label("回访情况"))
    visit_told: Mapped[YesNo] = mapped_column(ChoiceType(YesNo), info=label("已告知处理结果"))
    visit_attitude: Mapped[Satisfaction] = mapped_column(
        ChoiceType(Satisfaction), info=label("对代办工作")
    )
    visit_result: Mapped[Satisfaction] = mapped_column(
        ChoiceType(Satisfaction), info=label("对处理结果")
    )
    visit_follow: Mapped[YesNo] = mapped_column(ChoiceType(YesNo), info=label("还要继续跟踪"))
