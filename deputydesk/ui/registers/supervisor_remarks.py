"""The register of what supervisors say of deputies."""

from functools import partial

from deputydesk.models import Mandate, Supervisor, SupervisorRemark
from deputydesk.operations import supervisor_remarks, supervisors
from deputydesk.operations.supervisor_remarks import RemarkRow
from deputydesk.ui import lookups
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field, LongTextField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column


def _serving(desk: Desk) -> list[Candidate]:
    return [
        Candidate(row.id, row.name, row.home)
        for row in desk.ask(supervisors.rows)
        if row.serves_on(desk.today)
    ]


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("supervisor_id", partial(_serving, desk)),
        DateField("made_on"),
        PickField("mandate_id", partial(lookups.deputies_in_office, desk), wide=True),
        LongTextField("content"),
        LongTextField("handled", lines=2),
    )


SUPERVISOR_REMARKS = Register[RemarkRow](
    model=SupervisorRemark,
    title="监督员评语",
    rows=lambda desk, year: desk.ask(supervisor_remarks.rows, year=year),
    columns=(
        Column("日期", lambda r: f"{r.made_on}", 96),
        Column("监督员", lambda r: r.supervisor, 90),
        Column("代表之家", lambda r: r.home, 180, drop=1),
        Column("代表", lambda r: r.deputy, 90),
        Column("内容", lambda r: r.content, 0),
        Column(
            "处理",
            lambda r: "待处理" if r.is_open else "已处理",
            76,
            tone=lambda r: Tone.AMBER if r.is_open else Tone.GREEN,
        ),
    ),
    fields=_fields,
    save=supervisor_remarks.save,
    remove=supervisor_remarks.remove,
    keep=("supervisor_id", "made_on"),
    start=lambda desk: {"made_on": desk.today},
    filters=(Filter("待处理", lambda row, _today: row.is_open),),
    empty="还没有评语。按 Ctrl+N 登记第一条。",
    shows=frozenset({Supervisor, Mandate}),
)
