"""Proof by a sample: rows that a person keys in without seeing what was read of them."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.models import ScanDecision, ScanPage, ScanRun
from deputydesk.models.scan import PageState, RunState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import scan_decisions, scan_pages, scan_runs
from deputydesk.operations.checks import get
from deputydesk.operations.scan_pages import PageShown, RowShown
from deputydesk.operations.scan_runs import RunRow

SAMPLE = 50
"""Rows that are keyed in; fewer if the run has fewer."""
TRIAL = 100
"""Sheets that an office has to have read before it may go without a sample."""
_OFF_FIRST = 40  # of the sample, rows of which the reader says something else than the first option


@dataclass(frozen=True)
class Disagreement:
    """A row of the sample of which the person said something else than what counts."""

    row: RowShown
    typed: str


@dataclass(frozen=True)
class TrialRow:
    """How far the office's trial of reading papers is."""

    sheets: int
    of: int = TRIAL

    @property
    def is_over(self) -> bool:
        """Whether so many sheets were read that a sample is no longer needed."""
        return self.sheets >= self.of


def trial(session: Session) -> TrialRow:
    """How many sheets of booked runs have been read here."""
    query = (
        select(func.count())
        .select_from(ScanPage)
        .join(ScanRun, ScanRun.id == ScanPage.run_id)
        .where(
            ScanRun.state == RunState.BOOKED,
            ScanPage.state != PageState.SAME,
            ScanPage.number == 1,  # further pages are of the same sheets
        )
    )
    return TrialRow(session.scalar(query) or 0)


@operation(Right.EVALUATE, "抽取抽查行", instead="抽出的行不能换，请照票面录入。")
def draw(tx: Tx, *, run_id: str) -> int:
    """Choose rows at random to be keyed in; returns how many are asked in all.

    Rows in which something else than the first option was ticked go first: they are few, and
    they are what a result is about. Pages that were read after a drawing get one of their own.
    """
    run = scan_runs.open_run(tx, run_id)
    covered = set(run.sample.get("batches", ()))
    pages = [
        page
        for page in scan_pages.pages(tx.session, run_id)
        if page.state is PageState.READ and page.batch_id not in covered
    ]
    if not pages:
        hint = "再读入的页可以补抽。" if covered else "请先读入扫描件。"
        raise UserError("没有还要抽查的票面。", hint=hint)
    chosen = _chosen(row for page in pages for row in page.rows)
    asked = [*run.sample.get("rows", ()), *([row.page_id, row.row] for row in chosen)]
    run.sample = {
        "rows": asked,
        "typed": run.sample.get("typed", {}),
        "batches": sorted(covered | {page.batch_id for page in pages}),
    }
    return len(asked)


def _chosen(rows: Iterable[RowShown]) -> list[RowShown]:
    mixed = list(rows)
    secrets.SystemRandom().shuffle(mixed)
    by_place: dict[int, list[RowShown]] = {0: [], 1: [], 2: []}
    for row in mixed:
        certain, first = row.read.answer, row.question.options[0].id
        by_place[2 if not certain else certain == first].append(row)
    others, firsts, undecided = by_place.values()
    return [*others[:_OFF_FIRST], *firsts, *others[_OFF_FIRST:], *undecided][:SAMPLE]


@operation(Right.EVALUATE, "录入抽查", instead="录错的，在“核对入账”里看过票面，认定以哪个为准。")
def enter(tx: Tx, *, run_id: str, page_id: str, row: int, answer: str) -> None:
    """Key in a row of the sample, once, without the reading in sight.

    Raises:
        UserError: the row was not drawn, or was keyed in already.
        FieldError: no such answer.
    """
    run = scan_runs.open_run(tx, run_id)
    if [page_id, row] not in run.sample.get("rows", []):
        raise UserError("这一行不在抽查的行里。", hint="请刷新后再试。")
    key = f"{page_id}:{row}"
    if key in run.sample["typed"]:
        raise UserError("这一行已经录入过。", hint="与读数不一致的，请看过票面以后认定。")
    scan_decisions.answerable(run, get(tx.session, ScanPage, page_id), row, answer)
    before = len(_decided(tx.session, run_id)[page_id, row])
    run.sample = {**run.sample, "typed": {**run.sample["typed"], key: [answer, before]}}


def _decided(session: Session, run_id: str) -> Mapping[tuple[str, int], list[tuple[int, str]]]:
    """By page and row, each look and what it decided, the first in front."""
    query = select(ScanDecision).where(ScanDecision.run_id == run_id).order_by(ScanDecision.id)
    found: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for each in session.scalars(query):
        found[each.page_id, each.row].append((each.look, each.answer))
    return found


def _is_settled(decided: Sequence[tuple[int, str]], before: int) -> bool:
    """Whether somebody decided after so many decisions, and has not withdrawn it."""
    last = {look: number for number, (look, _) in enumerate(decided)}
    return any(number >= before and decided[number][1] for number in last.values())


def left(session: Session, run_id: str) -> list[RowShown]:
    """The rows of the sample that are still to be keyed in."""
    run = scan_runs.one(session, run_id)
    return left_of(run, scan_pages.pages(session, run_id))


def left_of(run: RunRow, shown: Sequence[PageShown]) -> list[RowShown]:
    """The same, of pages that are known."""
    by_key = _by_key(shown)
    typed = run.sample.get("typed", {})
    asked = [(page_id, row) for page_id, row in run.sample.get("rows", ())]
    return [by_key[key] for key in asked if f"{key[0]}:{key[1]}" not in typed and key in by_key]


def disagreements(session: Session, run: RunRow, shown: Sequence[PageShown]) -> list[Disagreement]:
    """Rows keyed in otherwise than they count, on which nobody's later decision stands."""
    by_key, decided = _by_key(shown), _decided(session, run.id)
    found: list[Disagreement] = []
    for key, (typed, before) in run.sample.get("typed", {}).items():
        page_id, _, number = key.rpartition(":")
        at = (page_id, int(number))
        row = by_key.get(at)
        if row and row.answer and row.answer != typed and not _is_settled(decided[at], before):
            found.append(Disagreement(row, typed))
    return found


def is_covered(run: RunRow, shown: Sequence[PageShown]) -> bool:
    """Whether a sample was drawn of all pages that count."""
    covered = set(run.sample.get("batches", ()))
    return all(page.batch_id in covered for page in shown if page.state is PageState.READ)


def _by_key(shown: Sequence[PageShown]) -> dict[tuple[str, int], RowShown]:
    return {
        (row.page_id, row.row): row
        for page in shown
        if page.state is PageState.READ
        for row in page.rows
    }
