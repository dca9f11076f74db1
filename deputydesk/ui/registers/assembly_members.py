"""Members of street assemblies."""

from functools import partial

from deputydesk.models import AssemblyMember
from deputydesk.operations import assembly_members
from deputydesk.operations.assembly_members import MemberRow
from deputydesk.ui import project_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field, TextField
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Register
from deputydesk.ui.table import Column


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        TextField("name"),
        PickField("street", partial(project_lookups.streets, desk), free=True),
        TextField("group"),
        PhoneField("phone"),
        TextField("job", wide=True),
        DateField("from_on", optional=True),
        DateField("to_on", ahead=True, optional=True),
    )


ASSEMBLY_MEMBERS: Register[MemberRow] = Register(
    model=AssemblyMember,
    title="议事代表",
    rows=lambda desk, _year: desk.ask(assembly_members.rows),
    columns=(
        Column("街道", lambda r: r.street, 120),
        Column("组别", lambda r: r.group, 110, drop=2),
        Column("姓名", lambda r: r.name, 110),
        Column("工作单位及职务", lambda r: r.job, 0),
        Column("联系电话", lambda r: r.phone, 116, drop=1),
        Column("离任", lambda r: f"{r.to_on}" if r.to_on else "", 92, drop=3),
    ),
    fields=_fields,
    save=assembly_members.save,
    remove=assembly_members.remove,
    years=False,
    keep=("street", "group", "from_on"),
    filters=(Filter("在任", lambda row, today: row.serves(today)),),
    empty="还没有议事代表。街道没有本级人代会，按 Ctrl+N 登记议事会议的成员。",
)
