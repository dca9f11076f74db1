"""A run that came back: reconciled, proved by a sample, booked; afterwards only corrected."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Evaluation, Project, ProjectVote, ScanPage, ScanRun
from deputydesk.models.scan import PageState, RunState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import evaluations, project_evals, project_votes, scan_pages, scan_runs
from deputydesk.operations.checks import filled, get
from deputydesk.operations.evaluations import Tally
from deputydesk.operations.project_votes import VoteTally
from deputydesk.operations.scan_pages import PageShown, RowShown
from deputydesk.operations.scan_runs import RunRow
from deputydesk.rules.scan_plan import Count, Paper, Plan, check, count

SAMPLE = 50
"""Rows that a person keys in without seeing the reading; fewer if the run has fewer."""


@dataclass(frozen=True)
class Standing:
    """How far a run is, and what still stands in the way of booking it."""

    read: int
    void: int
    same: int
    doubts: int
    """Rows that wait for a person."""
    by_machine: int
    by_people: int
    sample: int
    disagreed: int
    problems: tuple[str, ...]


def standing(session: Session, run_id: str) -> Standing:
    """How far a run is."""
    run = scan_runs.one(session, run_id)
    shown = scan_pages.pages(session, run_id)
    counting = [row for page in shown if page.state is PageState.READ for row in page.rows]
    typed = _typed(run)
    return Standing(
        read=sum(page.state is PageState.READ for page in shown),
        void=sum(page.state is PageState.VOID for page in shown),
        same=sum(page.state is PageState.SAME for page in shown),
        doubts=sum(len(page.open_rows) for page in shown),
        by_machine=sum(not (row.first or row.second) for row in counting if row.answer),
        by_people=sum(bool(row.first or row.second) for row in counting if row.answer),
        sample=len(typed),
        disagreed=len(disagreements(session, run_id)),
        problems=tuple(problem.message for problem in _problems(session, run, shown)),
    )


def _problems(session: Session, run: RunRow, shown: Sequence[PageShown]) -> list[FieldError]:
    """What stands in the way of booking a run, what is to be done first in front."""
    if not shown:
        return [FieldError("pages", "还没有读入扫描件。")]
    found: list[FieldError] = []
    waiting = sum(len(page.open_rows) for page in shown)
    if waiting:
        found.append(FieldError("rows", f"还有{waiting}行待人工确认。"))
    over = [p for p in shown if p.state is PageState.READ and run.plan.is_over(p.paper.answers)]
    if over:
        text = f"有{len(over)}张选的多于应选数，应当整张作废。"
        found.append(FieldError("pages", text, hint="请看过以后设为“整张无效”。"))
    if run.issued is None or run.returned is None or run.invalid is None:
        found.append(FieldError("issued", "还没有填写发出、收回和无效票数。"))
    else:
        found += check(
            run.plan,
            _papers(shown),
            issued=run.issued,
            returned=run.returned,
            invalid=run.invalid,
            explanation=run.explanation,
        )
    asked = run.sample.get("rows", ())
    if not asked or len(_typed(run)) < len(asked):
        found.append(FieldError("sample", "还没有做完人工抽查。"))
    elif disagreements(session, run.id):
        found.append(FieldError("sample", "抽查与读数不一致，全部票面须由人工复核。"))
    return found


def _papers(shown: Sequence[PageShown]) -> list[Paper]:
    return [page.paper for page in shown if page.state is not PageState.SAME]


@operation(Right.EVALUATE, "核对票数")
def reconcile(
    tx: Tx,
    *,
    run_id: str,
    issued: int,
    returned: int,
    invalid: int,
    members: int = 0,
    present: int = 0,
    explanation: str = "",
    counter: str = "",
    scrutineer: str = "",
) -> None:
    """Enter how many papers went out and came back; a missing page must be explained.

    Args:
        tx: the transaction.
        run_id: the run.
        issued: papers given out.
        returned: papers that came back.
        invalid: papers that do not count.
        members: people who should be there; as the meeting has it if 0.
        present: people who are there; as many as papers were given out if 0.
        explanation: why pages are missing.
        counter: who counts.
        scrutineer: who watches over it.

    Raises:
        FieldError: the numbers do not agree with each other or with the pages that were read.
    """
    run = scan_runs.open_run(tx, run_id)
    problems = check(
        Plan.from_dict(run.plan),
        _papers(scan_pages.pages(tx.session, run_id)),
        issued=issued,
        returned=returned,
        invalid=invalid,
        explanation=explanation,
    )
    if problems:
        raise problems[0]
    run.issued, run.returned, run.invalid = issued, returned, invalid
    run.members, run.present = members or present or issued, present or issued
    run.explanation = explanation.strip()
    run.counter, run.scrutineer = counter.strip(), scrutineer.strip()


@operation(Right.EVALUATE, "抽取抽查行")
def draw_sample(tx: Tx, *, run_id: str) -> int:
    """Choose rows at random to be keyed in by a person; returns how many.

    The first rows of pages come last: people look at these most carefully when they tick.
    """
    run = scan_runs.open_run(tx, run_id)
    shown = scan_pages.pages(tx.session, run_id)
    every = [row for p in shown if p.state is PageState.READ for row in p.rows]
    if not every:
        raise UserError("还没有读入扫描件，不能抽查。")
    chance = secrets.SystemRandom()
    chance.shuffle(every)
    every.sort(key=lambda row: row.row == 0)
    chosen = every[:SAMPLE]
    run.sample = {"rows": [[row.page_id, row.row] for row in chosen], "typed": {}}
    return len(chosen)


@operation(Right.EVALUATE, "录入抽查")
def enter_sample(tx: Tx, *, run_id: str, page_id: str, row: int, answer: str) -> None:
    """Key in a row of the sample, without the reading in sight."""
    run = scan_runs.open_run(tx, run_id)
    if [page_id, row] not in run.sample.get("rows", []):
        raise UserError("这一行不在抽查的行里。", hint="请刷新后再试。")
    scan_pages.answerable(run, get(tx.session, ScanPage, page_id), row, answer)
    typed = {**run.sample["typed"], f"{page_id}:{row}": answer}
    run.sample = {**run.sample, "typed": typed}


def sample_left(session: Session, run_id: str) -> list[RowShown]:
    """The rows of the sample that are still to be keyed in."""
    run = scan_runs.one(session, run_id)
    typed = _typed(run)
    by_key = _by_key(session, run_id)
    asked = [(page_id, row) for page_id, row in run.sample.get("rows", ())]
    return [by_key[key] for key in asked if key not in typed and key in by_key]


def disagreements(session: Session, run_id: str) -> list[tuple[RowShown, str]]:
    """Rows of the sample of which the person says something else than what counts."""
    run = scan_runs.one(session, run_id)
    by_key = _by_key(session, run_id)
    return [
        (by_key[key], answer)
        for key, answer in _typed(run).items()
        if key in by_key and by_key[key].answer and by_key[key].answer != answer
    ]


def _by_key(session: Session, run_id: str) -> dict[tuple[str, int], RowShown]:
    return {
        (row.page_id, row.row): row
        for page in scan_pages.pages(session, run_id)
        if page.state is PageState.READ
        for row in page.rows
    }


def _typed(run: RunRow) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for key, answer in run.sample.get("typed", {}).items():
        page_id, _, row = key.rpartition(":")
        found[page_id, int(row)] = answer
    return found


@operation(Right.EVALUATE, "读票入账", can_undo=False)
def book(tx: Tx, *, run_id: str) -> None:
    """Let the run count: its tallies go into the record it is of, with that record's own checks.

    Raises:
        FieldError: something still stands in the way.
        UserError: the record refuses.
    """
    run = scan_runs.open_run(tx, run_id)
    row, shown = scan_runs.one(tx.session, run_id), scan_pages.pages(tx.session, run_id)
    problems = _problems(tx.session, row, shown)
    if problems:
        raise problems[0]
    _count(tx, row, shown)
    run.state, run.booked_on, run.booked_by = RunState.BOOKED, tx.today, tx.user.name


@operation(Right.EVALUATE, "更正读票", can_undo=False)
def correct(tx: Tx, *, page_id: str, row: int, answer: str, reason: str) -> None:
    """Change what counts of a row after it was booked, with the reason; the tallies follow.

    Raises:
        FieldError: no reason, or no such answer.
        UserError: it is not booked, or its result has been announced.
    """
    page = get(tx.session, ScanPage, page_id)
    run = get(tx.session, ScanRun, page.run_id)
    if run.state is not RunState.BOOKED:
        raise UserError("这一批票还没有入账，请直接改认定。")
    question = scan_pages.answerable(run, page, row, answer)
    why = filled("reason", reason, "更正理由")
    scan_pages.note_decision(tx, page, row, answer, reason=why)
    if run.two_people:
        scan_pages.note_decision(tx, page, row, answer, second=True, reason=why)
    tx.session.flush()
    booked = scan_runs.one(tx.session, run.id)
    shown = scan_pages.pages(tx.session, run.id)
    if booked.plan.is_over(next(p for p in shown if p.id == page_id).paper.answers):
        raise FieldError("answer", "这样一改，这一张就多选了，应当整张作废。")
    _count(tx, booked, shown)
    tx.about = f"{run.name} {question.name}：{question.words(answer)}（{why}）"


def _count(tx: Tx, run: RunRow, shown: Sequence[PageShown]) -> None:
    _INTO[run.record_kind](tx, run, count(run.plan, _papers(shown), valid=run.valid))


def _evaluation(tx: Tx, run: RunRow, found: Mapping[str, Count]) -> None:
    tx.demand(evaluations.count)
    evaluations.count(
        tx,
        evaluation_id=run.record_id,
        issued=run.issued or 0,
        returned=run.returned or 0,
        valid=run.valid,
        invalid=run.invalid or 0,
        tallies=tuple(Tally(key, dict(one.counts), one.void) for key, one in found.items()),
        counter=run.counter,
        scrutineer=run.scrutineer,
    )


def _vote(tx: Tx, run: RunRow, found: Mapping[str, Count]) -> None:
    """A row left blank or void is an abstention, as the paper says."""
    tx.demand(project_votes.count)
    project_votes.count(
        tx,
        vote_id=run.record_id,
        present=run.present,
        issued=run.issued or 0,
        returned=run.returned or 0,
        valid=run.valid,
        invalid=run.invalid or 0,
        tallies=[
            VoteTally(key, one.counts["yes"], one.counts["no"], one.counts["abstain"] + one.void)
            for key, one in found.items()
        ],
        counter=run.counter,
        scrutineer=run.scrutineer,
    )


def _projects(tx: Tx, run: RunRow, found: Mapping[str, Count]) -> None:
    tx.demand(project_evals.save)
    day, step = date.fromisoformat(run.details["held_on"]), run.details["step"]
    known = {
        row.project_id: row.id
        for row in project_evals.rows(tx.session, day.year)
        if (row.step, row.held_on) == (step, day)
    }
    for key, one in found.items():
        project_evals.save(
            tx,
            record_id=known.get(key, ""),
            project_id=key,
            step=step,
            held_on=day,
            members=run.members,
            present=run.present,
            satisfied=one.counts["satisfied"],
            mostly=one.counts["mostly"],
            dissatisfied=one.counts["dissatisfied"],
        )


_INTO: Mapping[str, Callable[[Tx, RunRow, Mapping[str, Count]], None]] = {
    Evaluation.__tablename__: _evaluation,
    ProjectVote.__tablename__: _vote,
    Project.__tablename__: _projects,
}
"""What a run's tallies become, by the kind of record it is of."""
