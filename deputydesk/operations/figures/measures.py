"""What a figure is: the rows it counts and the days they fall on.

The number and the list of its rows are read from the same description, so they always agree.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from deputydesk.late import dataclass
from deputydesk.models.base import Record
from deputydesk.rules.choices import Choice
from deputydesk.rules.periods import Grain

Column = (
    Any  # a column or an expression: pyright takes a model's attribute in a field for its value
)
Condition = ColumnElement[bool] | InstrumentedAttribute[bool]


class Unit(Choice):
    """What a figure is counted in; units are never converted into each other."""

    MATTER = "matter", "件"
    HEARING = "hearing", "件次"
    PERSON = "person", "人"
    PERSON_TIME = "person_time", "人次"
    DEPUTY = "deputy", "名"
    OCCASION = "occasion", "场次"
    TIME = "time", "次"
    COURSE = "course", "期"
    ENTRY = "entry", "条"
    PLACE = "place", "个"
    ITEM = "item", "项"
    ARTICLE = "article", "篇"
    VOTE = "vote", "票"
    HOUR = "hour", "学时"
    MONEY = "money", "元"
    PERCENT = "percent", "%"


class Dimension(Choice):
    """By what a figure may be split."""

    OFFICE = "office", "单位"
    LEVEL = "level", "层级"
    TOWN = "town", "苏木乡镇、街道"
    HOME = "home", "代表之家"
    GROUP = "group", "代表小组"
    DEPUTY = "deputy", "代表"
    UNIT = "unit", "承办单位"
    CHANNEL = "channel", "渠道"
    KIND = "kind", "类别"
    STATE = "state", "状态"
    MONTH = "month", "月份"
    QUARTER = "quarter", "季度"
    YEAR = "year", "年度"


GRAINS = {
    Dimension.MONTH: Grain.MONTH,
    Dimension.QUARTER: Grain.QUARTER,
    Dimension.YEAR: Grain.YEAR,
}
"""Dimensions that are parts of the period."""


@dataclass(frozen=True)
class Period:
    """Days from first to last, None is open; and the present day, where it is known."""

    first: date | None = None
    last: date | None = None
    today: date | None = None

    def covers(self, day: Column) -> Condition:
        """The condition that a day lies in the period."""
        parts: list[Condition] = []
        if self.first:
            parts.append(day >= self.first)
        if self.last:
            parts.append(day <= self.last)
        return and_(*parts) if parts else day.is_not(None)

    def standing(self, start: Column, end: Column) -> Condition:
        """The condition that something is there on the last day of the period (today if open)."""
        if not self.last:
            return end.is_(None)
        return and_(_by(start, self.last), or_(end.is_(None), end >= self.last))

    def begun(self, start: Column) -> Condition | None:
        """The condition that something had begun by the last day of the period."""
        return _by(start, self.last) if self.last else None

    def in_years(self, year: Column) -> Condition | None:
        """The condition that a year lies, if only in part, in the period."""
        parts: list[Condition] = []
        if self.first:
            parts.append(year >= self.first.year)
        if self.last:
            parts.append(year <= self.last.year)
        return and_(*parts) if parts else None


def _by(start: Column, day: date) -> Condition:
    return or_(start.is_(None), start <= day)


Within = Callable[[Period], Condition | None]
"""A condition that depends on the period."""

Via = tuple[tuple[type[Record], Condition], ...]
"""Tables that each row belongs to, such as the visit of a deputy who came to it."""


@dataclass(frozen=True, eq=False)
class Source:
    """Rows of one table.

    Args:
        model: the table.
        day: the day that must lie in the period; None if the rows have none.
        where: what the rows must be like.
        within: what they must be like, depending on the period.
        weight: what is added up; None counts each row once.
        via: tables joined, which `day` and `where` may name.
        shown: the day that rows show, if it need not lie in the period.
    """

    model: type[Record]
    day: Column = None
    where: tuple[Condition, ...] = ()
    within: Within | None = None
    weight: Column = None
    via: Via = ()
    shown: Column = None

    def only(self, *where: Condition) -> "Source":
        """Those of the rows that are also like this."""
        return replace(self, where=(*self.where, *where))

    def adding(self, weight: Column) -> "Source":
        """The same rows, adding up a column instead of counting them."""
        return replace(self, weight=weight)

    def conditions(self, period: Period) -> list[Condition]:
        """All conditions but the one on the day."""
        depending = self.within(period) if self.within else None
        found = [*self.where]
        if depending is not None:
            found.append(depending)
        if self.weight is not None:
            found.append(self.weight != 0)
        return found


@dataclass(frozen=True, eq=False)
class Measure:
    """A figure of the catalogue: what is counted, and for a rate, out of what.

    Args:
        id: the name by which reports ask for it; it never changes.
        name: what people call it.
        unit: what it is counted in.
        definition: one sentence that says what counts, printed with the figure.
        counted: the rows; of a rate, the numerator.
        out_of: the denominator of a rate.
        is_confidential: its rows tell nobody's name, and it is on no wall.
    """

    id: str
    name: str
    unit: Unit
    definition: str
    counted: tuple[Source, ...]
    out_of: tuple[Source, ...] = ()
    is_confidential: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """All rows that it is made from."""
        return self.counted + self.out_of


def count(ident: str, name: str, unit: Unit, definition: str, *counted: Source) -> Measure:
    """A plain number."""
    return Measure(ident, name, unit, definition, counted)


def share(
    ident: str, name: str, unit: Unit, definition: str, whole: Source, *where: Condition
) -> Measure:
    """A rate: those of the rows that are like this, out of all of them."""
    return Measure(ident, name, unit, definition, (whole.only(*where),), (whole,))
