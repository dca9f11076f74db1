"""Seats that fall vacant: why, what the committee and the congress say, and the announcement.

What follows, from the by-election to the new deputy, is in `by_elections`.
"""

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.models import ElectoralDistrict, Mandate, Person, Vacancy
from deputydesk.models.base import columns_of
from deputydesk.models.choices import EndReason, Level
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies
from deputydesk.operations.checks import filled, get, get_for
from deputydesk.operations.handling import step_day
from deputydesk.operations.removal import removal
from deputydesk.operations.todo_item import Todo
from deputydesk.operations.years import in_year
from deputydesk.rules.names import in_order
from deputydesk.rules.vacancy_flow import VACANCY, VacancyState, VacancyStep


@dataclass(frozen=True)
class VacancyRow:
    """A vacant seat, from the end of the mandate to the new deputy."""

    id: str
    mandate_id: str
    name: str
    level: Level
    electoral_district_id: str
    district: str
    state: VacancyState
    arose_on: date
    reason: str
    end_reason: EndReason
    reviewed_on: date | None
    confirmed_on: date | None
    announced_on: date | None
    announcement_no: str
    election_on: date | None
    candidates: tuple[str, ...]
    voters: int | None
    issued: int | None
    returned: int | None
    valid: int | None
    winner: str
    winner_votes: int | None
    examined_on: date | None
    elected_announced_on: date | None
    elected_announcement_no: str
    elected_id: str
    note: str

    @property
    def is_filled(self) -> bool:
        """Whether somebody sits there again."""
        return self.state is VacancyState.FILLED


@dataclass(frozen=True)
class SeatsRow:
    """The seats of a constituency."""

    id: str
    district: str
    level: Level
    seats: int | None
    filled: int
    vacant: int
    deputies: tuple[str, ...]


def rows(session: Session, *, year: int | None = None) -> list[VacancyRow]:
    """Vacant and filled seats by the day they fell vacant, the newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Vacancy.arose_on, year))
    found = session.execute(
        select(Vacancy, ElectoralDistrict.name, Mandate.end_reason)
        .outerjoin(ElectoralDistrict, ElectoralDistrict.id == Vacancy.electoral_district_id)
        .outerjoin(Mandate, Mandate.id == Vacancy.mandate_id)
        .where(*where)
        .order_by(Vacancy.arose_on.desc(), Vacancy.id.desc())
    ).all()
    names = deputies.names(session, {v.mandate_id for v, _, _ in found})
    columns = {column.key for column in columns_of(Vacancy)}
    copied = [name for name in VacancyRow.__dataclass_fields__ if name in columns]
    return [
        VacancyRow(
            **{name: getattr(v, name) for name in copied if name != "candidates"},
            candidates=tuple(v.candidates),
            name=names.get(v.mandate_id, ""),
            district=district or "",
            end_reason=end_reason or EndReason.NONE,
        )
        for v, district, end_reason in found
    ]


def seats(session: Session) -> list[SeatsRow]:
    """Constituencies with who sits for them and how many seats are vacant, the vacant first."""
    sitting: dict[str, list[str]] = {}
    held = session.execute(
        select(Mandate.electoral_district_id, Person.name)
        .join(Person, Person.id == Mandate.person_id)
        .where(Mandate.ended_on.is_(None), Mandate.electoral_district_id != "")
    )
    for district, name in held:
        sitting.setdefault(district, []).append(name)
    opened = dict(
        session.execute(
            select(Vacancy.electoral_district_id, func.count())
            .where(Vacancy.state != VacancyState.FILLED)
            .group_by(Vacancy.electoral_district_id)
        ).all()
    )
    listed: list[SeatsRow] = []
    for d in session.scalars(select(ElectoralDistrict).order_by(ElectoralDistrict.id)):
        names = sitting.get(d.id, [])
        vacant = opened.get(d.id, 0) if d.seats is None else max(0, d.seats - len(names))
        listed.append(
            SeatsRow(d.id, d.name, d.level, d.seats, len(names), vacant, tuple(in_order(names)))
        )
    return sorted(listed, key=lambda row: -row.vacant)


def unopened(session: Session) -> list[str]:
    """Mandates that ended before their term was over, for which no vacancy was opened."""
    opened = select(Vacancy.mandate_id)
    found = session.scalars(
        select(Mandate.id).where(
            Mandate.ended_on.is_not(None),
            Mandate.end_reason != EndReason.TERM,
            Mandate.id.not_in(opened),
        )
    )
    return list(found)


def todos(session: Session, today: date) -> list[Todo]:
    """Seats that wait for the next step; who missed two meetings is with the meetings."""
    del today
    waiting = [
        Todo(
            "缺额补选",
            "open",
            f"{_NEXT[row.state]}：{row.district or row.level.label}（原代表{row.name}）",
            Vacancy.__tablename__,
            row.id,
            None,
        )
        for row in rows(session)
        if row.state in _NEXT
    ]
    forgotten = unopened(session)
    if forgotten:
        text = f"{len(forgotten)}名代表的资格已终止，还没有登记缺额"
        waiting.append(Todo("未登记缺额", "open", text, Vacancy.__tablename__, "", None))
    return waiting


_NEXT = {
    VacancyState.AROSE: "代表资格审查",
    VacancyState.REVIEWED: "提请大会确认终止",
    VacancyState.CONFIRMED: "公告终止",
    VacancyState.ANNOUNCED: "组织补选",
    VacancyState.CALLED: "登记补选结果",
    VacancyState.ELECTED: "当选资格审查",
    VacancyState.EXAMINED: "公告当选",
}


@operation(Right.REGISTER, "代表资格终止并出缺")
def end(tx: Tx, *, mandate_id: str, ended_on: date, reason: EndReason, note: str = "") -> str:
    """End a mandate for one of the law's reasons, which opens a vacancy; returns its id."""
    mandate = get_for(tx.session, Mandate, "mandate_id", mandate_id)
    deputies.end_mandate(tx, mandate_id=mandate_id, ended_on=ended_on, reason=reason)
    if reason is EndReason.TERM:
        return ""  # the next congress is elected as a whole
    return _opened(tx, mandate, note)


@operation(Right.REGISTER, "登记缺额")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    mandate_id: str,
    arose_on: date,
    end_reason: EndReason,
    note: str = "",
) -> str:
    """Open the vacancy of a mandate, which ends with it if it has not; or correct the note.

    Returns:
        The vacancy's id.
    """
    if record_id:
        vacancy = get(tx.session, Vacancy, record_id)
        if vacancy.mandate_id != mandate_id:
            raise UserError("不能改成别的代表。", hint="登记错了的，请删除后重新登记。")
        vacancy.note = note.strip()
        tx.about = deputies.one(tx.session, mandate_id).name
        return vacancy.id
    mandate = get_for(tx.session, Mandate, "mandate_id", mandate_id)
    if mandate.ended_on is None:
        return end(tx, mandate_id=mandate_id, ended_on=arose_on, reason=end_reason, note=note)
    return _opened(tx, mandate, note)


def _opened(tx: Tx, mandate: Mandate, note: str) -> str:
    tx.about = get(tx.session, Person, mandate.person_id).name
    same = select(Vacancy.id).where(Vacancy.mandate_id == mandate.id)
    if tx.session.scalars(same).first():
        raise UserError(f"{tx.about}的缺额已经登记。")
    assert mandate.ended_on, "a seat is vacant after the mandate ended"
    vacancy = Vacancy(
        mandate_id=mandate.id,
        level=mandate.level,
        electoral_district_id=mandate.electoral_district_id,
        arose_on=mandate.ended_on,
        reason=mandate.end_reason.label,
        note=note.strip(),
    )
    tx.session.add(vacancy)
    return vacancy.id


@operation(Right.HANDLE, "登记代表资格审查")
def review(tx: Tx, *, vacancy_id: str, reviewed_on: date | None = None) -> None:
    """Record that the credentials committee found the mandate ended."""
    v = moved(tx, vacancy_id, VacancyStep.REVIEW)
    v.reviewed_on = step_day(
        tx, "reviewed_on", reviewed_on, "资格审查日期", ("出缺日期", v.arose_on)
    )


@operation(Right.HANDLE, "登记大会确认终止")
def confirm(tx: Tx, *, vacancy_id: str, confirmed_on: date | None = None) -> None:
    """Record that the congress (a county's standing committee) confirmed it."""
    v = moved(tx, vacancy_id, VacancyStep.CONFIRM)
    v.confirmed_on = step_day(
        tx, "confirmed_on", confirmed_on, "大会确认日期", ("资格审查日期", v.reviewed_on)
    )


@operation(Right.HANDLE, "公告代表资格终止")
def announce(
    tx: Tx, *, vacancy_id: str, announcement_no: str, announced_on: date | None = None
) -> None:
    """Record the public announcement that the mandate has ended."""
    v = moved(tx, vacancy_id, VacancyStep.ANNOUNCE)
    v.announcement_no = filled("announcement_no", announcement_no, "终止公告号")
    v.announced_on = step_day(
        tx, "announced_on", announced_on, "终止公告日期", ("大会确认日期", v.confirmed_on)
    )


def moved(tx: Tx, vacancy_id: str, step: VacancyStep) -> Vacancy:
    """A vacancy, one step further.

    Raises:
        UserError: the step cannot be taken in its present state.
    """
    vacancy = get(tx.session, Vacancy, vacancy_id)
    vacancy.state = VACANCY.next(vacancy.state, step)
    tx.about = deputies.names(tx.session, {vacancy.mandate_id}).get(vacancy.mandate_id, "")
    return vacancy


remove = removal(Vacancy)
