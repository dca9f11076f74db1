"""Reads a birth month as clerks write it, and says so where it could be another one."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deputydesk.exchange.grid import Cell, plain, shown, shows_day, two_decimals
from deputydesk.exchange.roster_values import Reading

_OLDEST, _YOUNGEST = 1900, 2010
_EARLIEST = 1920
"""For years in two digits, and for days counted by Excel."""
_MONTHS = 12
_SERIALS = range(7306, 40544)  # 1920-01-01 to 2010-12-31
_SERIAL_ORIGIN = date(1899, 12, 30)
_AGES = range(16, 111)

_SEPARATOR = r"\s*[年./\\\-_,，、。—–~·]\s*"
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.\-](?:(\d{1,2})[/.\-])?(\d{4})")
_PARTS = re.compile(
    rf"(\d{{4}}|\d{{2}}){_SEPARATOR}(\d{{1,2}})(?:\s*[月./\\\-_,，、。—–·]\s*(\d{{1,2}})?\s*[日号]?)?"
    r"(?:\s*(?:出生|生))?(?:[T\s]*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_ONE = re.compile(r"(\d{4}|\d{2})([.。·])1")
_TEN = re.compile(r"(?:\d{4}|\d{2})[.。·]10")
_YEAR = re.compile(r"(\d{4}|\d{2})年?")
_AGE = re.compile(r"\d{2,3}周?岁")
_ENGLISH = re.compile(
    r"(?:([A-Za-z]{3})[a-z]*[-' ](\d{2}|\d{4})|(\d{2}|\d{4})[-' ]([A-Za-z]{3})[a-z]*)"
)
_ENGLISH_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]?$|^(?:公历|阳历|出生于|生于)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Habit:
    """How a column writes its months."""

    tens_kept: bool = False
    """Some text ends in .10, so a text .1 is January and not an October that lost its 0."""
    decimals_hold: bool = True
    """Numbers shown with two decimals are all months, so 1978.10 is October."""
    serials: bool = False
    """Some numbers can only be days counted by Excel, so the doubtful ones are too."""


def habit_of(cells: Iterable[Cell], *, typed: bool) -> Habit:
    """Learn the habit of a column from all its cells."""
    found = list(cells)
    texts = [_halved(cell.value) for cell in found if isinstance(cell.value, str)]
    decimals = [
        shown(cell) for cell in found if isinstance(cell.value, float) and two_decimals(cell.format)
    ]
    numbers = [cell.value for cell in found if isinstance(cell.value, int)]
    numbers += [int(text) for text in texts if re.fullmatch(r"\d{5}", text)]
    return Habit(
        tens_kept=typed and any(_TEN.fullmatch(text) for text in texts),
        decimals_hold=all(1 <= int(text[-2:]) <= _MONTHS for text in decimals),
        serials=any(number in _SERIALS and not _year_and_digit(number) for number in numbers),
    )


def read_birth(cell: Cell, habit: Habit, *, day_in_id: str = "") -> Reading:
    """'YYYY-MM' or 'YYYY-MM-DD'; `day_in_id` ('YYYYMMDD') decides between two possible months."""
    reading = _read(cell, habit)
    if not reading.doubt or not day_in_id:
        return reading
    day = f"{day_in_id[:4]}-{day_in_id[4:6]}-{day_in_id[6:]}"
    if reading.candidates:
        fitting = [text for text in reading.candidates if text == day or text == day[:7]]
        return Reading(fitting[0]) if fitting else reading
    return reading if reading.hint and reading.hint != day[:4] else Reading(day)


def _read(cell: Cell, habit: Habit) -> Reading:
    value = cell.value
    if isinstance(value, datetime):
        return _from_date(value, with_day=value.day > 1 or shows_day(cell.format))
    if isinstance(value, float) and not value.is_integer():
        return _from_decimal(cell, value, habit)
    if isinstance(value, int | float):
        return _from_digits(str(int(value)), habit)
    return _from_text(str(value), habit)


def _from_date(value: datetime, *, with_day: bool) -> Reading:
    text = f"{value:%Y-%m-%d}"[: 10 if with_day else 7]
    if _OLDEST <= value.year <= _YOUNGEST:
        return Reading(text)
    century = f"{value.year - 100}{text[4:]}"
    return Reading(
        doubt=f"出生年月“{text}”不可能", candidates=(century,) if value.year > _YOUNGEST else ()
    )


def _from_decimal(cell: Cell, value: float, habit: Habit) -> Reading:
    if int(value) in _SERIALS:
        return _from_digits(str(int(value)), habit)
    if two_decimals(cell.format) and habit.decimals_hold:
        return _from_text(f"{value:.2f}", habit)
    return _from_text(f"{round(value, 4)}", Habit())


def _from_text(raw: str, habit: Habit) -> Reading:
    text = _halved(raw)
    text = _BRACKETS.sub("", text).strip(" '`‘’\"")
    text = _arabic(text)
    if re.fullmatch(r"\d+(\.0+)?", text):
        return _from_digits(text.partition(".")[0], habit)
    one = _ONE.fullmatch(text)
    if one and not habit.tens_kept:
        return _january_or_october(raw, one[1])
    parts = _PARTS.fullmatch(text)
    if parts:
        return _from_parts(raw, parts[1], int(parts[2]), int(parts[3]) if parts[3] else None)
    return _from_rare(raw, text)


def _from_rare(raw: str, text: str) -> Reading:
    english = _ENGLISH.fullmatch(text)
    if english:
        place = _ENGLISH_MONTHS.find((english[1] or english[4]).lower())
        if place >= 0 and place % 3 == 0:
            return _from_parts(raw, english[2] or english[3], place // 3 + 1, None)
    turned = _MONTH_FIRST.fullmatch(text)
    if turned:
        return _month_first(raw, turned)
    year = _YEAR.fullmatch(text)
    if year:
        return Reading(doubt=f"出生年月“{plain(raw)}”只有年份", hint=str(_full_year(year[1]) or ""))
    if _AGE.fullmatch(text):
        return Reading(doubt=f"出生年月一栏写的是年龄“{plain(raw)}”")
    return _senseless(raw)


def _senseless(raw: str) -> Reading:
    return Reading(doubt=f"出生年月“{plain(raw)}”看不懂")


def _january_or_october(raw: str, year: str) -> Reading:
    full = _full_year(year)
    if full is None:
        return _senseless(raw)
    return Reading(
        doubt=f"出生年月“{plain(raw)}”可能是1月，也可能是10月（末尾的0丢了）",
        candidates=(f"{full}-01", f"{full}-10"),
    )


def _month_first(raw: str, found: re.Match[str]) -> Reading:
    first, second, year = int(found[1]), found[2], found[3]
    if second is None:
        return _from_parts(raw, year, first, None)
    readings = {
        _from_parts(raw, year, month, day).value
        for month, day in ((first, int(second)), (int(second), first))
    } - {None}
    days = tuple(sorted(day for day in readings if day))
    if len(days) == 1:
        return Reading(days[0])
    return Reading(doubt=f"出生年月“{plain(raw)}”分不清月和日", candidates=days)


def _from_digits(digits: str, habit: Habit) -> Reading:
    number = int(digits)
    if number in _SERIALS and len(digits) == len("28000"):
        return _from_serial(digits, habit)
    if len(digits) in {len("19780512"), len("197805")}:
        return _from_written_together(digits)
    if len(digits) == len("1978"):
        if _OLDEST <= number <= _YOUNGEST + 20:
            return Reading(doubt=f"出生年月“{digits}”只有年份", hint=digits)
        return _from_parts(digits, digits[:2], int(digits[2:]), None)
    if number in _AGES:
        return Reading(doubt=f"出生年月一栏写的是“{digits}”，像是年龄")
    return _senseless(digits)


def _from_written_together(digits: str) -> Reading:
    """19780512, 197805 or 780512."""
    day = int(digits[6:]) if digits[6:] else None
    whole = _from_parts(digits, digits[:4], int(digits[4:6]), day)
    if whole.value or day:
        return whole
    return _from_parts(digits, digits[:2], int(digits[2:4]), int(digits[4:]))


def _from_serial(digits: str, habit: Habit) -> Reading:
    day = (_SERIAL_ORIGIN + timedelta(days=int(digits))).isoformat()
    month = _year_and_digit(int(digits))
    if month and not habit.serials:
        return Reading(
            doubt=f"出生年月“{digits}”可能是{month}，也可能是{day}", candidates=(month, day)
        )
    return Reading(day)


def _year_and_digit(number: int) -> str:
    """19785 read as 1978年5月; '' if it cannot be read so."""
    year, month = divmod(number, 10)
    return f"{year}-{month:02}" if _EARLIEST <= year <= _YOUNGEST and month else ""


def _from_parts(raw: str, year: str, month: int, day: int | None) -> Reading:
    full = _full_year(year)
    if full is None or not 1 <= month <= _MONTHS:
        return _senseless(raw)
    if day is None:
        return Reading(f"{full}-{month:02}")
    if not 1 <= day <= monthrange(full, month)[1]:
        return _senseless(raw)
    return Reading(f"{full}-{month:02}-{day:02}")


def _full_year(year: str) -> int | None:
    """The year in four digits if a deputy can be born in it: 78 is 1978, 05 is 2005, 15 is not."""
    number = int(year)
    if len(year) == len("78"):
        number += 2000 if number <= _YOUNGEST - 2000 else 1900
        return number if number >= _EARLIEST else None
    return number if _OLDEST <= number <= _YOUNGEST else None


def _halved(raw: object) -> str:
    return unicodedata.normalize("NFKC", plain(str(raw)))


def _arabic(text: str) -> str:
    """一九七八年十二月 in digits."""
    if not re.search(r"[一二三四五六七八九〇零○十]", text):
        return text
    text = re.sub(r"(?<![一二三四五六七八九])十(?=[一二三四五六七八九])", "1", text)
    text = re.sub(r"(?<![一二三四五六七八九])十", "10", text)
    text = re.sub(r"(?<=[二三])十(?=[一二三四五六七八九])", "", text)
    return re.sub(r"(?<=[二三])十", "0", text).translate(_DIGITS)
