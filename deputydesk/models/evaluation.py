"""Evaluations of deputies by voters: paper ballots counted in public."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import EvaluationState


class Evaluation(Record):
    """One meeting at which deputies report and voters tick ballots."""

    __tablename__ = "evaluation"
    title: ClassVar[str] = "述职测评"

    name: Mapped[str] = mapped_column(info=label("会议名称", required=True))
    held_on: Mapped[date] = mapped_column(index=True, info=label("日期", required=True))
    place: Mapped[str] = mapped_column(info=label("地点"))
    home_id: Mapped[str] = mapped_column(info=label("代表之家", refers="home"))
    host: Mapped[str] = mapped_column(info=label("主持人"))
    counter: Mapped[str] = mapped_column(info=label("计票人"))
    scrutineer: Mapped[str] = mapped_column(info=label("监票人"))
    scale: Mapped[dict[str, Any]] = mapped_column(info=label("等次规则") | {"mapping": True})
    state: Mapped[EvaluationState] = mapped_column(ChoiceType(EvaluationState), info=label("状态"))
    issued: Mapped[int | None] = mapped_column(info=label("发出票数"))
    returned: Mapped[int | None] = mapped_column(info=label("收回票数"))
    valid: Mapped[int | None] = mapped_column(info=label("有效票数"))
    invalid: Mapped[int | None] = mapped_column(info=label("无效票数"))
    announced_on: Mapped[date | None] = mapped_column(info=label("公布日期"))


class EvaluationEntry(Record):
    """A deputy on the ballot and the ticks counted: option code -> number, and rows left out."""

    __tablename__ = "evaluation_entry"
    title: ClassVar[str] = "测评得票"

    evaluation_id: Mapped[str] = mapped_column(
        index=True, info=label("测评", required=True, refers="evaluation")
    )
    mandate_id: Mapped[str] = mapped_column(
        index=True, info=label("代表", required=True, refers="mandate")
    )
    position: Mapped[int] = mapped_column(info=label("序号"))
    counts: Mapped[dict[str, Any]] = mapped_column(info=label("得票") | {"mapping": True})
    void: Mapped[int] = mapped_column(info=label("空白或多选"))
    grade: Mapped[str] = mapped_column(info=label("等次"))
