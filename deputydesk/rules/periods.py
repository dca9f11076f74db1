"""Months, quarters and years, and the period that one is compared with."""

from calendar import monthrange
from datetime import date, timedelta

from deputydesk.late import dataclass
from deputydesk.rules.choices import Choice

_MONTHS = 12


class Grain(Choice):
    """How long the parts are that a period is split into."""

    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    YEAR = "year", "年度"


_LENGTH = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: _MONTHS}


@dataclass(frozen=True)
class Span:
    """The days from first to last, both included."""

    first: date
    last: date

    @property
    def text(self) -> str:
        """As headings name it: 2026年, 2026年第3季度, 2026年7月, or its first and last day."""
        for grain in reversed(Grain):
            if self == around(self.first, grain):
                return name_of(key_of(self.first, grain))
        return f"{self.first:%Y-%m-%d} 至 {self.last:%Y-%m-%d}"


def around(day: date, grain: Grain) -> Span:
    """The month, quarter or year in which a day lies."""
    length = _LENGTH[grain]
    month = (day.month - 1) // length * length + 1
    end = month + length - 1
    return Span(date(day.year, month, 1), _last_of(day.year, end))


def before(span: Span) -> Span:
    """The period of the same length that ends the day before.

    Whole months go back by whole months, so the quarter before July to September is April to June.
    """
    months = _whole_months(span)
    if months:
        return Span(_moved(span.first, -months), span.first - timedelta(days=1))
    return Span(
        span.first - (span.last - span.first) - timedelta(days=1), span.first - timedelta(days=1)
    )


def year_before(span: Span) -> Span:
    """The same days a year earlier; the end of February stays the end of February."""
    last = _moved(span.last, -_MONTHS)
    if span.last == _last_of(span.last.year, span.last.month):
        last = _last_of(last.year, last.month)
    return Span(_moved(span.first, -_MONTHS), last)


def key_of(day: date, grain: Grain) -> str:
    """What part a day belongs to, as text that stands in order: 2026-07, 2026-Q3, 2026."""
    if grain is Grain.MONTH:
        return f"{day.year:04d}-{day.month:02d}"
    if grain is Grain.QUARTER:
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.year:04d}"


def span_of(key: str) -> Span:
    """The days of a part named by `key_of`.

    Raises:
        ValueError: it names none.
    """
    year, _, part = key.partition("-")
    if not part:
        return around(date(int(year), 1, 1), Grain.YEAR)
    if part.startswith("Q"):
        return around(date(int(year), int(part[1:]) * 3, 1), Grain.QUARTER)
    return around(date(int(year), int(part), 1), Grain.MONTH)


def name_of(key: str) -> str:
    """A part as people read it: 2026年7月, 2026年第3季度, 2026年."""
    year, _, part = key.partition("-")
    if not part:
        return f"{int(year)}年"
    if part.startswith("Q"):
        return f"{int(year)}年第{part[1:]}季度"
    return f"{int(year)}年{int(part)}月"


def keys_between(first: date, last: date, grain: Grain) -> list[str]:
    """All parts from the one of the first day to the one of the last."""
    found: list[str] = []
    day = around(first, grain).first
    while day <= last:
        found.append(key_of(day, grain))
        day = around(day, grain).last + timedelta(days=1)
    return found


def _whole_months(span: Span) -> int:
    """How many months the span is made of; 0 if it begins or ends within one."""
    is_whole = span.first.day == 1 and span.last == _last_of(span.last.year, span.last.month)
    years = span.last.year - span.first.year
    return years * _MONTHS + span.last.month - span.first.month + 1 if is_whole else 0


def _moved(day: date, months: int) -> date:
    """The same day of another month, or its last one."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return min(
        day.replace(day=1, month=month + 1, year=year) + timedelta(day.day - 1),
        _last_of(year, month + 1),
    )


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
