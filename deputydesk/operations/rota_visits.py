"""From a planned day to what was held: one step registers the visit and marks the day held."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Attendance, Home, RotaShift, Visit, VisitDeputy
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import VisitKind
from deputydesk.models.home_check import ShiftState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attendances, visits
from deputydesk.operations.checks import filled, get
from deputydesk.operations.visits import LINKS
from deputydesk.rules.deadlines import chinese


@dataclass(frozen=True)
class VisitStart:
    """What the visit of a planned day begins with."""

    held_on: date
    home_id: str
    home: str
    deputy_ids: tuple[str, ...]
    slot: str
    topic: str


def start(session: Session, shift_id: str) -> VisitStart:
    """What is known of the visit before anybody came: the day, the home, who was expected.

    Raises:
        UserError: the planned day is not there any more.
    """
    shift = get(session, RotaShift, shift_id)
    home = session.get(Home, shift.home_id)
    people = attendances.rows(session, RotaShift, [shift_id]).get(shift_id, [])
    return VisitStart(
        held_on=shift.planned_on,
        home_id=shift.home_id,
        home=home.name if home else "",
        deputy_ids=tuple(row.mandate_id for row in people),
        slot=shift.slot,
        topic=shift.topic,
    )


@operation(Right.REGISTER, "按安排登记进家接待")
def hold(
    tx: Tx,
    *,
    shift_id: str,
    deputy_ids: tuple[str, ...],
    kind: VisitKind = VisitKind.RECEPTION,
    received: int = 0,
    slot: str = "",
    topic: str = "",
    sign_sheet: str = "",
    recorder: str = "",
    note: str = "",
) -> str:
    """Register what was held on a planned day, and who came of those expected; the visit's id."""
    shift = _unheld(tx, shift_id)
    if kind in LINKS:
        raise FieldError("kind", "进家安排登记的是在代表之家的活动。")
    visit_id = visits.register(
        tx,
        held_on=shift.planned_on,
        kind=kind,
        home_id=shift.home_id,
        deputy_ids=deputy_ids,
        received=received,
        slot=slot,
        topic=topic,
        sign_sheet=sign_sheet,
        recorder=recorder,
        note=note,
    )
    _close(tx, shift, visit_id, deputy_ids)
    return visit_id


@operation(Right.REGISTER, "标记未开展")
def miss(tx: Tx, *, shift_id: str, moved_why: str) -> None:
    """Say that nothing was held on a planned day, and why."""
    shift = _unheld(tx, shift_id)
    if shift.planned_on > tx.today:
        raise UserError(
            f"{chinese(shift.planned_on)}还没有到，不能标记未开展。", hint="请用“改期”或“取消”。"
        )
    why = filled("moved_why", moved_why, "原因")
    shift.moved_why = "；".join(filter(None, (shift.moved_why, why)))
    shift.state = ShiftState.MISSED
    for row in tx.session.scalars(_expected(shift)):
        row.presence = Presence.ABSENT if row.presence == Presence.EXPECTED else row.presence
    tx.about = f"{shift.planned_on.month}月{shift.planned_on.day}日"


@operation(Right.REGISTER, "核对进家安排")
def match(tx: Tx) -> int:
    """Find the visits that were registered without their planned days; how many were found.

    A visit belongs to the planned day of the same home and date.
    """
    known = set(tx.session.scalars(select(RotaShift.visit_id).where(RotaShift.visit_id != "")))
    waiting = {
        (s.home_id, s.planned_on): s
        for s in tx.session.scalars(
            select(RotaShift).where(
                RotaShift.planned_on <= tx.today,
                RotaShift.state != ShiftState.CANCELLED,
                RotaShift.visit_id.not_in(select(Visit.id)),
            )
        )
    }
    found = 0
    for visit in tx.session.scalars(
        select(Visit).where(Visit.home_id != "", Visit.kind.not_in(LINKS)).order_by(Visit.id)
    ):
        shift = waiting.pop((visit.home_id, visit.held_on), None)
        if shift and visit.id not in known:
            came = tx.session.scalars(
                select(VisitDeputy.mandate_id).where(VisitDeputy.visit_id == visit.id)
            )
            _close(tx, shift, visit.id, tuple(came))
            found += 1
    tx.about = f"{found}天"
    return found


def _unheld(tx: Tx, shift_id: str) -> RotaShift:
    shift = get(tx.session, RotaShift, shift_id)
    if shift.state == ShiftState.CANCELLED:
        raise UserError("这一天的安排已取消。", hint="如果还是开展了，请直接登记进家活动。")
    if shift.visit_id and tx.session.get(Visit, shift.visit_id):
        raise UserError("这一天已经登记过了。")
    return shift


def _close(tx: Tx, shift: RotaShift, visit_id: str, came: tuple[str, ...]) -> None:
    """The plan keeps who was expected; others who came stand in the visit alone."""
    shift.visit_id, shift.state = visit_id, ShiftState.HELD
    for row in tx.session.scalars(_expected(shift)):
        if row.mandate_id in came:
            row.presence = Presence.PRESENT
        elif row.presence != Presence.LEAVE:
            row.presence = Presence.ABSENT


def _expected(shift: RotaShift) -> Select[Attendance]:
    return select(Attendance).where(
        Attendance.event_kind == RotaShift.__tablename__, Attendance.event_id == shift.id
    )
