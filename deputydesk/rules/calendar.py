"""Which days are worked: weekends, public holidays and the days worked in their stead."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Self, cast

from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.paths import resource

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_FIRST_REST_WEEKDAY = 5
_LONGEST_HOLIDAY = timedelta(days=60)


@dataclass(frozen=True)
class Calendar:
    """A table of holidays; days that it does not know are worked from Monday to Friday."""

    version: str
    known_from: date
    known_until: date
    holidays: Mapping[date, str]
    workdays: frozenset[date]

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """The table in this file, or the one that came with the program.

        Raises:
            UserError: the file cannot be read or is not such a table.
        """
        file = path or resource("calendar/holidays.json")
        try:
            return cls._parsed(json.loads(file.read_text(encoding="utf-8-sig")))
        except OSError as error:
            raise UserError(
                f"读不到节假日表“{file.name}”。", hint="请检查文件是否还在原处，再重新导入。"
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise UserError(
                f"“{file.name}”不是节假日表，或者内容已损坏。",
                hint="请向发来文件的单位重新索取，原有的节假日表没有改动。",
            ) from error

    @classmethod
    def _parsed(cls, content: object) -> Self:
        table = _as_dict(content)
        known_from, known_until = _as_day(table["from"]), _as_day(table["until"])
        holidays: dict[date, str] = {}
        for entry in map(_as_dict, _as_list(table["holidays"])):
            day, last = _as_day(entry["first"]), _as_day(entry["last"])
            if not known_from <= day <= last <= min(known_until, day + _LONGEST_HOLIDAY):
                raise ValueError(entry)
            while day <= last:
                holidays[day] = _as_text(entry["name"])
                day += ONE_DAY
        workdays = frozenset(map(_as_day, _as_list(table["workdays"])))
        if not holidays or workdays & holidays.keys():
            raise ValueError(workdays)
        return cls(_as_text(table["version"]), known_from, known_until, holidays, workdays)

    def is_known(self, day: date) -> bool:
        """Whether the table speaks for this day."""
        return self.known_from <= day <= self.known_until

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.workdays:
            return True
        return day not in self.holidays and day.weekday() < _FIRST_REST_WEEKDAY

    def is_moved_workday(self, day: date) -> bool:
        """Whether this is a Saturday or Sunday that is worked in a holiday's stead."""
        return day in self.workdays

    def next_workday(self, day: date) -> date:
        """The day itself if it is worked, else the first worked day after it."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def describe(self, day: date) -> str:
        """What kind of day it is: 国庆节假日, 调休上班日, 星期六."""
        if day in self.workdays:
            return "调休上班日"
        if day in self.holidays:
            return f"{self.holidays[day]}假日"
        return WEEKDAYS[day.weekday()]


def _as_dict(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return cast("dict[str, object]", value)


def _as_list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return cast("list[object]", value)


def _as_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _as_day(value: object) -> date:
    return date.fromisoformat(_as_text(value))
