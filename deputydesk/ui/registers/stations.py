"""The register of stations below the homes."""

from functools import partial

from deputydesk.models import Home, Station
from deputydesk.models.choices import StationRole
from deputydesk.operations import places, stations
from deputydesk.operations.places import StationRow
from deputydesk.ui import lookups
from deputydesk.ui.choices import Candidate
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field, TextField
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.register import Register
from deputydesk.ui.table import Column


def roles() -> list[Candidate]:
    """What a station can be."""
    return [Candidate(role.value, role.label) for role in StationRole]


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        TextField("name", wide=True),
        PickManyField("roles", roles),
        PickField("home_id", partial(lookups.homes, desk), wide=True),
        TextField("host"),
    )


STATIONS = Register[StationRow](
    model=Station,
    title="工作站",
    rows=lambda desk, _year: desk.ask(places.stations),
    columns=(
        Column("名称", lambda r: r.name, 0),
        Column("职能", lambda r: "、".join(role.label for role in r.roles), 240),
        Column("所属代表之家", lambda r: r.home, 200, drop=1),
        Column("依托单位", lambda r: r.host, 150, drop=2),
    ),
    fields=_fields,
    save=stations.save,
    remove=stations.remove,
    keep=("roles", "home_id"),
    years=False,
    start=lambda _desk: {"roles": (StationRole.STATION.value,)},
    summary=lambda rows: f"共 {len(rows)} 处",
    empty="还没有工作站。按 Ctrl+N 登记，一处可以有几种职能。",
    shows=frozenset({Home}),
)
