"""People and the mandates they hold; a person may sit at several levels."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.models.choices import EndReason, Level, Sex


class Person(Record):
    """A person who is or was a deputy."""

    __tablename__ = "person"
    title: ClassVar[str] = "人员"

    name: Mapped[str] = mapped_column(info=label("姓名", required=True))
    sex: Mapped[Sex] = mapped_column(ChoiceType(Sex), info=label("性别"))
    ethnic: Mapped[str] = mapped_column(info=label("民族"))
    birth: Mapped[str] = mapped_column(info=label("出生年月", hint="如：1978-05 或 1978-05-12"))
    id_no: Mapped[str] = mapped_column(info=label("身份证号") | {"secret": True})
    phone: Mapped[str] = mapped_column(info=label("联系电话"))
    party: Mapped[str] = mapped_column(info=label("政治面貌"))
    education: Mapped[str] = mapped_column(info=label("文化程度"))
    job: Mapped[str] = mapped_column(info=label("工作单位及职务"))
    fixed_income: Mapped[bool] = mapped_column(info=label("有固定工资收入"))
    leader: Mapped[bool] = mapped_column(
        info=label("领导职务", hint="书记、区长等；另计领导干部进家覆盖")
    )
    photo_public: Mapped[bool] = mapped_column(info=label("同意公开照片"))
    phone_public: Mapped[bool] = mapped_column(info=label("同意公开电话"))
    public_phone: Mapped[str] = mapped_column(info=label("公开电话", hint="一般为单位电话"))
    consented_on: Mapped[date | None] = mapped_column(info=label("同意日期"))
    note: Mapped[str] = mapped_column(info=label("备注"))


class Mandate(Record):
    """A seat: one person at one level for one term."""

    __tablename__ = "mandate"
    title: ClassVar[str] = "代表"

    person_id: Mapped[str] = mapped_column(
        index=True, info=label("人员", required=True, refers="person")
    )
    level: Mapped[Level] = mapped_column(ChoiceType(Level), info=label("代表层级", required=True))
    main: Mapped[bool] = mapped_column(info=label("主身份", hint="一人多级时按主身份统计一次"))
    town: Mapped[str] = mapped_column(info=label("所属苏木乡镇、街道"))
    term_id: Mapped[str] = mapped_column(info=label("届次", refers="term"))
    electoral_district_id: Mapped[str] = mapped_column(
        info=label("选区", refers="electoral_district")
    )
    group_id: Mapped[str] = mapped_column(info=label("代表小组", refers="deputy_group"))
    home_id: Mapped[str] = mapped_column(index=True, info=label("所在代表之家", refers="home"))
    certificate_no: Mapped[str] = mapped_column(info=label("代表证号"))
    started_on: Mapped[date | None] = mapped_column(info=label("任职日期"))
    ended_on: Mapped[date | None] = mapped_column(info=label("终止日期"))
    end_reason: Mapped[EndReason] = mapped_column(ChoiceType(EndReason), info=label("终止原因"))
    suspended: Mapped[bool] = mapped_column(info=label("暂停执行职务"))
