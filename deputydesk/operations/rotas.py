"""进家安排: planned days at homes and who is to come; announced, moved, held or missed."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Home, Mandate, RotaShift, Visit
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import HomeLevel, Level
from deputydesk.models.home_check import ShiftState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attendances, local_rules
from deputydesk.operations.attendances import AttendeeRow
from deputydesk.operations.checks import filled, get, get_for, put
from deputydesk.operations.deputies import in_office
from deputydesk.operations.presets import calendar
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.rota import RestDay, refusal
from deputydesk.rules.typed_dates import weekday

DUTY = "home_duty"
"""The local rule: how long before a day is announced, what becomes of a holiday."""


@dataclass(frozen=True)
class ShiftRow:
    """A planned day at a home, as lists show it; `explained`: why it was missed is known."""

    id: str
    planned_on: date
    home_id: str
    home: str
    home_level: HomeLevel
    slot: str
    topic: str
    deputy_ids: tuple[str, ...]
    deputies: tuple[str, ...]
    levels: tuple[Level, ...]
    moved_from: date | None
    moved_why: str
    announced_on: date | None
    announce_by: date
    visit_id: str
    state: ShiftState
    explained: bool
    note: str

    @property
    def day(self) -> str:
        """2026-03-05 周四."""
        return f"{self.planned_on.isoformat()} {weekday(self.planned_on)}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be held."""
        return self.state == ShiftState.PLANNED

    @property
    def announced_late(self) -> bool:
        """Whether the announcement came later than the local rule asks."""
        return self.announced_on is not None and self.announced_on > self.announce_by


def rows(
    session: Session,
    today: date,
    *,
    year: int | None = None,
    first: date | None = None,
    last: date | None = None,
    home_id: str = "",
    ids: Iterable[str] = (),
) -> list[ShiftRow]:
    """Planned days by date; a past one without a visit shows as missed."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(RotaShift.planned_on, year))
    if first is not None:
        where.append(RotaShift.planned_on >= first)
    if last is not None:
        where.append(RotaShift.planned_on <= last)
    if home_id:
        where.append(RotaShift.home_id == home_id)
    if wanted := list(ids):
        where.append(RotaShift.id.in_(wanted))
    found = session.execute(
        select(RotaShift, Home, Visit.id)
        .outerjoin(Home, Home.id == RotaShift.home_id)
        .outerjoin(Visit, Visit.id == RotaShift.visit_id)
        .where(*where)
        .order_by(RotaShift.planned_on, RotaShift.home_id, RotaShift.id)
    ).all()
    people = attendances.rows(session, RotaShift, [s.id for s, *_ in found])
    levels: dict[str, Level] = dict(session.execute(select(Mandate.id, Mandate.level)).all())
    ahead = timedelta(days=duty(session, today)["announce_days"])
    return [_row(s, h, v, people.get(s.id, []), levels, ahead, today) for s, h, v in found]


def duty(session: Session, day: date) -> local_rules.Rule:
    """The local rule of planned days and supervisors in force on a day."""
    return local_rules.current(session, DUTY, day).rule


def _row(
    s: RotaShift,
    home: Home | None,
    visit_id: str | None,
    people: Sequence[AttendeeRow],
    levels: dict[str, Level],
    ahead: timedelta,
    today: date,
) -> ShiftRow:
    return ShiftRow(
        id=s.id,
        planned_on=s.planned_on,
        home_id=s.home_id,
        home=home.name if home else "",
        home_level=home.level if home else HomeLevel.TOWN,
        slot=s.slot,
        topic=s.topic,
        deputy_ids=tuple(a.mandate_id for a in people),
        deputies=tuple(a.name for a in people),
        levels=tuple(levels[a.mandate_id] for a in people),
        moved_from=s.moved_from,
        moved_why=s.moved_why,
        announced_on=s.announced_on,
        announce_by=s.planned_on - ahead,
        visit_id=visit_id or "",
        state=_state(s, visit_id, today),
        explained=s.state == ShiftState.MISSED,
        note=s.note,
    )


def _state(s: RotaShift, visit_id: str | None, today: date) -> ShiftState:
    """As stored, but a visit makes it held, its removal undoes that, and time makes it missed."""
    if visit_id:
        return ShiftState.HELD
    if s.state in (ShiftState.CANCELLED, ShiftState.MISSED):
        return s.state
    return ShiftState.PLANNED if s.planned_on >= today else ShiftState.MISSED


@operation(Right.REGISTER, "登记进家安排")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    planned_on: date,
    home_id: str,
    deputy_ids: tuple[str, ...] = (),
    slot: str = "",
    topic: str = "",
    note: str = "",
) -> str:
    """Plan a day at a home, or change what was planned; another day takes `move`."""
    home = get_for(tx.session, Home, "home_id", home_id)
    if record_id and get(tx.session, RotaShift, record_id).planned_on != planned_on:
        raise FieldError(
            "planned_on", "改日期请用“改期”。", hint="改期要写明原因，原定日期会保留。"
        )
    _free(tx, planned_on, home, record_id)
    for mandate_id in deputy_ids:
        in_office(tx, "deputy_ids", mandate_id, planned_on)
    shift = put(
        tx,
        RotaShift,
        record_id,
        planned_on=planned_on,
        home_id=home_id,
        slot=slot.strip(),
        topic=topic.strip(),
        note=note.strip(),
    )
    attendances.set_people(tx, RotaShift, shift.id, deputy_ids, Presence.EXPECTED)
    tx.about = _about(planned_on, home)
    return shift.id


remove = removal(RotaShift, is_event=True)


@operation(Right.REGISTER, "改期进家安排")
def move(tx: Tx, *, shift_id: str, planned_on: date, moved_why: str) -> None:
    """Hold it on another day; the day first planned and the reasons are kept."""
    shift, home = _open(tx, shift_id)
    why = filled("moved_why", moved_why, "调整原因")
    if planned_on == shift.planned_on:
        raise FieldError("planned_on", "与原来的日期相同。")
    _free(tx, planned_on, home, shift_id)
    shift.moved_from = shift.moved_from or shift.planned_on
    shift.moved_why = "；".join(filter(None, (shift.moved_why, why)))
    shift.planned_on, shift.state, shift.announced_on = planned_on, ShiftState.PLANNED, None
    tx.about = _about(planned_on, home)


@operation(Right.REGISTER, "登记进家公告")
def announce(tx: Tx, *, shift_id: str, announced_on: date) -> None:
    """Say when the day was announced; it should be some days before (local rule)."""
    shift, home = _open(tx, shift_id)
    if announced_on > shift.planned_on:
        raise FieldError(
            "announced_on", f"公告日期不能晚于接待日期（{chinese(shift.planned_on)}）。"
        )
    shift.announced_on = announced_on
    tx.about = _about(shift.planned_on, home)


@operation(Right.REGISTER, "取消进家安排")
def cancel(tx: Tx, *, shift_id: str, moved_why: str) -> None:
    """Call a planned day off, with the reason."""
    shift, home = _open(tx, shift_id)
    why = filled("moved_why", moved_why, "取消原因")
    shift.moved_why = "；".join(filter(None, (shift.moved_why, why)))
    shift.state = ShiftState.CANCELLED
    tx.about = _about(shift.planned_on, home)


def _open(tx: Tx, shift_id: str) -> tuple[RotaShift, Home]:
    shift = get(tx.session, RotaShift, shift_id)
    if shift.visit_id and tx.session.get(Visit, shift.visit_id):
        raise UserError("这一天已经登记了进家活动，不能再改安排。", hint="请先删除那条进家登记。")
    return shift, get_for(tx.session, Home, "home_id", shift.home_id)


def _free(tx: Tx, day: date, home: Home, shift_id: str) -> None:
    """Refuse a rest day, and a second plan for a home's day."""
    rest_day = RestDay(duty(tx.session, day)["rest_day"])
    sentence = refusal(day, calendar(), rest_day)
    if sentence:
        hint = "确需在休息日安排的，请在本地规则“进家安排和监督员”里改为照常安排。"
        raise FieldError("planned_on", sentence, hint=hint)
    twice = tx.session.scalars(
        select(RotaShift.id).where(
            RotaShift.home_id == home.id,
            RotaShift.planned_on == day,
            RotaShift.id != shift_id,
            RotaShift.state != ShiftState.CANCELLED,
        )
    ).first()
    if twice:
        raise FieldError("planned_on", f"{home.name}{chinese(day)}已有安排。")


def _about(day: date, home: Home) -> str:
    return f"{day.month}月{day.day}日 {home.name}"
