"""Who is expected at, or took part in, anything but a visit; and who asks to be excused."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.rules.choices import Choice


class Presence(Choice):
    """How a deputy stands to an event."""

    EXPECTED = "expected", "应到"
    PRESENT = "present", "到会"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "缺席"


class Attendance(Record):
    """A deputy at an event of any kind; the event is named by its table and id."""

    __tablename__ = "attendance"
    title: ClassVar[str] = "出席情况"
    __table_args__ = (
        Index(
            "ix_attendance_event_id",
            *("event_id", "mandate_id", "presence", "event_kind", "role", "half_days", "hours"),
        ),
        Index("ix_attendance_mandate_id", "mandate_id", "event_kind", "event_id"),
    )

    event_kind: Mapped[str] = mapped_column(info=label("活动种类"))
    event_id: Mapped[str] = mapped_column(info=label("活动", required=True))
    mandate_id: Mapped[str] = mapped_column(info=label("代表", required=True, refers="mandate"))
    presence: Mapped[Presence] = mapped_column(ChoiceType(Presence), info=label("出席"))
    role: Mapped[str] = mapped_column(info=label("担任角色", hint="如：主持、发言"))
    half_days: Mapped[int] = mapped_column(info=label("半天数"))
    hours: Mapped[int] = mapped_column(info=label("学时"))
    signed_at: Mapped[str] = mapped_column(info=label("签到时间"))
    note: Mapped[str] = mapped_column(info=label("备注"))


class Approval(Choice):
    """What became of a request."""

    ASKED = "asked", "待审批"
    APPROVED = "approved", "同意"
    REFUSED = "refused", "不同意"


class Leave(Record):
    """A deputy who asks to be excused from an event or for some days."""

    __tablename__ = "leave"
    title: ClassVar[str] = "请假"
    __table_args__ = (Index("ix_leave_mandate_id", "mandate_id", "event_id", "approval"),)

    mandate_id: Mapped[str] = mapped_column(info=label("代表", required=True, refers="mandate"))
    event_kind: Mapped[str] = mapped_column(info=label("活动种类"))
    event_id: Mapped[str] = mapped_column(index=True, info=label("活动"))
    from_on: Mapped[date] = mapped_column(index=True, info=label("开始日期", required=True))
    to_on: Mapped[date] = mapped_column(info=label("结束日期", required=True))
    half_days: Mapped[int] = mapped_column(info=label("半天数"))
    reason: Mapped[str] = mapped_column(info=label("事由", required=True))
    approval: Mapped[Approval] = mapped_column(ChoiceType(Approval), info=label("审批结果"))
    approved_by: Mapped[str] = mapped_column(info=label("审批人"))
    approved_on: Mapped[date | None] = mapped_column(info=label("审批日期"))
