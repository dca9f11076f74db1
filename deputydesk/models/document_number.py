"""Numbers of the documents that the office sends out."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Record, label


class DocumentNumber(Record):
    """A 发文字号 given to a document; a cancelled one keeps its place in the series."""

    __tablename__ = "document_number"
    title: ClassVar[str] = "发文"

    prefix: Mapped[str] = mapped_column(
        index=True, info=label("发文机关代字", required=True, hint="如：石人办")
    )
    year: Mapped[int] = mapped_column(index=True, info=label("年份"))
    number: Mapped[int] = mapped_column(info=label("序号"))
    name: Mapped[str] = mapped_column(info=label("标题", required=True))
    organ: Mapped[str] = mapped_column(info=label("发文机关"))
    recipient: Mapped[str] = mapped_column(info=label("主送"))
    form: Mapped[str] = mapped_column(info=label("文种"))
    record_kind: Mapped[str] = mapped_column(info=label("所属记录种类"))
    record_id: Mapped[str] = mapped_column(index=True, info=label("所属记录"))
    given_on: Mapped[date] = mapped_column(info=label("发文日期", required=True))
    cancelled_on: Mapped[date | None] = mapped_column(info=label("作废日期"))
    cancel_reason: Mapped[str] = mapped_column(info=label("作废原因"))
    note: Mapped[str] = mapped_column(info=label("备注"))
