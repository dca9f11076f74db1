"""The register of what deputies do for people."""

from functools import partial

from deputydesk.models import Attendance, Service
from deputydesk.models.activity import ServiceKind
from deputydesk.operations import services
from deputydesk.operations.listing import Totals
from deputydesk.operations.services import ServiceRow
from deputydesk.ui import event_lookups, lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.check_in import check_in
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.people_grid import PeopleField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Paged, Register
from deputydesk.ui.table import Column


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        DateField("held_on"),
        ChoiceField("kind", ServiceKind),
        PickField("campaign", partial(event_lookups.campaigns, desk), free=True, wide=True),
        NumberField("times"),
        NumberField("people"),
        PeopleField("attendees", partial(lookups.deputies_in_office, desk)),
        PickField("home_id", partial(lookups.homes, desk), wide=True),
        TextField("place"),
        LongTextField("outcome", lines=2),
        LongTextField("note", lines=2),
    )


def _sum(totals: Totals) -> str:
    return f"{totals.sums['times']} 次，{totals.sums['people']} 人次"


SERVICES: Register[ServiceRow] = Register(
    model=Service,
    title="代表服务",
    rows=Paged(services.LISTING, lambda session, ids: services.rows(session, ids=ids), _sum),
    columns=(
        Column("日期", lambda r: f"{r.held_on}", 92),
        Column("类型", lambda r: r.kind.label, 112),
        Column("活动名称", lambda r: r.campaign, 0),
        Column("地点", lambda r: r.place or r.home, 120, drop=1),
        Column("次数", lambda r: str(r.times), 52, sort=lambda r: r.times, right=True),
        Column("人次", lambda r: str(r.people), 60, sort=lambda r: r.people, right=True),
    ),
    actions=(check_in(Service),),
    fields=_fields,
    save=services.save,
    remove=services.remove,
    keep=("held_on", "kind", "campaign"),
    start=lambda desk: {"held_on": desk.today, "times": 1},
    empty="还没有代表服务。按 Ctrl+N 登记第一次，次数和人次分开填写。",
    shows=frozenset({Attendance}),
)
