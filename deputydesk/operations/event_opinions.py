"""What was said or asked for at events, whom it went to, and what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import EventOpinion, Mandate, Person, Unit
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import events, presets, shown
from deputydesk.operations.checks import (
    filled,
    get,
    get_for,
    next_number,
    not_before,
    not_future,
    put,
)
from deputydesk.operations.events import EventRow
from deputydesk.operations.listing import Listing
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year
from deputydesk.rules.deadlines import days_after


@dataclass(frozen=True)
class EventOpinionRow:
    """An opinion given at an event, as the register shows it."""

    id: str
    number: int
    event_id: str
    event_kind: str
    event: str
    event_title: str
    content: str
    speaker: str
    mandate_id: str
    given_on: date | None
    unit_id: str
    unit: str
    due_on: date | None
    fed_back_on: date | None
    feedback: str

    @property
    def state(self) -> str:
        """Whether somebody owes an answer."""
        if self.fed_back_on:
            return "已反馈"
        return "待反馈" if self.unit_id else "留作参考"


def _awaited(_today: date) -> ColumnElement[bool]:
    return and_(EventOpinion.unit_id != "", EventOpinion.fed_back_on.is_(None))


def _late(today: date) -> ColumnElement[bool]:
    return and_(_awaited(today), EventOpinion.due_on < today)


LISTING = Listing(
    EventOpinion,
    day=EventOpinion.given_on,
    order=(
        EventOpinion.given_on.desc(),
        EventOpinion.event_id,
        EventOpinion.number,
        EventOpinion.id,
    ),
    parts={"待反馈": _awaited, "逾期": _late},
    sums={"speakers": func.count(func.nullif(EventOpinion.speaker, "").distinct())},
    columns={
        "日期": shown.day(EventOpinion.given_on),
        "发言人": shown.text(EventOpinion.speaker),
        "意见": shown.text(EventOpinion.content),
        "交办单位": shown.named(EventOpinion.unit_id, Unit.name),
        "时限": shown.day(EventOpinion.due_on),
    },
)
"""How the register lists them."""


def rows(
    session: Session,
    year: int | None = None,
    *,
    event_id: str = "",
    mandate_id: str = "",
    ids: Sequence[str] | None = None,
) -> list[EventOpinionRow]:
    """Opinions newest first: of a year, an event (in their order), a deputy, or those named."""
    where: list[ColumnElement[bool]] = []
    if ids is not None:
        where.append(EventOpinion.id.in_(ids))
    if year is not None:
        where.append(in_year(EventOpinion.given_on, year))
    if event_id:
        where.append(EventOpinion.event_id == event_id)
    if mandate_id:
        where.append(EventOpinion.mandate_id == mandate_id)
    order = (EventOpinion.number, EventOpinion.id) if event_id else LISTING.order
    found = session.execute(
        select(EventOpinion, Unit.name)
        .outerjoin(Unit, Unit.id == EventOpinion.unit_id)
        .where(*where)
        .order_by(*order)
    ).all()
    known = {e.id: e for e in events.rows(session, ids={o.event_id for o, _ in found})}
    return [_row(o, unit or "", known.get(o.event_id)) for o, unit in found]


@operation(Right.REGISTER, "登记活动意见")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    event_id: str,
    content: str,
    speaker: str = "",
    mandate_id: str = "",
    given_on: date | None = None,
    unit_id: str = "",
    due_on: date | None = None,
    fed_back_on: date | None = None,
    feedback: str = "",
) -> str:
    """Write down what was said at an event, or change it.

    It was said on the event's first day unless another is given. Given to a unit, it is due for
    an answer as an opinion of voters is, unless another day is given.
    """
    event = events.find_for(tx.session, "event_id", event_id)
    day = given_on or event.first
    not_future("given_on", day, tx.today, "提出日期")
    not_before("given_on", day, event.first, "提出日期", "活动日期")
    if mandate_id:
        speaker = speaker.strip() or _name(tx, mandate_id)
    if unit_id:
        get_for(tx.session, Unit, "unit_id", unit_id)
        due_on = due_on or _due(tx, day)
    _fed_back(tx, day, unit_id, fed_back_on, feedback)
    opinion = put(
        tx,
        EventOpinion,
        record_id,
        event_kind=event.kind,
        event_id=event_id,
        number=_number(tx, record_id, event_id),
        content=filled("content", content, "意见内容"),
        speaker=speaker.strip(),
        mandate_id=mandate_id,
        given_on=day,
        unit_id=unit_id,
        due_on=due_on if unit_id else None,
        fed_back_on=fed_back_on,
        feedback=feedback.strip(),
    )
    tx.session.flush()
    tx.about = opinion.content
    return opinion.id


@operation(Right.REGISTER, "批量登记活动意见")
def note_down(tx: Tx, *, event_id: str, lines: tuple[str, ...]) -> int:
    """Write down several opinions at once, one a line: 张三：……; returns how many.

    A line without a speaker is by the speaker of the line before.
    """
    event = events.find_for(tx.session, "event_id", event_id)
    speaker, written = "", 0
    for line in lines:
        before, colon, after = line.replace(":", "：", 1).partition("：")
        is_named = bool(colon) and len(before.strip()) <= 25
        speaker = before.strip() if is_named else speaker
        content = after if is_named else line
        if content.strip():
            save(tx, event_id=event_id, content=content, speaker=speaker)
            written += 1
    if not written:
        raise FieldError("lines", "请每行填写一条意见，如：张三：建议增加路灯。")
    tx.about = f"{event.name} {written}条"
    return written


@operation(Right.HANDLE, "登记意见反馈")
def feed_back(tx: Tx, *, opinion_id: str, fed_back_on: date, feedback: str) -> None:
    """Say what the unit answered."""
    opinion = get(tx.session, EventOpinion, opinion_id)
    if opinion.fed_back_on:
        raise UserError("这条意见已经反馈。", hint="要更正的，请修改原来的登记。")
    _fed_back(tx, opinion.given_on, opinion.unit_id, fed_back_on, feedback)
    opinion.fed_back_on, opinion.feedback = fed_back_on, feedback.strip()
    tx.about = opinion.content


remove = removal(EventOpinion)


def _fed_back(
    tx: Tx, given_on: date | None, unit_id: str, fed_back_on: date | None, feedback: str
) -> None:
    if not fed_back_on and not feedback.strip():
        return
    if not unit_id:
        raise FieldError("unit_id", "有反馈的，请填写交办单位。")
    if not fed_back_on:
        raise FieldError("fed_back_on", "请填写反馈日期。")
    filled("feedback", feedback, "反馈情况")
    not_before("fed_back_on", fed_back_on, given_on, "反馈日期", "提出日期")
    not_future("fed_back_on", fed_back_on, tx.today, "反馈日期")


def _due(tx: Tx, day: date) -> date:
    rule = presets.deadlines(tx.session, day)
    return days_after(day, rule.opinion_days, presets.calendar(), move=rule.postponed).due


def _name(tx: Tx, mandate_id: str) -> str:
    mandate = get_for(tx.session, Mandate, "mandate_id", mandate_id)
    person = tx.session.get(Person, mandate.person_id)
    return person.name if person else ""


def _number(tx: Tx, record_id: str, event_id: str) -> int:
    if record_id:
        kept = get(tx.session, EventOpinion, record_id)
        if kept.event_id == event_id:
            return kept.number
    return next_number(
        tx.session, EventOpinion.number, EventOpinion.event_id == event_id, of_all=True
    )


def _row(o: EventOpinion, unit: str, event: EventRow | None) -> EventOpinionRow:
    return EventOpinionRow(
        id=o.id,
        number=o.number,
        event_id=o.event_id,
        event_kind=o.event_kind,
        event=event.name if event else "（活动已删除）",
        event_title=event.title if event else "",
        content=o.content,
        speaker=o.speaker,
        mandate_id=o.mandate_id,
        given_on=o.given_on,
        unit_id=o.unit_id,
        unit=unit,
        due_on=o.due_on,
        fed_back_on=o.fed_back_on,
        feedback=o.feedback,
    )
