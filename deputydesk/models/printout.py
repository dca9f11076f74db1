"""What was printed or saved as a file, with the copy of it that is kept."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Record, label


class Printout(Record):
    """A form that went to a printer or into a file; its PDF is an attachment of this record.

    It never leaves the office, whatever the form: a copy of a paper about a voter, a petition or
    a talk is as private as these are, and nobody else needs the copies of the other papers.
    """

    __tablename__ = "printout"
    title: ClassVar[str] = "打印记录"
    scope_suffix: ClassVar[str] = ".local"
    tells_of_the_past: ClassVar[bool] = True

    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    form: Mapped[str] = mapped_column(index=True, info=label("表格"))
    record_kind: Mapped[str] = mapped_column(info=label("所属记录种类"))
    record_id: Mapped[str] = mapped_column(index=True, info=label("所属记录"))
    about: Mapped[str] = mapped_column(info=label("所印内容"))
    options: Mapped[dict[str, Any]] = mapped_column(info=label("打印选项") | {"mapping": True})
    printed_on: Mapped[date | None] = mapped_column(index=True, info=label("打印日期"))
    printed_at: Mapped[str] = mapped_column(info=label("打印时间"))
    printed_by: Mapped[str] = mapped_column(info=label("经手人"))
    pages: Mapped[int] = mapped_column(info=label("页数"))
    copies: Mapped[int] = mapped_column(info=label("份数"))
    is_file: Mapped[bool] = mapped_column(info=label("存为文件"))
    went_to: Mapped[str] = mapped_column(info=label("去处"))
