"""A year's plan made from a habit: which days at which homes, everybody in turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Home, Mandate, Person, RotaShift
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import Level
from deputydesk.models.home_check import ShiftState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attendances
from deputydesk.operations.presets import calendar
from deputydesk.operations.rotas import duty
from deputydesk.operations.years import in_year
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.names import sort_key
from deputydesk.rules.rota import PlannedDay, RestDay, days_of, habit, mixed, settle, spread

LAST_YEAR = 2199


@dataclass(frozen=True)
class PlanReport:
    """What a plan came to."""

    planned: int
    moved: tuple[str, ...]
    left_out: tuple[str, ...]
    without_deputies: tuple[str, ...]
    known_until: date | None = None
    """Where the holiday table ends, if the plan goes beyond."""

    @property
    def text(self) -> str:
        """In a few sentences."""
        said = [f"排出{self.planned}天。"]
        if self.moved:
            said.append(f"顺延{len(self.moved)}天。")
        if self.left_out:
            said.append(f"没有排{len(self.left_out)}天：{'；'.join(self.left_out)}。")
        if self.without_deputies:
            said.append(f"{'、'.join(self.without_deputies)}没有代表，请先给代表定所在的家。")
        if self.known_until:
            said.append(
                f"节假日表只到{chinese(self.known_until)}，以后的日子按周末推算，放假安排公布后请核对。"
            )
        return "".join(said)


@dataclass(frozen=True)
class _Manner:
    """What all days of a plan have in common."""

    least: int
    together: int
    slot: str
    topic: str


@operation(Right.REGISTER, "编制进家安排")
def make(
    tx: Tx,
    *,
    year: int,
    home_ids: Sequence[str],
    habit_text: str,
    from_on: date | None = None,
    least_times: int | None = None,
    together: int = 1,
    slot: str = "",
    topic: str = "",
) -> PlanReport:
    """Plan a year at these homes by a habit; days that have a plan already stay as they are.

    Args:
        tx: the transaction.
        year: the year.
        home_ids: the homes.
        habit_text: 每月15日, 每月第一个周三.
        from_on: leave out the days before; the whole year if not given.
        least_times: how often everyone comes at least; the local rule if not given.
        together: how many come to a day at least.
        slot: time of day of each.
        topic: topic of each.
    """
    if not home_ids:
        raise FieldError("home_ids", "请选择代表之家。")
    if not 2000 <= year <= LAST_YEAR:
        raise FieldError("year", "请填写四位的年份。")
    rule = duty(tx.session, date(year, 1, 1))
    least = rule["least_times"] if least_times is None else least_times
    if least < 1 or together < 1:
        raise FieldError("least_times" if least < 1 else "together", "至少为1。")
    kept, left_out = settle(_meant(habit_text, year), calendar(), RestDay(rule["rest_day"]))
    kept = [planned for planned in kept if from_on is None or planned.day >= from_on]
    if not kept:
        raise FieldError("habit_text", "这一年没有可以安排的日子。")
    manner = _Manner(least, together, slot.strip(), topic.strip())
    made: list[PlannedDay] = []
    alone: list[str] = []
    for home_id in home_ids:
        people = deputies_of(tx.session, home_id, kept[0].day, kept[-1].day)
        if not people:
            home = tx.session.get(Home, home_id)
            alone.append(home.name if home else "")
            continue
        made += _plan(tx, home_id, kept, people, manner)
    tx.about = f"{year}年{len(home_ids)}家"
    moved = tuple(sorted({planned.why for planned in made if planned.why}))
    known = calendar().is_known(kept[-1].day)
    return PlanReport(
        len(made),
        moved,
        tuple(planned.why for planned in left_out),
        tuple(alone),
        None if known else calendar().known_until,
    )


def _meant(habit_text: str, year: int) -> list[date]:
    """The days of a year that a habit means, holidays among them."""
    try:
        return days_of(habit(habit_text), year)
    except FieldError as error:
        raise FieldError("habit_text", error.message, hint=error.hint) from error


def deputies_of(session: Session, home_id: str, first: date, last: date) -> list[str]:
    """The deputies of a home who are in office all the time, the levels in turn."""
    found = session.execute(
        select(Mandate.id, Mandate.level, Person.name)
        .join(Person, Person.id == Mandate.person_id)
        .where(
            Mandate.home_id == home_id,
            Mandate.main,
            Mandate.suspended.is_(False),
            or_(Mandate.started_on.is_(None), Mandate.started_on <= first),
            or_(Mandate.ended_on.is_(None), Mandate.ended_on >= last),
        )
    )
    by_level: dict[Level, list[tuple[str, str]]] = {level: [] for level in Level}
    for mandate_id, level, name in found:
        by_level.setdefault(level, []).append((name, mandate_id))
    return mixed(
        {
            level: [m for _, m in sorted(people, key=lambda one: (sort_key(one[0]), one[1]))]
            for level, people in by_level.items()
        }
    )


def _plan(
    tx: Tx, home_id: str, days: Sequence[PlannedDay], people: Sequence[str], manner: _Manner
) -> list[PlannedDay]:
    taken = set(
        tx.session.scalars(
            select(RotaShift.planned_on).where(
                RotaShift.home_id == home_id,
                RotaShift.state != ShiftState.CANCELLED,
                in_year(RotaShift.planned_on, days[0].day.year),
            )
        )
    )
    free = [planned for planned in days if planned.day not in taken]
    comers = spread(people, len(free), least=manner.least, together=manner.together)
    for planned, came in zip(free, comers, strict=True):
        shift = RotaShift(
            planned_on=planned.day,
            home_id=home_id,
            slot=manner.slot,
            topic=manner.topic,
            moved_from=planned.meant if planned.meant != planned.day else None,
            moved_why=planned.why,
        )
        tx.session.add(shift)
        attendances.set_people(tx, RotaShift, shift.id, came, Presence.EXPECTED)
    return free
