"""Matters handed between deputies and the procuratorate."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Money, Record, label
from deputydesk.rules.choices import Choice
from deputydesk.rules.conversion_flow import ConversionState


class ConversionDirection(Choice):
    """Which way a matter goes."""

    TO_PROCURATORATE = "to_procuratorate", "代表建议转检察建议"
    FROM_PROCURATORATE = "from_procuratorate", "检察建议转代表建议"


class PublicInterest(Choice):
    """The field of public interest."""

    ENVIRONMENT = "environment", "生态环境和资源保护"
    FOOD = "food", "食品药品安全"
    PROPERTY = "property", "国有财产保护"
    LAND = "land", "国有土地使用权出让"
    HEROES = "heroes", "英雄烈士保护"
    MINORS = "minors", "未成年人保护"
    SAFETY = "safety", "安全生产"
    PRIVACY = "privacy", "个人信息保护"
    RELICS = "relics", "文物和文化遗产保护"
    ACCESS = "access", "无障碍环境"
    MILITARY = "military", "军人地位和权益保障"
    OTHER = "other", "其他"


class Conversion(Record):
    """One matter on its way from a suggestion to a procuratorial recommendation, or back."""

    __tablename__ = "conversion"
    title: ClassVar[str] = "检察衔接"

    number: Mapped[int] = mapped_column(info=label("编号"))
    direction: Mapped[ConversionDirection] = mapped_column(
        ChoiceType(ConversionDirection), info=label("方向", required=True)
    )
    subject: Mapped[str] = mapped_column(info=label("事项", required=True))
    suggestion_id: Mapped[str] = mapped_column(
        index=True, info=label("代表建议", refers="suggestion")
    )
    field: Mapped[PublicInterest] = mapped_column(
        ChoiceType(PublicInterest), info=label("公益领域", required=True)
    )
    state: Mapped[ConversionState] = mapped_column(ChoiceType(ConversionState), info=label("状态"))
    screened_on: Mapped[date] = mapped_column(index=True, info=label("筛选日期", required=True))
    sent_on: Mapped[date | None] = mapped_column(info=label("移送日期"))
    office_no: Mapped[str] = mapped_column(info=label("检察机关编号"))
    not_taken_why: Mapped[str] = mapped_column(info=label("不予立案理由"))
    filed_on: Mapped[date | None] = mapped_column(info=label("立案日期"))
    filing_no: Mapped[str] = mapped_column(info=label("立案决定书文号"))
    issued_on: Mapped[date | None] = mapped_column(info=label("发出检察建议日期"))
    advice_no: Mapped[str] = mapped_column(info=label("检察建议书文号"))
    unit_id: Mapped[str] = mapped_column(info=label("被建议单位", refers="unit"))
    copied_on: Mapped[date | None] = mapped_column(info=label("抄送人大日期"))
    rectified_on: Mapped[date | None] = mapped_column(info=label("整改日期"))
    outcome: Mapped[str] = mapped_column(info=label("整改情况"))
    recovered: Mapped[int] = mapped_column(Money, info=label("挽回、追缴金额（元）"))
    sued_on: Mapped[date | None] = mapped_column(info=label("起诉日期"))
    told_on: Mapped[date | None] = mapped_column(info=label("告知代表日期"))
    mandate_id: Mapped[str] = mapped_column(index=True, info=label("代表", refers="mandate"))
