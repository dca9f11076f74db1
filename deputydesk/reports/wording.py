"""How dates, shares and notes on persons are written on paper."""

from datetime import date, datetime

from deputydesk.rules.rates import Rate


def date_text(day: date | None) -> str:
    """2026年9月8日, without zeros; blanks to write on when there is no date."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"


def month_text(day: date | None) -> str:
    """1984年5月."""
    return f"{day.year}年{day.month}月" if day else ""


def period_text(start: date, end: date) -> str:
    """2026年1月1日—9月30日; the year is said again only when it changes."""
    last = f"{end.month}月{end.day}日" if end.year == start.year else date_text(end)
    return f"{date_text(start)}—{last}"


def short_date(day: date | None, *, with_year: bool = False) -> str:
    """09-28 or 2026-09-28 for narrow columns of tables, where figures stand below each other."""
    if day is None:
        return ""
    return day.isoformat() if with_year else f"{day.month:02d}-{day.day:02d}"


def time_text(begins: datetime | None, ends: datetime | None) -> str:
    """2026年9月10日 9:00—11:30; a blank to write on when nothing is known."""
    if begins is None:
        return "　　　　年　　月　　日　　时　　分 至　　时　　分"
    if not begins.hour and not begins.minute:
        return date_text(begins)
    until = f"—{ends.hour}:{ends.minute:02d}" if ends else ""
    return f"{date_text(begins)} {begins.hour}:{begins.minute:02d}{until}"


def percent(part: int, whole: int) -> str:
    """96.4% of counts; a dash when there is nothing to divide by."""
    return Rate(part, whole).text.partition("（")[0]


def person_notes(sex: str, ethnic: str) -> str:
    """（女，蒙古族）; 男 and 汉族 are not noted."""
    notes = [note for note, usual in ((sex, "男"), (ethnic, "汉族")) if note and note != usual]
    return f"（{'，'.join(notes)}）" if notes else ""
