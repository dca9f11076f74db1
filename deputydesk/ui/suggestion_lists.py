"""Suggestions and opinions side by side: as cards of the board, as lines of the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from deputydesk.models import Opinion, Suggestion
from deputydesk.office import Office
from deputydesk.operations import casework_list, opinions, suggestions
from deputydesk.operations.casework_list import CasePart
from deputydesk.operations.handling import Column as Place
from deputydesk.operations.handling import Head
from deputydesk.operations.opinion_rows import OpinionRow
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.rules.cell_filters import Arrangement, CellFilter
from deputydesk.rules.deadlines import Due, days_left_text
from deputydesk.rules.names import initials, search_text
from deputydesk.rules.suggestion_flow import SuggestionState
from deputydesk.ui.board import Card, Tag
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs import opinion, suggestion
from deputydesk.ui.paged_rows import Source
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

SUGGESTION, OPINION = Suggestion.__tablename__, Opinion.__tablename__
UNDECIDED = "待定单位"
_URGENT = {Due.OVERDUE: Tone.RED, Due.TODAY: Tone.AMBER, Due.SOON: Tone.AMBER}


@dataclass(frozen=True)
class Shown:
    """A card with what chips, counts and the search box ask of it."""

    card: Card
    due_on: date | None
    due: Due | None
    is_key: bool
    words: str


@dataclass(frozen=True)
class Going:
    """What goes on, by column: the cards in sight, and the heads of all, each with its kind."""

    cards: Mapping[Place, Sequence[Shown]]
    heads: Mapping[Place, Sequence[tuple[str, Head]]]


NOTHING = Going({}, {})


def board(desk: Desk, most: int | None = None) -> Going:
    """Everything that goes on, and what was closed this month, the most urgent first.

    Args:
        desk: the desk.
        most: so many cards a column at the most; all unless given.
    """
    today = desk.today
    cards: dict[Place, list[Shown]] = {place: [] for place in Place}
    heads: dict[Place, list[tuple[str, Head]]] = {place: [] for place in Place}
    for column in desk.ask(suggestions.board, today=today, most=most):
        cards[column.column] += [_of_suggestion(r, column.column, today) for r in column.rows]
        heads[column.column] += [(SUGGESTION, head) for head in column.heads]
    for other in desk.ask(opinions.board, today=today, most=most):
        cards[other.column] += [_of_opinion(r, other.column, today) for r in other.rows]
        heads[other.column] += [(OPINION, head) for head in other.heads]
    for column_cards in cards.values():
        column_cards.sort(key=lambda shown: shown.due_on or date.max)
    return Going({place: found[:most] for place, found in cards.items()}, heads)


def fits(words: str, wanted: str) -> bool:
    """Whether every word that was typed stands there, or begins a name by its initials."""
    said = search_text(words)
    return all(
        part in said or (part.isascii() and any(part in key for key in initials(words)))
        for part in search_text(wanted).split()
    )


def _of_suggestion(row: SuggestionRow, place: Place, today: date) -> Shown:
    below = f"{row.main_unit or UNDECIDED} · {row.lead}"
    marks = (
        ("重点督办", row.key),
        ("领衔督办", bool(row.led_by) and not row.key),
        ("承诺未了", row.open_commitment),
        ("检察衔接", bool(row.conversion)),
    )
    tags = [Tag(text, Tone.GREY) for text, is_set in marks if is_set]
    if place is Place.DONE:
        tone = Tone.GREEN
        tags.insert(0, Tag("超期办结" if row.in_time is False else "按期办结", tone))
    else:
        tone = _URGENT.get(row.tone, Tone.BLUE) if row.tone else Tone.BLUE
        near = days_left_text(row.next_due, today) if row.next_due else row.state.label
        if row.state is SuggestionState.REASSIGN:
            tags.insert(0, Tag("申请退办", Tone.AMBER))
        tags.insert(0, Tag(near, tone if row.next_due else Tone.GREY))
    code = f"建议{row.code} · {row.meeting}" if row.number else "建议（未编号）"
    card = Card(SUGGESTION, row.id, code, row.headline, below, tone, tuple(tags))
    words = " ".join((row.code, row.headline, row.lead, *row.units, *row.assist_units))
    return Shown(card, row.next_due, row.tone, row.key or bool(row.led_by), words)


def _of_opinion(row: OpinionRow, place: Place, today: date) -> Shown:
    below = " · ".join(text for text in (row.unit or UNDECIDED, row.deputy) if text)
    if place is Place.DONE:
        tone, near = Tone.GREEN, row.state.label
    else:
        tone = _URGENT.get(row.tone, Tone.BLUE) if row.tone else Tone.BLUE
        near = days_left_text(row.due_on, today) if row.tone and row.due_on else row.state.label
    lead = Tag(near, tone if row.tone or place is Place.DONE else Tone.GREY)
    tags = (lead, Tag("选民意见", Tone.GREY))
    card = Card(OPINION, row.id, f"意见{row.code}", row.matter, below, tone, tags)
    words = f"{row.code} {row.matter} {row.deputy} {row.unit} {row.home}"
    due_on = row.due_on if row.tone else None
    return Shown(card, due_on, row.tone, is_key=False, words=words)


@dataclass(frozen=True)
class Line:
    """A line of the ledger."""

    id: str
    kind: str
    order: tuple[str, int, str, int]
    code: str
    headline: str
    lead: str
    cosigners: int
    category: str
    units: str
    assisting: str
    assigned_on: date | None
    due_on: date | None
    talked: str
    replied_on: date | None
    answer_class: str
    satisfaction: str
    again: str
    promise: str
    state: str
    tone: Tone
    is_late: bool
    is_key: bool


def ledger(desk: Desk, part: CasePart, wanted: str, count: int) -> Source[Line]:
    """Suggestions, then opinions, in which what is wanted stands, the newest first.

    Ten years of them are many: their ids are asked for, and lines when they come into sight.
    """
    words = tuple(search_text(wanted).split())
    find = partial(_find, desk.office, part, words)
    return Source(count, find, partial(_lines, desk.office, desk.today), key=(part, words))


def count_of(desk: Desk, part: CasePart, wanted: str, filters: Sequence[CellFilter]) -> int | None:
    """How many lines there are in which what is wanted stands; None where all must be read."""
    if filters:
        return None
    found = desk.ask(casework_list.ids, part=part, words=tuple(search_text(wanted).split()))
    return len(found.suggestions) + len(found.opinions)


def _find(
    office: Office,
    part: CasePart,
    words: tuple[str, ...],
    _arrangement: Arrangement,
    limit: int | None,
) -> Sequence[str]:
    found = office.ask(casework_list.ids, part=part, words=words, limit=limit)
    both = found.suggestions.followed_by(found.opinions)
    return both if limit is None else both[:limit]


def _lines(office: Office, today: date, ids: Sequence[str]) -> list[Line]:
    """The lines of some records."""
    lines = [_line(row) for row in office.ask(suggestions.rows, today=today, ids=tuple(ids))]
    proposed = {line.id for line in lines}
    heard = tuple(record_id for record_id in ids if record_id not in proposed)
    if heard:
        lines += [_opinion_line(row) for row in office.ask(opinions.rows, today=today, ids=heard)]
    return lines


def _line(row: SuggestionRow) -> Line:
    promise = "落实中" if row.open_commitments else "已落实" if row.commitments else ""
    satisfaction = row.result.label if row.result else ""
    if row.attitude and row.result and row.attitude is not row.result:
        satisfaction = f"{row.attitude.label}/{row.result.label}"
    return Line(
        id=row.id,
        kind=SUGGESTION,
        order=("b", row.year, row.meeting_id, row.number),
        code=f"{row.number}" if row.number else "—",
        headline=row.headline,
        lead=row.lead,
        cosigners=row.cosigners,
        category=row.category,
        units=row.main_unit,
        assisting="、".join(row.assist_units),
        assigned_on=row.assigned_on,
        due_on=row.due_on,
        talked="是" if row.talked else "否" if row.replied_on else "",
        replied_on=row.replied_on,
        answer_class=row.answer_class,
        satisfaction=satisfaction,
        again="是" if row.rehandled else "",
        promise="未落实" if row.broken_commitments else promise,
        state=row.state.label,
        tone=suggestion.state_tone(row),
        is_late=row.tone is Due.OVERDUE,
        is_key=row.key or bool(row.led_by),
    )


def _opinion_line(row: OpinionRow) -> Line:
    return Line(
        id=row.id,
        kind=OPINION,
        order=("a", row.heard_on.year, "", row.number),
        code=f"意见{row.number}",
        headline=row.matter,
        lead=row.deputy,
        cosigners=0,
        category=row.category,
        units=row.unit,
        assisting="",
        assigned_on=row.assigned_on,
        due_on=row.due_on,
        talked="",
        replied_on=row.handled_on,
        answer_class="",
        satisfaction=row.satisfaction.label if row.settled_on else "",
        again="是" if row.sent_back else "",
        promise="",
        state=row.state.label,
        tone=opinion.state_tone(row),
        is_late=row.tone is Due.OVERDUE,
        is_key=False,
    )


def _day(day: date | None, year: int) -> str:
    """A day as short as it is clear: the year only if it is another one."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == year else f"{day:%y-%m-%d}"


def _when(day: date | None) -> date:
    return day or date.max


def columns(year: int) -> tuple[Column[Line], ...]:
    """The columns of the office's own ledger, in its order; days of other years name them."""
    return (
        Column("编号", lambda r: r.code, 64, sort=lambda r: r.order),
        Column("标题", lambda r: r.headline, 0),
        Column("领衔", lambda r: r.lead, 100),
        Column("附议", lambda r: str(r.cosigners or ""), 48, sort=lambda r: r.cosigners, drop=5),
        Column("类别", lambda r: r.category, 84, drop=4),
        Column("主办", lambda r: r.units, 124),
        Column("协办", lambda r: r.assisting, 100, drop=2),
        Column(
            "交办", lambda r: _day(r.assigned_on, year), 76, sort=lambda r: _when(r.assigned_on)
        ),
        Column(
            "期限",
            lambda r: _day(r.due_on, year),
            76,
            sort=lambda r: _when(r.due_on),
            alert=lambda r: r.is_late,
        ),
        Column("面商", lambda r: r.talked, 48, drop=3),
        Column("答复", lambda r: _day(r.replied_on, year), 76, sort=lambda r: _when(r.replied_on)),
        Column("类", lambda r: r.answer_class, 40),
        Column("满意度", lambda r: r.satisfaction, 80),
        Column("重办", lambda r: r.again, 48, drop=1),
        Column("承诺", lambda r: r.promise, 66, drop=6),
        Column("状态", lambda r: r.state, 92, tone=lambda r: r.tone),
    )
