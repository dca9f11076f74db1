"""Units that handle suggestions and opinions."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Record, label


class Unit(Record):
    """A department, village or station that handles what it is assigned."""

    __tablename__ = "unit"
    title: ClassVar[str] = "承办单位"

    name: Mapped[str] = mapped_column(info=label("单位名称", required=True))
    short_name: Mapped[str] = mapped_column(info=label("简称"))
    contact: Mapped[str] = mapped_column(info=label("联系人"))
    phone: Mapped[str] = mapped_column(info=label("联系电话"))
    address: Mapped[str] = mapped_column(info=label("地址"))
