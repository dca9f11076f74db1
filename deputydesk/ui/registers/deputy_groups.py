"""The register of groups of deputies."""

from functools import partial

from deputydesk.models import DeputyGroup, Home, Mandate
from deputydesk.operations import deputy_groups
from deputydesk.operations.deputy_groups import GroupRow
from deputydesk.ui import lookups
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field, TextField
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.register import Filter, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column


def _fields(desk: Desk) -> tuple[Field, ...]:
    people = partial(lookups.deputies_in_office, desk)
    return (
        TextField("name", wide=True),
        PickField("leader_id", people),
        PickField("home_id", partial(lookups.homes, desk), wide=True),
        PickManyField("member_ids", people, label="组员（含组长）"),
    )


DEPUTY_GROUPS = Register[GroupRow](
    model=DeputyGroup,
    title="代表小组",
    rows=lambda desk, _year: desk.ask(deputy_groups.rows),
    columns=(
        Column("小组", lambda r: r.name, 150),
        Column("组长", lambda r: r.leader, 90),
        Column("所在代表之家", lambda r: r.home, 190, drop=1),
        Column(
            "人数",
            lambda r: str(len(r.members)),
            64,
            sort=lambda r: len(r.members),
            tone=lambda r: Tone.AMBER if r.is_small else Tone.GREY,
        ),
        Column("组员", lambda r: "、".join(r.members), 0),
    ),
    fields=_fields,
    save=deputy_groups.save,
    remove=deputy_groups.remove,
    keep=("home_id",),
    years=False,
    filters=(Filter("不足三人", lambda row, _today: row.is_small),),
    summary=lambda rows: f"共 {len(rows)} 个，组员 {sum(len(r.members) for r in rows)} 名",
    empty="还没有代表小组。按 Ctrl+N 登记第一个。",
    shows=frozenset({Mandate, Home}),
    hint="三名以上代表可以编成小组；一名代表只在一个小组",
)
