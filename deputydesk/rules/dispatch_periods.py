"""Weeks, months and quarters of the dispatch: their first and last day, and their names."""

from datetime import date, timedelta

from deputydesk.late import dataclass
from deputydesk.rules.choices import Choice

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_QUARTERS = "一二三四"


class DispatchKind(Choice):
    """How often the ledger is reported."""

    WEEK = "week", "周调度"
    MONTH = "month", "月小结"
    QUARTER = "quarter", "季报告"


@dataclass(frozen=True)
class DispatchPeriod:
    """A week (Monday to Sunday), a month or a quarter."""

    kind: DispatchKind
    first: date
    last: date

    @property
    def days(self) -> str:
        """12月25日—12月31日; the year too where it changes within."""
        first = f"{self.first.month}月{self.first.day}日"
        last = f"{self.last.month}月{self.last.day}日"
        if self.first.year != self.last.year:
            return f"{self.first.year}年{first}—{self.last.year}年{last}"
        return f"{first}—{last}"

    @property
    def name(self) -> str:
        """2023年12月25日—12月31日, 2023年12月, or 2023年第四季度."""
        year = f"{self.last.year}年"
        if self.kind is DispatchKind.MONTH:
            return f"{year}{self.last.month}月"
        if self.kind is DispatchKind.QUARTER:
            return f"{year}第{_QUARTERS[(self.last.month - 1) // 3]}季度"
        return self.days if self.first.year != self.last.year else f"{year}{self.days}"

    @property
    def word(self) -> str:
        """本周, 本月 or 本季度: as the text of a report calls it."""
        return {DispatchKind.WEEK: "本周", DispatchKind.MONTH: "本月"}.get(self.kind, "本季度")


def period_of(kind: DispatchKind, day: date) -> DispatchPeriod:
    """The period that a day lies in."""
    if kind is DispatchKind.WEEK:
        first = day - timedelta(days=day.weekday())
        return DispatchPeriod(kind, first, first + _WEEK - _DAY)
    months = 1 if kind is DispatchKind.MONTH else 3
    month = (day.month - 1) // months * months + 1
    first = date(day.year, month, 1)
    return DispatchPeriod(kind, first, _month_after(first, months) - _DAY)


def before(period: DispatchPeriod) -> DispatchPeriod:
    """The period before one."""
    return period_of(period.kind, period.first - _DAY)


def after(period: DispatchPeriod) -> DispatchPeriod:
    """The period after one."""
    return period_of(period.kind, period.last + _DAY)


def newest_ended(kind: DispatchKind, today: date) -> DispatchPeriod:
    """The newest period that is over, today counting as its last day."""
    now = period_of(kind, today)
    return now if now.last == today else before(now)


def _month_after(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)
