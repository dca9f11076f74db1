"""How a list is to stand: only rows whose cells say something or not, sorted by a column."""

from collections.abc import Sequence

from deputydesk.late import dataclass


@dataclass(frozen=True)
class CellFilter:
    """Only rows, or all but those, in which a cell shows a text.

    Args:
        column: heading of the column.
        text: what the cell shows.
        is_out: rows that show it are left out.
    """

    column: str
    text: str
    is_out: bool = False

    @property
    def sentence(self) -> str:
        """How a chip names it: 地点：五当召镇, 地点：非五当召镇."""
        said = self.text or "空白"
        return f"{self.column.replace(chr(10), '')}：{'非' if self.is_out else ''}{said}"

    def lets_pass(self, shown: str) -> bool:
        """Whether a row stays whose cell shows this."""
        return (shown == self.text) is not self.is_out


@dataclass(frozen=True)
class Arrangement:
    """What a list shows of its rows, and in which order.

    Args:
        filters: what cells must or must not show.
        column: heading of the column that it is sorted by; empty: as it was given.
        is_down: the largest first.
    """

    filters: tuple[CellFilter, ...] = ()
    column: str = ""
    is_down: bool = False

    @property
    def columns(self) -> frozenset[str]:
        """Headings that it asks for."""
        return frozenset({f.column for f in self.filters} | ({self.column} - {""}))


AS_GIVEN = Arrangement()


def with_filter(filters: Sequence[CellFilter], added: CellFilter) -> tuple[CellFilter, ...]:
    """The filters and one more, which takes the place of those of its column that it contradicts.

    “Only this” is the last word about a column; “not this” may be said of several texts.
    """
    if added in filters:
        return tuple(filters)
    if added.is_out:
        kept = [f for f in filters if f.column != added.column or f.is_out]
    else:
        kept = [f for f in filters if f.column != added.column]
    return (*kept, added)
