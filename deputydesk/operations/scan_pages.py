"""Pages of a run: what was read of them, what people said of their rows, what counts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from operator import itemgetter, ne, sub
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.late import dataclass
from deputydesk.models import Attachment, ScanDecision, ScanPage, ScanReading
from deputydesk.models.scan import PageState
from deputydesk.operations import scan_runs
from deputydesk.operations.scan_runs import RunRow
from deputydesk.progress import SILENT, Progress
from deputydesk.rules.scan_looks import FIRST, SECOND, THIRD, what_counts, what_people_say
from deputydesk.rules.scan_plan import Paper, Question

PICTURE, WHOLE = "scan", "scan_whole"
"""The purpose of the attachment that is a page's rows, and of the one that is the whole page."""
HIDING = frozenset({"double", "looks_like_correction"})
"""Doubts of which the reader's suggestion is not shown before a person has decided."""
Pair = tuple["PageShown", "PageShown"]
"""Two pages."""
_ALIKE = 0.1  # so much of the ink of two scans of a sheet differs at most, if neither is stained
_LIKELIEST = 20


@dataclass(frozen=True)
class RowRead:
    """What the reader says of a row.

    Args:
        answer: the option, `blank`, or empty where a person must decide.
        doubts: codes of why; empty where there is none.
        suggested: what it would say.
        ink: by option, mm² of ink.
    """

    answer: str
    doubts: tuple[str, ...] = ()
    suggested: str = ""
    ink: tuple[float, ...] = ()

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "RowRead":  # Any: JSON
        """A row as a reading keeps it."""
        return cls(kept["answer"], tuple(kept["doubts"]), kept["suggested"], tuple(kept["ink"]))

    def to_dict(self) -> dict[str, Any]:  # Any: JSON
        """A row as a reading keeps it."""
        return {
            "answer": self.answer,
            "doubts": list(self.doubts),
            "suggested": self.suggested,
            "ink": list(self.ink),
        }


@dataclass(frozen=True)
class RowShown:
    """A row of a page: what was read, what people said, what counts."""

    page_id: str
    page: int
    row: int
    question: Question
    read: RowRead
    others: tuple[str, ...]
    """What other versions of the reader say, where it is something else."""
    said: Mapping[int, str]
    """By look, what a person decided; of two people only when both have."""
    decided: frozenset[int]
    """The looks that were taken."""
    answer: str
    """What counts; empty while a person has to decide."""

    @property
    def suggestion(self) -> str:
        """What the reader would say, unless it would lead the eye of who has yet to decide."""
        hides = bool(HIDING.intersection(self.read.doubts)) and not self.said
        return "" if hides else self.read.suggested or self.read.answer

    @property
    def differs(self) -> bool:
        """Whether two people said different things and nobody has looked a third time."""
        both = self.decided >= {FIRST, SECOND} and THIRD not in self.decided
        return both and self.said[FIRST] != self.said[SECOND]


@dataclass(frozen=True)
class PageShown:
    """A page with its rows."""

    id: str
    batch_id: str
    number: int
    state: PageState
    reason: str
    picture: str
    """Digest of the picture of its rows; empty once it was removed."""
    sheet: str
    """The number of the sheet, by chance; empty where papers have none."""
    original: str
    """SHA-256 of the page's bytes as they came."""
    quality: Mapping[str, Any]  # Any: JSON
    readers: tuple[str, ...]
    rows: tuple[RowShown, ...]

    @property
    def paper(self) -> Paper:
        """The page as it is counted."""
        answers = tuple(row.answer for row in self.rows)
        return Paper(self.number, answers, is_void=self.state is PageState.VOID)

    @property
    def open_rows(self) -> tuple[RowShown, ...]:
        """The rows that wait for a person; a page that does not count has none."""
        waits = self.state is PageState.READ
        return tuple(row for row in self.rows if waits and not row.answer)


Said = Mapping[tuple[str, int], Mapping[int, str]]
"""By page and row: what each look decided last."""


def pages(session: Session, run_id: str) -> list[PageShown]:
    """All pages of a run."""
    run = scan_runs.one(session, run_id)
    readings = _readings(session, run_id)
    said = _decisions(session, run_id)
    needs_people = _is_all_reviewed(run, readings, said)
    pictures = _pictures(session, run_id)
    found = session.scalars(
        select(ScanPage).where(ScanPage.run_id == run_id).order_by(ScanPage.number, ScanPage.id)
    )
    return [
        PageShown(
            id=page.id,
            batch_id=page.batch_id,
            number=page.number,
            state=page.state,
            reason=page.reason,
            picture=pictures.get(page.id, ""),
            sheet=page.sheet,
            original=page.original,
            quality=readings[page.id][0].said["quality"],
            readers=tuple(reading.reader for reading in readings[page.id]),
            rows=_rows(page, run, readings[page.id], said, needs_people=needs_people),
        )
        for page in found
    ]


def is_all_reviewed(session: Session, run_id: str) -> bool:
    """Whether people have to look at every row: the sample found a row that was read wrongly."""
    run = scan_runs.one(session, run_id)
    return _is_all_reviewed(run, _readings(session, run_id), _decisions(session, run_id))


def _pictures(session: Session, run_id: str) -> dict[str, str]:
    return dict(
        session.execute(
            select(Attachment.owner_id, Attachment.digest)
            .join(ScanPage, ScanPage.id == Attachment.owner_id)
            .where(ScanPage.run_id == run_id, Attachment.purpose == PICTURE)
        ).all()
    )


def _readings(session: Session, run_id: str) -> dict[str, list[ScanReading]]:
    """What was read of each page, the first reading in front."""
    found: dict[str, list[ScanReading]] = defaultdict(list)
    query = select(ScanReading).where(ScanReading.run_id == run_id).order_by(ScanReading.id)
    for reading in session.scalars(query):
        found[reading.page_id].append(reading)
    return found


def _decisions(session: Session, run_id: str) -> Said:
    """The newest decision of each look; one that was withdrawn is none."""
    found: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    query = select(ScanDecision).where(ScanDecision.run_id == run_id).order_by(ScanDecision.id)
    for each in session.scalars(query):
        looks = found[each.page_id, each.row]
        looks.pop(each.look, None)
        if each.answer:
            looks[each.look] = each.answer
    return found


def _is_all_reviewed(
    run: RunRow, readings: Mapping[str, Sequence[ScanReading]], said: Said
) -> bool:
    for page_id, row in run.sample.get("rows", ()) if run.is_open else ():
        read = RowRead.from_dict(readings[page_id][0].said["rows"][row]).answer
        people = what_people_say(said.get((page_id, row), {}), two_people=run.two_people)
        if read and people and read != people:
            return True
    return False


def _rows(
    page: ScanPage,
    run: RunRow,
    readings: Sequence[ScanReading],
    said: Said,
    *,
    needs_people: bool,
) -> tuple[RowShown, ...]:
    by_reader = [[RowRead.from_dict(row) for row in reading.said["rows"]] for reading in readings]
    made: list[RowShown] = []
    for number, read in enumerate(by_reader[0]):
        looks = said.get((page.id, number), {})
        others = tuple(sorted({rows[number].answer for rows in by_reader} - {read.answer}))
        asks = needs_people or (bool(others) and run.is_open)
        hidden = run.two_people and not looks.keys() >= {FIRST, SECOND}
        made.append(
            RowShown(
                page_id=page.id,
                page=page.number,
                row=number,
                question=run.plan.question(page.number, number),
                read=read,
                others=others,
                said={} if hidden else dict(looks),
                decided=frozenset(looks),
                answer=what_counts("" if asks else read.answer, looks, two_people=run.two_people),
            )
        )
    return tuple(made)


def same_sheets(run: RunRow, shown: Sequence[PageShown]) -> list[Pair]:
    """Pages that may be one sheet scanned twice: the same ink in every box, within a tenth.

    Those of which somebody said that they are not are left out, and sheets that have numbers.
    """
    counting = sorted(_counting(shown), key=lambda each: (each.page.number, each.total))
    found: list[Pair] = []
    for at, one in enumerate(counting):
        most = one.total / (1 - _ALIKE)
        for other in counting[at + 1 :]:
            if other.page.number != one.page.number or other.total > most:
                break
            if _apart(one, other, roughly=True) > _ALIKE or _apart(one, other) > _ALIKE:
                continue
            if _may_be_one(run, one.page, other.page):
                found.append((one.page, other.page))
    return found


def likeliest(run: RunRow, shown: Sequence[PageShown], progress: Progress = SILENT) -> list[Pair]:
    """The pages that are likeliest one sheet scanned twice, whether or not they are so alike.

    A stain on one of two scans is ink as well: then more pages were read than papers came back,
    and these are to be looked at, those of the same answers and the same ink in front.

    Raises:
        Cancelled: the user stopped it.
    """
    counting = list(_counting(shown))
    found: list[tuple[int, float, Pair]] = []
    for at, one in enumerate(counting):
        progress.step(at, len(counting))
        answers = one.page.paper.answers
        for other in counting[:at]:
            pair = (one.page, other.page)
            if one.page.number == other.page.number and _may_be_one(run, *pair):
                differing = sum(map(ne, answers, other.page.paper.answers))
                found.append((differing, _apart(one, other), pair))
    return [pair for *_, pair in nsmallest(_LIKELIEST, found, key=itemgetter(0, 1))]


@dataclass(frozen=True)
class _Inked:
    """A page that counts.

    Args:
        page: the page.
        ink: in box after box.
        parts: of every fourth box together, from the first, the second, the third, the fourth.
        total: of all boxes.
    """

    page: PageShown
    ink: tuple[float, ...]
    parts: tuple[float, ...]
    total: float


def _counting(shown: Sequence[PageShown]) -> Iterator[_Inked]:
    """Pages that count, with their ink; those that have none are left out."""
    for page in shown:
        ink = tuple(ink for row in page.rows for ink in row.read.ink)
        if page.state is PageState.READ and any(ink):
            yield _Inked(page, ink, tuple(sum(ink[part::4]) for part in range(4)), sum(ink))


def _may_be_one(run: RunRow, one: PageShown, other: PageShown) -> bool:
    """Whether neither somebody nor their numbers say that they are two sheets."""
    return pair_of(one.id, other.id) not in run.apart and not (one.sheet and other.sheet)


def _apart(one: _Inked, other: _Inked, *, roughly: bool = False) -> float:
    """How much of the ink of two pages is not the same, from 0 to 1; roughly, no more than that."""
    both = (one.parts, other.parts) if roughly else (one.ink, other.ink)
    differing = sum(map(abs, map(sub, *both)))
    return 2 * differing / (one.total + other.total + differing)


def pair_of(one: str, other: str) -> str:
    """Two pages, in whichever order they are named."""
    return "|".join(sorted((one, other)))


def differences(session: Session, run_id: str) -> list[RowShown]:
    """Rows of which another version of the reader says something else than the first."""
    return [row for page in pages(session, run_id) for row in page.rows if row.others]
