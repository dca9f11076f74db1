"""When something is due, why on that day, and how near that is."""

from calendar import monthrange
from datetime import date, timedelta

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.rules.calendar import ONE_DAY, Calendar
from deputydesk.rules.choices import Choice

MOST_MONTHS = 120
MOST_DAYS = 3650
LAST_YEAR = 2999
SOON = 3
_CODE = "民法典第201—203条"
_CODE_FIRST_DAY = "民法典第201条"


@dataclass(frozen=True)
class Deadline:
    """The last day of a period: counted plainly, after moving, and the reason in a sentence."""

    plain: date
    due: date
    provisional: bool
    why: str


class Due(Choice):
    """How near a due date is."""

    OVERDUE = "overdue", "逾期"
    TODAY = "today", "今天到期"
    SOON = "soon", "即将到期"
    OPEN = "open", "未到期"


def months_after(start: date, months: int, calendar: Calendar, *, move: bool = True) -> Deadline:
    """The end of a period of months from `start`, which itself is not counted.

    Always count from the first day: +3 and +3 months is not +6.

    Raises:
        FieldError: no period can have so many months, or none, or the year is beyond sense.
    """
    _check(start, "months", months, MOST_MONTHS)
    plain = _same_day_later(start, months)
    counted = f"{_opening(start)}{months}个月，"
    if plain.day != start.day:
        counted += f"{plain.month}月没有{start.day}日，以月末日计，"
    return _ended(counted, plain, calendar, move=move)


def days_after(start: date, days: int, calendar: Calendar, *, move: bool = True) -> Deadline:
    """The end of a period of calendar days from `start`, which itself is not counted.

    Raises:
        FieldError: no period can have so many days, or none, or the year is beyond sense.
    """
    _check(start, "days", days, MOST_DAYS)
    plain = start + timedelta(days=days)
    return _ended(f"{_opening(start)}{days}日，", plain, calendar, move=move)


def workdays_after(start: date, days: int, calendar: Calendar) -> Deadline:
    """The last of a number of working days after `start`, which itself is not counted.

    Raises:
        FieldError: no period can have so many days, or none, or the year is beyond sense.
    """
    _check(start, "days", days, MOST_DAYS)
    due = start
    for _ in range(days):
        due = calendar.next_workday(due + ONE_DAY)
    provisional = not (calendar.is_known(start + ONE_DAY) and calendar.is_known(due))
    why = f"{_opening(start)}{days}个工作日，期满日为{chinese(due)}"
    return Deadline(
        due, due, provisional, why + _closing(calendar, _CODE_FIRST_DAY, provisional=provisional)
    )


def due_state(due: date, today: date) -> Due:
    """How near the due date is today."""
    left = (due - today).days
    if left < 0:
        return Due.OVERDUE
    if left == 0:
        return Due.TODAY
    return Due.SOON if left <= SOON else Due.OPEN


def days_left_text(due: date, today: date) -> str:
    """How near the due date is, in words: 逾期 4 天, 今天到期, 剩 5 天."""
    left = (due - today).days
    if left < 0:
        return f"逾期 {-left} 天"
    return f"剩 {left} 天" if left else "今天到期"


def chinese(day: date) -> str:
    """A date as documents write it: 2026年7月1日, without zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _check(start: date, field: str, number: int, most: int) -> None:
    if start.year > LAST_YEAR:
        raise FieldError("start", f"起算日期{chinese(start)}太远。", hint="请检查年份。")
    if not 1 <= number <= most:
        raise FieldError(field, f"期限应在1到{most}之间，不能是{number}。", hint="请改正。")


def _same_day_later(start: date, count: int) -> date:
    """The corresponding day of the month `count` months on, or that month's last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def _ended(counted: str, plain: date, calendar: Calendar, *, move: bool) -> Deadline:
    due = calendar.next_workday(plain) if move else plain
    provisional = not (calendar.is_known(plain) and calendar.is_known(due))
    why = f"{counted}期满日{_judged(plain, due, calendar)}"
    return Deadline(
        plain, due, provisional, why + _closing(calendar, _CODE, provisional=provisional)
    )


def _judged(plain: date, due: date, calendar: Calendar) -> str:
    """The part of the sentence that says what became of the last day."""
    day, kind = chinese(plain), calendar.describe(plain)
    if due != plain:
        return f"{day}为{kind}，顺延至{chinese(due)}"
    if not calendar.is_workday(plain):
        return f"{day}为{kind}，按设置不顺延"
    if calendar.is_moved_workday(plain):
        return f"{day}为{kind}，不顺延"
    return f"为{day}"


def _opening(start: date) -> str:
    return f"自{chinese(start)}的次日起算"


def _closing(calendar: Calendar, law: str, *, provisional: bool) -> str:
    if not provisional:
        return f"（{law}）"
    known = f"{chinese(calendar.known_from)}至{chinese(calendar.known_until)}"
    return f"；节假日表只有{known}的安排，这一日期按周末推算，为暂定（{law}）"
