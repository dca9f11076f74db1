"""Duty activities of deputies outside the homes, and what deputies say at events of any kind."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.rules.choices import Choice


class ActivityKind(Choice):
    """What kind of activity it is (代表法 第二十六至三十七条)."""

    REPORT = "report", "听取审议专项报告"
    INSPECTION = "inspection", "集体视察"
    LAW_CHECK = "law_check", "执法检查"
    FOLLOW_UP = "follow_up", "跟踪监督"
    RESEARCH = "research", "专项调研"
    COMMITTEE = "committee", "专委会视察"
    INTERVIEW = "interview", "约见负责人"
    SIT_IN = "sit_in", "列席会议"
    BRIEFING = "briefing", "政情通报"
    TRIAL = "trial", "旁听庭审"
    LAW_ORDER = "law_order", "点单送法"
    HEARING = "hearing", "听证"
    FORUM = "forum", "恳谈"
    PRE_MEETING = "pre_meeting", "会前征求意见"
    CADRE = "cadre", "领导干部以代表身份座谈"
    GROUP = "group", "代表小组活动"


class Activity(Record):
    """One activity; it counts once, its participants are counted as 人次."""

    __tablename__ = "activity"
    title: ClassVar[str] = "代表活动"
    __table_args__ = (Index("ix_activity_held_on", "held_on", "id", "kind"),)

    number: Mapped[int] = mapped_column(info=label("编号"))
    kind: Mapped[ActivityKind] = mapped_column(
        ChoiceType(ActivityKind), index=True, info=label("活动类型", required=True)
    )
    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    held_on: Mapped[date] = mapped_column(info=label("日期", required=True))
    ended_on: Mapped[date | None] = mapped_column(info=label("结束日期"))
    organiser: Mapped[str] = mapped_column(info=label("组织单位"))
    group_id: Mapped[str] = mapped_column(info=label("代表小组", refers="deputy_group"))
    home_id: Mapped[str] = mapped_column(index=True, info=label("代表之家", refers="home"))
    place: Mapped[str] = mapped_column(info=label("地点"))
    topics: Mapped[list[str]] = mapped_column(info=label("议题"))
    people: Mapped[int] = mapped_column(info=label("参加人次", hint="代表以外的也计入"))
    official: Mapped[str] = mapped_column(
        info=label("约见的负责人", hint="约见时填写：姓名、单位和职务")
    )
    report: Mapped[str] = mapped_column(info=label("报告、结论"))
    forwarded_on: Mapped[date | None] = mapped_column(info=label("报告转交日期"))
    feedback_due_on: Mapped[date | None] = mapped_column(info=label("反馈时限"))
    feedback_on: Mapped[date | None] = mapped_column(info=label("反馈日期"))
    feedback: Mapped[str] = mapped_column(info=label("反馈内容"))
    note: Mapped[str] = mapped_column(info=label("备注"))


class EventOpinion(Record):
    """What somebody said or asked for at an event; the event is named by its table and id."""

    __tablename__ = "event_opinion"
    title: ClassVar[str] = "活动中提出的意见"

    event_kind: Mapped[str] = mapped_column(info=label("活动种类"))
    event_id: Mapped[str] = mapped_column(index=True, info=label("活动", required=True))
    number: Mapped[int] = mapped_column(info=label("序号"))
    content: Mapped[str] = mapped_column(info=label("意见内容", required=True))
    speaker: Mapped[str] = mapped_column(info=label("发言人"))
    mandate_id: Mapped[str] = mapped_column(index=True, info=label("发言代表", refers="mandate"))
    given_on: Mapped[date | None] = mapped_column(index=True, info=label("提出日期"))
    unit_id: Mapped[str] = mapped_column(index=True, info=label("交办单位", refers="unit"))
    due_on: Mapped[date | None] = mapped_column(info=label("反馈时限"))
    fed_back_on: Mapped[date | None] = mapped_column(info=label("反馈日期"))
    feedback: Mapped[str] = mapped_column(info=label("反馈情况"))


class ServiceKind(Choice):
    """What deputies do for people."""

    POLICY = "policy", "政策宣讲"
    VOLUNTEER = "volunteer", "志愿服务"
    VISIT_MONTH = "visit_month", "走访月"
    BREAKFAST = "breakfast", "早餐会"
    COURTS = "courts", "法检两长走基层"
    HARMONY = "harmony", "化解矛盾"
    AID = "aid", "帮扶救助"
    DEED = "deed", "为民办实事"


class Service(Record):
    """A service to people; 次 and 人次 are counted apart."""

    __tablename__ = "service"
    title: ClassVar[str] = "代表服务"
    __table_args__ = (Index("ix_service_held_on", "held_on", "id", "kind", "people"),)

    kind: Mapped[ServiceKind] = mapped_column(
        ChoiceType(ServiceKind), index=True, info=label("服务类型", required=True)
    )
    campaign: Mapped[str] = mapped_column(info=label("活动名称", required=True))
    held_on: Mapped[date] = mapped_column(info=label("日期", required=True))
    times: Mapped[int] = mapped_column(info=label("次数", hint="一条登记多次时填写"))
    people: Mapped[int] = mapped_column(info=label("人次"))
    home_id: Mapped[str] = mapped_column(index=True, info=label("代表之家", refers="home"))
    place: Mapped[str] = mapped_column(info=label("地点"))
    outcome: Mapped[str] = mapped_column(info=label("成效"))
    note: Mapped[str] = mapped_column(info=label("备注"))


class TrainingForm(Choice):
    """How a training is held."""

    CLASSROOM = "classroom", "线下"
    ONLINE = "online", "线上"


class TrainingLevel(Choice):
    """Who holds a training for whom."""

    DISTRICT = "district", "区级代表培训"
    TOWN = "town", "苏木乡镇代表培训"
    STREET = "street", "街道议事代表培训"
    HIGHER = "higher", "上级培训"


class Training(Record):
    """A training of deputies (代表法 第四十七条)."""

    __tablename__ = "training"
    title: ClassVar[str] = "培训"
    __table_args__ = (Index("ix_training_held_on", "held_on", "id", "hours"),)

    topic: Mapped[str] = mapped_column(info=label("主题", required=True))
    form: Mapped[TrainingForm] = mapped_column(
        ChoiceType(TrainingForm), info=label("形式", required=True)
    )
    level: Mapped[TrainingLevel] = mapped_column(
        ChoiceType(TrainingLevel), info=label("培训层级", required=True)
    )
    held_on: Mapped[date] = mapped_column(info=label("日期", required=True))
    ended_on: Mapped[date | None] = mapped_column(info=label("结束日期"))
    sessions: Mapped[int] = mapped_column(info=label("期（次）数"))
    hours: Mapped[int] = mapped_column(info=label("学时"))
    people: Mapped[int] = mapped_column(info=label("参训人次"))
    teacher: Mapped[str] = mapped_column(info=label("授课人"))
    organiser: Mapped[str] = mapped_column(info=label("主办单位"))
    place: Mapped[str] = mapped_column(info=label("地点"))
    note: Mapped[str] = mapped_column(info=label("备注"))
