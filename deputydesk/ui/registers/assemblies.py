"""Meetings of street assemblies."""

from functools import partial

from deputydesk.models import Assembly, AssemblyMember, EventOpinion
from deputydesk.models.assembly import AssemblyKind
from deputydesk.operations import assemblies, event_opinions
from deputydesk.operations.assemblies import AssemblyRow
from deputydesk.ui import project_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.check_in import check_in
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.list_field import ListField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        ChoiceField("kind", AssemblyKind),
        DateField("held_on"),
        TextField("name", wide=True),
        PickField("street", partial(project_lookups.streets, desk), free=True),
        TextField("place"),
        NumberField("expected"),
        NumberField("present"),
        ListField("topics", lines=2),
        LongTextField("resolution", lines=2),
        NumberField("votes_for", optional=True),
        NumberField("votes_against", optional=True),
        NumberField("votes_abstain", optional=True),
        TextField("note"),
    )


ASSEMBLIES: Register[AssemblyRow] = Register(
    model=Assembly,
    title="议事会议",
    rows=lambda desk, year: desk.ask(assemblies.rows, year),
    columns=(
        Column("日期", lambda r: f"{r.held_on}", 92),
        Column("街道", lambda r: r.street, 92, drop=1),
        Column("会议", lambda r: r.name, 0),
        Column("实到/应到", lambda r: f"{r.present}/{r.expected}", 84, right=True),
        Column(
            "效力",
            lambda r: "有效" if r.is_valid else "无效",
            64,
            tone=lambda r: Tone.GREEN if r.is_valid else Tone.RED,
        ),
        Column("表决", lambda r: r.warning or r.vote, 0),
        Column("意见", lambda r: str(r.opinions), 52, sort=lambda r: r.opinions, right=True),
    ),
    actions=(check_in(Assembly),),
    fields=_fields,
    save=assemblies.save,
    remove=assemblies.remove,
    keep=("kind", "held_on", "street", "place"),
    start=lambda desk: {"held_on": desk.today},
    moves=(
        Move(
            "记录意见",
            event_opinions.note_down,
            "event_id",
            fields=lambda _desk, _row: (
                ListField("lines", label="每行一条：发言人：意见", lines=8),
            ),
        ),
    ),
    filters=(Filter("无效", lambda row, _today: not row.is_valid),),
    empty="还没有议事会议。按 Ctrl+N 登记第一次。",
    shows=frozenset({AssemblyMember, EventOpinion}),
    hint="应到不填时，按在任议事代表计",
)
