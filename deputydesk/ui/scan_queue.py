"""The rows that wait for a person, in the order in which they are asked: like beside like."""

from collections.abc import Sequence

from deputydesk.models.scan import PageState
from deputydesk.operations.scan_pages import PageShown, RowShown
from deputydesk.rules.scan_looks import THIRD

Key = tuple[str, int]
"""Page and row."""


def key_of(row: RowShown) -> Key:
    """Which row it is."""
    return row.page_id, row.row


def waiting(pages: Sequence[PageShown], *, look: int, two_people: bool) -> list[RowShown]:
    """The rows that wait for this look, those of one reason together."""
    open_rows = [row for page in pages for row in page.open_rows]
    if two_people:
        open_rows = [row for row in open_rows if _is_for(row, look)]
    return sorted(open_rows, key=_reason)


def _is_for(row: RowShown, look: int) -> bool:
    return row.differs if look == THIRD else look not in row.decided and not row.differs


def _reason(row: RowShown) -> tuple[bool, tuple[str, ...]]:
    return (not row.read.doubts, tuple(sorted(row.read.doubts)))


def of_key(pages: Sequence[PageShown], key: Key) -> tuple[PageShown, RowShown] | None:
    """A page that counts and its row; None if it is gone or does not count."""
    for page in pages:
        if page.id == key[0]:
            counts = page.state is PageState.READ and key[1] < len(page.rows)
            return (page, page.rows[key[1]]) if counts else None
    return None


def alike(queue: Sequence[RowShown], row: RowShown) -> int:
    """How many rows wait for the same reason, this one too."""
    return sum(_reason(other) == _reason(row) for other in queue)
