"""Dates as people type them: 3.5, 0305, 昨天, -1, 周五, 2026年3月5日, in any width of digits."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

WEEKDAYS = "一二三四五六日"
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)

_WORDS = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "今": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

_SEPARATORS = re.compile(r"[.。．·、,，/\\~\s–—−_-]+")
_TIME = re.compile(r"[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_WEEKDAY_AFTER = re.compile(r"(?<=[\d日号])\s*\(?(?:周|星期|礼拜)[一二三四五六日天]\)?$")
_WEEKDAY = re.compile(r"(上上|下下|[上本这下])?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_OFFSET = re.compile(r"([+-])\s*(\d{1,4})")
_AGO = re.compile(r"(\d{1,4})天(前|后)")
_IN_WORDS = re.compile(r"(?:(\d{4}|\d{2}|[前去今本明后]年)年?)?(\d{1,2})月(?:份)?(\d{1,2})[日号]?")
_DAY_ONLY = re.compile(r"(\d{1,2})[日号]?")
_TENS = re.compile(r"(\d?)十(\d?)")


def parse(text: str, today: date, *, ahead: bool = False) -> date:
    """The day that someone means.

    Args:
        text: what was typed.
        today: the present day.
        ahead: a date without its year (or a weekday) is the nearest to come, as for a deadline;
            else the nearest that has been, as for a visit.

    Raises:
        ValueError: a sentence for the user: it is no date.
    """
    typed = _plain(text)
    for meaning in (_by_word, _by_offset, _by_weekday, _in_words, _in_digits, _in_parts, _by_day):
        found = meaning(typed, today, ahead)
        if found is not None:
            if not EARLIEST <= found <= LATEST:
                raise ValueError(f"{found.year}年不对，请检查年份。")
            return found
    raise ValueError(f"看不懂日期“{text.strip()}”，可以输入 3.5、0305、昨天、周五 或 2026-03-05。")


def weekday(day: date) -> str:
    """周一 … 周日."""
    return f"周{WEEKDAYS[day.weekday()]}"


def spoken(day: date) -> str:
    """2026-03-05 周四: as a date field shows it, and reads it again."""
    return f"{day.isoformat()} {weekday(day)}"


def _plain(text: str) -> str:
    """One width of characters, Arabic numerals, no time of day, no weekday behind a date."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = _TIME.sub("", text)
    text = _WEEKDAY_AFTER.sub("", text).strip()
    if _WEEKDAY.fullmatch(text):
        return text
    return _TENS.sub(_tens, text.translate(_DIGITS)) if re.search("[月日号天年]", text) else text


def _tens(found: re.Match[str]) -> str:
    before, after = found.groups()
    return f"{before or '1'}{after or '0'}"


def _by_word(text: str, today: date, _ahead: bool) -> date | None:  # noqa: FBT001 - one shape for all readings
    days = _WORDS.get(text)
    return None if days is None else _moved(today, days)


def _by_offset(text: str, today: date, _ahead: bool) -> date | None:  # noqa: FBT001
    if found := _OFFSET.fullmatch(text):
        return _moved(today, int(found[1] + found[2]))
    if found := _AGO.fullmatch(text):
        return _moved(today, int(found[1]) * (-1 if found[2] == "前" else 1))
    return None


def _by_weekday(text: str, today: date, ahead: bool) -> date | None:  # noqa: FBT001
    found = _WEEKDAY.fullmatch(text)
    if not found:
        return None
    wanted = WEEKDAYS.index(found[2].replace("天", "日"))
    if found[1]:
        monday = today - timedelta(today.weekday())
        return monday + timedelta(7 * _WEEKS[found[1]] + wanted)
    if ahead:
        return today + timedelta((wanted - today.weekday()) % 7)
    return today - timedelta((today.weekday() - wanted) % 7)


def _in_words(text: str, today: date, ahead: bool) -> date | None:  # noqa: FBT001
    found = _IN_WORDS.fullmatch(text.replace(" ", ""))
    if not found:
        return None
    year, month, day = found.groups()
    if year in _YEARS:
        return _exact(today.year + _YEARS[year], int(month), int(day))
    if year:
        return _exact(_whole_year(year, today), int(month), int(day))
    return _nearest(int(month), int(day), today, ahead)


def _in_digits(text: str, today: date, ahead: bool) -> date | None:  # noqa: FBT001
    if not re.fullmatch(r"\d{3,8}", text) or len(text) in (5, 7):
        return None
    month, day = int(text[-4:-2]), int(text[-2:])
    if len(text) <= 4:
        return _nearest(month, day, today, ahead)
    return _exact(_whole_year(text[:-4], today), month, day)


def _in_parts(text: str, today: date, ahead: bool) -> date | None:  # noqa: FBT001
    parts = [part for part in _SEPARATORS.split(text) if part]
    if not all(re.fullmatch(r"\d{1,4}", part) for part in parts):
        return None
    if len(parts) == 2:
        return _nearest(int(parts[0]), int(parts[1]), today, ahead)
    if len(parts) == 3 and len(parts[0]) in (2, 4):
        return _exact(_whole_year(parts[0], today), int(parts[1]), int(parts[2]))
    return None


def _by_day(text: str, today: date, ahead: bool) -> date | None:  # noqa: FBT001
    """15 or 15号: the nearest day of the month with this number."""
    found = _DAY_ONLY.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= 31:
        return None
    step = timedelta(1 if ahead else -1)
    day = today
    while day.day != int(found[1]):
        day += step
    return day


def _moved(day: date, days: int) -> date:
    return day + timedelta(days)


def _whole_year(year: str, today: date) -> int:
    """26 is 2026, 68 is 1968: two figures reach twenty years ahead."""
    if len(year) == 4:
        return int(year)
    century = today.year // 100 * 100
    whole = century + int(year)
    return whole if whole <= today.year + 20 else whole - 100


def _exact(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_no_such_day(month, day, year)) from None


def _nearest(month: int, day: int, today: date, ahead: bool) -> date:  # noqa: FBT001
    fits: Callable[[date], bool] = today.__le__ if ahead else today.__ge__
    years = range(today.year, today.year + 9) if ahead else range(today.year, today.year - 9, -1)
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if fits(found):
            return found
    raise ValueError(_no_such_day(month, day))


def _no_such_day(month: int, day: int, year: int | None = None) -> str:
    if not 1 <= month <= 12:
        return f"没有{month}月，请检查月份。"
    which = f"{year}年" if year else ""
    return f"{which}{month}月没有{day}日，请检查日期。"
