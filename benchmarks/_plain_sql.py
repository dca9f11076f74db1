"""Words of SQL that somebody would write by hand: periods, counts, rates."""

from deputydesk.rules.periods import Span

Sql = dict[str, list[str]]
"""One statement for a number, two for a rate."""


class Period:
    """Conditions on days, in text."""

    def __init__(self, span: Span | None) -> None:
        self._span = span

    def on(self, day: str) -> str:
        """The day lies in the period."""
        if self._span is None:
            return f"{day} IS NOT NULL"
        return f"{day} BETWEEN '{self._span.first}' AND '{self._span.last}'"

    def standing(self, start: str, end: str) -> str:
        """It is there at the end."""
        if self._span is None:
            return f"{end} IS NULL"
        last = self._span.last
        return f"({start} IS NULL OR {start}<='{last}') AND ({end} IS NULL OR {end}>='{last}')"

    def active(self, start: str, end: str) -> str:
        """It was there on some day."""
        if self._span is None:
            return f"{end} IS NULL"
        first, last = self._span.first, self._span.last
        return f"({start} IS NULL OR {start}<='{last}') AND ({end} IS NULL OR {end}>='{first}')"

    def begun(self, start: str) -> str:
        """It had begun by the end."""
        return "1" if self._span is None else f"({start} IS NULL OR {start}<='{self._span.last}')"

    def years(self, year: str) -> str:
        """The year lies in the period."""
        if self._span is None:
            return "1"
        return f"{year} BETWEEN {self._span.first.year} AND {self._span.last.year}"

    def due(self, day: str) -> str:
        """The day is not after the end."""
        return "1" if self._span is None else f"{day}<='{self._span.last}'"

    def passed(self, day: str) -> str:
        """The day is before the end, or before today."""
        last = "CURRENT_DATE" if self._span is None else f"'{self._span.last}'"
        return f"{day}<{last}"


def count(table: str, *where: str, what: str = "count(*)") -> str:
    """A plain statement."""
    return f"SELECT {what} FROM {table} WHERE {' AND '.join(where) or '1'}"


def rate(table: str, whole: str, part: str, *, what: str = "count(*)") -> list[str]:
    """Two plain statements."""
    return [count(table, whole, part, what=what), count(table, whole, what=what)]
