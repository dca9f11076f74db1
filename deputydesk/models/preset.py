"""Rules and lists of the place, each valid from a day: checklists, steps, deadlines, orders."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Record, label


class Preset(Record):
    """A dated set of values of one kind; an edit is a new row, never a rewritten past."""

    __tablename__ = "preset"
    title: ClassVar[str] = "本地规则"

    kind: Mapped[str] = mapped_column(index=True, info=label("种类", required=True))
    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    valid_from: Mapped[date] = mapped_column(info=label("自何日起", required=True))
    rule: Mapped[dict[str, Any]] = mapped_column(info=label("内容") | {"mapping": True})
    source: Mapped[str] = mapped_column(info=label("依据"))
