"""Suggestions that leaders press until they are settled: plan, steps, visits, result.

These records are the one source of 重点督办 and 领衔督办: every change writes the marks of the
suggestion anew (`key`, `led_by`), where lists and the ledger read them; nothing else writes them.
"""

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Oversight, OversightVisit, Suggestion
from deputydesk.models.oversight import OversightKind, OversightState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import local_rules
from deputydesk.operations.checks import filled, get, get_for, in_order, not_future, put
from deputydesk.operations.handling import name_of, step_day
from deputydesk.operations.removal import removal
from deputydesk.operations.suggestion_rows import Lists, SuggestionRow
from deputydesk.operations.todo_item import AHEAD, Todo, due_todo
from deputydesk.operations.years import in_year
from deputydesk.rules.suggestion_flow import SuggestionState

_S = OversightState
STEPS = "oversight_steps"
"""The local rule with the steps that pressing a suggestion takes, such as “五个一”."""


@dataclass(frozen=True)
class OversightVisitRow:
    """A visit, meeting or check in the course of it."""

    id: str
    oversight_id: str
    subject: str
    held_on: date
    form: str
    content: str
    who: str


@dataclass(frozen=True)
class OversightRow:
    """A pressed suggestion, with how far the pressing and the handling are."""

    id: str
    suggestion_id: str
    number: int
    headline: str
    unit: str
    suggestion_state: SuggestionState | None
    kind: OversightKind
    congress_leader: str
    government_leader: str
    started_on: date
    due_on: date | None
    plan: str
    steps: tuple[str, ...]
    wanted: tuple[str, ...]
    visits: tuple[OversightVisitRow, ...]
    state: OversightState
    ended_on: date | None
    result: str
    is_late: bool

    @property
    def leaders(self) -> str:
        """Who presses it."""
        return _together(self.congress_leader, self.government_leader)

    @property
    def done(self) -> str:
        """How many of the steps are done: 3/5."""
        return f"{sum(step in self.steps for step in self.wanted)}/{len(self.wanted)}"

    @property
    def missing(self) -> tuple[str, ...]:
        """Steps that are still to be taken."""
        return tuple(step for step in self.wanted if step not in self.steps)


def rows(
    session: Session, *, today: date, year: int | None = None, suggestion_id: str = ""
) -> list[OversightRow]:
    """Pressed suggestions by the day it began, the newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Oversight.started_on, year))
    if suggestion_id:
        where.append(Oversight.suggestion_id == suggestion_id)
    found = session.scalars(
        select(Oversight).where(*where).order_by(Oversight.started_on.desc(), Oversight.id.desc())
    ).all()
    chosen = select(Oversight.suggestion_id).where(*where)
    pressed = {s.id: s for s in Lists(session, today).rows(Suggestion.id.in_(chosen))}
    visits: dict[str, list[OversightVisitRow]] = {}
    for visit in _visits(session, *where):
        visits.setdefault(visit.oversight_id, []).append(visit)
    rules = local_rules.on_days(session, STEPS, {o.started_on for o in found})
    wanted = {day: tuple(row.rule["steps"]) for day, row in rules.items()}
    return [
        _row(
            o,
            pressed.get(o.suggestion_id),
            tuple(visits.get(o.id, ())),
            wanted[o.started_on],
            today,
        )
        for o in found
    ]


def _together(*leaders: str) -> str:
    return "、".join(name for name in leaders if name)


@dataclass(frozen=True)
class PressedRow:
    """What to choose a pressed suggestion by."""

    id: str
    headline: str
    kind: OversightKind
    leaders: str


def names(session: Session) -> list[PressedRow]:
    """Pressed suggestions, the newest first, by name only."""
    o = Oversight
    found = session.execute(
        select(o.id, Suggestion.headline, o.kind, o.congress_leader, o.government_leader)
        .outerjoin(Suggestion, Suggestion.id == o.suggestion_id)
        .order_by(o.started_on.desc(), o.id.desc())
    )
    return [
        PressedRow(record_id, headline or "", kind, _together(*leaders))
        for record_id, headline, kind, *leaders in found
    ]


def _row(
    o: Oversight,
    s: SuggestionRow | None,
    visits: tuple[OversightVisitRow, ...],
    wanted: tuple[str, ...],
    today: date,
) -> OversightRow:
    return OversightRow(
        id=o.id,
        suggestion_id=o.suggestion_id,
        number=s.number if s else 0,
        headline=s.headline if s else "",
        unit=s.main_unit if s else "",
        suggestion_state=s.state if s else None,
        kind=o.kind,
        congress_leader=o.congress_leader,
        government_leader=o.government_leader,
        started_on=o.started_on,
        due_on=o.due_on,
        plan=o.plan,
        steps=tuple(o.steps),
        wanted=wanted,
        visits=visits,
        state=o.state,
        ended_on=o.ended_on,
        result=o.result,
        is_late=o.state is _S.OPEN and o.due_on is not None and o.due_on < today,
    )


def steps(session: Session, day: date) -> tuple[str, ...]:
    """The steps that pressing a suggestion takes, by the rule in force on a day."""
    return tuple(local_rules.current(session, STEPS, day).rule["steps"])


def visits(session: Session, *, year: int | None = None) -> list[OversightVisitRow]:
    """Visits, meetings and checks, the newest first."""
    where = () if year is None else (in_year(OversightVisit.held_on, year),)
    return _visits(session, *where)[::-1]


def _visits(session: Session, *where: ColumnElement[bool]) -> list[OversightVisitRow]:
    v = OversightVisit
    found = session.execute(
        select(v.id, v.oversight_id, Suggestion.headline, v.held_on, v.form, v.content, v.who)
        .outerjoin(Oversight, Oversight.id == v.oversight_id)
        .outerjoin(Suggestion, Suggestion.id == Oversight.suggestion_id)
        .where(*where)
        .order_by(v.held_on, v.id)
    )
    return [
        OversightVisitRow(record_id, of, subject or "", held_on, form, content, who)
        for record_id, of, subject, held_on, form, content, who in found
    ]


def todos(session: Session, today: date) -> list[Todo]:
    """Pressed suggestions that are due or overdue."""
    found = session.execute(
        select(Oversight, Suggestion.headline)
        .join(Suggestion, Suggestion.id == Oversight.suggestion_id)
        .where(
            Oversight.state == _S.OPEN,
            Oversight.due_on.is_not(None),
            Oversight.due_on <= today + AHEAD,
        )
    )
    return [
        due_todo(f"领衔督办：{headline}", o.due_on, today, Oversight.__tablename__, o.id)
        for o, headline in found
        if o.due_on
    ]


@operation(Right.HANDLE, "登记领衔督办")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    suggestion_id: str,
    kind: OversightKind,
    started_on: date,
    congress_leader: str = "",
    government_leader: str = "",
    due_on: date | None = None,
    plan: str = "",
    steps: tuple[str, ...] = (),
) -> str:
    """Register who presses a suggestion, by when and with which plan, or correct it.

    Returns:
        The record's id.
    """
    suggestion = get_for(tx.session, Suggestion, "suggestion_id", suggestion_id)
    not_future("started_on", started_on, tx.today, "开始日期")
    in_order("due_on", started_on, due_on, "完成时限", "开始日期")
    if kind is OversightKind.CONGRESS:
        filled("congress_leader", congress_leader, "人大领导")
    if kind is OversightKind.GOVERNMENT:
        filled("government_leader", government_leader, "政府领导")
    same = select(Oversight.id).where(
        Oversight.suggestion_id == suggestion_id, Oversight.kind == kind, Oversight.id != record_id
    )
    if tx.session.scalars(same).first():
        raise FieldError("suggestion_id", f"{name_of(suggestion)}已登记“{kind.label}”。")
    before = get(tx.session, Oversight, record_id).suggestion_id if record_id else ""
    made = put(
        tx,
        Oversight,
        record_id,
        suggestion_id=suggestion_id,
        kind=kind,
        started_on=started_on,
        congress_leader=congress_leader.strip(),
        government_leader=government_leader.strip(),
        due_on=due_on,
        plan=plan.strip(),
        steps=list(steps),
    )
    _mark(tx, {before, suggestion_id})
    tx.about = name_of(suggestion)
    return made.id


@operation(Right.HANDLE, "督办办结")
def finish(
    tx: Tx,
    *,
    oversight_id: str,
    result: str,
    state: OversightState = OversightState.DONE,
    ended_on: date | None = None,
) -> None:
    """Say how the pressing ended: settled, or carried into the next year."""
    oversight = _got(tx, oversight_id)
    if oversight.state is not _S.OPEN:
        raise UserError(f"这项督办{oversight.state.label}。", hint="需要修改的，请先“重新督办”。")
    if state is _S.OPEN:
        raise FieldError("state", "请选择办结或者转下年。")
    earlier = ("开始日期", oversight.started_on)
    oversight.ended_on = step_day(tx, "ended_on", ended_on, "结束日期", earlier)
    oversight.state, oversight.result = state, filled("result", result, "督办结果")


@operation(Right.HANDLE, "重新督办")
def reopen(tx: Tx, *, oversight_id: str) -> None:
    """Press again what was thought settled, or was carried over."""
    oversight = _got(tx, oversight_id)
    if oversight.state is _S.OPEN:
        raise UserError("这项督办还没有办结。")
    oversight.state, oversight.ended_on = _S.OPEN, None


@operation(Right.HANDLE, "登记督办活动")
def save_visit(
    tx: Tx,
    *,
    record_id: str = "",
    oversight_id: str,
    held_on: date,
    content: str,
    form: str = "",
    who: str = "",
) -> str:
    """Register a visit, meeting or check in the course of pressing a suggestion; returns its id."""
    oversight = get_for(tx.session, Oversight, "oversight_id", oversight_id)
    earlier = ("开始日期", oversight.started_on)
    made = put(
        tx,
        OversightVisit,
        record_id,
        oversight_id=oversight_id,
        held_on=step_day(tx, "held_on", held_on, "日期", earlier),
        content=filled("content", content, "内容"),
        form=form.strip(),
        who=who.strip(),
    )
    suggestion = tx.session.get(Suggestion, oversight.suggestion_id)
    tx.about = name_of(suggestion) if suggestion else ""
    return made.id


@operation(Right.HANDLE, "删除领衔督办")
def remove(tx: Tx, *, ids: tuple[str, ...]) -> None:
    """Remove what was entered by mistake, with its visits; the suggestion loses the marks."""
    pressed: set[str] = set()
    for record_id in ids:
        oversight = _got(tx, record_id)
        pressed.add(oversight.suggestion_id)
        held = select(OversightVisit).where(OversightVisit.oversight_id == record_id)
        for visit in tx.session.scalars(held):
            tx.session.delete(visit)
        tx.session.delete(oversight)
    _mark(tx, pressed)
    if len(ids) > 1:
        tx.about = f"{len(ids)}条"


remove_visits = removal(OversightVisit, right=Right.HANDLE)


def _got(tx: Tx, oversight_id: str) -> Oversight:
    oversight = get(tx.session, Oversight, oversight_id)
    suggestion = tx.session.get(Suggestion, oversight.suggestion_id)
    tx.about = name_of(suggestion) if suggestion else ""
    return oversight


def _mark(tx: Tx, suggestion_ids: set[str]) -> None:
    """Write the marks of suggestions anew from what presses them."""
    tx.session.flush()
    marked = select(Suggestion).where(Suggestion.id.in_(suggestion_ids))
    for suggestion in tx.session.scalars(marked).all():
        found = tx.session.scalars(
            select(Oversight)
            .where(Oversight.suggestion_id == suggestion.id)
            .order_by(Oversight.started_on, Oversight.id)
        ).all()
        names = [name for o in found for name in (o.congress_leader, o.government_leader) if name]
        suggestion.key = any(o.kind is OversightKind.KEY for o in found)
        suggestion.led_by = "、".join(dict.fromkeys(names))
