"""Results of online polls, taken over from where they were held."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import OnlinePoll
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, in_order, not_future, not_negative, put
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year
from deputydesk.rules.names import clean_name


@dataclass(frozen=True)
class OnlinePollRow:
    """A poll's result as lists show it."""

    id: str
    name: str
    from_on: date | None
    to_on: date
    organiser: str
    hits: int
    votes: int
    winners: tuple[str, ...]
    note: str


def rows(session: Session, *, year: int | None = None) -> list[OnlinePollRow]:
    """Polls by their last day, the newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(OnlinePoll.to_on, year))
    found = session.scalars(
        select(OnlinePoll).where(*where).order_by(OnlinePoll.to_on.desc(), OnlinePoll.id.desc())
    )
    return [
        OnlinePollRow(
            p.id,
            p.name,
            p.from_on,
            p.to_on,
            p.organiser,
            p.hits,
            p.votes,
            tuple(p.winners),
            p.note,
        )
        for p in found
    ]


@operation(Right.REGISTER, "登记网络评选结果")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    name: str,
    to_on: date,
    from_on: date | None = None,
    organiser: str = "",
    hits: int = 0,
    votes: int = 0,
    winners: tuple[str, ...] = (),
    note: str = "",
) -> str:
    """Take over a poll's result, or correct it; returns the record's id."""
    not_future("to_on", to_on, tx.today, "结束日期")
    in_order("to_on", from_on, to_on)
    not_negative("hits", hits, "点击量")
    not_negative("votes", votes, "投票数")
    if hits and votes > hits:
        raise FieldError(
            "votes", f"投票数（{votes}）不能多于点击量（{hits}）。", hint="请核对两个数。"
        )
    names = [name for name in map(clean_name, winners) if name]
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice:
        raise FieldError("winners", f"当选名单里“{twice}”写了两次。")
    made = put(
        tx,
        OnlinePoll,
        record_id,
        name=filled("name", name, "名称"),
        from_on=from_on,
        to_on=to_on,
        organiser=organiser.strip(),
        hits=hits,
        votes=votes,
        winners=names,
        note=note.strip(),
    )
    tx.about = made.name
    return made.id


remove = removal(OnlinePoll)
