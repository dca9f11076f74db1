"""What an office keeps beside its casework: regulations, publicity, polls, practices, honours."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Money, Record, label
from deputydesk.rules.choices import Choice


class Regulation(Record):
    """A rule that the office works by."""

    __tablename__ = "regulation"
    title: ClassVar[str] = "制度"

    number: Mapped[int] = mapped_column(info=label("序号"))
    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    category: Mapped[str] = mapped_column(info=label("类别"))
    document_no: Mapped[str] = mapped_column(info=label("文号"))
    adopted_on: Mapped[date | None] = mapped_column(info=label("通过日期"))
    revised_on: Mapped[date | None] = mapped_column(info=label("修订日期"))
    ended_on: Mapped[date | None] = mapped_column(info=label("废止日期"))
    content: Mapped[str] = mapped_column(info=label("内容"))
    on_wall: Mapped[bool] = mapped_column(info=label("上墙"))


class OutletLevel(Choice):
    """How far a paper or site is read."""

    NATION = "nation", "国家级"
    REGION = "region", "自治区级"
    CITY = "city", "市级"
    DISTRICT = "district", "区（旗县）级"
    OWN = "own", "本级"


class Publicity(Record):
    """An article about deputies or the office that was published."""

    __tablename__ = "publicity"
    title: ClassVar[str] = "宣传信息"

    headline: Mapped[str] = mapped_column(info=label("标题", required=True))
    outlet: Mapped[str] = mapped_column(info=label("刊发媒体", required=True))
    level: Mapped[OutletLevel] = mapped_column(
        ChoiceType(OutletLevel), info=label("媒体级别", required=True)
    )
    published_on: Mapped[date] = mapped_column(index=True, info=label("刊发日期", required=True))
    author: Mapped[str] = mapped_column(info=label("作者"))
    mandate_id: Mapped[str] = mapped_column(
        index=True, info=label("撰稿代表", hint="作者是代表的填写", refers="mandate")
    )
    home_id: Mapped[str] = mapped_column(info=label("代表之家", refers="home"))
    note: Mapped[str] = mapped_column(info=label("备注"))


class OnlinePoll(Record):
    """The result of an online poll, taken over from where it was held."""

    __tablename__ = "online_poll"
    title: ClassVar[str] = "网络评选"

    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    from_on: Mapped[date | None] = mapped_column(info=label("开始日期"))
    to_on: Mapped[date] = mapped_column(index=True, info=label("结束日期", required=True))
    organiser: Mapped[str] = mapped_column(info=label("主办单位"))
    hits: Mapped[int] = mapped_column(info=label("点击量"))
    votes: Mapped[int] = mapped_column(info=label("投票数"))
    winners: Mapped[list[str]] = mapped_column(info=label("当选名单"))
    note: Mapped[str] = mapped_column(info=label("备注"))


class PracticeKind(Choice):
    """What kind of story it is."""

    METHOD = "method", "特色工作法"
    DEED = "deed", "典型事迹"
    INVEST = "invest", "招商引资"
    HELP = "help", "包联帮扶"
    EPIDEMIC = "epidemic", "疫情防控"
    CIVILIZED = "civilized", "文明创建"
    OTHER = "other", "其他"


class Practice(Record):
    """A model practice or a deputy's deed worth telling."""

    __tablename__ = "practice"
    title: ClassVar[str] = "典型做法"

    kind: Mapped[PracticeKind] = mapped_column(
        ChoiceType(PracticeKind), info=label("类别", required=True)
    )
    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    owner: Mapped[str] = mapped_column(info=label("单位"))
    mandate_id: Mapped[str] = mapped_column(index=True, info=label("代表", refers="mandate"))
    home_id: Mapped[str] = mapped_column(info=label("代表之家", refers="home"))
    noted_on: Mapped[date] = mapped_column(index=True, info=label("日期", required=True))
    summary: Mapped[str] = mapped_column(info=label("概要"))
    content: Mapped[str] = mapped_column(info=label("正文"))
    amount: Mapped[int] = mapped_column(Money, info=label("金额（元）"))


class SupportKind(Choice):
    """How the party committee supports the congress."""

    STUDY = "study", "专题研究"
    NOTE = "note", "批示"
    GROUP = "group", "督办组"
    MEETING = "meeting", "人大工作会议"
    DOCUMENT = "document", "印发文件"


class PartySupport(Record):
    """Support by the party committee."""

    __tablename__ = "party_support"
    title: ClassVar[str] = "党委支持"

    kind: Mapped[SupportKind] = mapped_column(
        ChoiceType(SupportKind), info=label("形式", required=True)
    )
    held_on: Mapped[date] = mapped_column(index=True, info=label("日期", required=True))
    subject: Mapped[str] = mapped_column(info=label("事项", required=True))
    leader: Mapped[str] = mapped_column(info=label("领导"))
    outcome: Mapped[str] = mapped_column(info=label("落实情况"))
    note: Mapped[str] = mapped_column(info=label("备注"))


class Honour(Record):
    """A commendation of a deputy, for the duty file."""

    __tablename__ = "honour"
    title: ClassVar[str] = "表彰"

    mandate_id: Mapped[str] = mapped_column(
        index=True, info=label("代表", required=True, refers="mandate")
    )
    name: Mapped[str] = mapped_column(info=label("表彰名称", required=True))
    given_on: Mapped[date] = mapped_column(index=True, info=label("日期", required=True))
    giver: Mapped[str] = mapped_column(info=label("表彰单位", required=True))
