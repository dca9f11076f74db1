"""Rows of a long list that are read page by page, when they come into sight."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, overload

from deputydesk.late import dataclass, override
from deputydesk.rules.cell_filters import Arrangement
from deputydesk.rules.record_ids import RecordIds
from deputydesk.ui.columns import Row

PAGE, KEPT = 32, 128
CHUNK = 512
"""Rows read at a time when all are wanted: a read that lasts would make a saved record wait."""


@dataclass(frozen=True)
class Said:
    """What is said of the records of a list.

    Args:
        text: in words.
        more: numbers that were counted along the way.
    """

    text: str
    more: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Source(Generic[Row]):
    """Where the rows of a long list come from. Its functions are called in a thread, too.

    Args:
        count: how many records it has before anything is looked for.
        find: the ids of its records as arranged; so many at the most.
        read: the rows of some of them, in whatever order.
        columns: headings by which `find` can sort and filter; by others the rows must be read.
        said: what is said of the records as arranged.
        key: what was looked for; a source with the same key shows the same list, read again.
    """

    count: int
    find: Callable[[Arrangement, int | None], Sequence[str]]
    read: Callable[[Sequence[str]], Sequence[Row]]
    columns: frozenset[str] = frozenset()
    said: Callable[[Arrangement], Said] | None = None
    key: object = None

    def knows(self, arrangement: Arrangement) -> bool:
        """Whether `find` can arrange so."""
        return arrangement.columns <= self.columns


class PagedRows(Sequence[Row], Generic[Row]):
    """As a list of rows, of which only the ids are known at first.

    Args:
        ids: the records, in the order of the list.
        fetch: gives the rows of some records; those that are gone it leaves out.
    """

    def __init__(self, ids: Sequence[str], fetch: Callable[[Sequence[str]], Sequence[Row]]) -> None:
        self.ids = RecordIds.of(ids)
        self.fetch = fetch
        self._pages: OrderedDict[int, Sequence[Row | None]] = OrderedDict()

    def place(self, record_id: str) -> int:
        """Where a record stands; -1 if it is not listed."""
        return self.ids.place(record_id)

    def id(self, place: int) -> str:
        """Which record stands at a place; no row is read for it."""
        return self.ids[place]

    def get(self, place: int) -> Row | None:
        """The row at a place; None if the record was taken away meanwhile."""
        number, within = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._read(self.ids[number * PAGE : (number + 1) * PAGE])
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[within]

    def grow(self, ids: RecordIds) -> None:
        """Take further ids behind those there are; a page that was not full is read again."""
        if len(self.ids) % PAGE:
            self._pages.pop(len(self.ids) // PAGE, None)
        self.ids = ids

    def forget(self) -> None:
        """Read again what comes into sight."""
        self._pages.clear()

    @override
    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    @override
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [row for row in self._read(self.ids[index]) if row is not None]
        row = self.get(index % len(self.ids))
        if row is None:
            raise IndexError(index)
        return row

    @override
    def __iter__(self) -> Iterator[Row]:
        for first in range(0, len(self.ids), CHUNK):
            yield from self[first : first + CHUNK]

    def _read(self, ids: Sequence[str]) -> list[Row | None]:
        found = {row.id: row for row in self.fetch(ids)}
        return [found.get(record_id) for record_id in ids]


def source_of(rows: PagedRows[Row]) -> Source[Row]:
    """A list whose records were found already, in the order that they have."""
    return Source(len(rows), lambda _as, limit: rows.ids[:limit] if limit else rows.ids, rows.fetch)


class LateRows(PagedRows[Row]):
    """Rows of which only the number is known until somebody looks at one; then all are read.

    Args:
        count: how many there are.
        read: gives them.
    """

    def __init__(self, count: int, read: Callable[[], Sequence[Row]]) -> None:
        super().__init__((), self._none)
        self._count = count
        self._read_all = read
        self._found: Sequence[Row] | None = None

    @override
    def place(self, record_id: str) -> int:
        return next((n for n, row in enumerate(self) if row.id == record_id), -1)

    @override
    def id(self, place: int) -> str:
        return self._all()[place].id

    @override
    def get(self, place: int) -> Row | None:
        found = self._all()
        return found[place] if place < len(found) else None

    @override
    def __len__(self) -> int:
        return self._count if self._found is None else len(self._found)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    @override
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return self._all()[index]

    @override
    def __iter__(self) -> Iterator[Row]:
        return iter(self._all())

    def _all(self) -> Sequence[Row]:
        if self._found is None:
            self._found = self._read_all()
        return self._found

    def _none(self, _ids: Sequence[str]) -> Sequence[Row]:
        return ()
