"""What the columns of a list show of its rows."""

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from deputydesk.late import dataclass
from deputydesk.ui.style import Tone


class HasId(Protocol):
    """A row of a list: whatever it shows, it knows its record."""

    @property
    def id(self) -> str:
        """Id of the record."""
        ...


Row = TypeVar("Row", bound=HasId)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """What a column shows of a row.

    Args:
        title: heading.
        text: what stands in the cell.
        width: in standard pixels, about; more where its texts need it and there is room;
            0 takes the room that is left.
        sort: what the column is sorted by; the text if not given.
        tone: the cell is a pill of this tone (None: plain text).
        alert: the text is red and bold: overdue, and nothing else.
        share: how much of a bar is filled, 0 to 1, with the text beside it (None: plain text).
        right: numbers stand at the right.
        drop: 1 goes first when the window is narrow, then 2, …; 0 always stays.
    """

    title: str
    text: Callable[[Row], str]
    width: int = 90
    sort: Callable[[Row], Any] | None = None  # Any: whatever can be compared
    tone: Callable[[Row], Tone | None] | None = None
    alert: Callable[[Row], bool] | None = None
    share: Callable[[Row], float | None] | None = None
    right: bool = False
    drop: int = 0
