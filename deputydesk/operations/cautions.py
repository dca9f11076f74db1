"""Talks with deputies whose duty is wanting; confidential: they never leave the office.

They are drawn into no duty file, board, wall or figure of other nouns, and undo names nobody.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import Caution, Mandate, Person
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get, get_for, not_before, not_future
from deputydesk.operations.todo_item import AHEAD, Todo, due_todo
from deputydesk.rules.caution_flow import CAUTION, CautionState, CautionStep
from deputydesk.rules.quarters import Quarter


@dataclass(frozen=True)
class CautionRow:
    """A talk as its register shows it."""

    id: str
    mandate_id: str
    name: str
    job: str
    year: int
    quarter: int
    trigger: str
    state: CautionState
    noticed_on: date | None
    held_on: date | None
    talker: str
    second_talker: str
    place: str
    content: str
    answer: str
    signed: bool
    follow_up_due_on: date | None
    followed_on: date | None
    follow_up: str

    @property
    def period(self) -> str:
        """The quarter that gave cause."""
        return Quarter(self.year, self.quarter).label if self.quarter else f"{self.year}年"


def rows(session: Session, year: int | None = None) -> list[CautionRow]:
    """Talks of a year or all, the newest first."""
    query = (
        select(Caution, Person.name, Person.job)
        .join(Mandate, Mandate.id == Caution.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
        .order_by(Caution.year.desc(), Caution.quarter.desc(), Caution.id.desc())
    )
    if year is not None:
        query = query.where(Caution.year == year)
    return [_row(c, name, job) for c, name, job in session.execute(query)]


def _row(c: Caution, name: str, job: str) -> CautionRow:
    return CautionRow(
        id=c.id,
        mandate_id=c.mandate_id,
        name=name,
        job=job,
        year=c.year,
        quarter=c.quarter,
        trigger=c.trigger,
        state=state_of(c),
        noticed_on=c.noticed_on,
        held_on=c.held_on,
        talker=c.talker,
        second_talker=c.second_talker,
        place=c.place,
        content=c.content,
        answer=c.answer,
        signed=c.signed,
        follow_up_due_on=c.follow_up_due_on,
        followed_on=c.followed_on,
        follow_up=c.follow_up,
    )


def state_of(caution: Caution) -> CautionState:
    """How far a talk is."""
    if caution.followed_on:
        return CautionState.FOLLOWED
    if caution.held_on:
        return CautionState.HELD
    return CautionState.NOTICED if caution.noticed_on else CautionState.STARTED


@operation(Right.HANDLE, "登记谈话提醒")
def save(
    tx: Tx,
    *,
    mandate_id: str,
    trigger: str,
    year: int = 0,
    quarter: int = 0,
    record_id: str = "",
) -> str:
    """Start a talk with a deputy, or change whom it is with and why.

    Raises:
        FieldError: nobody chosen, no cause, or there is a talk for this quarter already.
    """
    mandate = get_for(tx.session, Mandate, "mandate_id", mandate_id)
    name = get(tx.session, Person, mandate.person_id).name
    if not 0 <= quarter <= 4:
        raise FieldError("quarter", "季度是1至4；不按季度的填0。")
    of_year = year or tx.today.year
    again = select(Caution.id).where(
        Caution.mandate_id == mandate_id,
        Caution.year == of_year,
        Caution.quarter == quarter,
        Caution.id != record_id,
    )
    if quarter and tx.session.scalars(again).first():
        raise FieldError(
            "mandate_id", f"{Quarter(of_year, quarter).label}已经登记过与{name}的谈话。"
        )
    reason = filled("trigger", trigger, "谈话缘由")
    if record_id:
        caution = get(tx.session, Caution, record_id)
    else:
        caution = Caution()
        tx.session.add(caution)
    caution.mandate_id, caution.trigger = mandate_id, reason
    caution.year, caution.quarter = of_year, quarter
    return caution.id


@operation(Right.HANDLE, "通知谈话")
def notify(tx: Tx, *, caution_id: str, noticed_on: date) -> None:
    """Say that the deputy was told of the talk."""
    caution = _step(tx, caution_id, CautionStep.NOTIFY)
    not_future("noticed_on", noticed_on, tx.today, "通知日期")
    caution.noticed_on = noticed_on


@operation(Right.HANDLE, "记录谈话")
def hold(
    tx: Tx,
    *,
    caution_id: str,
    held_on: date,
    talker: str,
    second_talker: str,
    content: str,
    answer: str = "",
    place: str = "",
    signed: bool = False,
    follow_up_due_on: date | None = None,
) -> None:
    """Record the talk that two held with the deputy; it is followed up in the next quarter.

    Raises:
        FieldError: a day cannot be so, or it was not two who talked.
    """
    caution = _step(tx, caution_id, CautionStep.HOLD)
    not_future("held_on", held_on, tx.today, "谈话日期")
    not_before("held_on", held_on, caution.noticed_on, "谈话日期", "通知日期")
    caution.talker = filled("talker", talker, "谈话人")
    caution.second_talker = filled("second_talker", second_talker, "参加谈话人")
    if caution.talker == caution.second_talker:
        raise FieldError("second_talker", "谈话应当由两人进行，请填写另一人。")
    due = follow_up_due_on or Quarter.of(held_on).after.last
    not_before("follow_up_due_on", due, held_on, "跟踪日期", "谈话日期")
    caution.held_on, caution.follow_up_due_on = held_on, due
    caution.content = filled("content", content, "谈话内容")
    caution.answer, caution.place, caution.signed = answer.strip(), place.strip(), signed


@operation(Right.HANDLE, "谈话提醒归档")
def follow(tx: Tx, *, caution_id: str, followed_on: date, follow_up: str) -> None:
    """Record how the deputy did afterwards; with it the talk is filed.

    Raises:
        FieldError: a day cannot be so, or the record of the talk is not signed.
    """
    caution = _step(tx, caution_id, CautionStep.FOLLOW)
    not_future("followed_on", followed_on, tx.today, "跟踪完成日期")
    not_before("followed_on", followed_on, caution.held_on, "跟踪完成日期", "谈话日期")
    if not caution.signed:
        raise FieldError("follow_up", "谈话记录还没有双方签字，不能归档。", hint="请先补签。")
    caution.followed_on = followed_on
    caution.follow_up = filled("follow_up", follow_up, "跟踪情况")


@operation(Right.HANDLE, "删除谈话提醒")
def remove(tx: Tx, *, ids: Sequence[str]) -> None:
    """Remove talks entered by mistake."""
    for record_id in ids:
        tx.session.delete(get(tx.session, Caution, record_id))


@operation(Right.HANDLE, "登记谈话提醒名单")
def start_many(tx: Tx, *, quarter: Quarter, reasons: Sequence[tuple[str, str]]) -> int:
    """Start talks with several deputies of a board; returns how many.

    Args:
        tx: the transaction.
        quarter: the quarter that gave cause.
        reasons: mandate and cause of each.
    """
    for mandate_id, trigger in reasons:
        save(
            tx,
            mandate_id=mandate_id,
            trigger=trigger,
            year=quarter.year,
            quarter=quarter.number,
        )
    tx.about = f"{quarter.label} {len(reasons)}人"
    return len(reasons)


def todos(session: Session, today: date) -> list[Todo]:
    """Talks to be held or followed up; no name, since others see today's list."""
    found = session.scalars(
        select(Caution)
        .where(
            Caution.followed_on.is_(None),
            or_(Caution.held_on.is_(None), Caution.follow_up_due_on <= today + AHEAD),
        )
        .order_by(Caution.id)
    ).all()
    waiting = [c for c in found if c.held_on is None]
    listed = [
        due_todo("谈话提醒：跟踪后续履职", c.follow_up_due_on, today, Caution.__tablename__, c.id)
        for c in found
        if c.held_on and c.follow_up_due_on
    ]
    if waiting:
        text = f"谈话提醒：{len(waiting)}项待谈话"
        listed.append(Todo("待谈话", "open", text, Caution.__tablename__, waiting[0].id, None))
    return listed


def _step(tx: Tx, caution_id: str, step: CautionStep) -> Caution:
    caution = get(tx.session, Caution, caution_id)
    CAUTION.next(state_of(caution), step)
    return caution
