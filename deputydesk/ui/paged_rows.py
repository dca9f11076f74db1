"""Rows of a long list that are read page by page, when they come into sight."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from typing_extensions import override

Row = TypeVar("Row")
PAGE, KEPT = 64, 64


class PagedRows(Sequence[Row], Generic[Row]):
    """As a list of rows, of which only the ids are known at first.

    Args:
        ids: the records, in the order of the list.
        fetch: gives the rows of some records, in the order of their ids.
    """

    def __init__(self, ids: Sequence[str], fetch: Callable[[Sequence[str]], Sequence[Row]]) -> None:
        self.ids = ids
        self._fetch = fetch
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def place(self, record_id: str) -> int:
        """Where a record stands; -1 if it is not listed."""
        try:
            return self.ids.index(record_id)
        except ValueError:
            return -1

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
            return self._fetch(self.ids[index])
        number, place = divmod(index % len(self.ids), PAGE)
        if number not in self._pages:
            self._pages[number] = self._fetch(self.ids[number * PAGE : (number + 1) * PAGE])
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return self._pages[number][place]

    @override
    def __iter__(self) -> Iterator[Row]:
        for first in range(0, len(self.ids), PAGE):
            yield from self._fetch(self.ids[first : first + PAGE])


class LateRows(PagedRows[Row]):
    """Rows of which only the number is known until somebody looks at one; then all are read.

    Args:
        count: how many there are.
        read: gives them.
    """

    def __init__(self, count: int, read: Callable[[], Sequence[Row]]) -> None:
        super().__init__((), self._none)
        self._count = count
        self._read = read
        self._found: Sequence[Row] | None = None

    @override
    def place(self, record_id: str) -> int:
        return next((n for n, row in enumerate(self) if getattr(row, "id", "") == record_id), -1)

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
            self._found = self._read()
        return self._found

    def _none(self, _ids: Sequence[str]) -> Sequence[Row]:
        return ()
