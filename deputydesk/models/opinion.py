"""Opinions of voters, and the voters' own data, which stay home unless the head says otherwise."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import Channel, Route, Sex
from deputydesk.rules.opinion_flow import OpinionState
from deputydesk.rules.satisfaction import Satisfaction


class Voter(Record):
    """A voter who was heard; nothing but a name is asked, and not even that is needed.

    Written down while the office shares them, the id has a scope of its own that goes up.
    """

    __tablename__ = "voter"
    title: ClassVar[str] = "选民"
    scope_suffix: ClassVar[str] = ".local"

    name: Mapped[str] = mapped_column(info=label("选民姓名"))
    sex: Mapped[Sex] = mapped_column(ChoiceType(Sex), info=label("选民性别"))
    age: Mapped[int | None] = mapped_column(info=label("年龄"))
    phone: Mapped[str] = mapped_column(info=label("联系电话"))
    address: Mapped[str] = mapped_column(info=label("住址"))


class VoterSharing(Record):
    """Whether voters' own data goes to the office above; it stays home: no other office says so."""

    __tablename__ = "voter_sharing"
    title: ClassVar[str] = "选民资料上报"
    scope_suffix: ClassVar[str] = ".local"

    goes_up: Mapped[bool] = mapped_column(info=label("新登记的选民资料报上级"))
    basis: Mapped[str] = mapped_column(
        info=label("依据", hint="哪个单位的哪份文件要求报；怎样告知了选民")
    )
    decided_on: Mapped[date] = mapped_column(info=label("决定日期"))


class Opinion(Record):
    """One hearing of one matter (件次); what is merged stays counted as heard."""

    __tablename__ = "opinion"
    title: ClassVar[str] = "选民意见"
    __table_args__ = (
        Index("ix_opinion_heard_on", "heard_on", "number", "id", "settled_on"),
        Index("ix_opinion_mandate_id", "mandate_id", "heard_on"),
        Index("ix_opinion_state", "state", "due_on"),
    )

    number: Mapped[int] = mapped_column(info=label("编号"))
    heard_on: Mapped[date] = mapped_column(info=label("反映日期", required=True))
    channel: Mapped[Channel] = mapped_column(ChoiceType(Channel), info=label("渠道", required=True))
    visit_id: Mapped[str] = mapped_column(index=True, info=label("接待活动", refers="visit"))
    mandate_id: Mapped[str] = mapped_column(info=label("接待代表", refers="mandate"))
    home_id: Mapped[str] = mapped_column(info=label("代表之家", refers="home"))
    voter_id: Mapped[str] = mapped_column(info=label("选民", refers="voter"))
    confidential: Mapped[bool] = mapped_column(info=label("要求保密"))
    matter: Mapped[str] = mapped_column(info=label("反映事项", required=True))
    detail: Mapped[str] = mapped_column(info=label("情况记录"))
    category: Mapped[str] = mapped_column(info=label("类别"))
    place: Mapped[str] = mapped_column(info=label("涉及地点"))
    spot_answer: Mapped[str] = mapped_column(info=label("当场答复"))
    deputy_view: Mapped[str] = mapped_column(info=label("代表意见"))
    state: Mapped[OpinionState] = mapped_column(ChoiceType(OpinionState), info=label("状态"))
    route: Mapped[Route] = mapped_column(ChoiceType(Route), info=label("去向"))
    unit_id: Mapped[str] = mapped_column(index=True, info=label("承办单位", refers="unit"))
    assigned_on: Mapped[date | None] = mapped_column(info=label("交办日期"))
    due_on: Mapped[date | None] = mapped_column(info=label("办理时限"))
    due_provisional: Mapped[bool] = mapped_column(info=label("时限为暂定"))
    due_why: Mapped[str] = mapped_column(info=label("时限依据"))
    handled_on: Mapped[date | None] = mapped_column(info=label("办理日期"))
    outcome: Mapped[str] = mapped_column(info=label("办理结果"))
    told_on: Mapped[date | None] = mapped_column(info=label("反馈选民日期"))
    told_how: Mapped[str] = mapped_column(info=label("反馈方式"))
    satisfaction: Mapped[Satisfaction] = mapped_column(
        ChoiceType(Satisfaction), info=label("选民评价")
    )
    refused_why: Mapped[str] = mapped_column(info=label("选民不认可的理由"))
    explanation: Mapped[str] = mapped_column(info=label("解释说明"))
    sent_back: Mapped[int] = mapped_column(info=label("退回重办次数"))
    settled_on: Mapped[date | None] = mapped_column(index=True, info=label("销号日期"))
    merged_into: Mapped[str] = mapped_column(index=True, info=label("并入", refers="opinion"))
    suggestion_id: Mapped[str] = mapped_column(
        index=True, info=label("转成的建议", refers="suggestion")
    )
