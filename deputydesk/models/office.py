"""The office itself, and the rules it works by, each valid from a day."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import OfficeKind


class OfficeProfile(Record):
    """What the office is and how it signs; its kind decides organs, wording and forms."""

    __tablename__ = "office_profile"
    title: ClassVar[str] = "单位信息"

    kind: Mapped[OfficeKind] = mapped_column(
        ChoiceType(OfficeKind), info=label("单位类型", required=True)
    )
    name: Mapped[str] = mapped_column(info=label("名称", required=True, hint="如：五当召镇"))
    district: Mapped[str] = mapped_column(info=label("所属旗县区", hint="如：石拐区"))
    area_code: Mapped[str] = mapped_column(info=label("行政区划代码", hint="可不填"))
    document_prefix: Mapped[str] = mapped_column(info=label("发文机关代字"))
    address: Mapped[str] = mapped_column(info=label("地址"))
    phone: Mapped[str] = mapped_column(info=label("联系电话"))
    head: Mapped[str] = mapped_column(info=label("负责人"))
    clerk: Mapped[str] = mapped_column(info=label("经办人"))


class DeadlineRule(Record):
    """How long each step may take, from a day on; an edit is a new row, never a rewritten past."""

    __tablename__ = "deadline_rule"
    title: ClassVar[str] = "办理期限"

    valid_from: Mapped[date] = mapped_column(info=label("自何日起", required=True))
    reply_months: Mapped[int] = mapped_column(info=label("答复期限（月）", required=True))
    long_reply_months: Mapped[int] = mapped_column(
        info=label("复杂事项答复期限（月）", required=True)
    )
    rehandle_months: Mapped[int] = mapped_column(info=label("重新办理期限（月）", required=True))
    assist_months: Mapped[int] = mapped_column(info=label("协办意见期限（月）", required=True))
    handback_workdays: Mapped[int] = mapped_column(info=label("退办期限（工作日）", required=True))
    feedback_workdays: Mapped[int] = mapped_column(
        info=label("征询反馈期限（工作日）", required=True)
    )
    opinion_days: Mapped[int] = mapped_column(info=label("选民意见办理期限（天）", required=True))
    postponed: Mapped[bool] = mapped_column(info=label("遇休息日顺延"))
    source: Mapped[str] = mapped_column(info=label("依据"))


class AnswerClass(Record):
    """A class of answers (A, B, C, …) and its meaning, from a day on."""

    __tablename__ = "answer_class"
    title: ClassVar[str] = "答复类别"

    valid_from: Mapped[date] = mapped_column(info=label("自何日起", required=True))
    code: Mapped[str] = mapped_column(info=label("类别", required=True))
    meaning: Mapped[str] = mapped_column(info=label("含义", required=True))
    promises: Mapped[bool] = mapped_column(info=label("须列承诺事项"))
    source: Mapped[str] = mapped_column(info=label("依据"))


class GradeScale(Record):
    """The grades of an evaluation and how they are reached, from a day on."""

    __tablename__ = "grade_scale"
    title: ClassVar[str] = "测评等次"

    valid_from: Mapped[date] = mapped_column(info=label("自何日起", required=True))
    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    rule: Mapped[dict[str, Any]] = mapped_column(info=label("等次规则") | {"mapping": True})
    source: Mapped[str] = mapped_column(info=label("依据"))
