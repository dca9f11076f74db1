"""The register of supervisors of the homes."""

from functools import partial

from deputydesk.models import Home, Supervisor, SupervisorRemark
from deputydesk.operations import supervisors
from deputydesk.operations.supervisors import SupervisorRow
from deputydesk.ui import lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field, TextField
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("home_id", partial(lookups.homes, desk), wide=True),
        TextField("name"),
        PhoneField("phone"),
        TextField("job", wide=True),
        DateField("from_on", optional=True),
        DateField("to_on", optional=True),
    )


def _state(row: SupervisorRow) -> str:
    return "已解聘" if row.to_on else "在聘"


SUPERVISORS = Register[SupervisorRow](
    model=Supervisor,
    title="履职监督员",
    rows=lambda desk, _year: desk.ask(supervisors.rows),
    columns=(
        Column("代表之家", lambda r: r.home, 0),
        Column("姓名", lambda r: r.name, 96),
        Column("工作单位及职务", lambda r: r.job, 150, drop=2),
        Column("电话", lambda r: r.phone, 116, drop=3),
        Column("聘任日期", lambda r: f"{r.from_on}" if r.from_on else "", 100, drop=4),
        Column("评语", lambda r: str(r.remarks), 56, sort=lambda r: r.remarks, right=True, drop=1),
        Column("状态", _state, 76, tone=lambda r: Tone.GREY if r.to_on else Tone.GREEN),
    ),
    fields=_fields,
    save=supervisors.save,
    remove=supervisors.remove,
    years=False,
    keep=("home_id", "from_on"),
    filters=(
        Filter("在聘", SupervisorRow.serves_on),
        Filter("已解聘", lambda row, today: not row.serves_on(today)),
    ),
    summary=lambda rows: f"共 {len(rows)} 名，{len({row.home_id for row in rows})} 家",
    empty="还没有监督员。按 Ctrl+N 登记，每家二至三名。",
    shows=frozenset({Home, SupervisorRemark}),
    hint="每家二至三名；多了少了只提醒，不妨碍登记",
)
