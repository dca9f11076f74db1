"""Draft laws on which opinions are collected: the task, the points, the meeting, what came back."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import LegOpinion, LegRound, Station
from deputydesk.models.choices import StationRole
from deputydesk.models.legislation import AdoptionState, LegRoundState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import places
from deputydesk.operations.checks import filled, get, in_order, not_future, not_negative, put
from deputydesk.operations.handling import step_day
from deputydesk.operations.removal import removal
from deputydesk.operations.todo_item import Todo, due_todo
from deputydesk.operations.years import in_year

_S = LegRoundState
POINTS = (StationRole.LEGISLATION, StationRole.COLLECTION)
"""Roles of the stations at which opinions on draft laws are collected."""
AHEAD = timedelta(days=15)


@dataclass(frozen=True)
class LegRoundRow:
    """A draft law with what was collected: people are 人次, opinions 条, never added up."""

    id: str
    name: str
    topic: str
    tasked_by: str
    received_on: date
    due_on: date | None
    held_on: date | None
    place: str
    people: int
    point_ids: tuple[str, ...]
    points: tuple[str, ...]
    state: LegRoundState
    reported_on: date | None
    fed_back_on: date | None
    note: str
    opinions: int
    merged: int
    adopted: int
    answered: int
    told: int


def rows(session: Session, *, year: int | None = None) -> list[LegRoundRow]:
    """Draft laws by the day they came, the newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(LegRound.received_on, year))
    found = session.scalars(
        select(LegRound).where(*where).order_by(LegRound.received_on.desc(), LegRound.id.desc())
    )
    counts = _counts(session)
    names = dict(session.execute(select(Station.id, Station.name)).all())
    return [_row(r, counts.get(r.id, _Counts()), names) for r in found]


@dataclass(frozen=True)
class _Counts:
    """What became of the opinions on a draft law."""

    opinions: int = 0
    merged: int = 0
    adopted: int = 0
    answered: int = 0
    told: int = 0


def _counts(session: Session) -> dict[str, _Counts]:
    adopted = LegOpinion.adoption.in_((AdoptionState.ADOPTED, AdoptionState.PARTLY))
    found = session.execute(
        select(
            LegOpinion.round_id,
            func.count(),
            _number_of(LegOpinion.merged_into != ""),
            _number_of(adopted),
            _number_of(LegOpinion.adoption != AdoptionState.OPEN),
            _number_of(LegOpinion.fed_back_on.is_not(None)),
        ).group_by(LegOpinion.round_id)
    )
    return {round_id: _Counts(*counts) for round_id, *counts in found}


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _row(r: LegRound, counts: _Counts, names: dict[str, str]) -> LegRoundRow:
    return LegRoundRow(
        id=r.id,
        name=r.name,
        topic=r.topic,
        tasked_by=r.tasked_by,
        received_on=r.received_on,
        due_on=r.due_on,
        held_on=r.held_on,
        place=r.place,
        people=r.people,
        point_ids=tuple(r.point_ids),
        points=tuple(names.get(i, "") for i in r.point_ids),
        state=r.state,
        reported_on=r.reported_on,
        fed_back_on=r.fed_back_on,
        note=r.note,
        opinions=counts.opinions,
        merged=counts.merged,
        adopted=counts.adopted,
        answered=counts.answered,
        told=counts.told,
    )


def points(session: Session) -> list[places.StationRow]:
    """Stations at which opinions on draft laws are collected."""
    return [s for s in places.stations(session) if any(role in POINTS for role in s.roles)]


def todos(session: Session, today: date) -> list[Todo]:
    """Draft laws whose opinions are to be reported."""
    found = session.scalars(
        select(LegRound).where(
            LegRound.state == _S.COLLECTING,
            LegRound.due_on.is_not(None),
            LegRound.due_on <= today + AHEAD,
        )
    )
    return [
        due_todo(f"上报立法意见：{r.name}", r.due_on, today, LegRound.__tablename__, r.id)
        for r in found
        if r.due_on
    ]


@operation(Right.REGISTER, "登记立法意见征集")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    name: str,
    received_on: date,
    topic: str = "",
    tasked_by: str = "",
    due_on: date | None = None,
    held_on: date | None = None,
    place: str = "",
    people: int = 0,
    point_ids: tuple[str, ...] = (),
    note: str = "",
) -> str:
    """Register a draft law on which opinions are wanted, or correct it; returns its id."""
    not_future("received_on", received_on, tx.today, "收到日期")
    not_negative("people", people, "参加人次")
    in_order("due_on", received_on, due_on, "上报时限", "收到日期")
    in_order("held_on", received_on, held_on, "座谈日期", "收到日期")
    if people and held_on is None:
        raise FieldError("held_on", "填写了参加人次，请填写座谈日期。")
    made = put(
        tx,
        LegRound,
        record_id,
        name=filled("name", name, "法规草案"),
        received_on=received_on,
        topic=topic.strip(),
        tasked_by=tasked_by.strip(),
        due_on=due_on,
        held_on=held_on,
        place=place.strip(),
        people=people,
        point_ids=list(point_ids),
        note=note.strip(),
    )
    tx.about = made.name
    return made.id


@operation(Right.HANDLE, "上报立法意见")
def report(tx: Tx, *, round_id: str, reported_on: date | None = None) -> None:
    """Record that the collected opinions were reported up."""
    round_ = get(tx.session, LegRound, round_id)
    tx.about = round_.name
    if round_.state is not _S.COLLECTING:
        raise UserError(f"这次征集{round_.state.label}，不能再上报。")
    any_heard = select(LegOpinion.id).where(LegOpinion.round_id == round_id)
    if tx.session.scalars(any_heard).first() is None:
        raise UserError("还没有登记一条意见，不能上报。", hint="没有意见的，请在备注里写明。")
    earlier = ("收到日期", round_.received_on)
    round_.reported_on = step_day(tx, "reported_on", reported_on, "上报日期", earlier)
    round_.state = _S.REPORTED


@operation(Right.HANDLE, "登记立法意见反馈")
def feed_back(tx: Tx, *, round_id: str, fed_back_on: date | None = None) -> None:
    """Record that it came back which opinions went into the law; each is then answered apart."""
    round_ = get(tx.session, LegRound, round_id)
    tx.about = round_.name
    if round_.state is not _S.REPORTED:
        raise UserError(f"这次征集{round_.state.label}，不能登记反馈。", hint="请先上报。")
    earlier = ("上报日期", round_.reported_on)
    round_.fed_back_on = step_day(tx, "fed_back_on", fed_back_on, "收到反馈日期", earlier)
    round_.state = _S.FED_BACK


remove = removal(LegRound, (LegOpinion, LegOpinion.round_id))
