"""A year's plan of days at a home: which days a habit means, and who comes when."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.rules.calendar import Calendar
from deputydesk.rules.choices import Choice
from deputydesk.rules.deadlines import chinese

_DIGITS = str.maketrans("一二三四五六", "123456")
_WEEKDAYS = {text: place for place, text in enumerate("1234567")} | {"日": 6, "天": 6}
_MONTHS: Mapping[str, tuple[int, ...]] = {
    "每月": tuple(range(1, 13)),
    "单月": tuple(range(1, 13, 2)),
    "双月": tuple(range(2, 13, 2)),
    "每季度": (1, 4, 7, 10),
    "每季": (1, 4, 7, 10),
}
_DAYS = re.compile(r"(\d{1,2})[日号](?:[、,和](\d{1,2})[日号])*")
_NTH = re.compile(r"(?:第([1-5])个|(最后)(?:1个)?)(?:周|星期)([1-6日天])")
_WEEKLY = re.compile(r"每(?:周|星期)([1-6日天])")
_LONGEST_MONTH = 31
EXAMPLES = "每月15日、每月第一个周三、每月最后一个周五、双月10日、每周三"


class RestDay(Choice):
    """What becomes of a planned day that is not worked."""

    POSTPONE = "postpone", "顺延到下一个工作日"
    SKIP = "skip", "这一次不安排"
    KEEP = "keep", "照常安排"


@dataclass(frozen=True)
class Habit:
    """When something is held: days of the month, or a weekday; `nth` -1 is the last one."""

    months: tuple[int, ...]
    days: tuple[int, ...] = ()
    weekday: int | None = None
    nth: int | None = None


@dataclass(frozen=True)
class PlannedDay:
    """A day of the plan; `meant` is the day that the habit means."""

    day: date
    meant: date
    why: str = ""


def habit(text: str) -> Habit:
    """What a habit in words means: 每月15日, 每月第一个周三, 每周三.

    Raises:
        FieldError: it cannot be read, at the field `habit`.
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split()).translate(_DIGITS)
    if weekly := _WEEKLY.fullmatch(typed):
        return Habit(_MONTHS["每月"], weekday=_WEEKDAYS[weekly[1]])
    for opening, months in _MONTHS.items():
        if not typed.startswith(opening):
            continue
        rest = typed.removeprefix(opening)
        if _DAYS.fullmatch(rest):
            days = tuple(sorted({int(number) for number in re.findall(r"\d+", rest)}))
            if not all(1 <= day <= _LONGEST_MONTH for day in days):
                break
            return Habit(months, days)
        if found := _NTH.fullmatch(rest):
            return Habit(months, weekday=_WEEKDAYS[found[3]], nth=-1 if found[2] else int(found[1]))
    raise FieldError("habit", f"看不懂“{text.strip()}”。", hint=f"可以写：{EXAMPLES}。")


def days_of(meant: Habit, year: int) -> list[date]:
    """The days of a year that a habit means; a day that a month lacks is its last."""
    return [day for month in meant.months for day in _in_month(meant, year, month)]


def settle(
    days: Sequence[date], calendar: Calendar, rest_day: RestDay
) -> tuple[list[PlannedDay], list[PlannedDay]]:
    """The days as they can be held, and those left out with the reason."""
    kept: list[PlannedDay] = []
    left_out: list[PlannedDay] = []
    taken = {day for day in days if rest_day == RestDay.KEEP or calendar.is_workday(day)}
    for meant in days:
        if meant in taken:
            kept.append(PlannedDay(meant, meant))
            continue
        kind = f"{chinese(meant)}为{calendar.describe(meant)}"
        later = calendar.next_workday(meant)
        if rest_day == RestDay.SKIP:
            left_out.append(PlannedDay(meant, meant, f"{kind}，不安排"))
        elif later in taken:
            left_out.append(PlannedDay(meant, meant, f"{kind}，顺延到的{chinese(later)}已有安排"))
        else:
            taken.add(later)
            kept.append(PlannedDay(later, meant, f"{kind}，顺延至{chinese(later)}"))
    return sorted(kept, key=lambda planned: planned.day), left_out


def refusal(day: date, calendar: Calendar, rest_day: RestDay) -> str:
    """Why nothing should be planned on a day, with the day to take instead; empty if it may."""
    if rest_day == RestDay.KEEP or calendar.is_workday(day):
        return ""
    instead = chinese(calendar.next_workday(day))
    return f"{chinese(day)}为{calendar.describe(day)}，建议改为{instead}。"


def spread(
    people: Sequence[str], shifts: int, *, least: int, together: int = 1
) -> list[tuple[str, ...]]:
    """Who comes to each of so many shifts: everybody about equally often.

    Everyone comes `least` times at least, if there are so many shifts; nobody twice to one.

    Args:
        people: in the order in which they come.
        shifts: how many there are.
        least: how often everyone comes at least.
        together: how many come to a shift at least.
    """
    if not people or not shifts:
        return [()] * shifts
    needed = -(-len(people) * least // shifts)
    size = min(len(people), max(together, needed))
    count = len(people)
    return [
        tuple(people[(shift * size + place) % count] for place in range(size))
        for shift in range(shifts)
    ]


def mixed(people: Mapping[str, Sequence[str]]) -> list[str]:
    """People of several levels in turn, so that a shift has some of each."""
    placed = [
        ((place + 0.5) / len(group), level, person)
        for level, group in enumerate(people.values())
        for place, person in enumerate(group)
    ]
    return [person for *_, person in sorted(placed)]


def _in_month(meant: Habit, year: int, month: int) -> list[date]:
    last = monthrange(year, month)[1]
    if meant.weekday is None:
        return sorted({date(year, month, min(day, last)) for day in meant.days})
    first = date(year, month, 1)
    first += timedelta((meant.weekday - first.weekday()) % 7)
    found = [first + timedelta(7 * week) for week in range(5)]
    found = [day for day in found if day.month == month]
    if meant.nth is None:
        return found
    if meant.nth < 0:
        return found[-1:]
    return found[meant.nth - 1 : meant.nth]
