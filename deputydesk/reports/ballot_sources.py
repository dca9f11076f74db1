"""What the ballots of an evaluation and its result sheet say."""

from dataclasses import replace

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Evaluation
from deputydesk.operations import evaluations
from deputydesk.operations.evaluations import EvaluationRow
from deputydesk.operations.scan_runs import Printed
from deputydesk.reports import ballot, ballot_result
from deputydesk.reports.ballot import Ballot, Candidate
from deputydesk.reports.ballot_result import BallotResult, Tally
from deputydesk.reports.form import AskCopies, AskLarge, AskRecord, Form, Group, Job, Offered
from deputydesk.reports.tick_paper import run_code, spread_over_pages
from deputydesk.rules.scan_plan import Plan, Question


def _evaluations(session: Session) -> list[Offered]:
    return [
        Offered(row.id, f"{row.held_on:%Y-%m-%d} {row.name}", row.place)
        for row in evaluations.rows(session)
    ]


def _evaluation(session: Session, wanted: str) -> EvaluationRow:
    if wanted:
        return evaluations.one(session, wanted)
    found = evaluations.rows(session)
    if not found:
        raise UserError("还没有述职测评。", hint="请先在“述职测评”里准备一次测评。")
    return found[0]


def _ballot(job: Job) -> Ballot:
    row = job.office.ask(_evaluation, job.options.record_id)
    entries = job.office.ask(evaluations.entries, row.id)
    made = Ballot(
        run="",
        title=f"{job.head.full_name}人大代表述职",
        options=tuple(option.label for option in row.scale.options),
        deputies=tuple(Candidate(e.name, e.job) for e in entries),
        meeting=row.name,
        place=row.place or row.home,
        held_on=row.held_on,
        large=job.options.large,
    )
    return replace(made, run=run_code(row.id, made, large=made.large))


def _run(job: Job) -> Printed:
    row = job.office.ask(_evaluation, job.options.record_id)
    entries, paper = job.office.ask(evaluations.entries, row.id), _ballot(job)
    asked = [Question(e.mandate_id, e.name, row.scale.options) for e in entries]
    layout = ballot.layout_of(paper)
    return Printed(
        code=paper.run,
        form="ballot",
        record_kind=Evaluation.__tablename__,
        record_id=row.id,
        name=row.name,
        secret=True,
        layout=layout.version,
        plan=Plan(tuple(spread_over_pages(asked, layout.rows))),
    )


def _result(job: Job) -> BallotResult:
    row = job.office.ask(_evaluation, job.options.record_id)
    if row.returned is None:
        raise UserError(f"“{row.name}”还没有计票。", hint="请先在“述职测评”里录入计票结果。")
    entries = job.office.ask(evaluations.entries, row.id)
    codes = [option.id for option in row.scale.options]
    return BallotResult(
        title=f"{job.head.full_name}人大代表述职",
        options=tuple(option.label for option in row.scale.options),
        tallies=tuple(
            Tally(
                name=e.name,
                votes=tuple(e.counts.get(code, 0) for code in codes),
                void=e.void,
                grade=e.grade,
                unit=e.job,
            )
            for e in entries
        ),
        issued=row.issued or 0,
        returned=row.returned,
        valid=row.valid or 0,
        invalid=row.invalid or 0,
        meeting=row.name,
        place=row.place or row.home,
        held_on=row.held_on,
        host=row.host,
        scrutineers=row.scrutineer,
        tellers=row.counter,
        rule=row.scale.source,
        number=f"CP-{row.held_on.year}-{row.id[-4:].upper()}",
    )


BALLOT = Form(
    "ballot",
    "述职满意度测评票",
    Group.EVALUATION,
    "票上没有编号，也没有能查到投票人的记号。",
    _ballot,
    ballot.write,
    (AskRecord(Evaluation, _evaluations, "测评"), AskLarge(), AskCopies()),
    extras=lambda options: {"copies": options.copies},
    layouts=ballot.LAYOUTS,
    run=_run,
    source="公开的述职测评票：无记名、每人一行、多选无效；名单按姓名笔画为序；等次按本地规则",
)
BALLOT_RESULT = Form(
    "ballot_result",
    "述职满意度测评结果汇总表",
    Group.EVALUATION,
    "录入计票结果以后打印，当场公布。",
    _result,
    ballot_result.write,
    (AskRecord(Evaluation, _evaluations, "测评"),),
    source="公开的测评办法：发出、收回、有效、无效，监票人、计票人签名，当场公布",
)
