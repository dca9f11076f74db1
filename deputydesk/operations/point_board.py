"""The board of a quarter as the entries give it now: who gained what, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from deputydesk.late import dataclass
from deputydesk.models.choices import Level
from deputydesk.operations.point_schemes import SchemeRow
from deputydesk.operations.point_tally import Deputy, people, tally
from deputydesk.rules import points
from deputydesk.rules.choices import Choice
from deputydesk.rules.names import sort_key
from deputydesk.rules.points import Gain, Scheme
from deputydesk.rules.quarters import Quarter


class Standing(Choice):
    """Whether a deputy has a rank."""

    RANKED = "", ""
    SUSPENDED = "suspended", "暂停"
    SHORT = "short", "任职时间短，不排名"


@dataclass(frozen=True)
class BoardRow:
    """A deputy on the board; `id` is the mandate."""

    id: str
    name: str
    level: Level
    town: str
    home: str
    standing: Standing
    rank: int | None
    items: Mapping[str, Decimal]
    base: Decimal
    cut: Decimal
    total: Decimal
    share: Fraction
    note: str
    pending: int = 0

    @property
    def place(self) -> str:
        """The rank, or why there is none."""
        return str(self.rank) if self.rank else self.standing.label


def live(session: Session, quarter: Quarter, rules: SchemeRow) -> list[BoardRow]:
    """The board of a quarter as its entries give it now, the first rank first."""
    who, scheme = people(session, quarter.last), rules.scheme
    quarters = quarter.so_far if scheme.looks_back else (quarter,)
    tallied = tally(session, scheme, who, quarters)
    found: list[tuple[Deputy, Gain, Fraction]] = []
    for deputy in who.deputies.values():
        shares = [deputy.share(q.first, q.last) for q in quarters]
        if shares[-1]:
            gained = points.gain(scheme, tallied.units[deputy.id], shares)
            found.append((deputy, gained, shares[-1]))
    days = (quarter.last - quarter.first).days + 1
    return placed(scheme, found, days, tallied.pending)


def placed(
    scheme: Scheme,
    found: Sequence[tuple[Deputy, Gain, Fraction]],
    days: int,
    pending: Mapping[str, int],
) -> list[BoardRow]:
    """Rank them: the suspended and those in office for too short a time have no rank."""
    rows = [_row(scheme, *line, days, pending.get(line[0].id, 0)) for line in found]
    ranked = [row for row in rows if row.standing == Standing.RANKED]
    ranks = points.ranks([row.total for row in ranked])
    rank_of = dict(zip((row.id for row in ranked), ranks, strict=True))
    rows = [replace(row, rank=rank_of.get(row.id)) for row in rows]
    return sorted(rows, key=_order)


def _order(row: BoardRow) -> tuple[bool, int, tuple[object, ...], str]:
    return row.rank is None, row.rank or 0, (sort_key(row.name),), row.id


def _row(
    scheme: Scheme, deputy: Deputy, gained: Gain, part: Fraction, days: int, pending: int
) -> BoardRow:
    standing = Standing.RANKED
    if deputy.suspended:
        standing = Standing.SUSPENDED
    elif part * days < min(scheme.least_days, days):
        standing = Standing.SHORT
    return BoardRow(
        id=deputy.id,
        name=deputy.name,
        level=deputy.level,
        town=deputy.town,
        home=deputy.home,
        standing=standing,
        rank=None,
        items=gained.items,
        base=gained.base,
        cut=gained.cut,
        total=points.scaled(scheme, gained.total, part),
        share=part,
        note=_note(deputy, part),
        pending=pending,
    )


def _note(deputy: Deputy, part: Fraction) -> str:
    """Why the points are for a part of the time."""
    if part == 1:
        return ""
    begun = f"{deputy.started_on:%Y-%m-%d}起任职" if deputy.started_on else ""
    ended = f"{deputy.ended_on:%Y-%m-%d}终止" if deputy.ended_on else ""
    return "，".join(said for said in (begun, ended) if said)
