"""Promises made in answers: they live on after the suggestion is closed."""

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.models import Commitment, Reply, Suggestion
from deputydesk.models.choices import CommitmentState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get
from deputydesk.operations.handling import name_of, step_day, unit_names
from deputydesk.rules.deadlines import Due, chinese, due_state
from deputydesk.rules.suggestion_flow import SuggestionState


@dataclass(frozen=True)
class CommitmentRow:
    """A promise as lists show it."""

    id: str
    suggestion_id: str
    number: int
    headline: str
    suggestion_state: SuggestionState
    unit_id: str
    unit: str
    content: str
    promised_on: date | None
    due_on: date | None
    progress: str
    state: CommitmentState
    settled_on: date | None
    note: str
    days_left: int | None
    tone: Due | None


def rows(
    session: Session, *, today: date, suggestion_id: str = "", only_open: bool = False
) -> list[CommitmentRow]:
    """Promises by the day they are due, of one suggestion or of all; only open ones if wished."""
    where: list[ColumnElement[bool]] = []
    if suggestion_id:
        where.append(Commitment.suggestion_id == suggestion_id)
    if only_open:
        where.append(Commitment.state == CommitmentState.OPEN)
    units = unit_names(session)
    found = session.execute(
        select(
            Commitment,
            Suggestion.number,
            Suggestion.headline,
            Suggestion.state,
            Reply.replied_on,
        )
        .join(Suggestion, Suggestion.id == Commitment.suggestion_id)
        .outerjoin(Reply, Reply.id == Commitment.reply_id)
        .where(*where)
        .order_by(Commitment.due_on.is_(None), Commitment.due_on, Commitment.id)
    )
    return [
        _row(c, number, headline, state, units.get(c.unit_id, ""), promised_on, today)
        for c, number, headline, state, promised_on in found
    ]


def _row(
    c: Commitment,
    number: int,
    headline: str,
    suggestion_state: SuggestionState,
    unit: str,
    promised_on: date | None,
    today: date,
) -> CommitmentRow:
    running = c.due_on if c.state is CommitmentState.OPEN else None
    return CommitmentRow(
        id=c.id,
        suggestion_id=c.suggestion_id,
        number=number,
        headline=headline,
        suggestion_state=suggestion_state,
        unit_id=c.unit_id,
        unit=unit,
        content=c.content,
        promised_on=promised_on,
        due_on=c.due_on,
        progress=c.progress,
        state=c.state,
        settled_on=c.settled_on,
        note=c.note,
        days_left=(running - today).days if running else None,
        tone=due_state(running, today) if running else None,
    )


def promise(tx: Tx, reply: Reply, *, unit_id: str, content: str, due_on: date | None) -> None:
    """Write down what a unit promises; a promise it made before and still owes is renewed."""
    owed = select(Commitment).where(
        Commitment.suggestion_id == reply.suggestion_id,
        Commitment.unit_id == unit_id,
        Commitment.state == CommitmentState.OPEN,
    )
    found = tx.session.scalars(owed).first()
    if found is None:
        found = Commitment(suggestion_id=reply.suggestion_id, unit_id=unit_id)
        tx.session.add(found)
    found.reply_id, found.content, found.due_on = reply.id, content, due_on


@operation(Right.HANDLE, "登记承诺进展")
def report(tx: Tx, *, commitment_id: str, progress: str, reported_on: date | None = None) -> None:
    """Add a line on how far a promise is; earlier lines stay."""
    commitment, earliest = _open(tx, commitment_id)
    day = step_day(tx, "reported_on", reported_on, "进展日期", ("答复日期", earliest))
    line = f"{chinese(day)}：{filled('progress', progress, '进展')}"
    commitment.progress = f"{commitment.progress}\n{line}".strip()


@operation(Right.HANDLE, "认定承诺落实情况")
def settle(
    tx: Tx, *, commitment_id: str, kept: bool, settled_on: date | None = None, note: str = ""
) -> None:
    """State that a promise was kept, or that it was not and why."""
    commitment, earliest = _open(tx, commitment_id)
    commitment.settled_on = step_day(
        tx, "settled_on", settled_on, "认定日期", ("答复日期", earliest)
    )
    if kept:
        commitment.state, commitment.note = CommitmentState.KEPT, note.strip()
    else:
        commitment.state = CommitmentState.BROKEN
        commitment.note = filled("note", note, "未落实的说明")


def _open(tx: Tx, commitment_id: str) -> tuple[Commitment, date | None]:
    """A promise still owed, and the day it was made."""
    commitment = get(tx.session, Commitment, commitment_id)
    tx.about = name_of(get(tx.session, Suggestion, commitment.suggestion_id))
    if commitment.state is not CommitmentState.OPEN:
        raise UserError(f"这项承诺已认定为“{commitment.state.label}”。")
    reply = tx.session.get(Reply, commitment.reply_id)
    return commitment, reply.replied_on if reply else None
