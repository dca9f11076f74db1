"""What a run's tallies become: the result of the record it is of, by that record's own operation.

Runs of one record, as ballots in large print beside the others, are counted together.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.late import dataclass
from deputydesk.models import Evaluation, Project, ProjectVote, ScanRun, Survey
from deputydesk.models.scan import PageState, RunState
from deputydesk.office import Tx
from deputydesk.operations import (
    evaluations,
    project_evals,
    project_vote_rows,
    project_votes,
    scan_pages,
    scan_runs,
    surveys,
)
from deputydesk.operations.evaluations import Tally
from deputydesk.operations.project_evals import EvalRow
from deputydesk.operations.project_votes import VoteTally
from deputydesk.operations.scan_pages import PageShown
from deputydesk.operations.scan_runs import RunRow
from deputydesk.rules.scan_plan import Count, Paper, count
from deputydesk.rules.survey import TICKED

PLACES = frozenset({"layout", scan_runs.LAYOUTS})
"""What among a run's details says where boxes stand."""


@dataclass(frozen=True)
class Result:
    """What runs of one record say together."""

    issued: int
    returned: int
    invalid: int
    members: int
    present: int
    counts: Mapping[str, Count]

    @property
    def valid(self) -> int:
        """Papers that count."""
        return self.returned - self.invalid


@dataclass(frozen=True)
class Difference:
    """A number that was entered by hand and is another one by the papers that were read."""

    name: str
    option: str
    by_hand: int
    by_scan: int


def papers(shown: Sequence[PageShown]) -> list[Paper]:
    """The pages that are counted, void ones too; a sheet scanned twice counts once."""
    return [page.paper for page in shown if page.state is not PageState.SAME]


def of_run(run: RunRow, shown: Sequence[PageShown]) -> Result:
    """What a run says by itself."""
    return Result(
        run.issued or 0,
        run.returned or 0,
        run.invalid or 0,
        run.members,
        run.present,
        count(run.plan, papers(shown), valid=run.valid),
    )


def booked_beside(session: Session, run: RunRow) -> list[RunRow]:
    """Other runs of the same record that are booked."""
    query = select(ScanRun.id).where(
        ScanRun.record_kind == run.record_kind,
        ScanRun.record_id == run.record_id,
        ScanRun.state == RunState.BOOKED,
        ScanRun.id != run.id,
    )
    beside = [scan_runs.one(session, run_id) for run_id in session.scalars(query)]
    return [other for other in beside if _said(other) == _said(run)]


def _said(run: RunRow) -> dict[str, Any]:  # Any: JSON
    """What a run says of its occasion; large print stands elsewhere on the page."""
    return {key: said for key, said in run.details.items() if key not in PLACES}


def together(session: Session, runs: Sequence[RunRow]) -> Result:
    """What runs of one record say together."""
    each = [of_run(run, scan_pages.pages(session, run.id)) for run in runs]
    asked = {key: one.counts for result in each for key, one in result.counts.items()}
    valid = sum(result.valid for result in each)
    counts: dict[str, Count] = {}
    for key, options in asked.items():
        given = [result.counts[key].counts for result in each if key in result.counts]
        summed = {option: sum(one[option] for one in given) for option in options}
        counts[key] = Count(summed, valid - sum(summed.values()))
    return Result(
        sum(result.issued for result in each),
        sum(result.returned for result in each),
        sum(result.invalid for result in each),
        max(result.members for result in each),
        max(result.present for result in each),
        counts,
    )


def differences(session: Session, run: RunRow) -> list[Difference]:
    """Where the record says something else by hand than the papers that were read.

    Nothing where nobody has entered anything by hand.
    """
    kind = _KINDS.get(run.record_kind)
    if kind is None:
        return []
    held = kind.held(session, run)
    beside = booked_beside(session, run)
    if not held or (run.is_open and beside and not _off(run, held, together(session, beside))):
        return []
    return _off(run, held, together(session, [*beside, run]))


Held = Mapping[str, Mapping[str, int]]
"""By record of a row and option, what a record says now."""


def _off(run: RunRow, held: Held, result: Result) -> list[Difference]:
    return [
        Difference(question.name, option.label, held[question.id][option.id], scanned)
        for page in run.plan.pages
        for question in page
        if question.id in held
        for option in question.options
        if option.id in held[question.id]
        and (scanned := result.counts[question.id].counts[option.id])
        != held[question.id][option.id]
    ]


def put(tx: Tx, run: RunRow) -> None:
    """Enter what the run and those beside it say, as it would be entered by hand.

    Raises:
        FieldError: the numbers do not agree.
        UserError: the record takes no more.
    """
    kind = _KINDS.get(run.record_kind)
    if kind:
        kind.put(tx, run, together(tx.session, [*booked_beside(tx.session, run), run]))


def _put_evaluation(tx: Tx, run: RunRow, result: Result) -> None:
    tx.demand(evaluations.count)
    evaluations.count(
        tx,
        evaluation_id=run.record_id,
        issued=result.issued,
        returned=result.returned,
        valid=result.valid,
        invalid=result.invalid,
        tallies=tuple(Tally(key, dict(c.counts), c.void) for key, c in result.counts.items()),
        counter=run.counter,
        scrutineer=run.scrutineer,
    )


def _held_evaluation(session: Session, run: RunRow) -> Held:
    if evaluations.one(session, run.record_id).returned is None:
        return {}
    return {row.mandate_id: row.counts for row in evaluations.entries(session, run.record_id)}


def _put_vote(tx: Tx, run: RunRow, result: Result) -> None:
    """A row left blank or void is an abstention, as the paper says."""
    tx.demand(project_votes.count)
    project_votes.count(
        tx,
        vote_id=run.record_id,
        present=result.present,
        issued=result.issued,
        returned=result.returned,
        valid=result.valid,
        invalid=result.invalid,
        tallies=[
            VoteTally(key, c.counts["yes"], c.counts["no"], c.counts["abstain"] + c.void)
            for key, c in result.counts.items()
        ],
        counter=run.counter,
        scrutineer=run.scrutineer,
    )


def _held_vote(session: Session, run: RunRow) -> Held:
    """Abstentions are left out: of a paper, those are also the rows left blank."""
    vote = project_vote_rows.one(session, run.record_id)
    if vote.returned is None:
        return {}
    return {
        entry.project_id: {"yes": entry.counts["yes"], "no": entry.counts["no"]}
        for entry in vote.entries
    }


def _put_projects(tx: Tx, run: RunRow, result: Result) -> None:
    tx.demand(project_evals.save)
    known = _judged(tx.session, run)
    for key, c in result.counts.items():
        before = known.get(key)
        project_evals.save(
            tx,
            record_id=before.id if before else "",
            project_id=key,
            step=run.details["step"],
            held_on=_day(run),
            members=result.members,
            present=result.present,
            satisfied=c.counts["satisfied"],
            mostly=c.counts["mostly"],
            dissatisfied=c.counts["dissatisfied"],
            questions=before.questions if before else "",
            answers=before.answers if before else "",
            note=before.note if before else "",
        )


def _day(run: RunRow) -> date:
    return date.fromisoformat(run.details["held_on"])


def _judged(session: Session, run: RunRow) -> dict[str, EvalRow]:
    """What is known of this step on this day, by project."""
    wanted = (run.details["step"], _day(run))
    rows = project_evals.rows(session, wanted[1].year)
    return {row.project_id: row for row in rows if (row.step, row.held_on) == wanted}


def _held_projects(session: Session, run: RunRow) -> Held:
    return {
        row.project_id: {
            "satisfied": row.satisfied,
            "mostly": row.mostly,
            "dissatisfied": row.dissatisfied,
        }
        for row in _judged(session, run).values()
        if row.members
    }


@dataclass(frozen=True)
class _Kind:
    """A kind of record that runs are of: how it takes a result, what it says now."""

    put: Callable[[Tx, RunRow, Result], None]
    held: Callable[[Session, RunRow], Held]


def _put_survey(tx: Tx, run: RunRow, result: Result) -> None:
    tx.demand(surveys.count)
    surveys.count(
        tx,
        survey_id=run.record_id,
        issued=result.issued,
        returned=result.returned,
        invalid=result.invalid,
        counts=_by_question(result),
        counter=run.counter,
        scrutineer=run.scrutineer,
    )


def _by_question(result: Result) -> Mapping[str, Mapping[str, int]]:
    """Rows of one box, of which several may be ticked, come together in their question."""
    found: dict[str, dict[str, int]] = {}
    for key, count_of in result.counts.items():
        question, _, option = key.partition(".")
        given = {option: count_of.counts[TICKED]} if option else count_of.counts
        found.setdefault(question, {}).update(given)
    return found


def _held_survey(session: Session, run: RunRow) -> Held:
    row = surveys.one(session, run.record_id)
    held: dict[str, Mapping[str, int]] = {}
    for question, given in row.counts.items():
        held[question] = given
        held |= {f"{question}.{option}": {TICKED: given[option]} for option in given}
    return held if row.is_counted else {}


_KINDS: Mapping[str, _Kind] = {
    Survey.__tablename__: _Kind(_put_survey, _held_survey),
    Evaluation.__tablename__: _Kind(_put_evaluation, _held_evaluation),
    ProjectVote.__tablename__: _Kind(_put_vote, _held_vote),
    Project.__tablename__: _Kind(_put_projects, _held_projects),
}
