"""Evaluations: deputies on the ballot, ballots counted, tallies that must add up, grades."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Evaluation, EvaluationEntry, Home, Mandate, Person
from deputydesk.models.choices import EvaluationState, Level
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get, not_future
from deputydesk.operations.deputies import in_office
from deputydesk.operations.years import in_year
from deputydesk.rules.names import NameOrder, sort_key
from deputydesk.rules.satisfaction import (
    SATISFACTION,
    Scale,
    check_ballots,
    check_tally,
    grade,
)


@dataclass(frozen=True)
class EntryRow:
    """A deputy on the ballot with the ticks counted."""

    id: str
    mandate_id: str
    position: int
    name: str
    level: Level
    job: str
    counts: Mapping[str, int]
    void: int
    grade: str


@dataclass(frozen=True)
class EvaluationRow:
    """An evaluation as lists, the ballot and the result sheet show it."""

    id: str
    name: str
    held_on: date
    place: str
    home_id: str
    home: str
    host: str
    counter: str
    scrutineer: str
    scale: Scale
    state: EvaluationState
    issued: int | None
    returned: int | None
    valid: int | None
    invalid: int | None
    announced_on: date | None
    deputies: int


@dataclass(frozen=True)
class Tally:
    """The ticks that one deputy got: option id -> number, and rows left blank or ticked twice."""

    mandate_id: str
    counts: Mapping[str, int]
    void: int = 0


def rows(session: Session, year: int | None = None) -> list[EvaluationRow]:
    """Evaluations newest first."""
    where = [] if year is None else [in_year(Evaluation.held_on, year)]
    return [_row(*found) for found in session.execute(_select().where(*where))]


def _select() -> Select[Evaluation, str, int]:
    """Evaluations with their home and the number of deputies, newest first."""
    deputies = select(func.count()).where(EvaluationEntry.evaluation_id == Evaluation.id)
    return (
        select(Evaluation, func.coalesce(Home.name, ""), deputies.scalar_subquery())
        .outerjoin(Home, Home.id == Evaluation.home_id)
        .order_by(Evaluation.held_on.desc(), Evaluation.id.desc())
    )


def one(session: Session, evaluation_id: str) -> EvaluationRow:
    """One evaluation.

    Raises:
        UserError: there is none with this id.
    """
    found = get(session, Evaluation, evaluation_id)
    home = session.get(Home, found.home_id) if found.home_id else None
    return _row(found, home.name if home else "", len(entries(session, evaluation_id)))


def _row(e: Evaluation, home: str, deputies: int) -> EvaluationRow:
    return EvaluationRow(
        id=e.id,
        name=e.name,
        held_on=e.held_on,
        place=e.place,
        home_id=e.home_id,
        home=home,
        host=e.host,
        counter=e.counter,
        scrutineer=e.scrutineer,
        scale=Scale.from_dict(e.scale),
        state=e.state,
        issued=e.issued,
        returned=e.returned,
        valid=e.valid,
        invalid=e.invalid,
        announced_on=e.announced_on,
        deputies=deputies,
    )


def entries(session: Session, evaluation_id: str) -> list[EntryRow]:
    """The deputies on the ballot, in its order."""
    found = session.execute(
        _entries()
        .where(EvaluationEntry.evaluation_id == evaluation_id)
        .order_by(EvaluationEntry.position)
    )
    return [
        EntryRow(e.id, e.mandate_id, e.position, name, level, job, e.counts, e.void, e.grade)
        for e, level, name, job in found
    ]


def _entries() -> Select[EvaluationEntry, Level, str, str]:
    """Deputies on ballots, with who they are."""
    return (
        select(EvaluationEntry, Mandate.level, Person.name, Person.job)
        .join(Mandate, Mandate.id == EvaluationEntry.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
    )


def of_deputy(session: Session, mandate_id: str) -> list[tuple[EvaluationRow, EntryRow]]:
    """The counted evaluations of one deputy, newest first."""
    mine = {
        entry.evaluation_id: EntryRow(
            *(entry.id, entry.mandate_id, entry.position, name, level, job),
            *(entry.counts, entry.void, entry.grade),
        )
        for entry, level, name, job in session.execute(
            _entries().where(EvaluationEntry.mandate_id == mandate_id)
        )
    }
    counted = _select().where(Evaluation.id.in_(mine), Evaluation.state != EvaluationState.PREPARED)
    return [(_row(*found), mine[found[0].id]) for found in session.execute(counted)]


@operation(Right.EVALUATE, "准备述职测评")
def prepare(
    tx: Tx,
    *,
    name: str,
    held_on: date,
    deputy_ids: tuple[str, ...],
    place: str = "",
    home_id: str = "",
    host: str = "",
    scale: Scale = SATISFACTION,
    order: NameOrder = NameOrder.FULL,
) -> str:
    """Prepare an evaluation: the deputies stand on the ballot in the official order of names."""
    if not deputy_ids:
        raise FieldError("deputy_ids", "请选择参加测评的代表。")
    names: dict[str, str] = {}
    for mandate_id in deputy_ids:
        mandate = in_office(tx, "deputy_ids", mandate_id, held_on)
        names[mandate_id] = get(tx.session, Person, mandate.person_id).name
    if len(names) < len(deputy_ids):
        raise FieldError("deputy_ids", "同一名代表选了两次。")
    evaluation = Evaluation(
        name=filled("name", name, "会议名称"),
        held_on=held_on,
        place=place,
        home_id=home_id,
        host=host,
        scale=scale.to_dict(),
        state=EvaluationState.PREPARED,
    )
    tx.session.add(evaluation)
    ordered = sorted(names, key=lambda m: (sort_key(names[m], order), m))
    for position, mandate_id in enumerate(ordered, 1):
        entry = EvaluationEntry(
            evaluation_id=evaluation.id, mandate_id=mandate_id, position=position
        )
        tx.session.add(entry)
    tx.about = name
    return evaluation.id


@operation(Right.EVALUATE, "录入测评计票")
def count(
    tx: Tx,
    *,
    evaluation_id: str,
    issued: int,
    returned: int,
    valid: int,
    invalid: int,
    tallies: tuple[Tally, ...],
    counter: str = "",
    scrutineer: str = "",
) -> None:
    """Enter the counted ballots; nothing is kept unless all numbers add up.

    Raises:
        FieldError: the ballots or a deputy's tally do not add up; says by how much.
        UserError: the result has been announced already, or the meeting has not been held.
    """
    evaluation = get(tx.session, Evaluation, evaluation_id)
    if evaluation.state == EvaluationState.ANNOUNCED:
        raise UserError(
            "测评结果已经公布，不能再改计票。", hint="确有错误的，先撤销“公布测评结果”。"
        )
    not_future("held_on", evaluation.held_on, tx.today, "测评日期")
    scale = Scale.from_dict(evaluation.scale)
    problems = check_ballots(issued=issued, returned=returned, valid=valid, invalid=invalid)
    if problems:
        raise problems[0]
    given = {tally.mandate_id: tally for tally in tallies}
    found = tx.session.scalars(
        select(EvaluationEntry).where(EvaluationEntry.evaluation_id == evaluation_id)
    )
    for entry in found:
        tally = given.pop(entry.mandate_id, None)
        _enter(tx, entry, tally, valid, scale)
    if given:
        raise FieldError("tallies", "有的代表不在这次测评的名单上。")
    evaluation.issued, evaluation.returned = issued, returned
    evaluation.valid, evaluation.invalid = valid, invalid
    evaluation.counter, evaluation.scrutineer = counter.strip(), scrutineer.strip()
    evaluation.state = EvaluationState.COUNTED
    tx.about = evaluation.name


def _enter(tx: Tx, entry: EvaluationEntry, tally: Tally | None, valid: int, scale: Scale) -> None:
    mandate = get(tx.session, Mandate, entry.mandate_id)
    name = get(tx.session, Person, mandate.person_id).name
    if tally is None:
        raise FieldError(f"tally.{entry.mandate_id}", f"还没有录入{name}的得票。")
    problems = check_tally(tally.counts, void=tally.void, valid=valid, scale=scale)
    if problems:
        field = f"tally.{entry.mandate_id}"
        raise FieldError(field, f"{name}：{problems[0].message}", hint=problems[0].hint)
    entry.counts = dict(tally.counts)
    entry.void = tally.void
    entry.grade = grade(tally.counts, scale, void=tally.void)


def sound(tx: Tx, evaluation_id: str) -> None:
    """Check the count of an evaluation as it stands, if there is one yet.

    Raises:
        FieldError: as entering it would.
    """
    evaluation = tx.session.get(Evaluation, evaluation_id)
    if evaluation is None or not (evaluation.returned or evaluation.issued):
        return
    valid, scale = evaluation.valid or 0, Scale.from_dict(evaluation.scale)
    problems = check_ballots(
        issued=evaluation.issued or 0,
        returned=evaluation.returned or 0,
        valid=valid,
        invalid=evaluation.invalid or 0,
    )
    if problems:
        raise problems[0]
    for entry in entries(tx.session, evaluation_id):
        wrong = check_tally(entry.counts, void=entry.void, valid=valid, scale=scale)
        if wrong:
            raise FieldError("counts", f"{entry.name}：{wrong[0].message}", hint=wrong[0].hint)


@operation(Right.EVALUATE, "公布测评结果")
def announce(tx: Tx, *, evaluation_id: str, announced_on: date | None = None) -> None:
    """Announce the result, as it must be on the spot; then it stays as it is."""
    evaluation = get(tx.session, Evaluation, evaluation_id)
    if evaluation.state != EvaluationState.COUNTED:
        raise UserError("计票以后才能公布，且只公布一次。", hint="请先录入计票结果。")
    evaluation.state = EvaluationState.ANNOUNCED
    evaluation.announced_on = announced_on or tx.today
    tx.about = evaluation.name
