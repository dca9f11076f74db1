"""Opinions on draft laws collected among people, and those who help with it."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.rules.choices import Choice


class LegRoundState(Choice):
    """How far a round is."""

    COLLECTING = "collecting", "征集中"
    REPORTED = "reported", "已上报"
    FED_BACK = "fed_back", "已反馈"


class LegRound(Record):
    """A draft law on which opinions are collected."""

    __tablename__ = "leg_round"
    title: ClassVar[str] = "立法意见征集"

    name: Mapped[str] = mapped_column(info=label("法规草案", required=True))
    topic: Mapped[str] = mapped_column(info=label("主题"))
    tasked_by: Mapped[str] = mapped_column(info=label("交办机关"))
    received_on: Mapped[date] = mapped_column(index=True, info=label("收到日期", required=True))
    due_on: Mapped[date | None] = mapped_column(info=label("上报时限"))
    held_on: Mapped[date | None] = mapped_column(index=True, info=label("座谈日期"))
    place: Mapped[str] = mapped_column(info=label("地点"))
    people: Mapped[int] = mapped_column(info=label("参加人次"))
    point_ids: Mapped[list[str]] = mapped_column(info=label("征集点"))
    state: Mapped[LegRoundState] = mapped_column(ChoiceType(LegRoundState), info=label("状态"))
    reported_on: Mapped[date | None] = mapped_column(info=label("上报日期"))
    fed_back_on: Mapped[date | None] = mapped_column(info=label("收到反馈日期"))
    note: Mapped[str] = mapped_column(info=label("备注"))


class AdoptionState(Choice):
    """Whether an opinion went into the law."""

    OPEN = "open", "未反馈"
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    REFUSED = "refused", "未采纳"


class LegOpinion(Record):
    """One opinion on one article; counted as 条."""

    __tablename__ = "leg_opinion"
    title: ClassVar[str] = "立法意见"

    round_id: Mapped[str] = mapped_column(
        index=True, info=label("征集事项", required=True, refers="leg_round")
    )
    number: Mapped[int] = mapped_column(info=label("序号"))
    article: Mapped[str] = mapped_column(info=label("条款", hint="如：第十二条"))
    content: Mapped[str] = mapped_column(info=label("意见内容", required=True))
    reason: Mapped[str] = mapped_column(info=label("理由"))
    station_id: Mapped[str] = mapped_column(index=True, info=label("征集点", refers="station"))
    mandate_id: Mapped[str] = mapped_column(index=True, info=label("代表", refers="mandate"))
    speaker: Mapped[str] = mapped_column(info=label("提出人"))
    given_on: Mapped[date] = mapped_column(index=True, info=label("提出日期", required=True))
    merged_into: Mapped[str] = mapped_column(info=label("并入", refers="leg_opinion"))
    adoption: Mapped[AdoptionState] = mapped_column(
        ChoiceType(AdoptionState), info=label("采纳情况")
    )
    answer: Mapped[str] = mapped_column(info=label("反馈内容"))
    fed_back_on: Mapped[date | None] = mapped_column(info=label("反馈提出人日期"))


class LegRole(Choice):
    """What a helper is."""

    LIAISON = "liaison", "立法联络员"
    ADVISER = "adviser", "立法顾问"


class LegPerson(Record):
    """A liaison or an adviser for legislation."""

    __tablename__ = "leg_person"
    title: ClassVar[str] = "立法联络员和顾问"

    role: Mapped[LegRole] = mapped_column(ChoiceType(LegRole), info=label("身份", required=True))
    name: Mapped[str] = mapped_column(info=label("姓名", required=True))
    station_id: Mapped[str] = mapped_column(info=label("征集点", refers="station"))
    job: Mapped[str] = mapped_column(info=label("工作单位及职务"))
    phone: Mapped[str] = mapped_column(info=label("联系电话"))
    from_on: Mapped[date | None] = mapped_column(info=label("聘任日期"))
    to_on: Mapped[date | None] = mapped_column(info=label("解聘日期"))
