"""How a suggestion is handled: assignments, talks, extensions, urging, replies, promises."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import (
    Adoption,
    CommitmentState,
    HandbackOutcome,
    TalkForm,
    UnitRole,
)
from deputydesk.rules.satisfaction import Satisfaction


class Assignment(Record):
    """A suggestion given to a unit in one round, with the day its answer is due."""

    __tablename__ = "assignment"
    title: ClassVar[str] = "交办"

    suggestion_id: Mapped[str] = mapped_column(
        index=True, info=label("建议", required=True, refers="suggestion")
    )
    unit_id: Mapped[str] = mapped_column(
        index=True, info=label("承办单位", required=True, refers="unit")
    )
    role: Mapped[UnitRole] = mapped_column(
        ChoiceType(UnitRole), info=label("办理方式", required=True)
    )
    round: Mapped[int] = mapped_column(info=label("办理轮次"))
    assigned_on: Mapped[date] = mapped_column(index=True, info=label("交办日期", required=True))
    due_on: Mapped[date] = mapped_column(info=label("办理时限", required=True))
    first_due_on: Mapped[date] = mapped_column(info=label("原定时限"))
    due_provisional: Mapped[bool] = mapped_column(info=label("时限为暂定"))
    due_why: Mapped[str] = mapped_column(info=label("时限依据"))
    signed_on: Mapped[date | None] = mapped_column(info=label("签收日期"))
    signed_by: Mapped[str] = mapped_column(info=label("签收人"))
    handback: Mapped[HandbackOutcome] = mapped_column(
        ChoiceType(HandbackOutcome), info=label("退办")
    )
    handback_on: Mapped[date | None] = mapped_column(info=label("退办提出日期"))
    handback_reason: Mapped[str] = mapped_column(info=label("退办理由"))
    handback_decided_on: Mapped[date | None] = mapped_column(info=label("退办答复日期"))
    handback_note: Mapped[str] = mapped_column(info=label("退办答复意见"))
    assist_opinion: Mapped[str] = mapped_column(info=label("协办意见"))
    assist_given_on: Mapped[date | None] = mapped_column(info=label("协办意见日期"))


class Talk(Record):
    """A talk of the handling unit with the deputy; 无沟通 is a value too."""

    __tablename__ = "talk_with_deputy"
    title: ClassVar[str] = "面商沟通"

    suggestion_id: Mapped[str] = mapped_column(
        index=True, info=label("建议", required=True, refers="suggestion")
    )
    round: Mapped[int] = mapped_column(info=label("办理轮次"))
    held_on: Mapped[date] = mapped_column(info=label("日期", required=True))
    form: Mapped[TalkForm] = mapped_column(ChoiceType(TalkForm), info=label("形式", required=True))
    unit_id: Mapped[str] = mapped_column(info=label("单位", refers="unit"))
    people: Mapped[str] = mapped_column(info=label("参加人"))
    content: Mapped[str] = mapped_column(info=label("内容"))


class Extension(Record):
    """A unit's wish for more time, and the answer to it."""

    __tablename__ = "extension"
    title: ClassVar[str] = "延期"

    assignment_id: Mapped[str] = mapped_column(
        index=True, info=label("交办", required=True, refers="assignment")
    )
    asked_on: Mapped[date] = mapped_column(info=label("申请日期", required=True))
    reason: Mapped[str] = mapped_column(info=label("理由", required=True))
    decided_on: Mapped[date | None] = mapped_column(info=label("审批日期"))
    granted: Mapped[bool] = mapped_column(info=label("同意延期"))
    new_due_on: Mapped[date | None] = mapped_column(info=label("新时限"))
    note: Mapped[str] = mapped_column(info=label("审批意见"))
    deputy_told_on: Mapped[date | None] = mapped_column(info=label("告知代表日期"))


class Urging(Record):
    """A reminder to the unit, the n-th of its kind."""

    __tablename__ = "urging"
    title: ClassVar[str] = "催办督办"

    suggestion_id: Mapped[str] = mapped_column(
        index=True, info=label("建议", required=True, refers="suggestion")
    )
    unit_id: Mapped[str] = mapped_column(info=label("单位", required=True, refers="unit"))
    urged_on: Mapped[date] = mapped_column(info=label("日期", required=True))
    nth: Mapped[int] = mapped_column(info=label("第几次"))
    by_letter: Mapped[bool] = mapped_column(info=label("发督办通知"))
    document_no: Mapped[str] = mapped_column(info=label("文号"))
    content: Mapped[str] = mapped_column(info=label("内容"))


class Reply(Record):
    """The unit's answer of one round (答复 is neither 办结 nor 落实)."""

    __tablename__ = "reply"
    __table_args__ = (
        Index(  # what figures ask, without the long answers
            *("ix_reply_suggestion_id", "suggestion_id", "assignment_id", "replied_on"),
            *("round", "answer_class"),
        ),
    )
    title: ClassVar[str] = "答复"

    suggestion_id: Mapped[str] = mapped_column(
        info=label("建议", required=True, refers="suggestion")
    )
    assignment_id: Mapped[str] = mapped_column(
        index=True, info=label("交办", required=True, refers="assignment")
    )
    round: Mapped[int] = mapped_column(info=label("办理轮次"))
    replied_on: Mapped[date] = mapped_column(index=True, info=label("答复日期", required=True))
    document_no: Mapped[str] = mapped_column(info=label("文号"))
    answer_class: Mapped[str] = mapped_column(info=label("答复类别", required=True))
    signer: Mapped[str] = mapped_column(info=label("签发人"))
    contact: Mapped[str] = mapped_column(info=label("联系人"))
    phone: Mapped[str] = mapped_column(info=label("联系电话"))
    done: Mapped[str] = mapped_column(info=label("已落实事项"))
    planned: Mapped[str] = mapped_column(info=label("计划落实事项"))
    planned_by: Mapped[date | None] = mapped_column(info=label("落实时限"))
    refused_why: Mapped[str] = mapped_column(info=label("未采纳理由"))
    body: Mapped[str] = mapped_column(info=label("答复全文"))


class Feedback(Record):
    """The form on which the deputy judges attitude and result apart."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index(
            *("ix_feedback_suggestion_id", "suggestion_id", "returned_on", "round"),
            *("result", "attitude"),
        ),
    )
    title: ClassVar[str] = "征询意见"

    suggestion_id: Mapped[str] = mapped_column(
        info=label("建议", required=True, refers="suggestion")
    )
    round: Mapped[int] = mapped_column(info=label("办理轮次"))
    sent_on: Mapped[date] = mapped_column(info=label("发出日期", required=True))
    due_on: Mapped[date] = mapped_column(info=label("反馈时限"))
    reminded_on: Mapped[date | None] = mapped_column(info=label("提醒日期"))
    returned_on: Mapped[date | None] = mapped_column(info=label("收回日期"))
    attitude: Mapped[Satisfaction] = mapped_column(ChoiceType(Satisfaction), info=label("办理工作"))
    result: Mapped[Satisfaction] = mapped_column(ChoiceType(Satisfaction), info=label("办理结果"))
    talk_form: Mapped[TalkForm] = mapped_column(ChoiceType(TalkForm), info=label("面商形式"))
    adoption: Mapped[Adoption] = mapped_column(ChoiceType(Adoption), info=label("采纳情况"))
    opinion: Mapped[str] = mapped_column(info=label("代表意见"))


class Commitment(Record):
    """A promise made in an answer; it outlives the closing of the suggestion."""

    __tablename__ = "commitment"
    title: ClassVar[str] = "承诺事项"

    suggestion_id: Mapped[str] = mapped_column(
        index=True, info=label("建议", required=True, refers="suggestion")
    )
    reply_id: Mapped[str] = mapped_column(info=label("答复", refers="reply"))
    unit_id: Mapped[str] = mapped_column(info=label("承办单位", refers="unit"))
    content: Mapped[str] = mapped_column(info=label("承诺内容", required=True))
    due_on: Mapped[date | None] = mapped_column(info=label("落实时限"))
    progress: Mapped[str] = mapped_column(info=label("进展"))
    state: Mapped[CommitmentState] = mapped_column(
        ChoiceType(CommitmentState), info=label("落实情况")
    )
    settled_on: Mapped[date | None] = mapped_column(info=label("认定日期"))
    note: Mapped[str] = mapped_column(info=label("说明"))
