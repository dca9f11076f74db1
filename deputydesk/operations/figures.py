"""The catalogue of figures: each number with its definition, unit, numerator and denominator."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import Select

from deputydesk.models import (
    Assignment,
    Feedback,
    Home,
    Mandate,
    Meeting,
    Opinion,
    Person,
    Reply,
    Suggestion,
    Visit,
    VisitDeputy,
)
from deputydesk.models.choices import Channel, HomeLevel, Level, UnitRole, VisitKind
from deputydesk.operations.visits import LINKS
from deputydesk.rules.opinion_flow import OpinionState
from deputydesk.rules.rates import Rate, growth, growth_text
from deputydesk.rules.satisfaction import Satisfaction

RECEIVING = (Channel.HOME, Channel.RECEPTION, Channel.STUDIO)
"""Channels that are receptions; opinions from them are counted apart, never added to the rest."""


@dataclass(frozen=True)
class Figure:
    """One number; a rate keeps what it was divided from."""

    id: str
    name: str
    unit: str
    value: int | None
    numerator: int | None
    denominator: int | None
    definition: str

    @property
    def text(self) -> str:
        """As people read it: 423件次, 94.1%（398/423）, or how much it grew."""
        if self.numerator is None or self.denominator is None:
            return f"{self.value}{self.unit}"
        if self.unit == "%":
            return "—" if self.value is None else growth_text(self.numerator, self.denominator)
        return Rate(self.numerator, self.denominator).text


@dataclass(frozen=True)
class Period:
    """Days from first to last; None is open."""

    first: date | None = None
    last: date | None = None

    def covers(
        self, column: InstrumentedAttribute[date] | InstrumentedAttribute[date | None]
    ) -> ColumnElement[bool]:
        """The condition that a day lies in the period."""
        parts: list[ColumnElement[bool]] = [column.is_not(None)]
        if self.first:
            parts.append(column >= self.first)
        if self.last:
            parts.append(column <= self.last)
        return and_(*parts)


def figures(
    session: Session, *, first: date | None = None, last: date | None = None
) -> list[Figure]:
    """All figures of a period (all time if open), in the order of reports."""
    period = Period(first, last)
    groups: tuple[Callable[[Session, Period], Iterator[Figure]], ...] = (
        _places,
        _people,
        _opinions,
        _suggestions,
        _answers,
        _activities,
    )
    return [figure for group in groups for figure in group(session, period)]


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(query) or 0


def _plain(ident: str, name: str, unit: str, value: int, definition: str) -> Figure:
    return Figure(ident, name, unit, value, None, None, definition)


def _rate(ident: str, name: str, unit: str, part: int, whole: int, definition: str) -> Figure:
    return Figure(ident, name, unit, part, part, whole, definition)


def _places(session: Session, _period: Period) -> Iterator[Figure]:
    by_level = dict(session.execute(select(Home.level, func.count()).group_by(Home.level)).all())
    yield _plain("homes.total", "代表之家", "个", sum(by_level.values()), "现有代表之家总数")
    for level in HomeLevel:
        yield _plain(
            f"homes.level.{level.value}",
            f"{level.label}代表之家",
            "个",
            by_level.get(level, 0),
            f"级别为“{level.label}”的代表之家数",
        )


def _people(session: Session, _period: Period) -> Iterator[Figure]:
    active = Mandate.ended_on.is_(None)
    main = dict(
        session.execute(
            select(Mandate.level, func.count()).where(active, Mandate.main).group_by(Mandate.level)
        ).all()
    )
    seats = _count(session, select(func.count(Mandate.id)).where(active))
    people = _count(
        session,
        select(func.count(func.distinct(Person.id)))
        .join(Mandate, Mandate.person_id == Person.id)
        .where(active),
    )
    yield _plain(
        "mandates.total",
        "各级代表",
        "名",
        sum(main.values()),
        "在任代表，一人多级的按主身份统计一次",
    )
    for level in Level:
        name = f"{level.label}代表"
        yield _plain(
            f"mandates.level.{level.value}",
            name,
            "名",
            main.get(level, 0),
            f"主身份为{name}的在任代表",
        )
    yield _plain("mandates.seats", "代表资格", "个", seats, "在任代表资格总数，一人多级的分别统计")
    yield _plain("persons.total", "代表人数", "人", people, "至少有一个在任代表资格的人数")


def _opinions(session: Session, period: Period) -> Iterator[Figure]:
    heard_in = period.covers(Opinion.heard_on)
    heard = _count(session, select(func.count(Opinion.id)).where(heard_in))
    matters = _count(
        session,
        select(func.count(Opinion.id)).where(heard_in, Opinion.state != OpinionState.MERGED),
    )
    settled = _count(
        session,
        select(func.count(Opinion.id)).where(heard_in, Opinion.settled_on.is_not(None)),
    )
    received = _count(
        session,
        select(func.count(Opinion.id)).where(heard_in, Opinion.channel.in_(RECEIVING)),
    )
    yield _plain("opinions.heard", "听取选民意见", "件次", heard, "每听取一次计一件次，合并的也计")
    yield _plain("opinions.matters", "选民意见事项", "件", matters, "合并相同事项以后的件数")
    yield _rate("opinions.settled", "办结选民意见", "件次", settled, heard, "已销号件次÷听取件次")
    yield _plain(
        "opinions.received",
        "接待中收集的意见",
        "件",
        received,
        "渠道为进家接待、接待岗、工作室的意见",
    )


def _suggestions(session: Session, period: Period) -> Iterator[Figure]:
    submitted_in = period.covers(Suggestion.submitted_on)
    total = _count(session, select(func.count(Suggestion.id)).where(submitted_in))
    yield _plain("suggestions.total", "代表建议", "件", total, "期内提出的代表建议件数")
    this, last = _two_meetings(session, period)
    change = growth(this, last) if last else None
    yield Figure(
        "suggestions.growth",
        "建议件数比上次会议增长",
        "%",
        change,
        this,
        last,
        "（本次会议件数−上次会议件数）÷上次会议件数",
    )


def _two_meetings(session: Session, period: Period) -> tuple[int, int]:
    """Suggestions at the newest meeting that has any, and at the meeting before it."""
    counts: dict[str, int] = dict(
        session.execute(
            select(Suggestion.meeting_id, func.count())
            .where(Suggestion.meeting_id != "", period.covers(Suggestion.submitted_on))
            .group_by(Suggestion.meeting_id)
        ).all()
    )
    meetings = list(session.scalars(select(Meeting).order_by(Meeting.opened_on.desc())))
    newest = next((m for m in meetings if m.id in counts), None)
    if newest is None:
        return 0, 0
    earlier = [m for m in meetings if m.term_id == newest.term_id and m.number == newest.number - 1]
    if not earlier:
        return counts[newest.id], 0
    before = earlier[0]
    entered = session.scalar(
        select(func.count(Suggestion.id)).where(Suggestion.meeting_id == before.id)
    )
    return counts[newest.id], entered or before.earlier_suggestions or 0


def _answers(session: Session, period: Period) -> Iterator[Figure]:
    wanted = period.covers(Suggestion.submitted_on)
    mains = (UnitRole.MAIN, UnitRole.SEPARATE)
    assigned = _count(
        session,
        select(func.count(func.distinct(Assignment.suggestion_id)))
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .where(wanted, Assignment.role.in_(mains)),
    )
    replies = session.execute(
        select(
            Reply.suggestion_id, func.min(case((Reply.replied_on <= Assignment.due_on, 1), else_=0))
        )
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .join(Suggestion, Suggestion.id == Reply.suggestion_id)
        .where(wanted)
        .group_by(Reply.suggestion_id)
    )
    in_time = [bool(ok) for _, ok in replies]
    yield _rate(
        "suggestions.answered", "建议答复", "件", len(in_time), assigned, "已答复件数÷已交办件数"
    )
    yield _rate(
        "suggestions.answered_in_time",
        "按期答复",
        "件",
        sum(in_time),
        len(in_time),
        "在时限（含批准的延期）内答复的件数÷已答复件数，协办不计",
    )
    yield from _satisfaction(session, wanted)


def _satisfaction(session: Session, wanted: ColumnElement[bool]) -> Iterator[Figure]:
    forms = session.execute(
        select(Feedback.suggestion_id, Feedback.result)
        .join(Suggestion, Suggestion.id == Feedback.suggestion_id)
        .where(wanted, Feedback.returned_on.is_not(None))
        .order_by(Feedback.round)
    )
    last = dict(iter(forms))
    satisfied = sum(result == Satisfaction.SATISFIED for result in last.values())
    mostly = sum(result == Satisfaction.MOSTLY for result in last.values())
    yield _rate(
        "suggestions.satisfied",
        "对办理结果满意",
        "件",
        satisfied,
        len(last),
        "满意÷收回的征询意见表，以最后一轮为准，未收回的不计",
    )
    yield _rate(
        "suggestions.mostly_satisfied",
        "满意和基本满意",
        "件",
        satisfied + mostly,
        len(last),
        "（满意+基本满意）÷收回的征询意见表，以最后一轮为准",
    )


def _activities(session: Session, period: Period) -> Iterator[Figure]:
    held = period.covers(Visit.held_on)
    at_home = _count(session, select(func.count(Visit.id)).where(held, Visit.kind.not_in(LINKS)))
    received = _count(
        session, select(func.sum(Visit.received)).where(held, Visit.kind.not_in(LINKS))
    )
    linked = _count(
        session,
        select(func.sum(Visit.received)).where(held, Visit.kind == VisitKind.LINK_VOTERS),
    )
    yield _plain("home_activities.total", "进家活动", "次", at_home, "在代表之家开展的活动次数")
    yield _plain("reception.voters", "接待选民", "人次", received, "进家活动中接待的选民人次")
    yield _plain("link.voters", "走访选民", "人次", linked, "代表联系选民的人次")
    seats = Mandate.main & Mandate.ended_on.is_(None) & Mandate.suspended.is_(False)
    came = select(VisitDeputy.mandate_id).join(Visit, Visit.id == VisitDeputy.visit_id).where(held)
    whole = _count(session, select(func.count(Mandate.id)).where(seats))
    part = _count(session, select(func.count(Mandate.id)).where(seats, Mandate.id.in_(came)))
    yield _rate(
        "coverage.deputies",
        "进家和联系选民覆盖",
        "名",
        part,
        whole,
        "至少参加一次活动的在任代表÷在任代表",
    )
