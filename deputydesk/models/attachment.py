"""Scans and photos, kept beside the data file by their content."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Record, label


class Attachment(Record):
    """A file that belongs to a record; the bytes are found by their SHA-256."""

    __tablename__ = "attachment"
    title: ClassVar[str] = "附件"

    owner_kind: Mapped[str] = mapped_column(info=label("所属种类"))
    owner_id: Mapped[str] = mapped_column(index=True, info=label("所属记录", required=True))
    name: Mapped[str] = mapped_column(info=label("文件名", required=True))
    purpose: Mapped[str] = mapped_column(info=label("用途", hint="如：photo 照片、scan 扫描件"))
    media: Mapped[str] = mapped_column(info=label("文件类型"))
    digest: Mapped[str] = mapped_column(index=True, info=label("内容校验值"))
    size: Mapped[int] = mapped_column(info=label("大小（字节）"))
    taken_on: Mapped[date | None] = mapped_column(info=label("形成日期"))
    note: Mapped[str] = mapped_column(info=label("说明"))
    confidential: Mapped[bool] = mapped_column(info=label("不公开"))
