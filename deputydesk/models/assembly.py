"""Assemblies of a street (社区代表会议、民主议政), which has no congress of its own."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.rules.choices import Choice


class AssemblyKind(Choice):
    """What kind of assembly it is."""

    COMMUNITY = "community", "社区代表会议"
    COUNCIL = "council", "民主议政会"
    DELIBERATION = "deliberation", "议事代表会议"


class AssemblyMember(Record):
    """A member of a street's assembly; not a deputy."""

    __tablename__ = "assembly_member"
    title: ClassVar[str] = "议事代表"

    name: Mapped[str] = mapped_column(info=label("姓名", required=True))
    street: Mapped[str] = mapped_column(info=label("街道"))
    group: Mapped[str] = mapped_column(info=label("组别"))
    job: Mapped[str] = mapped_column(info=label("工作单位及职务"))
    phone: Mapped[str] = mapped_column(info=label("联系电话"))
    from_on: Mapped[date | None] = mapped_column(info=label("产生日期"))
    to_on: Mapped[date | None] = mapped_column(info=label("离任日期"))


class Assembly(Record):
    """A meeting of a street's assembly; it is held when more than half are present."""

    __tablename__ = "assembly"
    title: ClassVar[str] = "议事会议"

    kind: Mapped[AssemblyKind] = mapped_column(
        ChoiceType(AssemblyKind), info=label("会议类型", required=True)
    )
    name: Mapped[str] = mapped_column(info=label("会议名称", required=True))
    street: Mapped[str] = mapped_column(info=label("街道"))
    held_on: Mapped[date] = mapped_column(index=True, info=label("日期", required=True))
    place: Mapped[str] = mapped_column(info=label("地点"))
    expected: Mapped[int] = mapped_column(info=label("应到人数"))
    present: Mapped[int] = mapped_column(info=label("实到人数"))
    topics: Mapped[list[str]] = mapped_column(info=label("议题"))
    resolution: Mapped[str] = mapped_column(info=label("形成的意见"))
    votes_for: Mapped[int | None] = mapped_column(info=label("赞成"))
    votes_against: Mapped[int | None] = mapped_column(info=label("反对"))
    votes_abstain: Mapped[int | None] = mapped_column(info=label("弃权"))
    note: Mapped[str] = mapped_column(info=label("备注"))
