"""What was said and handled before that is like what is being written, and who handled it.

Learned from the office's own records at the moment of asking: nothing is trained or kept.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from math import log

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from deputydesk.models import Assignment, Opinion, Suggestion, Unit
from deputydesk.models.choices import UnitRole
from deputydesk.operations import opinions, suggestions
from deputydesk.rules.names import search_text
from deputydesk.rules.similarity import pairs, score
from deputydesk.rules.suggestion_flow import SuggestionState

_FRAME = re.compile("^关于|的?建议$")
ALIKE = 0.3
"""From here on an earlier matter is worth a look."""
SURE = 0.5
"""One earlier matter alone must be so much alike to say who handles it."""
LEARNED = 5
"""So many of the most alike say which unit handles such matters."""
AGREED = 0.6
"""So great a part of them, weighed by how alike they are, must agree on a unit."""
CLOSER = 60
"""So many that share most pairs of characters are compared closely."""
ASKED = 40
"""Of so many pairs of characters the database is asked; of more, of some from everywhere."""
READ = 5_000
"""So many of each kind that share a pair are read, the newest: one looks while somebody types."""
FEW = 50
"""Among fewer records a word that occurs twice would seem to be in all of them."""
SHORTEST = 3
"""Characters from which on a text says something."""


@dataclass(frozen=True)
class SimilarRow:
    """An earlier matter: which it is, who handled it, how it ended.

    Args:
        id: the record's id.
        kind: its table.
        code: 2024年第3号.
        headline: what it is about.
        units: who handled it.
        outcome: how it ended, or how far it is.
        alike: 0 to 1.
    """

    id: str
    kind: str
    code: str
    headline: str
    units: str
    outcome: str
    alike: float


@dataclass(frozen=True)
class Proposed:
    """The unit that handled what is alike, and on what ground it is proposed."""

    unit_id: str
    unit: str
    count: int
    out_of: int

    @property
    def why(self) -> str:
        """The ground in a sentence."""
        if self.count == self.out_of:
            all_of = "都" if self.count > 1 else ""
            return f"以前{self.count}件类似的{all_of}由{self.unit}办理"
        return f"以前{self.out_of}件类似的，{self.count}件由{self.unit}办理"


@dataclass(frozen=True)
class Beside:
    """What stands beside a matter that is being written.

    Args:
        rows: earlier ones, the most alike first.
        proposed: the unit that handled most of what is alike.
    """

    rows: list[SimilarRow]
    proposed: Proposed | None

    @property
    def sentence(self) -> str:
        """How often it came up, and who handled it."""
        return self.proposed.why if self.proposed else f"以前有{len(self.rows)}件类似的"


@dataclass(frozen=True)
class _Earlier:
    """A record as it is compared."""

    id: str
    kind: str
    text: str


def beside(
    session: Session, text: str, *, today: date, leave_out: str = "", most: int = 5
) -> Beside:
    """Earlier suggestions and opinions like a text, and the unit that handled them.

    Args:
        session: the session.
        text: what is being written: a headline, or what a voter said.
        today: the present day.
        leave_out: id of the record that is being written itself.
        most: how many.
    """
    found = _alike(session, text, leave_out)
    told = _told(session, tuple(one.id for _, one in found[:most]), today)
    rows = [
        SimilarRow(one.id, one.kind, *told[one.id], alike=near)
        for near, one in found
        if one.id in told
    ]
    return Beside(rows, _agreed(session, found))


def unit_for(session: Session, text: str, *, leave_out: str = "") -> Proposed | None:
    """The unit that handled most of what is like this; None where they do not agree."""
    return _agreed(session, _alike(session, text, leave_out))


def _agreed(session: Session, found: Sequence[tuple[float, _Earlier]]) -> Proposed | None:
    """The unit that handled most of these."""
    handled = _handled_by(session, [one.id for _, one in found])
    nearest = [(near, handled[one.id]) for near, one in found if one.id in handled][:LEARNED]
    weight: Counter[str] = Counter()
    for near, units in nearest:
        for unit in units:
            weight[unit] += round(near * 1000)
    if not weight:
        return None
    best, weighs = weight.most_common(1)[0]
    if weighs < AGREED * sum(round(near * 1000) for near, _ in nearest):
        return None
    if len(nearest) == 1 and nearest[0][0] < SURE:
        return None
    unit = session.get(Unit, best)
    count = sum(best in units for _, units in nearest)
    return Proposed(best, unit.name, count, len(nearest)) if unit else None


def _alike(session: Session, text: str, leave_out: str) -> list[tuple[float, _Earlier]]:
    """What is like the text, the most alike first; the newest first among equals."""
    text = _matter(text)
    wanted = pairs(text)
    if len(text) < SHORTEST or not wanted:
        return []
    sharing = [one for one in _sharing(session, wanted) if one.id != leave_out]
    often: Counter[str] = Counter()
    shared: list[tuple[int, int]] = []
    for place, one in enumerate(sharing):
        here = [pair for pair in wanted if pair in one.text]
        often.update(here)
        if here:
            shared.append((len(here), place))
    many = 1 + max(_count(session) - bool(leave_out), FEW)
    weights = {pair: log(many / count) / log(many) for pair, count in often.items()}
    found = [
        (near, sharing[place])
        for _, place in nlargest(CLOSER, shared)
        if (near := score(text, sharing[place].text, weights)) >= ALIKE
    ]
    return sorted(found, key=_rank, reverse=True)


def _rank(found: tuple[float, _Earlier]) -> tuple[float, str]:
    return (round(found[0], 6), found[1].id.rpartition("-")[2])


def _kinds() -> tuple[tuple[str, InstrumentedAttribute[str], ColumnElement[bool]], ...]:
    """What is compared: the kind, what it is about, and which of its records count."""
    left = (SuggestionState.DRAFT, SuggestionState.RETURNED)
    return (
        (Suggestion.__tablename__, Suggestion.headline, Suggestion.state.not_in(left)),
        (Opinion.__tablename__, Opinion.matter, true()),
    )


def _sharing(session: Session, wanted: frozenset[str]) -> list[_Earlier]:
    """Records in which one of these pairs of characters stands."""
    some = sorted(wanted)[:: -(-len(wanted) // ASKED)]
    found: list[_Earlier] = []
    for kind, said, counts in _kinds():
        shares = or_(
            *(
                said.icontains(pair, autoescape=True)
                if pair.isascii()
                else said.contains(pair, autoescape=True)
                for pair in some
            )
        )
        query = select(said.parent.class_.id, said).where(counts, shares)
        newest = query.order_by(said.parent.class_.id.desc()).limit(READ)
        found += [_Earlier(one, kind, _matter(text)) for one, text in session.execute(newest)]
    return found


def _count(session: Session) -> int:
    """How many records there are to be compared with."""
    asked = [select(func.count(said)).where(counts) for _, said, counts in _kinds()]
    return sum(session.scalar(query) or 0 for query in asked)


def _matter(said: str) -> str:
    """A headline without the words that stand in all of them: voters do not say them."""
    return _FRAME.sub("", search_text(said))


def _handled_by(session: Session, ids: Sequence[str]) -> dict[str, set[str]]:
    """The units that handled each of these, as main or separate unit."""
    given = select(Assignment.suggestion_id, Assignment.unit_id).where(
        Assignment.suggestion_id.in_(ids), Assignment.role != UnitRole.ASSIST
    )
    passed = select(Opinion.id, Opinion.unit_id).where(Opinion.id.in_(ids), Opinion.unit_id != "")
    found: dict[str, set[str]] = {}
    for query in (given, passed):
        for record_id, unit_id in session.execute(query):
            found.setdefault(record_id, set()).add(unit_id)
    return found


def _told(
    session: Session, ids: tuple[str, ...], today: date
) -> dict[str, tuple[str, str, str, str]]:
    """Code, headline, units and outcome of these records."""
    found: dict[str, tuple[str, str, str, str]] = {}
    for row in suggestions.rows(session, today=today, ids=ids):
        code = f"{row.year}年{row.code}" if row.number else f"{row.year}年"
        ended = [row.state.label, f"{row.answer_class}类" if row.answer_class else ""]
        ended.append(row.result.label if row.result else "")
        units = "、".join(row.units)
        found[row.id] = (code, row.headline, units, "，".join(said for said in ended if said))
    for heard in opinions.rows(session, today=today, ids=ids):
        code = f"意见{heard.code}"
        found[heard.id] = (code, heard.matter, heard.unit, heard.state.label)
    return found
