"""Suggestions pressed by a leader or named as key, and the periodic dispatch of the ledger."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.rules.choices import Choice
from deputydesk.rules.dispatch_periods import DispatchKind


class OversightKind(Choice):
    """Who presses the matter."""

    CONGRESS = "congress", "人大领导领衔督办"
    KEY = "key", "重点督办"
    GOVERNMENT = "government", "政府领导带头办理"


class OversightState(Choice):
    """How far the pressing is."""

    OPEN = "open", "督办中"
    DONE = "done", "已办结"
    CARRIED = "carried", "转下年"


class Oversight(Record):
    """A suggestion pressed by leaders until it is settled (代表法 第五十二条)."""

    __tablename__ = "oversight"
    title: ClassVar[str] = "领衔督办"

    suggestion_id: Mapped[str] = mapped_column(
        index=True, info=label("建议", required=True, refers="suggestion")
    )
    kind: Mapped[OversightKind] = mapped_column(
        ChoiceType(OversightKind), info=label("督办方式", required=True)
    )
    congress_leader: Mapped[str] = mapped_column(info=label("人大领导"))
    government_leader: Mapped[str] = mapped_column(info=label("政府领导"))
    started_on: Mapped[date] = mapped_column(index=True, info=label("开始日期", required=True))
    due_on: Mapped[date | None] = mapped_column(info=label("完成时限"))
    plan: Mapped[str] = mapped_column(info=label("督办方案"))
    steps: Mapped[list[str]] = mapped_column(info=label("已完成环节"))
    state: Mapped[OversightState] = mapped_column(ChoiceType(OversightState), info=label("状态"))
    ended_on: Mapped[date | None] = mapped_column(info=label("结束日期"))
    result: Mapped[str] = mapped_column(info=label("督办结果"))


class OversightVisit(Record):
    """A visit, meeting or check in the course of pressing a suggestion."""

    __tablename__ = "oversight_visit"
    title: ClassVar[str] = "督办活动"

    oversight_id: Mapped[str] = mapped_column(
        index=True, info=label("督办事项", required=True, refers="oversight")
    )
    held_on: Mapped[date] = mapped_column(info=label("日期", required=True))
    form: Mapped[str] = mapped_column(info=label("形式", hint="如：现场督办、座谈、听取汇报"))
    content: Mapped[str] = mapped_column(info=label("内容", required=True))
    who: Mapped[str] = mapped_column(info=label("参加人"))


class Dispatch(Record):
    """The ledger as it stood at the end of a week, month or quarter; never changed afterwards."""

    __tablename__ = "dispatch"
    title: ClassVar[str] = "调度报告"

    kind: Mapped[DispatchKind] = mapped_column(
        ChoiceType(DispatchKind), info=label("种类", required=True)
    )
    first_on: Mapped[date] = mapped_column(info=label("起", required=True))
    last_on: Mapped[date] = mapped_column(index=True, info=label("止", required=True))
    made_on: Mapped[date] = mapped_column(info=label("生成日期", required=True))
    number: Mapped[int] = mapped_column(info=label("期号"))
    summary: Mapped[str] = mapped_column(info=label("文字小结"))
    signed_by: Mapped[str] = mapped_column(info=label("签发人"))
    signed_on: Mapped[date | None] = mapped_column(info=label("签发日期"))
    snapshot: Mapped[dict[str, Any]] = mapped_column(info=label("台账快照") | {"mapping": True})
    digest: Mapped[str] = mapped_column(info=label("校验值"))
