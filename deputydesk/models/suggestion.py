"""Suggestions of deputies: what was proposed, and how far it is."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import RejectReason
from deputydesk.rules.suggestion_flow import SuggestionState


class Suggestion(Record):
    """A suggestion, criticism or opinion of a deputy (代表法 第二十四、三十六条)."""

    __tablename__ = "suggestion"
    title: ClassVar[str] = "代表建议"
    __table_args__ = (
        Index("ix_suggestion_meeting_id", "meeting_id", "submitted_on"),
        Index("ix_suggestion_lead_id", "lead_id", "submitted_on"),
        Index("ix_suggestion_submitted_on", "submitted_on", "lead_id", "withdrawn_on", "id"),
        Index("ix_suggestion_registered_on", "registered_on", "closed_on", "withdrawn_on", "id"),
    )

    number: Mapped[int] = mapped_column(info=label("编号"))
    year: Mapped[int] = mapped_column(index=True, info=label("年度"))
    meeting_id: Mapped[str] = mapped_column(
        info=label("会议", hint="闭会期间提出的不填", refers="meeting")
    )
    headline: Mapped[str] = mapped_column(info=label("标题", required=True))
    reason: Mapped[str] = mapped_column(info=label("案由"))
    proposal: Mapped[str] = mapped_column(info=label("具体建议"))
    category: Mapped[str] = mapped_column(info=label("类别"))
    lead_id: Mapped[str] = mapped_column(info=label("领衔代表", required=True, refers="mandate"))
    wished_unit: Mapped[str] = mapped_column(info=label("希望承办单位"))
    wishes_talk: Mapped[bool] = mapped_column(info=label("需要面商"))
    public: Mapped[bool] = mapped_column(info=label("可以公开"))
    confidential: Mapped[bool] = mapped_column(info=label("代表姓名保密"))
    key: Mapped[bool] = mapped_column(info=label("重点督办"))
    led_by: Mapped[str] = mapped_column(info=label("领衔督办领导"))
    repeated: Mapped[bool] = mapped_column(info=label("多年重复"))
    conversion: Mapped[str] = mapped_column(info=label("检察衔接"))
    state: Mapped[SuggestionState] = mapped_column(
        ChoiceType(SuggestionState), index=True, info=label("状态")
    )
    round: Mapped[int] = mapped_column(info=label("办理轮次"))
    submitted_on: Mapped[date | None] = mapped_column(info=label("提出日期"))
    registered_on: Mapped[date | None] = mapped_column(info=label("登记日期"))
    reviewed_on: Mapped[date | None] = mapped_column(info=label("审核日期"))
    review_note: Mapped[str] = mapped_column(info=label("审核意见"))
    reject_reason: Mapped[RejectReason] = mapped_column(
        ChoiceType(RejectReason), info=label("不予受理原因")
    )
    told_on: Mapped[date | None] = mapped_column(info=label("告知代表日期"))
    merged_into: Mapped[str] = mapped_column(info=label("并入", refers="suggestion"))
    withdrawn_on: Mapped[date | None] = mapped_column(info=label("撤回日期"))
    withdrawal_agreed: Mapped[bool] = mapped_column(info=label("联名代表均同意撤回"))
    withdrawal_note: Mapped[str] = mapped_column(info=label("撤回说明"))
    decision: Mapped[str] = mapped_column(info=label("协调决定"))
    closed_on: Mapped[date | None] = mapped_column(info=label("办结日期"))
    archived_on: Mapped[date | None] = mapped_column(info=label("归档日期"))
    file_no: Mapped[str] = mapped_column(info=label("档号"))
    pages: Mapped[int | None] = mapped_column(info=label("页数"))


class Cosigner(Record):
    """A deputy who signs another's suggestion."""

    __tablename__ = "cosigner"
    title: ClassVar[str] = "附议人"
    __table_args__ = (Index("ix_cosigner_suggestion_id", "suggestion_id", "mandate_id"),)

    suggestion_id: Mapped[str] = mapped_column(
        info=label("建议", required=True, refers="suggestion")
    )
    mandate_id: Mapped[str] = mapped_column(
        index=True, info=label("代表", required=True, refers="mandate")
    )
