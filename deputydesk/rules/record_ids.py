"""Ids of a long list, in one text: a million take 36 MB, and one is cut out when asked for."""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from deputydesk.late import override

BETWEEN = ","
"""Stands between two ids and in none."""
AT_A_TIME = 1000


class RecordIds(Sequence[str]):
    """Ids in the order of a list. Those of records are all as long; others are kept one by one.

    Args:
        text: the ids, with `BETWEEN` between them, as a database joins them.
    """

    def __init__(self, text: str = "") -> None:
        self.text = text
        self._width = len(text.partition(BETWEEN)[0])
        self._step = self._width + 1
        self._count = (len(text) + 1) // self._step if text else 0
        self._uneven = None if self._is_even() else text.split(BETWEEN)

    @classmethod
    def of(cls, ids: Iterable[str]) -> "RecordIds":
        """From ids that were read one by one."""
        return ids if isinstance(ids, RecordIds) else cls(BETWEEN.join(ids))

    def followed_by(self, others: "RecordIds") -> "RecordIds":
        """These, then the others."""
        return RecordIds(BETWEEN.join(part.text for part in (self, others) if part.text))

    def place(self, record_id: str) -> int:
        """Where an id stands; -1 if it does not."""
        if self._uneven is not None:
            return self._uneven.index(record_id) if record_id in self._uneven else -1
        found = self.text.find(record_id) if len(record_id) == self._width else -1
        return -1 if found < 0 or found % self._step else found // self._step

    def continues(self, before: "RecordIds") -> bool:
        """Whether it begins with all of those, of which there is at least one."""
        is_longer = self.text.startswith(before.text + BETWEEN) or self.text == before.text
        return bool(before.text) and is_longer

    @override
    def __len__(self) -> int:
        return self._count if self._uneven is None else len(self._uneven)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    @override
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if self._uneven is not None:
            return self._uneven[index]
        if isinstance(index, slice):
            first, last, step = index.indices(self._count)
            if step != 1:
                return [self[n] for n in range(first, last, step)]
            cut = self.text[first * self._step : max(first, last) * self._step - 1]
            return cut.split(BETWEEN) if last > first else []
        if not -self._count <= index < self._count:
            raise IndexError(index)
        start = index % self._count * self._step
        return self.text[start : start + self._width]

    @override
    def __iter__(self) -> Iterator[str]:
        for first in range(0, len(self), AT_A_TIME):
            yield from self[first : first + AT_A_TIME]

    @override
    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and self.place(value) >= 0

    @override
    def __eq__(self, other: object) -> bool:
        if isinstance(other, RecordIds):
            return self.text == other.text
        return isinstance(other, list | tuple) and list(self) == list(other)  # pyright: ignore[reportUnknownArgumentType]  # of whatever

    __hash__ = None  # type: ignore[assignment]  # as a list: equal to one, never a key

    def _is_even(self) -> bool:
        """Whether all are as long as the first: then separators stand at every step."""
        separators = self.text[self._width :: self._step]
        return (
            (len(self.text) + 1) % self._step == 0
            and self.text.count(BETWEEN) == len(separators)
            and separators == BETWEEN * len(separators)
        )
