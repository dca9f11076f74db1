"""What the steps of handling share: days, moving on, the units at work, who wrote what."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.journal.log import read
from deputydesk.journal.tables import SyncChange
from deputydesk.late import dataclass
from deputydesk.models import Assignment, Opinion, Record, Reply, Suggestion, Unit
from deputydesk.models.choices import HandbackOutcome, Route, UnitRole
from deputydesk.office import Tx
from deputydesk.operations import presets
from deputydesk.operations.checks import get, not_before, not_future
from deputydesk.rules.choices import Choice
from deputydesk.rules.deadlines import Deadline, months_after
from deputydesk.rules.opinion_flow import OPINION, OpinionState, OpinionStep
from deputydesk.rules.suggestion_flow import SUGGESTION, SuggestionStep

ANSWERING = (UnitRole.MAIN, UnitRole.SEPARATE)
"""The roles that answer the deputy; an assisting unit gives its opinion to the main one."""


class Column(Choice):
    """A column of the board, for suggestions and opinions alike."""

    WAITING = "waiting", "待交办"
    HANDLING = "handling", "办理中"
    ANSWERED = "answered", "已答复待测评"
    REHANDLE = "rehandle", "重新办理"
    DONE = "done", "本月办结"


@dataclass(frozen=True)
class Head:
    """What counting asks of a card that may be out of sight."""

    due_on: date | None
    is_key: bool = False


@dataclass(frozen=True)
class StepRow:
    """Something that can be done now.

    Args:
        operation: its name, as `deputydesk.office.Operation` has it.
        label: the operation's title.
        parameter: which of its arguments names the record.
        ids: the records it can be done to.
    """

    operation: str
    label: str
    parameter: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """Something that happened: on which day, in words, by whom."""

    on: date
    text: str
    who: str = ""


def step_day(
    tx: Tx, field: str, given: date | None, what: str, *earlier: tuple[str, date | None]
) -> date:
    """The day of a step, today unless given.

    Args:
        tx: the transaction.
        field: where a wrong day is shown.
        given: the day given, if one was.
        what: the day's Chinese name.
        earlier: names and days that it must not come before.

    Raises:
        FieldError: the day has not come, or is before a step that it follows.
    """
    day = given or tx.today
    not_future(field, day, tx.today, what)
    for than, earliest in earlier:
        not_before(field, day, earliest, what, than)
    return day


def name_of(suggestion: Suggestion) -> str:
    """What an action on it is about: 建议第3号, or its headline before it has a number."""
    if suggestion.number:
        return f"建议第{suggestion.number}号"
    return f"建议《{suggestion.headline}》"


def advance(tx: Tx, suggestion: Suggestion, step: SuggestionStep) -> None:
    """Take a step, which becomes what the action is about.

    Raises:
        UserError: it cannot be taken in the present state; says what can.
    """
    suggestion.state = SUGGESTION.next(suggestion.state, step)
    tx.about = name_of(suggestion)


def check_step(tx: Tx, suggestion: Suggestion, step: SuggestionStep) -> None:
    """As `advance`, for a step that does not move the suggestion itself.

    Raises:
        UserError: it cannot be taken in the present state; says what can.
    """
    SUGGESTION.next(suggestion.state, step)
    tx.about = name_of(suggestion)


def assigned(tx: Tx, assignment_id: str) -> tuple[Assignment, Suggestion]:
    """An assignment that is still at work, and its suggestion.

    Raises:
        UserError: it is not there, or its unit has handed it back.
    """
    assignment = get(tx.session, Assignment, assignment_id)
    suggestion = get(tx.session, Suggestion, assignment.suggestion_id)
    if assignment.handback is HandbackOutcome.AGREED or assignment.round != suggestion.round:
        raise UserError(
            f"“{unit_name(tx, assignment.unit_id)}”已不再办理{name_of(suggestion)}。",
            hint="请刷新后再试。",
        )
    return assignment, suggestion


def units_at_work(tx: Tx, suggestion: Suggestion) -> Sequence[Assignment]:
    """Assignments of the present round that were not handed back."""
    return tx.session.scalars(
        select(Assignment)
        .where(
            Assignment.suggestion_id == suggestion.id,
            Assignment.round == suggestion.round,
            Assignment.handback != HandbackOutcome.AGREED,
        )
        .order_by(Assignment.id)
    ).all()


def unit_at_work(tx: Tx, suggestion: Suggestion, unit_id: str) -> Assignment:
    """The assignment of a unit in the present round; of the one that answers if none is named.

    Raises:
        FieldError: the unit does not handle the suggestion, or several do and none is named.
    """
    units = units_at_work(tx, suggestion)
    answering = [unit for unit in units if unit.role in ANSWERING]
    if not unit_id and len(answering) == 1:
        return answering[0]
    for unit in units:
        if unit.unit_id == unit_id:
            return unit
    raise FieldError("unit_id", "请选择这件建议的承办单位。")


def check_not_leaving(tx: Tx, assignment: Assignment) -> None:
    """Refuse to go on with a unit that asked to hand the suggestion back.

    Raises:
        UserError: its wish has not been decided.
    """
    if assignment.handback is HandbackOutcome.ASKED:
        unit = unit_name(tx, assignment.unit_id)
        raise UserError(f"“{unit}”已申请退办。", hint="请先答复它的申请。")


def is_handling(assignment: Assignment) -> bool:
    """Whether a unit has taken the suggestion on: signed for it, or was not let go."""
    refused = assignment.handback is HandbackOutcome.REFUSED
    return refused or (
        assignment.signed_on is not None and assignment.handback is HandbackOutcome.NONE
    )


def has_answered(tx: Tx, assignment: Assignment) -> bool:
    """Whether the unit has answered the deputy."""
    found = tx.session.scalars(select(Reply.id).where(Reply.assignment_id == assignment.id))
    return found.first() is not None


def is_done(tx: Tx, assignment: Assignment) -> bool:
    """Whether the unit has done its part: answered, or given its opinion to the main unit."""
    return assignment.assist_given_on is not None or has_answered(tx, assignment)


def all_answered(tx: Tx, suggestion: Suggestion) -> bool:
    """Whether every unit that has to answer in this round has done so."""
    replied = set(
        tx.session.scalars(
            select(Reply.assignment_id).where(
                Reply.suggestion_id == suggestion.id, Reply.round == suggestion.round
            )
        )
    )
    return all(
        unit.id in replied for unit in units_at_work(tx, suggestion) if unit.role in ANSWERING
    )


def unit_name(tx: Tx, unit_id: str) -> str:
    """A unit's name; empty if it is not there."""
    unit = tx.session.get(Unit, unit_id)
    return unit.name if unit else ""


def unit_names(session: Session) -> dict[str, str]:
    """Every unit's name."""
    return dict(session.execute(select(Unit.id, Unit.name)).all())


def months_from(session: Session, start: date, months: int) -> Deadline:
    """The end of a period of months, moved past holidays if the office's rule says so."""
    move = presets.deadlines(session, start).postponed
    return months_after(start, months, presets.calendar(), move=move)


def close(tx: Tx, suggestion: Suggestion, step: SuggestionStep, day: date) -> None:
    """Close a suggestion; opinions of voters that it was raised from are settled with it."""
    advance(tx, suggestion, step)
    suggestion.closed_on = day
    for opinion in _opinions(tx, Opinion.suggestion_id == suggestion.id):
        settle(tx, opinion, day)


def opinion_name(opinion: Opinion) -> str:
    """What an action on a voter's opinion is about: 意见第3号."""
    return f"意见第{opinion.number}号"


def move_opinion(tx: Tx, opinion_id: str, step: OpinionStep) -> Opinion:
    """Take a step with a voter's opinion, which becomes what the action is about.

    Raises:
        UserError: it cannot be taken in the present state; says what can.
    """
    opinion = get(tx.session, Opinion, opinion_id)
    opinion.state = OPINION.next(opinion.state, step)
    tx.about = opinion_name(opinion)
    return opinion


def settle(tx: Tx, opinion: Opinion, day: date) -> None:
    """Settle an opinion, with the ones merged into it: each hearing counts."""
    opinion.settled_on = day
    for merged in _opinions(tx, Opinion.merged_into == opinion.id):
        merged.settled_on = day


def release_raised(tx: Tx, suggestion: Suggestion) -> None:
    """Have opinions that were raised into a suggestion handled otherwise: it came to nothing.

    Not a step that anybody takes, so it does not stand in the flow.
    """
    for opinion in _opinions(tx, Opinion.suggestion_id == suggestion.id):
        if opinion.state is OpinionState.RAISED:
            opinion.state, opinion.route, opinion.suggestion_id = (
                OpinionState.RECEIVED,
                Route.OPEN,
                "",
            )


def _opinions(tx: Tx, *where: ColumnElement[bool]) -> Sequence[Opinion]:
    return tx.session.scalars(select(Opinion).where(*where)).all()


@dataclass(frozen=True)
class Writers:
    """Who wrote the present value of each field, as the journal knows."""

    session: Session

    def of(self, kinds: Iterable[type[Record]], ids: Iterable[str]) -> dict[tuple[str, str], str]:
        """The users' names by record id and field."""
        lines = self.session.scalars(
            select(SyncChange)
            .where(
                SyncChange.tab.in_([kind.__tablename__ for kind in kinds]),
                SyncChange.pk.in_(list(ids)),
            )
            .order_by(SyncChange.lam, SyncChange.feed, SyncChange.seq)
        )
        return {(line.pk, field): line.usr for line in lines for field in read(line).values or {}}
