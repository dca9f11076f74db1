"""The register of trainings, and the list of who has not been trained."""

from datetime import date
from functools import partial

from deputydesk.models import Attendance, Mandate, Training
from deputydesk.models.activity import TrainingForm, TrainingLevel
from deputydesk.operations import deputies, earlier, trainings
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.listing import Totals
from deputydesk.operations.trainings import TrainingRow
from deputydesk.ui import event_lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.check_in import check_in
from deputydesk.ui.dialogs.preview import prints
from deputydesk.ui.earlier import AsBefore
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.people_grid import PeopleField
from deputydesk.ui.register import Paged, Register
from deputydesk.ui.table import Column


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        DateField("held_on"),
        DateField("ended_on", optional=True),
        TextField("topic", wide=True),
        ChoiceField("form", TrainingForm),
        ChoiceField("level", TrainingLevel),
        NumberField("sessions"),
        NumberField("hours"),
        PeopleField("attendees", partial(event_lookups.mandates, desk), hours=True),
        NumberField("people"),
        TextField("teacher"),
        TextField("organiser"),
        TextField("place"),
        LongTextField("note", lines=2),
    )


def _sum(totals: Totals) -> str:
    sessions, people = totals.sums["sessions"], totals.sums["people"]
    return f"{totals.count} 条，{sessions} 期（次），参训 {people} 人次"


def _untrained(desk: Desk, year: int | None) -> list[DeputyRow]:
    wanted = year or desk.today.year
    last = min(desk.today, date(wanted, 12, 31))
    away = set(desk.ask(trainings.untrained, date(wanted, 1, 1), last))
    return [row for row in desk.ask(deputies.rows, former=True) if row.id in away]


TRAININGS: Register[TrainingRow] = Register(
    model=Training,
    title="培训",
    rows=Paged(trainings.LISTING, lambda session, ids: trainings.rows(session, ids=ids), _sum),
    columns=(
        Column("日期", lambda r: f"{r.held_on}", 92),
        Column("主题", lambda r: r.topic, 0),
        Column("形式", lambda r: r.form.label, 56),
        Column("层级", lambda r: r.level.label, 128, drop=1),
        Column("期次", lambda r: str(r.sessions), 52, sort=lambda r: r.sessions, right=True),
        Column("学时", lambda r: str(r.hours or ""), 52, sort=lambda r: r.hours, right=True),
        Column("人次", lambda r: str(r.people), 60, sort=lambda r: r.people, right=True),
    ),
    actions=(check_in(Training), prints("training_sheet", "打印学时表")),
    fields=_fields,
    save=trainings.save,
    remove=trainings.remove,
    keep=("held_on", "form", "level", "organiser", "place"),
    start=lambda desk: {"held_on": desk.today, "sessions": 1},
    empty="还没有培训。按 Ctrl+N 登记第一期。",
    shows=frozenset({Attendance}),
    hint="没有单独填学时的，按培训学时计",
    earlier=AsBefore("topic", earlier.training, ("form", "level", "teacher", "organiser", "place")),
)
UNTRAINED: Register[DeputyRow] = Register(
    model=Training,
    title="未参训代表",
    rows=_untrained,
    columns=(
        Column("姓名", lambda r: r.name, 100),
        Column("层级", lambda r: r.level.label, 100),
        Column("所属苏木乡镇、街道", lambda r: r.town, 150),
        Column("代表之家", lambda r: r.home, 0),
        Column("电话", lambda r: r.phone, 120, drop=1),
    ),
    summary=lambda rows: f"{len(rows)} 名在任代表这一年还没有参加培训" if rows else "",
    empty="在任代表这一年都参加过培训。",
    files=False,
    shows=frozenset({Attendance, Mandate}),
)
