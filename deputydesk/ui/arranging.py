"""Sorting and filtering a list: at once where it is short, step by step in a thread where not."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from threading import Event, Thread
from typing import Any, Generic

from deputydesk.late import dataclass, replace
from deputydesk.rules.cell_filters import AS_GIVEN, Arrangement, CellFilter
from deputydesk.rules.record_ids import RecordIds
from deputydesk.ui.columns import Column, Row
from deputydesk.ui.paged_rows import CHUNK, PAGE, Said, Source

RUN = 4000
"""So many are sorted in one go; sorting more would hold up the window's thread."""
PAUSE = 0.08
"""Seconds in which another letter may be typed before everything is looked for."""
GRACE = 0.012
"""Seconds for which the window waits for the first rows, so as not to be painted twice."""


@dataclass(frozen=True)
class Answer(Generic[Row]):
    """What was found so far: ids of a long list, or rows of one in memory.

    Args:
        ids: the records in their order.
        rows: the rows in their order.
        is_all: whether these are all.
        said: what is to be said of them.
    """

    ids: RecordIds | None = None
    rows: Sequence[Row] | None = None
    is_all: bool = False
    said: Said | None = None


Steps = Iterator[Answer[Row] | None]
"""Answers; None says that the work goes on, so that it can be dropped there."""


def arranged(
    rows: Sequence[Row], columns: Sequence[Column[Row]], arrangement: Arrangement
) -> Sequence[Row]:
    """Rows that are in memory as they are to stand."""
    if arrangement == AS_GIVEN:
        return rows
    kept = [row for row in rows if passes(row, columns, arrangement.filters)]
    by = _key(columns, arrangement.column)
    if by is None:
        return kept
    if len(kept) <= RUN:
        return sorted(kept, key=by, reverse=arrangement.is_down)
    return _in_runs([(by(row), row) for row in kept], is_down=arrangement.is_down)


def passes(row: Row, columns: Sequence[Column[Row]], filters: Sequence[CellFilter]) -> bool:
    """Whether the cells of a row say what they must; a column that is not there says nothing."""
    return all(
        f.lets_pass(column.text(row))
        for f in filters
        for column in columns
        if column.title == f.column
    )


def arranging(
    rows: Sequence[Row], columns: Sequence[Column[Row]], arrangement: Arrangement
) -> Steps[Row]:
    """As `arranged`, for a thread."""
    yield Answer(rows=arranged(rows, columns, arrangement), is_all=True)


def found(
    source: Source[Row],
    columns: Sequence[Column[Row]],
    arrangement: Arrangement,
    *,
    is_long: bool = True,
) -> Steps[Row]:
    """The records of a list: the first page of a long one, then all, then what is said of them."""
    if source.knows(arrangement):
        if is_long:
            yield Answer(ids=RecordIds.of(source.find(arrangement, PAGE)))
        yield Answer(ids=RecordIds.of(source.find(arrangement, None)), is_all=True)
        if source.said:
            yield Answer(said=source.said(arrangement))
        return
    yield from _read_through(source, columns, arrangement)


def _read_through(
    source: Source[Row], columns: Sequence[Column[Row]], arrangement: Arrangement
) -> Steps[Row]:
    """Look at the rows for what the database cannot say; a little at a time."""
    known = tuple(f for f in arrangement.filters if f.column in source.columns)
    rest = tuple(f for f in arrangement.filters if f.column not in source.columns)
    asked = replace(AS_GIVEN, filters=known)
    by = None
    if arrangement.column in source.columns:
        asked = replace(asked, column=arrangement.column, is_down=arrangement.is_down)
    else:
        by = _key(columns, arrangement.column)
    ids = source.find(asked, None)
    kept: list[tuple[Any, str]] = []
    is_shown = by is not None  # what is sorted has no first rows before all were read
    for first in range(0, len(ids), CHUNK):
        wanted = ids[first : first + CHUNK]
        rows = {row.id: row for row in source.read(wanted)}
        for record_id in wanted:
            row = rows.get(record_id)
            if row is not None and passes(row, columns, rest):
                kept.append((by(row) if by else None, record_id))
        if not is_shown and len(kept) >= PAGE:
            is_shown = True
            yield Answer(ids=RecordIds.of(record_id for _, record_id in kept[:PAGE]))
        yield None
    in_order = (n for _, n in kept) if by is None else _in_runs(kept, is_down=arrangement.is_down)
    yield Answer(ids=RecordIds.of(in_order), is_all=True, said=Said(f"共 {len(kept)} 条"))


def _key(columns: Sequence[Column[Row]], title: str) -> Callable[[Row], Any] | None:
    """What a row is sorted by; Any: whatever can be compared."""
    return next((c.sort or c.text for c in columns if c.title == title), None) if title else None


def _in_runs(keyed: list[tuple[Any, Any]], *, is_down: bool) -> list[Any]:  # Any: key and item
    from heapq import merge

    by = itemgetter(0)
    runs = [
        sorted(keyed[first : first + RUN], key=by, reverse=is_down)
        for first in range(0, len(keyed), RUN)
    ]
    return [item for _, item in merge(*runs, key=by, reverse=is_down)]


_working: set["Arranger[Any]"] = set()  # Any: of whatever list


def end_all() -> None:
    """Let every list's work end, and wait until it has: their data is about to be closed."""
    for arranger in tuple(_working):
        arranger.drop()
        arranger.wait()


class Arranger(Generic[Row]):
    """Works in a thread of its own, which touches no Qt object; the window fetches the answers.

    Args:
        steps: the work.
    """

    def __init__(self, steps: Steps[Row]) -> None:
        self._steps = steps
        self._answers: deque[Answer[Row] | BaseException | None] = deque()
        self._has_answer = Event()
        self._is_dropped = Event()
        self.is_done = False
        self._thread = Thread(target=self._run, name="list", daemon=True)
        _working.add(self)
        self._thread.start()

    def drop(self) -> None:
        """Let the work end where it is: nobody waits for it any more."""
        self._is_dropped.set()
        self.is_done = True

    def wait(self) -> None:
        """Wait until the thread has ended; a step that was begun is finished."""
        self._thread.join()

    def first(self) -> Answer[Row] | None:
        """The first answer, if it comes soon; an error is left for `fetch`."""
        is_soon = self._has_answer.wait(GRACE)
        return self.fetch() if is_soon and isinstance(self._answers[0], Answer) else None

    def fetch(self) -> Answer[Row] | None:
        """The next answer, if there is one; an error of the work is raised here."""
        if not self._answers:
            return None
        answer = self._answers.popleft()
        if isinstance(answer, Answer):
            return answer
        self.is_done = True
        if answer is not None:
            raise answer
        return None

    def _put(self, answer: Answer[Row] | BaseException | None) -> None:
        self._answers.append(answer)
        self._has_answer.set()

    def _run(self) -> None:
        try:
            for answer in self._steps:
                if self._is_dropped.is_set():
                    return
                if answer is None:
                    continue
                self._put(answer)
                if answer.ids is not None and not answer.is_all and self._is_dropped.wait(PAUSE):
                    return
            self._put(None)
        except BaseException as error:  # noqa: BLE001 - raised again in the window's thread
            self._put(error)
        finally:
            _working.discard(self)
