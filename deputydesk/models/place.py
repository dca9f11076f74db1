"""Electoral districts, groups of deputies, homes and stations."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import HomeLevel, Level


class ElectoralDistrict(Record):
    """A constituency: one to three deputies (选举法 第二十五条)."""

    __tablename__ = "electoral_district"
    title: ClassVar[str] = "选区"

    level: Mapped[Level] = mapped_column(ChoiceType(Level), info=label("层级"))
    name: Mapped[str] = mapped_column(info=label("选区名称", required=True))
    villages: Mapped[str] = mapped_column(info=label("所辖村、社区、单位"))
    seats: Mapped[int | None] = mapped_column(info=label("应选名额"))
    voters: Mapped[int | None] = mapped_column(info=label("选民数"))


class DeputyGroup(Record):
    """A group of deputies, the basic form of work between meetings (代表法 第三十七条)."""

    __tablename__ = "deputy_group"
    title: ClassVar[str] = "代表小组"

    name: Mapped[str] = mapped_column(info=label("小组名称", required=True))
    leader_id: Mapped[str] = mapped_column(info=label("组长", refers="mandate"))
    home_id: Mapped[str] = mapped_column(info=label("所在代表之家", refers="home"))


class Home(Record):
    """A deputy home, where deputies receive voters."""

    __tablename__ = "home"
    title: ClassVar[str] = "代表之家"

    level: Mapped[HomeLevel] = mapped_column(
        ChoiceType(HomeLevel), info=label("级别", required=True)
    )
    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    unit: Mapped[str] = mapped_column(info=label("所在地"))
    area_code: Mapped[str] = mapped_column(info=label("行政区划代码"))
    address: Mapped[str] = mapped_column(info=label("地址"))
    head: Mapped[str] = mapped_column(info=label("负责人"))
    opened_on: Mapped[date | None] = mapped_column(info=label("建成日期"))


class Station(Record):
    """A station below a home; one place may have several roles."""

    __tablename__ = "station"
    title: ClassVar[str] = "工作站"

    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    roles: Mapped[list[str]] = mapped_column(info=label("职能"))
    home_id: Mapped[str] = mapped_column(info=label("所属代表之家", refers="home"))
    host: Mapped[str] = mapped_column(info=label("依托单位"))
