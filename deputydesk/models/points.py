"""Points for duty: rules with a date, entries with evidence, and quarters that are frozen."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.rules.choices import Choice


class PointScheme(Record):
    """The rules by which points are given, from a day on; a change is a new row."""

    __tablename__ = "point_scheme"
    title: ClassVar[str] = "积分规则"

    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    valid_from: Mapped[date] = mapped_column(info=label("自何日起", required=True))
    rule: Mapped[dict[str, Any]] = mapped_column(info=label("规则") | {"mapping": True})
    source: Mapped[str] = mapped_column(info=label("依据"))


class PointState(Choice):
    """Whether an entry counts."""

    DRAFT = "draft", "待核实"
    VERIFIED = "verified", "已核实"
    REFUSED = "refused", "不予计分"


TYPED = ("", "point_objection")
"""Kinds of source of points that were typed by hand, and not derived from a record."""


class PointEntry(Record):
    """What points are given for: typed by hand, or the clerk's word on what was derived."""

    __tablename__ = "point_entry"
    __table_args__ = (
        Index(  # all that counting needs
            *("ix_point_entry_earned_on", "earned_on", "id", "source_kind", "mandate_id"),
            *("source_id", "state"),
        ),
        Index("ix_point_entry_mandate_id", "mandate_id", "earned_on"),
    )
    title: ClassVar[str] = "积分记录"

    mandate_id: Mapped[str] = mapped_column(info=label("代表", required=True, refers="mandate"))
    item: Mapped[str] = mapped_column(index=True, info=label("积分项目", required=True))
    earned_on: Mapped[date] = mapped_column(info=label("日期", required=True))
    quantity: Mapped[int] = mapped_column(info=label("次数"))
    role: Mapped[str] = mapped_column(info=label("角色"))
    source_kind: Mapped[str] = mapped_column(info=label("来源种类"))
    source_id: Mapped[str] = mapped_column(index=True, info=label("来源记录"))
    evidence: Mapped[str] = mapped_column(info=label("依据材料"))
    state: Mapped[PointState] = mapped_column(ChoiceType(PointState), info=label("核实状态"))
    verified_by: Mapped[str] = mapped_column(info=label("核实人"))
    verified_on: Mapped[date | None] = mapped_column(info=label("核实日期"))
    note: Mapped[str] = mapped_column(info=label("说明"))


class PointQuarter(Record):
    """A closed quarter: the board as it was, and the rules it was made by; never changed."""

    __tablename__ = "point_quarter"
    title: ClassVar[str] = "季度积分"

    year: Mapped[int] = mapped_column(info=label("年度", required=True))
    quarter: Mapped[int] = mapped_column(info=label("季度", required=True))
    closed_on: Mapped[date] = mapped_column(info=label("封账日期", required=True))
    closed_by: Mapped[str] = mapped_column(info=label("封账人"))
    scheme_id: Mapped[str] = mapped_column(info=label("积分规则", refers="point_scheme"))
    scheme_name: Mapped[str] = mapped_column(info=label("规则名称"))
    scheme_from: Mapped[date] = mapped_column(info=label("规则生效日期"))
    board: Mapped[dict[str, Any]] = mapped_column(info=label("积分榜") | {"mapping": True})
    digest: Mapped[str] = mapped_column(info=label("校验值"))
    published_on: Mapped[date | None] = mapped_column(info=label("公示日期"))
    objections_until: Mapped[date | None] = mapped_column(info=label("异议截止日期"))


class PointObjection(Record):
    """A deputy's objection to a published board."""

    __tablename__ = "point_objection"
    title: ClassVar[str] = "积分异议"

    quarter_id: Mapped[str] = mapped_column(
        index=True, info=label("季度积分", required=True, refers="point_quarter")
    )
    mandate_id: Mapped[str] = mapped_column(
        index=True, info=label("代表", required=True, refers="mandate")
    )
    raised_on: Mapped[date] = mapped_column(info=label("提出日期", required=True))
    content: Mapped[str] = mapped_column(info=label("异议内容", required=True))
    decision: Mapped[str] = mapped_column(info=label("处理意见"))
    decided_on: Mapped[date | None] = mapped_column(info=label("处理日期"))
    decided_by: Mapped[str] = mapped_column(info=label("处理人"))
