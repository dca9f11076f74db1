"""Opinions of voters: heard, sent where they belong, handled, and told back."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Home, Opinion, Unit, Visit, VisitDeputy
from deputydesk.models.choices import Channel, Route, Sex
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import presets, voters
from deputydesk.operations.checks import filled, get, get_for, next_number, not_future
from deputydesk.operations.deputies import in_office
from deputydesk.operations.handling import move_opinion, opinion_name, settle, step_day
from deputydesk.operations.opinion_detail import Detail, File
from deputydesk.operations.opinion_rows import BoardColumn, Lists, OpinionRow
from deputydesk.rules.deadlines import days_after
from deputydesk.rules.opinion_flow import LAST_ROUND, OpinionState, OpinionStep
from deputydesk.rules.satisfaction import Satisfaction


def rows(
    session: Session,
    *,
    today: date,
    year: int | None = None,
    states: tuple[OpinionState, ...] = (),
    channels: tuple[Channel, ...] = (),
    mandate_id: str = "",
    home_id: str = "",
    unit_id: str = "",
    visit_id: str = "",
    suggestion_id: str = "",
    settled: bool | None = None,
    ids: tuple[str, ...] | None = None,
    contacts: bool = False,
) -> list[OpinionRow]:
    """Opinions, the newest first; what is not given does not narrow the list.

    `settled` asks for those done with, or not; `contacts` for the voters' names and addresses.
    """
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where += _of_year(date(year, 1, 1))
    if states:
        where.append(Opinion.state.in_(states))
    if channels:
        where.append(Opinion.channel.in_(channels))
    if settled is not None:
        where.append(Opinion.settled_on.is_not(None) if settled else Opinion.settled_on.is_(None))
    if ids is not None:
        where.append(Opinion.id.in_(ids))
    equal = {
        Opinion.mandate_id: mandate_id,
        Opinion.home_id: home_id,
        Opinion.unit_id: unit_id,
        Opinion.visit_id: visit_id,
        Opinion.suggestion_id: suggestion_id,
    }
    where += [column == wanted for column, wanted in equal.items() if wanted]
    return Lists(session, today, contacts).rows(*where)


def detail(session: Session, *, opinion_id: str, today: date, contacts: bool = False) -> Detail:
    """Everything about one opinion; with the voter's name and address only if asked.

    Raises:
        UserError: there is none with this id.
    """
    return File(session, today, contacts).read(opinion_id)


def board(session: Session, *, today: date, most: int | None = None) -> list[BoardColumn]:
    """What is going on, and what was settled this month, in columns by state; see `Lists`."""
    return Lists(session, today).board(most)


def categories(session: Session) -> list[str]:
    """Categories in use, the most frequent first."""
    found = session.scalars(
        select(Opinion.category)
        .where(Opinion.category != "")
        .group_by(Opinion.category)
        .order_by(func.count().desc(), Opinion.category)
    )
    return list(found)


@operation(Right.REGISTER, "登记选民意见")
def hear(
    tx: Tx,
    *,
    channel: Channel,
    matter: str,
    heard_on: date | None = None,
    visit_id: str = "",
    mandate_id: str = "",
    home_id: str = "",
    detail: str = "",
    category: str = "",
    place: str = "",
    spot_answer: str = "",
    deputy_view: str = "",
    confidential: bool = False,
    voter_name: str = "",
    voter_sex: Sex = Sex.UNKNOWN,
    voter_age: int | None = None,
    voter_phone: str = "",
    voter_address: str = "",
    opinion_id: str = "",
) -> str:
    """Write down what a voter said; returns its id, which may be given by who noted it first.

    The day, the home and a deputy who received alone are the activity's unless given. `channel` is
    never guessed: figures are kept apart by it. Nothing about the voter need be known.
    """
    if visit_id:
        visit = get_for(tx.session, Visit, "visit_id", visit_id)
        heard_on, home_id = heard_on or visit.held_on, home_id or visit.home_id
        mandate_id = mandate_id or _alone_at(tx, visit_id)
    day = heard_on or tx.today
    not_future("heard_on", day, tx.today, "反映日期")
    _check_where(tx, day, mandate_id, home_id)
    opinion = Opinion(
        **({"id": opinion_id} if opinion_id else {}),
        number=next_number(tx.session, Opinion.number, *_of_year(day)),
        heard_on=day,
        channel=channel,
        visit_id=visit_id,
        mandate_id=mandate_id,
        home_id=home_id,
        matter=filled("matter", matter, "反映事项"),
        detail=detail.strip(),
        category=category.strip(),
        place=place.strip(),
        spot_answer=spot_answer.strip(),
        deputy_view=deputy_view.strip(),
        confidential=confidential,
        voter_id=voters.record(
            tx,
            "",
            name=voter_name,
            sex=voter_sex,
            age=voter_age,
            phone=voter_phone,
            address=voter_address,
            at_home=confidential,
        ),
    )
    tx.session.add(opinion)
    tx.about = opinion_name(opinion)
    return opinion.id


@operation(Right.REGISTER, "修改选民意见")
def edit(
    tx: Tx,
    *,
    opinion_id: str,
    channel: Channel | None = None,
    matter: str | None = None,
    heard_on: date | None = None,
    mandate_id: str | None = None,
    home_id: str | None = None,
    detail: str | None = None,
    category: str | None = None,
    place: str | None = None,
    spot_answer: str | None = None,
    deputy_view: str | None = None,
    confidential: bool | None = None,
    voter_name: str | None = None,
    voter_sex: Sex | None = None,
    voter_age: int | None = None,
    voter_phone: str | None = None,
    voter_address: str | None = None,
) -> None:
    """Correct what was written down; fields not given stay."""
    opinion = get(tx.session, Opinion, opinion_id)
    day = heard_on or opinion.heard_on
    not_future("heard_on", day, tx.today, "反映日期")
    if opinion.assigned_on and day > opinion.assigned_on:
        raise FieldError("heard_on", "反映日期不能晚于转办日期。")
    if day.year != opinion.heard_on.year:
        opinion.number = next_number(tx.session, Opinion.number, *_of_year(day))
    opinion.heard_on = day
    if matter is not None:
        opinion.matter = filled("matter", matter, "反映事项")
    if channel is not None:
        opinion.channel = channel
    if confidential is not None:
        opinion.confidential = confidential
    if mandate_id is not None or home_id is not None:
        _check_where(tx, day, mandate_id or "", home_id or "")
    texts = {
        "mandate_id": mandate_id,
        "home_id": home_id,
        "detail": detail,
        "category": category,
        "place": place,
        "spot_answer": spot_answer,
        "deputy_view": deputy_view,
    }
    _write(opinion, texts)
    opinion.voter_id = voters.record(
        tx,
        opinion.voter_id,
        name=voter_name,
        sex=voter_sex,
        age=voter_age,
        phone=voter_phone,
        address=voter_address,
        at_home=opinion.confidential,
    )
    tx.about = opinion_name(opinion)


@operation(Right.REGISTER, "当场答复")
def answer_on_spot(
    tx: Tx, *, opinion_id: str, answer: str = "", answered_on: date | None = None
) -> None:
    """Record that the deputy answered the voter at once; see `close` for what follows."""
    opinion = move_opinion(tx, opinion_id, OpinionStep.ANSWER_ON_SPOT)
    opinion.told_on = step_day(
        tx, "answered_on", answered_on, "答复日期", ("反映日期", opinion.heard_on)
    )
    opinion.spot_answer = filled("answer", answer or opinion.spot_answer, "当场答复")
    opinion.told_how, opinion.route = "当场", Route.ON_SPOT


@operation(Right.HANDLE, "转办选民意见")
def assign(
    tx: Tx,
    *,
    opinion_id: str,
    unit_id: str,
    route: Route = Route.UNIT,
    assigned_on: date | None = None,
    days: int | None = None,
) -> None:
    """Give an opinion to a unit, or to a village or community.

    Args:
        tx: the transaction.
        opinion_id: the opinion.
        unit_id: who handles it.
        route: `Route.UNIT` or `Route.VILLAGE`.
        assigned_on: the day; today unless given.
        days: how many days it may take; the office's rule unless given.
    """
    opinion = move_opinion(tx, opinion_id, OpinionStep.ASSIGN)
    if route not in (Route.UNIT, Route.VILLAGE):
        raise FieldError("route", "请选择转单位办理，或转嘎查村、社区办理。")
    opinion.unit_id = get_for(tx.session, Unit, "unit_id", unit_id).id
    opinion.route = route
    day = step_day(tx, "assigned_on", assigned_on, "转办日期", ("反映日期", opinion.heard_on))
    _give(tx, opinion, day, days)


@operation(Right.HANDLE, "登记办理结果")
def handle(tx: Tx, *, opinion_id: str, outcome: str, handled_on: date | None = None) -> None:
    """Record what the unit did; after a second handling the first outcome stays above it."""
    opinion = move_opinion(tx, opinion_id, OpinionStep.HANDLE)
    opinion.handled_on = step_day(
        tx, "handled_on", handled_on, "办理日期", ("转办日期", opinion.assigned_on)
    )
    outcome = filled("outcome", outcome, "办理结果")
    opinion.outcome = f"{opinion.outcome}\n{outcome}".strip()


@operation(Right.HANDLE, "向选民反馈")
def feed_back(tx: Tx, *, opinion_id: str, told_how: str, told_on: date | None = None) -> None:
    """Record that the voter was told the result, and how."""
    opinion = move_opinion(tx, opinion_id, OpinionStep.FEED_BACK)
    opinion.told_on = step_day(tx, "told_on", told_on, "反馈日期", ("办理日期", opinion.handled_on))
    opinion.told_how = filled("told_how", told_how, "反馈方式")


@operation(Right.HANDLE, "选民意见销号")
def close(
    tx: Tx,
    *,
    opinion_id: str,
    satisfaction: Satisfaction = Satisfaction.NONE,
    closed_on: date | None = None,
) -> None:
    """Settle an opinion that the voter accepts; those merged into it are settled with it."""
    opinion = move_opinion(tx, opinion_id, OpinionStep.CLOSE)
    if satisfaction is Satisfaction.DISSATISFIED:
        raise FieldError(
            "satisfaction", "选民不满意的，不能销号。", hint="请退回重办，或作解释后办结。"
        )
    day = step_day(tx, "closed_on", closed_on, "销号日期", ("反馈日期", opinion.told_on))
    opinion.satisfaction = satisfaction
    settle(tx, opinion, day)


@operation(Right.HANDLE, "退回重办")
def send_back(
    tx: Tx,
    *,
    opinion_id: str,
    reason: str,
    sent_on: date | None = None,
    days: int | None = None,
) -> None:
    """Give an opinion to its unit once more, because the voter does not accept the result."""
    opinion = move_opinion(tx, opinion_id, OpinionStep.REASSIGN)
    if opinion.sent_back + 1 >= LAST_ROUND:
        raise UserError("这件意见已经退回重办过一次。", hint="选民仍不认可的，请作解释后办结。")
    day = step_day(tx, "sent_on", sent_on, "退回日期", ("反馈日期", opinion.told_on))
    opinion.refused_why = filled("reason", reason, "选民不认可的理由")
    opinion.sent_back += 1
    opinion.outcome = f"首次办理：{opinion.outcome}"
    opinion.handled_on, opinion.told_on, opinion.told_how = None, None, ""
    _give(tx, opinion, day, days)


@operation(Right.HANDLE, "解释后办结")
def close_explained(
    tx: Tx, *, opinion_id: str, explanation: str, closed_on: date | None = None
) -> None:
    """Settle an opinion that was handled twice and is still not accepted, with an explanation."""
    opinion = move_opinion(tx, opinion_id, OpinionStep.CLOSE_EXPLAINED)
    if opinion.sent_back == 0:
        raise UserError("选民不认可的，应先退回重办一次。", hint="请先登记“退回重办”。")
    day = step_day(tx, "closed_on", closed_on, "办结日期", ("反馈日期", opinion.told_on))
    opinion.explanation = filled("explanation", explanation, "向选民作的解释")
    opinion.satisfaction = Satisfaction.DISSATISFIED
    settle(tx, opinion, day)


def _give(tx: Tx, opinion: Opinion, day: date, days: int | None) -> None:
    """Start the unit's time."""
    rule = presets.deadlines(tx.session, day)
    allowed = rule.opinion_days if days is None else days
    deadline = days_after(day, allowed, presets.calendar(), move=rule.postponed)
    opinion.assigned_on, opinion.due_on = day, deadline.due
    opinion.due_provisional, opinion.due_why = deadline.provisional, deadline.why


def _alone_at(tx: Tx, visit_id: str) -> str:
    """The deputy who received voters alone; empty if there were several."""
    present = tx.session.scalars(
        select(VisitDeputy.mandate_id).where(VisitDeputy.visit_id == visit_id)
    ).all()
    return present[0] if len(present) == 1 else ""


def _check_where(tx: Tx, day: date, mandate_id: str, home_id: str) -> None:
    if mandate_id:
        in_office(tx, "mandate_id", mandate_id, day)
    if home_id:
        get_for(tx.session, Home, "home_id", home_id)


def _of_year(day: date) -> tuple[ColumnElement[bool], ...]:
    first, last = day.replace(month=1, day=1), day.replace(month=12, day=31)
    return (Opinion.heard_on >= first, Opinion.heard_on <= last)


def _write(opinion: Opinion, texts: Mapping[str, str | None]) -> None:
    for field, text in texts.items():
        if text is not None:
            setattr(opinion, field, text.strip())
