"""The register of commendations."""

from functools import partial

from deputydesk.models import Honour, Mandate
from deputydesk.operations import honours
from deputydesk.operations.honours import HonourRow
from deputydesk.ui import lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field, TextField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Register
from deputydesk.ui.table import Column


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("mandate_id", partial(lookups.deputies_in_office, desk), wide=True),
        TextField("name", wide=True),
        DateField("given_on"),
        TextField("giver"),
    )


HONOURS: Register[HonourRow] = Register(
    model=Honour,
    title="表彰",
    rows=lambda desk, year: desk.ask(honours.rows, year),
    columns=(
        Column("日期", lambda r: f"{r.given_on}", 92),
        Column("代表", lambda r: r.deputy, 90),
        Column("层级", lambda r: r.level.label, 90, drop=1),
        Column("表彰名称", lambda r: r.name, 0),
        Column("表彰单位", lambda r: r.giver, 160, drop=2),
    ),
    fields=_fields,
    save=honours.save,
    remove=honours.remove,
    keep=("name", "given_on", "giver"),
    start=lambda desk: {"given_on": desk.today},
    empty="还没有登记过表彰。按 Ctrl+N 登记。",
    shows=frozenset({Mandate}),
    hint="表彰进入代表履职档案",
)
